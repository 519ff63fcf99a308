"""Recordings made with a camera: begun before their first frame, ended when all is on the disk."""

import json
from dataclasses import asdict, dataclass

import numpy as np
from sqlite_utils import Database

from edema_desk.domain.capture.camera import CameraAddress, CameraReport
from edema_desk.domain.capture.pairing import Pairing, propose_session
from edema_desk.domain.capture.sight import LightReading
from edema_desk.domain.capture.take import Gap, Recording, Take
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import (
    CLINIC_ORIGIN,
    Capture,
    CaptureState,
    DialysisSession,
    Phase,
    new_id,
)
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import Row, capture_of, times_bytes, times_of
from edema_desk.store.captures.camera_rows import camera_fields, camera_of
from edema_desk.store.captures.captures import (
    assign_capture,
    capture,
    check_free,
    insert_capture,
    refuse_erased,
    refuse_twin,
    require_capture,
)
from edema_desk.store.captures.passports import latest_passport_id
from edema_desk.store.captures.sessions import insert_session, states_around
from edema_desk.store.people.consents import require_consent
from edema_desk.store.people.patients import require_patient

CAMERA_SOURCE = "camera"
MADE_UP_SOURCE = "made-up camera"


@dataclass(frozen=True, slots=True)
class RecordingStart:
    """Whom, when and by what a recording is made; a pre or post without a session opens one."""

    capture_id: str
    patient_id: str
    session_id: str | None
    phase: Phase
    at: Moment
    camera: CameraReport
    event: str = ""


# acts


def begin_recording(store: Store, act_id: str, start: RecordingStart) -> Capture:
    """Make session, capture and recording, in one act, before the first frame is written.

    Raises ExpectedError UNKNOWN_PATIENT, UNKNOWN_SESSION, SESSION_TAKEN, and CAMERA_MADE_UP for
    a made-up camera before a patient of the clinic; CONSENT_MISSING and CONSENT_WITHDRAWN.
    """

    def work(db: Database) -> Done:
        require_consent(db, start.patient_id)
        made_up = start.camera.address.made_up
        _check_camera(db, start.patient_id, start.camera.address)
        session_id = start.session_id
        if session_id is None and start.phase is not Phase.SPOT:
            session_id = _session(db, act_id, start)
        source = MADE_UP_SOURCE if made_up else CAMERA_SOURCE
        insert_capture(db, act_id, start.capture_id, start.at, source)
        passport_id = latest_passport_id(db, start.camera.address)
        db.table("capture").update(start.capture_id, {"passport_id": passport_id})
        assign_capture(db, act_id, start.capture_id, start.patient_id, session_id, start.phase)
        db.table("recording").insert(
            {
                "capture_id": start.capture_id,
                "camera": json.dumps(camera_fields(start.camera)),
                "packets": int(start.camera.mode.packets),
                "event": start.event,
                "act_id": act_id,
            }
        )
        details: dict[str, str | None] = {
            "capture_id": start.capture_id,
            "session_id": session_id,
            "phase": start.phase.value,
            "source": source,
        }
        return Done(start.capture_id, start.patient_id, details)

    return capture(store, store.act(act_id, ActKind.BEGIN_RECORDING, work))


def end_recording(store: Store, act_id: str, sha256: str, ended: Recording) -> Capture:
    """The clip is whole on the disk, if not all of the recording is; its state is STORED.

    Raises ExpectedError CLIP_DUPLICATE.
    """
    take = ended.take

    def work(db: Database) -> Done:
        now = require_capture(db, ended.capture_id)
        refuse_erased(db, ended.capture_id)
        refuse_twin(db, now, sha256)
        kept = {"state": CaptureState.STORED.value, "sha256": sha256}
        db.table("capture").update(
            ended.capture_id, {**kept, "duration_ms": round(take.duration_ms)}
        )
        change: Row = {
            "whole": int(take.whole),
            "recovered": int(ended.recovered),
            "packets": int(take.packets),
            "frames": take.frames,
            "dropped": take.dropped,
            "gaps": json.dumps([asdict(gap) for gap in take.gaps]),
            "light": json.dumps(asdict(ended.light)) if ended.light else None,
            "person_confirmed": int(ended.person_confirmed),
        }
        if take.looked_ms:
            change["looked_ms"] = times_bytes(np.array(take.looked_ms, np.float64))
        db.table("recording").update(ended.capture_id, change)
        details: dict[str, str | int | bool] = {
            "capture_id": ended.capture_id,
            "sha256": sha256,
            "whole": take.whole,
            "recovered": ended.recovered,
            "frames": take.frames,
            "dropped": take.dropped,
            "person_confirmed": ended.person_confirmed,
        }
        return Done(ended.capture_id, now.patient_id, details)

    return capture(store, store.act(act_id, ActKind.END_RECORDING, work))


# questions


def check_recording(
    store: Store, patient_id: str, session_id: str | None, phase: Phase, camera: CameraAddress
) -> None:
    """Raise what `begin_recording` would."""
    with store.reading() as db:
        require_consent(db, patient_id)
        _check_camera(db, patient_id, camera)
        check_free(db, patient_id, session_id, phase)


def recording(store: Store, capture_id: str) -> Recording | None:
    """The recording of a capture; None for one that came as a file."""
    with store.reading() as db:
        found = db.query(
            "select r.*, c.duration_ms from recording r join capture c using (capture_id) "
            "where r.capture_id = ?",
            [capture_id],
        )
        return next((_recording_of(row) for row in found), None)


def earlier_recordings(
    store: Store, patient_id: str, before: Moment, most: int
) -> tuple[tuple[Moment, Recording], ...]:
    """The patient's newest whole recordings before a moment, with their moments, newest first."""
    with store.reading() as db:
        found = db.query(
            "select r.*, c.duration_ms, c.captured_utc_ms, c.captured_offset_min "
            "from capture_now c join recording r using (capture_id) "
            "where c.patient_id = ? and c.captured_utc_ms < ? and r.whole = 1 "
            "order by c.captured_utc_ms desc limit ?",
            [patient_id, before.utc_ms, most],
        )
        return tuple(
            (Moment(row["captured_utc_ms"], row["captured_offset_min"]), _recording_of(row))
            for row in found
        )


def parts_kept(store: Store) -> tuple[Capture, ...]:
    """Captures whose recording was cut short and of which something is kept, oldest first."""
    with store.reading() as db:
        found = db.query(
            "select c.* from capture_now c join recording r using (capture_id) "
            "where r.whole = 0 and c.sha256 is not null order by c.captured_utc_ms"
        )
        return tuple(capture_of(row) for row in found)


def _session(db: Database, act_id: str, start: RecordingStart) -> str:
    """The session a weight opened a moment ago, where that is not doubtful; else a new one."""
    states = states_around(db, start.patient_id, start.at)
    proposal = propose_session(start.phase, start.at, states)
    if proposal.pairing is Pairing.JOIN and proposal.session_id is not None:
        return proposal.session_id
    session_id = new_id()
    plan = DialysisSession(session_id, start.patient_id, start.at.day, start.at)
    insert_session(db, act_id, plan)
    return session_id


def _check_camera(db: Database, patient_id: str, camera: CameraAddress) -> None:
    if camera.made_up and require_patient(db, patient_id).origin == CLINIC_ORIGIN:
        raise ExpectedError(ErrorCode.CAMERA_MADE_UP)


def _recording_of(row: Row) -> Recording:
    looked = tuple(times_of(row["looked_ms"]).tolist()) if row["looked_ms"] else ()
    take = Take(
        frames=row["frames"] or 0,
        dropped=row["dropped"] or 0,
        gaps=tuple(Gap(**gap) for gap in json.loads(row["gaps"])),
        duration_ms=float(row["duration_ms"] or 0),
        packets=bool(row["packets"]),
        whole=bool(row["whole"]),
        looked_ms=looked,
    )
    return Recording(
        capture_id=row["capture_id"],
        camera=camera_of(json.loads(row["camera"])),
        take=take,
        light=LightReading(**json.loads(row["light"])) if row["light"] else None,
        recovered=bool(row["recovered"]),
        person_confirmed=bool(row["person_confirmed"]),
        event=row["event"],
    )
