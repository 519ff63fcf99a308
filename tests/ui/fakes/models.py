"""Models without files: what is there, what was asked, and answers a test gives by hand."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.models.card import Figures, InputPlan, ModelCard, Recipe, TrainedOn
from edema_desk.domain.models.training_plan import Learners, TrainingPlan
from edema_desk.domain.models.uses import ModelUse
from edema_desk.domain.models.view import (
    ModelComparison,
    ModelEntry,
    Reestimated,
    TrainingState,
    TrainingStep,
)
from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.progress import Cancel, Listener
from edema_desk.flow.models.desk import ModelDesk
from edema_desk.flow.models.training import TrainingDesk

T = TypeVar("T")
SINCE = Moment(1_770_000_000_000, 540)


def made_up_card(name: str, digit: str, *, made_up: bool = True, mae_kg: float = 0.34) -> ModelCard:
    """A card as the program writes them; `digit` fills its hash."""
    return ModelCard(
        name=name,
        encoder="fine18",
        input=InputPlan(),
        weights_sha256=digit * 64,
        parent=None,
        trained_on=TrainedOn("b" * 64, 61, 1464, 11_712, made_up),
        figures=Figures(0.78, 1.04, mae_kg, 0.912, 39, 936, "made-up swelling, test39"),
        licence="CC-BY-4.0",
        attributions=("A face collection, CC BY 4.0", "Another collection, CC0"),
        made_at="2026-02-14T03:10:00+00:00",
        program_version="0.6.0",
        commands=("edema-desk pretrain train61 --judge-on test39 --lay-over --out base",),
        recipe=Recipe("change:1,parts:0.5", 3000, 0, 1e-3),
    )


def entry_of(card: ModelCard, **changes: Any) -> ModelEntry:
    """An installed model that is not in use, or as `changes` say."""
    made = ModelEntry(card.model_id, card, False, False, None, None, 0, None)
    return replace(made, **changes)


BASE = made_up_card("base", "a")
OWN = made_up_card("clinic-2026", "c", made_up=False, mae_kg=0.29)


class FakeTraining(TrainingDesk):
    """Stands as a test says."""

    def __init__(self) -> None:
        self._state = TrainingState()
        self._listeners = []
        self.known = Learners(14, 1120, 2190, 3, 230)
        self.asked: list[object] = []
        self.stands_still = False
        self.fails: ExpectedError | None = None

    @property
    def held(self) -> bool:
        return self.stands_still

    def stand(self, state: TrainingState) -> None:
        self._state = state
        for listener in tuple(self._listeners):
            listener()

    def learners(self) -> Future[Learners]:
        return answered(self.known)

    def begin(self, act_id: str, plan: TrainingPlan) -> Future[TrainingPlan]:
        self.asked.append(plan)
        if self.fails is not None:
            return failed(self.fails)
        self.stand(TrainingState(TrainingStep.PREPARES, plan))
        return answered(plan)

    def go_on(self) -> Future[TrainingPlan]:
        self.asked.append("go on")
        plan = self._state.plan
        assert plan is not None
        self.stand(TrainingState(TrainingStep.PREPARES, plan))
        return answered(plan)

    def stop(self) -> None:
        self.asked.append("stop")
        self.stand(replace(self._state, stopping=True))

    def give_up(self, act_id: str) -> Future[None]:
        self.asked.append("give up")
        self.stand(TrainingState())
        return answered(None)

    def close(self) -> None:
        self._listeners.clear()


class FakeModels(ModelDesk):
    """With `fails` the next act fails. Long work waits in `running` until a test answers it."""

    def __init__(self, tell: Callable[[Change], None]) -> None:
        self._tell = tell
        self.training: FakeTraining = FakeTraining()
        self.kept = [entry_of(BASE, shipped=True, in_use=True, estimates=624)]
        self.switches: list[ModelUse] = []
        self.keys: list[str] = []
        self.asked: list[tuple[str, ...]] = []
        self.fails: ExpectedError | None = None
        self.running: Future[Any] = Future()
        self.listener: Listener = lambda progress: None
        self.cancel = Cancel()

    def entries(self) -> Future[tuple[ModelEntry, ...]]:
        return answered(tuple(self.kept))

    def uses(self) -> Future[tuple[ModelUse, ...]]:
        return answered(tuple(self.switches))

    def signers(self) -> Future[tuple[str, ...]]:
        return answered(tuple(self.keys))

    def trust(self, act_id: str, key_file: Path) -> Future[str]:
        def add() -> str:
            self.keys.append("e" * 64)
            return "e" * 64

        return self._done("trust", key_file.name, add)

    def distrust(self, act_id: str, key_id: str) -> Future[None]:
        return self._done("distrust", key_id, lambda: self.keys.remove(key_id))

    def install(self, package: Path) -> Future[ModelInUse]:
        def add() -> ModelInUse:
            self.kept.append(entry_of(OWN))
            return ModelInUse(package, OWN)

        return self._done("install", package.name, add)

    def activate(self, act_id: str, name: str) -> Future[ModelInUse]:
        return self._done("activate", name, lambda: self._use(name))

    def back(self, act_id: str) -> Future[ModelInUse]:
        return self._done("back", "", lambda: self._use(BASE.model_id))

    def remove(self, act_id: str, name: str) -> Future[str]:
        def take() -> str:
            self.kept = [one for one in self.kept if one.model_id != name]
            return name

        return self._done("remove", name, take)

    def compare(
        self, first: str, second: str, listener: Listener, cancel: Cancel
    ) -> Future[ModelComparison]:
        return self._begin("compare", first, second, listener=listener, cancel=cancel)

    def reestimate(self, listener: Listener, cancel: Cancel) -> Future[Reestimated]:
        return self._begin("reestimate", listener=listener, cancel=cancel)

    def close(self) -> None:
        self.training.close()
        if not self.running.done():
            self.running.cancel()

    def _use(self, model_id: str) -> ModelInUse:
        self.kept = [replace(one, in_use=one.model_id == model_id) for one in self.kept]
        self.switches.append(
            ModelUse(model_id, model_id == BASE.model_id, SINCE, "administrator-1")
        )
        self._tell(Change(ChangeKind.PATIENTS))
        card = next(one.card for one in self.kept if one.model_id == model_id)
        assert card is not None
        return ModelInUse(Path(model_id), card)

    def _done(self, name: str, of: str, work: Callable[[], T]) -> Future[T]:
        self.asked.append((name, of))
        if self.fails is not None:
            error, self.fails = self.fails, None
            return failed(error)
        return answered(work())

    def _begin(self, *asked: str, listener: Listener, cancel: Cancel) -> Future[Any]:
        self.asked.append(asked)
        self.listener, self.cancel, self.running = listener, cancel, Future()
        return self.running


def answered(value: T) -> Future[T]:
    done: Future[T] = Future()
    done.set_result(value)
    return done


def failed(error: ExpectedError) -> Future[Any]:
    done: Future[Any] = Future()
    done.set_exception(error)
    return done


CANCELLED = ExpectedError(ErrorCode.CANCELLED)
