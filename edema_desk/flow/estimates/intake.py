"""A clip file becomes a capture: analysed, sealed, and estimated, whole or not at all."""

from dataclasses import dataclass
from pathlib import Path

from edema_desk.domain.capture.clips import ClipAnalysis, ClipSource
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Capture, CaptureState, Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.photos import keep_photo
from edema_desk.flow.base.progress import Cancel, Listener, Progress
from edema_desk.flow.estimates.estimating import Seen, make_estimate
from edema_desk.flow.estimates.range_checking import in_range
from edema_desk.flow.estimates.renewing import renew
from edema_desk.media.sources import as_source, sha256_of
from edema_desk.store.base.database import Store
from edema_desk.store.captures.analyses import record_analysis
from edema_desk.store.captures.captures import (
    begin_capture,
    capture,
    capture_by_sha256,
    complete_capture,
    mark_capture,
)
from edema_desk.store.captures.cards import session_pair
from edema_desk.store.captures.sessions import open_session
from edema_desk.store.keys.locks import taking_in
from edema_desk.store.people.consents import check_consent


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a capture belongs: whom it shows, in which session and phase, and when.

    A pre or post without a session opens one. `event` is what went before a spot capture.
    """

    patient_id: str
    session_id: str | None
    phase: Phase
    at: Moment
    source: str = "file"
    event: str = ""


def take_in(
    clinic: Clinic,
    act_id: str,
    clip: Path | ClipSource,
    slot: Slot,
    listener: Listener,
    cancel: Cancel,
) -> Capture:
    """Take in a clip, a plain file or a sealed copy of one, as a capture and estimate it.

    Nothing is kept of a clip that cannot be read or when the work is stopped. A clip in which
    no face can be used is kept with the reason. Raises ExpectedError: CONSENT_MISSING and
    CONSENT_WITHDRAWN before anybody looks at the clip, CLIP_DUPLICATE when the patient has the
    same bytes already.
    """
    database = clinic.database
    database.call(lambda store: check_consent(store, slot.patient_id))
    sha256 = sha256_of(clip, cancel.check)
    if database.call(lambda store: capture_by_sha256(store, slot.patient_id, sha256)):
        raise ExpectedError(ErrorCode.CLIP_DUPLICATE)
    analysis = clinic.analyse(clip, listener, cancel)
    cancel.check()

    def begin(store: Store) -> Capture:
        session_id = slot.session_id
        if session_id is None and slot.phase is not Phase.SPOT:
            session_id = open_session(store, f"{act_id}-session", slot.patient_id, slot.at)
        begun = begin_capture(
            store,
            act_id,
            new_id(),
            slot.patient_id,
            session_id,
            slot.phase,
            slot.at,
            slot.source,
            slot.event,
        )
        _refuse_taken(store, begun)
        return begun

    with taking_in(clinic.profile, cancel.check):  # no other program gives it up meanwhile
        capture_id = database.call(begin).capture_id
        try:
            analysis = in_range(clinic, capture_id, analysis)
            _seal(clinic, capture_id, clip, sha256, analysis, listener)
        except BaseException:
            give_up(clinic, capture_id)
            raise
        return keep_analysis(clinic, capture_id, analysis)


def _refuse_taken(store: Store, begun: Capture) -> None:
    """An act that is tried again finds its own capture, given up; another may be there by now."""
    if begun.state is not CaptureState.INCOMPLETE or begun.session_id is None:
        return
    there = session_pair(store, begun.session_id).detail(begun.phase)
    other = there.capture if there and there.capture.capture_id != begun.capture_id else None
    if other and other.state not in (CaptureState.INCOMPLETE, CaptureState.REFUSED):
        raise ExpectedError(ErrorCode.SESSION_TAKEN)


def keep_file(
    clinic: Clinic, capture_id: str, path: Path, listener: Listener, cancel: Cancel
) -> Capture:
    """Fill the capture whose row is there with the clip file at `path`; raises as `take_in`."""
    sha256 = sha256_of(path, cancel.check)
    analysis = clinic.analyse(path, listener, cancel)
    cancel.check()
    analysis = in_range(clinic, capture_id, analysis)
    _seal(clinic, capture_id, path, sha256, analysis, listener)
    return keep_analysis(clinic, capture_id, analysis)


def _seal(
    clinic: Clinic,
    capture_id: str,
    clip: Path | ClipSource,
    sha256: str,
    analysis: ClipAnalysis,
    listener: Listener,
) -> None:
    def report(done: int, total: int) -> None:
        listener(Progress("store", done, total))

    stored = clinic.library.store_clip(capture_id, clip, report)
    if stored.sha256 != sha256:
        name = as_source(clip).path.name
        raise ExpectedError(ErrorCode.FILE_UNREADABLE, path=name)
    duration_ms = round(analysis.facts.duration_ms)
    clinic.database.call(
        lambda store: complete_capture(store, new_id(), capture_id, sha256, duration_ms)
    )


def keep_analysis(clinic: Clinic, capture_id: str, analysis: ClipAnalysis) -> Capture:
    """As `keep_what_was_seen`, and renew what waited for this capture; the worker may be asked."""
    kept = keep_what_was_seen(clinic, capture_id, analysis)
    renew(clinic, clinic.library, kept.patient_id)
    return kept


def keep_what_was_seen(clinic: Clinic, capture_id: str, analysis: ClipAnalysis) -> Capture:
    """Keep crops, scores and estimate of a stored capture. Not for the database thread."""
    clinic.library.store_crops(capture_id, analysis.crops)

    def keep(store: Store) -> Capture:
        kept = capture(store, capture_id)
        seen = Seen(analysis.score, analysis.refusal, analysis.embedding)
        estimate = make_estimate(store, kept, seen, clinic.model)
        record_analysis(store, new_id(), capture_id, analysis, estimate)
        if analysis.crops and analysis.refusal not in NOT_THE_PATIENT:
            keep_photo(store, kept, analysis.crops)
        return capture(store, capture_id)

    return clinic.database.call(keep)


NOT_THE_PATIENT = frozenset({Refusal.OTHER_PERSON, Refusal.UNLIKE_TRAINING})
"""What such a capture shows never becomes the patient's photo."""


def give_up(clinic: Clinic, capture_id: str) -> None:
    """Leave of a capture nothing but its row, so that the clip can be taken in again."""
    clinic.library.erase(capture_id)
    clinic.database.call(
        lambda store: mark_capture(store, new_id(), capture_id, CaptureState.INCOMPLETE)
    )
