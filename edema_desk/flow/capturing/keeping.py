"""What a live capture leaves behind: its row before the first frame, then clip and estimate."""

from dataclasses import dataclass, replace

from edema_desk.domain.capture.camera import CameraKind, CameraReport
from edema_desk.domain.capture.clips import ClipAnalysis
from edema_desk.domain.capture.light import EarlierLight
from edema_desk.domain.capture.order import CaptureOrder
from edema_desk.domain.capture.take import Recording
from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.out_of_range import Faces, RangeCheck
from edema_desk.domain.terms.records import Capture, CaptureState, Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.news import News
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.estimates.intake import keep_analysis, keep_what_was_seen
from edema_desk.flow.estimates.range_checking import (
    earlier_faces,
    in_range,
    refusal_for,
    without_number,
)
from edema_desk.media.durable import disk_failure_told
from edema_desk.media.recording.recorder import RecordedClip
from edema_desk.media.room import RoomVerdict, expected_bytes, judge_room, room_bytes
from edema_desk.media.sealed import SealedWriter
from edema_desk.store.base.database import Store
from edema_desk.store.captures.captures import mark_capture
from edema_desk.store.captures.recordings import (
    RecordingStart,
    begin_recording,
    check_recording,
    earlier_recordings,
    end_recording,
    recording,
)
from edema_desk.store.people.consents import refuse_after_withdrawal

EARLIER_RECORDINGS = 10
KEPT_FREE_BYTES = 200_000_000
"""A recording stops where less is left: crops, estimates and their log need some of it."""
_GB = 1e9


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the patient's earlier captures tell: their faces, and the light they were made in."""

    faces: Faces
    light: tuple[EarlierLight, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """A capture whose row is there, and where its clip goes."""

    capture: Capture
    sink: SealedWriter


class CaptureKeeper:
    """Keeps what one live capture makes. Raises ExpectedError throughout."""

    def __init__(self, clinic: Clinic, news: News, order: CaptureOrder) -> None:
        self._clinic = clinic
        self._news = news
        self._order = order
        self._takes = 0
        self.stopping = Cancel()
        """Asked once the program ends: what can be done at the next start is left to it."""

    @property
    def made_up(self) -> bool:
        """Whether the camera shows no one who sits before it."""
        return self._order.camera.made_up

    @property
    def longest_ms(self) -> float:
        """After which a recording ends by itself."""
        return self._order.longest_ms

    @property
    def ends_by_itself(self) -> bool:
        """Whether the camera is a clip, which is over when it is over."""
        return self._order.camera.kind is CameraKind.FILE

    def check(self) -> None:
        """Raise what would keep a recording from beginning, before anybody sits still for it."""
        order = self._order
        self._clinic.database.call(
            lambda store: check_recording(
                store, order.patient_id, order.session_id, order.phase, order.camera
            )
        )

    def earlier(self) -> Earlier:
        """Of the patient's captures before now."""
        patient_id, now = self._order.patient_id, Moment.now()
        found = self._clinic.database.call(
            lambda store: earlier_recordings(store, patient_id, now, EARLIER_RECORDINGS)
        )
        light = tuple(EarlierLight(at.day, made.light, made.camera) for at, made in found)
        clinic = self._clinic
        faces = earlier_faces(clinic, clinic.library, clinic.model, patient_id, now)
        return Earlier(faces, light)

    def use_session(self, session_id: str) -> None:
        """The next take belongs to this session, which something else opened meanwhile."""
        if self._order.phase is not Phase.SPOT and self._order.session_id is None:
            self._order = replace(self._order, session_id=session_id)

    def room(self, report: CameraReport) -> RoomVerdict:
        """Whether a recording may begin. Raises DISK_NO_ROOM where it may not."""
        mode = report.mode
        needed = expected_bytes(
            mode.width, mode.height, mode.fps, self.longest_ms, packets=mode.packets
        )
        left = room_bytes(self._clinic.profile.clips)
        verdict = judge_room(left, needed)
        if verdict is RoomVerdict.NONE:
            raise ExpectedError(
                ErrorCode.DISK_NO_ROOM,
                left=f"{left / _GB:.1f}",
                needed=f"{max(2 * needed / _GB, 1.0):.1f}",
            )
        return verdict

    def must_stop(self) -> bool:
        """Whether the room that is left is needed to keep what there is."""
        return room_bytes(self._clinic.profile.clips) < KEPT_FREE_BYTES

    def begin(self, report: CameraReport) -> Begun:
        """The row of the next take, and the open file. Raises DISK_FULL and DISK_FAILED too."""
        order, self._takes = self._order, self._takes + 1
        start = RecordingStart(
            new_id(), order.patient_id, order.session_id, order.phase, Moment.now(), report,
            order.event,
        )  # fmt: skip
        act_id = f"{order.act_id}-{self._takes}"
        begun = self._clinic.database.call(lambda store: begin_recording(store, act_id, start))
        if order.phase is not Phase.SPOT:  # a further take belongs to the same session
            self._order = replace(order, session_id=begun.session_id)
        self._tell(begun)
        try:
            with disk_failure_told():
                return Begun(begun, self._clinic.library.record(begun.capture_id))
        except ExpectedError:
            self.erase(begun.capture_id)
            raise

    def end(self, clip: RecordedClip, ended: Recording) -> Capture:
        """The clip is on the disk; its analysis is still to come."""
        kept = self._clinic.database.call(
            lambda store: end_recording(store, new_id(), clip.sha256, ended)
        )
        self._tell(kept)
        return kept

    def estimate(
        self, capture_id: str, analysis: ClipAnalysis, check: RangeCheck | None, *, confirmed: bool
    ) -> Capture:
        """Keep what the live worker made of the capture, and the estimate that follows."""
        refusal = refusal_for(check, confirmed=confirmed) if check is not None else None
        done = keep_what_was_seen(self._clinic, capture_id, without_number(analysis, refusal))
        self._tell(done)
        return done

    def estimate_from_file(self, capture_id: str) -> Capture:
        """The same from the clip on the disk, looking at the same frames. Raises CANCELLED when
        the program ends; the next start does it then."""
        done = analyse_recording(self._clinic, capture_id, self.stopping)
        self._tell(done)
        return done

    def erase(self, capture_id: str) -> None:
        """Leave nothing but the row."""
        self._clinic.library.erase(capture_id)
        gone = self._clinic.database.call(
            lambda store: mark_capture(store, new_id(), capture_id, CaptureState.INCOMPLETE)
        )
        self._tell(gone)

    def recover(self, capture_id: str) -> RecordedClip | None:
        """What can be read of an unfinished file."""
        found = self._clinic.library.recover_clip(capture_id)
        if found is None:
            return None
        return RecordedClip(found.sha256, found.size_bytes, found.duration_ms, found.frames)

    def _tell(self, about: Capture) -> None:
        self._news.tell(Change(ChangeKind.SESSION, about.patient_id, about.session_id))


def analyse_recording(clinic: Clinic, capture_id: str, cancel: Cancel) -> Capture:
    """Analyse a stored recording from its file, at the frames that were looked at live. Raises
    CONSENT_WITHDRAWN."""

    def ask(store: Store) -> Recording | None:
        refuse_after_withdrawal(store, capture_id)
        return recording(store, capture_id)

    known = clinic.database.call(ask)
    looked_ms = known.take.looked_ms if known else ()
    analysis = clinic.analyse(clinic.library.clip(capture_id), unheard, cancel, looked_ms)
    confirmed = known is not None and known.person_confirmed
    return keep_analysis(
        clinic, capture_id, in_range(clinic, capture_id, analysis, confirmed=confirmed)
    )
