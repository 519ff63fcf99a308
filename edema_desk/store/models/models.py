"""Which models there are, and whose captures they were trained on."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import ids_json
from edema_desk.store.people.patients import require_patient


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """A model as it was registered; `card` is the JSON of its package."""

    model_id: str
    sha256: str
    card: Mapping[str, Any]
    parent_id: str | None = None


def register_model(store: Store, act_id: str, model: ModelRecord) -> None:
    """Make a model known, so that estimates may name it. Nothing happens when it is known.

    Raises ExpectedError MODEL_ALTERED when the name is known with other weights.
    """
    with store.reading() as db:
        if _is_known(db, model):
            return

    def work(db: Database) -> Done:
        if not _is_known(db, model):
            db.table("model").insert(
                {
                    "model_id": model.model_id,
                    "sha256": model.sha256,
                    "card": json.dumps(model.card, ensure_ascii=False),
                    "parent_id": model.parent_id,
                    "act_id": act_id,
                }
            )
        return Done(model.model_id, None, {"model_id": model.model_id, "sha256": model.sha256})

    store.act(act_id, ActKind.REGISTER_MODEL, work)


def note_model_saw(store: Store, act_id: str, model_id: str, patient_ids: Sequence[str]) -> None:
    """Keep that captures of these patients were used to train a model."""

    def work(db: Database) -> Done:
        for patient_id in patient_ids:
            require_patient(db, patient_id)
            row = {"model_id": model_id, "patient_id": patient_id, "act_id": act_id}
            db.table("model_saw").insert(row, ignore=True)
        return Done(model_id, None, {"model_id": model_id, "patient_ids": tuple(patient_ids)})

    store.act(act_id, ActKind.NOTE_MODEL_SAW, work)


def models(store: Store) -> tuple[ModelRecord, ...]:
    """All models that were ever registered, oldest first."""
    with store.reading() as db:
        return tuple(
            ModelRecord(row["model_id"], row["sha256"], json.loads(row["card"]), row["parent_id"])
            for row in db.query("select * from model order by rowid")
        )


def models_that_saw(store: Store, patient_id: str) -> tuple[str, ...]:
    """Ids of the models that were trained on captures of this patient."""
    with store.reading() as db:
        found = db.query(
            "select model_id from model_saw where patient_id = ? order by model_id", [patient_id]
        )
        return tuple(row["model_id"] for row in found)


def patients_learned_from(store: Store, model_ids: Sequence[str]) -> frozenset[str]:
    """Ids of the patients that any of these models was trained on, or one that it came from."""
    sql = """
        with recursive line (model_id) as (
            select value from json_each(?)
            union select parent_id from model join line using (model_id)
            where parent_id is not null
        )
        select distinct patient_id from model_saw join line using (model_id)
    """
    with store.reading() as db:
        return frozenset(row[0] for row in db.execute(sql, [ids_json(model_ids)]).fetchall())


def _is_known(db: Database, model: ModelRecord) -> bool:
    known = db.execute("select sha256 from model where model_id = ?", [model.model_id]).fetchone()
    if known is not None and known[0] != model.sha256:
        raise ExpectedError(ErrorCode.MODEL_ALTERED, name=model.model_id)
    return known is not None
