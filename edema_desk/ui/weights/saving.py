"""The way of a typed weight to the desk: doubted first, a session opened where there is none."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase
from edema_desk.domain.terms.weights import Tare, WeightDoubt, checked_weight_g
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.sheet import ActIds


@dataclass(frozen=True, slots=True)
class TypedWeight:
    """A weight as it would be entered. `hours` are those planned, where somebody said."""

    patient_id: str
    session_id: str | None
    phase: Phase
    gross_g: int
    tares: tuple[Tare, ...]
    hours: float | None
    at: Moment
    reason: str = ""

    @property
    def tare_g(self) -> int:
        """What does not count of the gross weight."""
        return sum(tare.weight_g for tare in self.tares if tare.used)

    @property
    def net_g(self) -> int:
        """The patient's own weight. Raises ExpectedError WEIGHT_OUT_OF_RANGE."""
        return checked_weight_g(self.gross_g - self.tare_g)

    @property
    def told(self) -> tuple[object, ...]:
        """What the person typed, whenever that was and whatever the reason."""
        return (self.phase, self.gross_g, self.tares, self.hours)

    @property
    def doubtful(self) -> tuple[object, ...]:
        """What a doubt is about: another weight is doubted anew."""
        return (self.phase, self.gross_g - self.tare_g, self.session_id)


class WeightSaving(QObject):
    """`doubted(doubts)` when the weight is to be asked again, `opened(session_id)` when a session
    was, `entered(session_id)` when the weight was, `planned(session_id)` when other hours were;
    `failed(ExpectedError)`, `busy_changed(bool)`. Trying the same again is the same act."""

    doubted = Signal(object)
    opened = Signal(str)
    entered = Signal(str)
    planned = Signal(str)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, jobs: DeskJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._acts = jobs, ActIds()
        self._weight: TypedWeight | None = None
        self._ask, self._open = DeskCall(jobs, self), DeskCall(jobs, self)
        self._enter, self._plan = DeskCall(jobs, self), DeskCall(jobs, self)
        self._calls = (self._ask, self._open, self._enter, self._plan)
        self._ask.answered.connect(self._on_doubts)
        self._open.answered.connect(self._on_opened)
        self._enter.answered.connect(self._on_entered)
        self._plan.answered.connect(self._on_planned)
        self._session_id, self._let_go = "", False
        for call in self._calls:
            call.failed.connect(self._on_failure)
            call.waiting_changed.connect(self._on_waiting)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return any(call.waiting for call in self._calls)

    def let_go(self) -> bool:
        """Tell nothing any more: the form is another patient's. What was begun for the one before
        is done to its end. Returns whether there is any."""
        self._let_go = True
        self.blockSignals(True)
        if not self.busy:
            self.deleteLater()
        return self.busy

    def begin(self, weight: TypedWeight) -> None:
        """Enter a weight that nothing speaks against, or tell the doubts."""
        self._weight = weight
        about = (weight.patient_id, weight.session_id, weight.phase, weight.net_g, weight.at)
        self._ask.start(self._jobs.desk.weight_doubts(*about))

    def enter(self, weight: TypedWeight) -> None:
        """Enter a weight, whatever speaks against it."""
        self._weight = weight
        if weight.session_id is not None:
            self._enter_into(weight, weight.session_id)
            return
        act_id = self._acts.of("session", weight.patient_id, weight.at)
        asked = (act_id, weight.patient_id, weight.at, weight.hours)
        self._open.start(self._jobs.desk.open_session(*asked))

    def plan(self, session_id: str, hours: float) -> None:
        """Other hours for a session, without a weight."""
        self._session_id = session_id
        act_id = self._acts.of("hours", session_id, hours)
        self._plan.start(self._jobs.desk.set_planned_hours(act_id, session_id, hours))

    def _enter_into(self, weight: TypedWeight, session_id: str) -> None:
        self._session_id = session_id
        act_id = self._acts.of(replace(weight, session_id=session_id))
        what = (weight.phase, weight.gross_g, weight.tare_g, weight.at, weight.reason)
        self._enter.start(
            self._jobs.desk.enter_weight(
                act_id, session_id, *what, tares=weight.tares, planned_hours=weight.hours
            )
        )

    def _on_doubts(self, doubts: tuple[WeightDoubt, ...]) -> None:
        if doubts:
            self.doubted.emit(doubts)
            self._end()
        elif self._weight is not None:
            self.enter(self._weight)

    def _on_opened(self, session_id: str) -> None:
        self.opened.emit(session_id)
        if self._weight is not None:
            self._enter_into(self._weight, session_id)

    def _on_entered(self) -> None:
        self.entered.emit(self._session_id)
        self._end()

    def _on_planned(self) -> None:
        self.planned.emit(self._session_id)
        self._end()

    def _on_failure(self, error: ExpectedError) -> None:
        self.failed.emit(error)
        self._end()

    def _end(self) -> None:
        if self._let_go:
            self.deleteLater()

    def _on_waiting(self, waiting: bool) -> None:
        self.busy_changed.emit(self.busy)
