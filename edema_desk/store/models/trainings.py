"""Trainings that were begun in the window: one at a time, until it is installed or given up."""

import json

from sqlite_utils import Database

from edema_desk.domain.models.training_plan import TrainingEnd, TrainingPlan
from edema_desk.domain.terms.acts import ActKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.chain import AuditValue
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import Row, moment_of, moment_row


def begin_training(store: Store, act_id: str, plan: TrainingPlan) -> None:
    """Keep what is to be trained. Raises TRAINING_UNFINISHED while an earlier one may go on."""

    def work(db: Database) -> Done:
        if _unfinished(db) is not None:
            raise ExpectedError(ErrorCode.TRAINING_UNFINISHED)
        row = {
            "training_id": plan.training_id,
            "name": plan.name,
            "own": int(plan.own),
            "studies": json.dumps(plan.studies, ensure_ascii=False),
            "judged_on": plan.judged_on,
            "minutes": plan.minutes,
            "act_id": act_id,
            **moment_row("until", plan.until),
        }
        db.table("training").insert(row)
        details: dict[str, AuditValue] = {
            "training_id": plan.training_id,
            "own": int(plan.own),
            "studies": len(plan.studies),
            "minutes": plan.minutes,
        }
        return Done(plan.training_id, None, details)

    store.act(act_id, ActKind.TRAIN_MODEL, work)


def end_training(
    store: Store, act_id: str, training_id: str, end: TrainingEnd, model_id: str | None = None
) -> None:
    """Keep how a training ended, `model_id` where it made a model. Nothing when it ended before.

    Raises TRAINING_NONE for one that was never begun.
    """

    def work(db: Database) -> Done:
        if not list(db.query("select 1 from training where training_id = ?", [training_id])):
            raise ExpectedError(ErrorCode.TRAINING_NONE)
        row: dict[str, AuditValue] = {
            "training_id": training_id,
            "ended": end.value,
            "model_id": model_id,
        }
        ended = "select 1 from training_end where training_id = ?"
        if not list(db.query(ended, [training_id])):
            db.table("training_end").insert({**row, "act_id": act_id})
        return Done(training_id, None, row)

    store.act(act_id, ActKind.END_TRAINING, work)


def unfinished_training(store: Store) -> TrainingPlan | None:
    """The training that is under way or may go on."""
    with store.reading() as db:
        return _unfinished(db)


def _unfinished(db: Database) -> TrainingPlan | None:
    found = db.query(
        "select * from training t where not exists "
        "(select 1 from training_end e where e.training_id = t.training_id) "
        "order by seq desc limit 1"
    )
    return next((_plan(row) for row in found), None)


def _plan(row: Row) -> TrainingPlan:
    return TrainingPlan(
        row["training_id"],
        row["name"],
        bool(row["own"]),
        tuple(json.loads(row["studies"])),
        row["judged_on"],
        row["minutes"],
        moment_of(row, "until"),
    )
