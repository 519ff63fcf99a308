"""Training a base model from the window: one at a time, never beside a capture, and after it was
stopped or the window closed it goes on where it was."""

import hashlib
import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.models.card import ModelCard, is_model_name, read_card
from edema_desk.domain.models.training_plan import Learners, TrainingEnd, TrainingPlan
from edema_desk.domain.models.view import TrainingState, TrainingStep
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.people import PROGRAM
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.progress import Cancel, Progress
from edema_desk.flow.models.changes import install_model
from edema_desk.flow.models.clinic_faces import all_still_agree, learners_of_clinic
from edema_desk.flow.models.pretraining import PretrainRequest, pretrain_model
from edema_desk.log import LOGGER, report_bug
from edema_desk.store.base.database import Store
from edema_desk.store.models.trainings import begin_training, end_training, unfinished_training

LICENCE = "clinic-internal"
"""A model that saw patients leaves the clinic only by somebody's decision."""


class TrainingDesk:
    """Belongs to the desk, not to a page: it goes on while the window is locked or somebody else
    sits down, as the person who began it. Listeners are called on another thread."""

    def __init__(self, clinic: Clinic, gate: Gate, tell: Callable[[Change], None]) -> None:
        self._clinic, self._gate, self._tell = clinic, gate, tell
        self._work = ThreadPoolExecutor(1, thread_name_prefix="training")
        self._asking = ThreadPoolExecutor(1, thread_name_prefix="learners")
        self._listeners: list[Callable[[], None]] = []
        self._cancel = Cancel()
        self._state = TrainingState()
        itself = clinic.database.acting_as(PROGRAM)
        itself.submit(unfinished_training).add_done_callback(self._on_unfinished)

    @property
    def state(self) -> TrainingState:
        """How it stands."""
        return self._state

    @property
    def held(self) -> bool:
        """Whether it stands still because a capture runs."""
        return self._state.runs and self._gate.busy

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever the state changed."""
        self._listeners.append(listener)

    def learners(self) -> Future[Learners]:
        """Whom a training could learn from. Raises NOT_ALLOWED."""
        mine = self._clinic.for_who_sits_there()
        into = mine.entered.by(mine.database.seat.actor)
        return self._asking.submit(learners_of_clinic, into)

    def begin(self, act_id: str, plan: TrainingPlan) -> Future[TrainingPlan]:
        """Begin a training; it is under way once this is answered.

        Raises MODEL_NAME_INVALID, TRAINING_UNFINISHED, NOT_ALLOWED.
        """

        def enter(store: Store) -> TrainingPlan:
            if not is_model_name(plan.name):
                raise ExpectedError(ErrorCode.MODEL_NAME_INVALID, name=plan.name)
            begin_training(store, act_id, plan)
            return plan

        return self._entered(enter)

    def go_on(self) -> Future[TrainingPlan]:
        """Take up what was stopped. Raises TRAINING_NONE, NOT_ALLOWED."""

        def enter(store: Store) -> TrainingPlan:
            store.require(ActKind.TRAIN_MODEL)
            plan = unfinished_training(store)
            if plan is None:
                raise ExpectedError(ErrorCode.TRAINING_NONE)
            return plan

        return self._entered(enter)

    def stop(self) -> None:
        """Lay aside what was learned so far; it can go on from there."""
        self._cancel.set()
        if self._state.runs:
            self._say(replace(self._state, stopping=True))

    def give_up(self, act_id: str) -> Future[None]:
        """Throw away what was learned by a training that was stopped.

        Raises TRAINING_NONE, TRAINING_UNFINISHED while it runs, NOT_ALLOWED.
        """
        mine = self._clinic.for_who_sits_there()

        def enter(store: Store) -> None:
            plan = unfinished_training(store)
            if self._state.runs:
                raise ExpectedError(ErrorCode.TRAINING_UNFINISHED)
            if plan is None:
                raise ExpectedError(ErrorCode.TRAINING_NONE)
            end_training(store, act_id, plan.training_id, TrainingEnd.GIVEN_UP)
            self._clear(plan)
            self._say(TrainingState())

        return mine.database.submit(enter)

    def close(self) -> None:
        """Lay it aside and stop. It is taken up again when somebody wishes so."""
        self._listeners.clear()
        self._cancel.set()
        self._work.shutdown(cancel_futures=True)
        self._asking.shutdown(cancel_futures=True)

    def _on_unfinished(self, asked: Future[TrainingPlan | None]) -> None:
        error = None if asked.cancelled() else asked.exception()
        if error is not None and not isinstance(error, ExpectedError):
            report_bug(error)
        if asked.cancelled() or error is not None:
            return
        plan = asked.result()
        if plan is not None and self._state.step is TrainingStep.NONE:
            self._say(TrainingState(TrainingStep.WAITS, plan))

    def _entered(self, enter: Callable[[Store], TrainingPlan]) -> Future[TrainingPlan]:
        mine = self._clinic.for_who_sits_there()

        def work(store: Store) -> TrainingPlan:
            if self._state.runs:
                raise ExpectedError(ErrorCode.TRAINING_UNFINISHED)
            plan = enter(store)
            self._cancel = Cancel()
            self._say(TrainingState(TrainingStep.PREPARES, plan))
            with suppress(RuntimeError):  # closing: it waits for the next time
                self._work.submit(self._run, mine, plan, self._cancel)
            return plan

        return mine.database.submit(work)

    def _run(self, mine: Clinic, plan: TrainingPlan, cancel: Cancel) -> None:
        waits = TrainingState(TrainingStep.WAITS, plan)
        try:
            self._gate.wait(cancel)
            card = self._trained(mine, plan, cancel)
            self._say(TrainingState(TrainingStep.INSTALLS, plan))
            model_id = self._installed(mine, plan, card)
        except ExpectedError as error:
            cancelled = error.code is ErrorCode.CANCELLED
            self._say(replace(waits, error=None if cancelled else error))
        except Exception as error:  # noqa: BLE001  a thread's border: nobody reads its future
            report_bug(error)
            self._say(replace(waits, error=ExpectedError(ErrorCode.WORKER_FAILED)))
        else:
            self._say(TrainingState(TrainingStep.DONE, plan, done=1.0, model_id=model_id))
            self._tell(Change(ChangeKind.PATIENTS))

    def _trained(self, mine: Clinic, plan: TrainingPlan, cancel: Cancel) -> ModelCard:
        out = self._folder(plan) / plan.name
        into = mine.entered.by(mine.database.seat.actor)
        if out.is_dir():  # it was made, and stopped before it was installed
            card = read_card(out)
            if all_still_agree(into, card.model_id):
                return card
            shutil.rmtree(out)
        out.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        request = PretrainRequest(
            studies=tuple(Path(folder) for folder in plan.studies),
            out=out,
            judged_on=Path(plan.judged_on) if plan.judged_on else None,
            minutes=plan.minutes,
            database=plan.own,
            until=plan.until,
            checkpoint=out.parent / "laid-aside",
            licence=LICENCE,
            commands=(_told(plan),),
        )

        def heard(progress: Progress) -> None:
            step = TrainingStep.TRAINS if progress.what == "train" else TrainingStep.PREPARES
            done = progress.done / progress.total if progress.total else 0.0
            left_s = progress.left_s if step is TrainingStep.TRAINS else None
            self._say(TrainingState(step, plan, done, left_s, stopping=cancel.asked))

        return pretrain_model(into, request, listener=heard, cancel=cancel, gate=self._gate)

    def _installed(self, mine: Clinic, plan: TrainingPlan, card: ModelCard) -> str:
        package = self._folder(plan) / plan.name
        worker, profile = mine.worker, mine.profile
        model_id = install_model(
            mine.database, profile, package, worker.check, made_here=card
        ).model_id
        mine.database.call(
            lambda store: end_training(
                store, new_id(), plan.training_id, TrainingEnd.INSTALLED, model_id
            )
        )
        self._clear(plan)
        return model_id

    def _folder(self, plan: TrainingPlan) -> Path:
        """By its hash: an id is told nowhere outside the records."""
        digest = hashlib.sha256(plan.training_id.encode()).hexdigest()[:16]
        return self._clinic.profile.root / "cache" / f"trained-{digest}"

    def _clear(self, plan: TrainingPlan) -> None:
        shutil.rmtree(self._folder(plan), ignore_errors=True)

    def _say(self, state: TrainingState) -> None:
        if state.step is not self._state.step:
            LOGGER.info("training: %s", state.step)
        self._state = state
        for listener in tuple(self._listeners):
            listener()


def _told(plan: TrainingPlan) -> str:
    """How it was made, as the card tells it: as the command would, without folders' names, which
    may name people."""
    own = " --database" if plan.own else ""
    judged = " --judge-on STUDY" if plan.judged_on else ""
    studies = " STUDY" * len(plan.studies)
    return f"edema-desk pretrain{studies}{own}{judged} --minutes {plan.minutes:g} --out {plan.name}"
