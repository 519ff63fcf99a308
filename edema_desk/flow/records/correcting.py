"""Saying that a capture shows somebody else, or deleting it; and what follows of that."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import replace

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.inbox.filing import Target, TimeFrom
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import Capture, Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.photos import renew_photo
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.estimates.moved_captures import clear_up, look_again
from edema_desk.flow.estimates.renewing import renew
from edema_desk.log import LOGGER, report_bug
from edema_desk.store.base.database import Store
from edema_desk.store.captures.captures import capture, check_free, check_may_move, reassign_capture
from edema_desk.store.captures.inbox import item_of_capture, keep_item
from edema_desk.store.captures.removals import check_finished, remove_capture, take_capture_back
from edema_desk.store.captures.sessions import open_session
from edema_desk.store.captures.spot_events import say_event
from edema_desk.store.people.consents import check_consent


class CaptureCorrecting:
    """A part of the `Desk`. An act is answered as soon as it is on record; photos and estimates of
    both patients follow on the `intake` executor, when no capture runs."""

    def __init__(
        self, clinic: Clinic, intake: Executor, gate: Gate, tell: Callable[[Change], None]
    ) -> None:
        self._clinic, self._intake, self._gate, self._tell = clinic, intake, gate, tell
        self._cancel = Cancel()

    def move(
        self,
        act_id: str,
        capture_id: str,
        patient_id: str,
        session_id: str | None,
        phase: Phase,
        reason: str,
    ) -> Future[Capture]:
        """Give a capture to another patient, session or phase. A pre or post without a session
        opens one at the time of the capture. Raises ExpectedError NOT_ALLOWED, REASON_NEEDED,
        CAPTURE_UNFINISHED, CAPTURE_REMOVED, CONSENT_*, and those of `begin_capture`."""
        mine = self._clinic.for_who_sits_there()

        def act(store: Store) -> Capture:
            before = capture(store, capture_id)
            done = _moved(store, act_id, before, (patient_id, session_id, phase), reason)
            self._told(before)
            self._told(done)
            self._follow(lambda: self._after_move(mine, before, done))
            return done

        return mine.database.submit(act)

    def remove(self, act_id: str, capture_id: str, reason: str) -> Future[None]:
        """Delete a capture: out of use at once, its clip destroyed after some days. Raises as
        `store.removals.remove_capture`."""
        mine = self._clinic.for_who_sits_there()

        def act(store: Store) -> None:
            before = capture(store, capture_id)
            remove_capture(store, act_id, capture_id, reason)
            self._told(before)
            self._follow(lambda: self._after_loss(mine, before))

        return mine.database.submit(act)

    def take_back(self, act_id: str, capture_id: str, reason: str) -> Future[Capture]:
        """Bring a deleted capture back. Raises as `store.removals.take_capture_back`."""
        mine = self._clinic.for_who_sits_there()

        def act(store: Store) -> Capture:
            back = take_capture_back(store, act_id, capture_id, reason)
            self._told(back)
            self._follow(lambda: self._after_return(mine, back))
            return back

        return mine.database.submit(act)

    def say_event(self, act_id: str, capture_id: str, said: str) -> Future[None]:
        """Put right what went before a spot capture; "" where it was nothing. Raises as
        `store.spot_events.say_event`."""

        def act(store: Store) -> None:
            say_event(store, act_id, capture_id, said)
            self._told(capture(store, capture_id))

        return self._clinic.database.submit(act)

    def close(self) -> None:
        """What follows of an act is left to the next start."""
        self._cancel.set()

    def _after_move(self, mine: Clinic, before: Capture, done: Capture) -> None:
        if before.patient_id != done.patient_id:
            clear_up(mine, mine.library, before.patient_id, before.capture_id)
            self._told(before)
        look_again(mine, mine.library, done.capture_id, self._cancel)
        self._told(done)

    def _after_loss(self, mine: Clinic, gone: Capture) -> None:
        clear_up(mine, mine.library, gone.patient_id, gone.capture_id)
        self._told(gone)

    def _after_return(self, mine: Clinic, back: Capture) -> None:
        renew_photo(mine, mine.library, back.patient_id)
        renew(mine, mine.library, back.patient_id)
        self._told(back)

    def _follow(self, work: Callable[[], None]) -> None:
        def do() -> None:
            try:
                self._gate.wait(self._cancel)
                work()
            except ExpectedError as error:
                if not self._cancel.asked:
                    LOGGER.warning("a corrected capture has to wait: %s", error.code)
            except Exception as error:  # noqa: BLE001  a thread's border: nobody reads its future
                report_bug(error)

        with suppress(RuntimeError):  # closing: the next start makes the estimate
            self._intake.submit(do)

    def _told(self, about: Capture) -> None:
        self._tell(Change(ChangeKind.SESSION, about.patient_id, about.session_id))


def _moved(
    store: Store,
    act_id: str,
    before: Capture,
    where: tuple[str, str | None, Phase],
    reason: str,
) -> Capture:
    """All that can be refused is asked before anything is written."""
    patient_id, session_id, phase = where
    check_may_move(store, before.capture_id, ActKind.REASSIGN_CAPTURE)
    check_finished(before)
    if not reason.strip():
        raise ExpectedError(ErrorCode.REASON_NEEDED)
    check_consent(store, patient_id)
    with store.reading() as db:
        check_free(db, patient_id, session_id, phase, but=before.capture_id)
    if session_id is None and phase is not Phase.SPOT:
        session_id = open_session(store, f"{act_id}-session", patient_id, before.captured_at)
    target = (patient_id, session_id, phase)
    done = reassign_capture(store, act_id, before.capture_id, *target, reason)
    item = item_of_capture(store, before.capture_id)
    if item is not None:  # the inbox tells where its clip went
        meant = Target(*target, item.target.at, TimeFrom.PERSON)
        keep_item(store, replace(item, target=meant))
    return done
