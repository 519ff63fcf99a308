"""The clinic's desk: one database thread, one worker, and the acts a person does with them.

Everything returns a `concurrent.futures.Future`, answered on a thread of this object, so that
a window never waits. Expected failures arrive as `ExpectedError`.
"""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from pathlib import Path

from edema_desk.domain.moment import Moment
from edema_desk.domain.pairing import Proposal
from edema_desk.domain.records import Capture, Patient, Phase
from edema_desk.domain.views import Change, NewPatient, PatientCard, SessionPair
from edema_desk.domain.weights import WeightDoubt
from edema_desk.domain.worklist import WorklistRow
from edema_desk.flow.progress import Cancel, Listener
from edema_desk.paths import Profile


class Desk:
    """Open one with `open_desk`, close it with `close`."""

    profile: Profile

    # questions

    def worklist(self, day: date, query: str = "") -> Future[tuple[WorklistRow, ...]]: ...

    def patient_card(self, patient_id: str) -> Future[PatientCard]: ...

    def session_pair(self, session_id: str) -> Future[SessionPair]: ...

    def crops(self, capture_id: str) -> Future[tuple[bytes, ...]]:
        """JPEG files of the chosen frames' aligned faces, in time order."""
        ...

    def photo(self, patient_id: str) -> Future[bytes | None]:
        """A JPEG of the patient, or None."""
        ...

    def propose_session(self, patient_id: str, phase: Phase, at: Moment) -> Future[Proposal]: ...

    def weight_doubts(
        self, patient_id: str, session_id: str | None, phase: Phase, net_g: int
    ) -> Future[tuple[WeightDoubt, ...]]: ...

    # acts; each takes an `act_id` made by the caller, so that a retry does nothing twice

    def add_patient(self, act_id: str, new: NewPatient) -> Future[Patient]: ...

    def set_dry_weight(
        self, act_id: str, patient_id: str, weight_g: int, valid_from: date, reason: str
    ) -> Future[None]: ...

    def open_session(
        self, act_id: str, patient_id: str, at: Moment, planned_hours: float | None = None
    ) -> Future[str]: ...

    def enter_weight(
        self,
        act_id: str,
        session_id: str,
        phase: Phase,
        gross_g: int,
        tare_g: int,
        at: Moment,
        reason: str = "",
    ) -> Future[None]:
        """Adds, or where the phase has a weight already corrects it (then `reason` is needed)."""
        ...

    def add_clip(
        self,
        act_id: str,
        path: Path,
        patient_id: str,
        session_id: str | None,
        phase: Phase,
        at: Moment,
        listener: Listener,
        cancel: Cancel,
    ) -> Future[Capture]:
        """Take in a clip file, analyse it and estimate. Progress is told on another thread."""
        ...

    # news

    def listen(self, listener: Callable[[Change], None]) -> None:
        """Call `listener` (on another thread) after each act, and when another program wrote."""
        ...

    def close(self) -> None:
        """Finish what is being written, stop worker and thread."""
        ...


def open_desk(profile: Profile, *, lock_window: bool) -> Desk: ...
