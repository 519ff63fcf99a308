"""Which model is in use, which packages were installed, and what going back returns to."""

from dataclasses import dataclass

from sqlite_utils import Database

from edema_desk.domain.models.uses import ModelUse
from edema_desk.domain.terms.acts import ActKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import moment_of


@dataclass(frozen=True, slots=True)
class ModelInstall:
    """A package as it was installed: the hash of its card, and the key that signed it, if any."""

    model_id: str
    card_sha256: str
    signed_by: str | None


# acts


def record_install(store: Store, act_id: str, install: ModelInstall) -> None:
    """Keep what a package was when it was installed. Its model must be registered.

    Raises MODEL_ALTERED when the same model was installed with another card before.
    """

    def work(db: Database) -> Done:
        before = _install_of(db, install.model_id)
        if before is not None and before.card_sha256 != install.card_sha256:
            raise ExpectedError(ErrorCode.MODEL_ALTERED, name=install.model_id)
        row = {
            "model_id": install.model_id,
            "card_sha256": install.card_sha256,
            "signed_by": install.signed_by,
            "act_id": act_id,
        }
        db.table("model_install").insert(row)
        del row["act_id"]
        return Done(install.model_id, None, row)

    store.act(act_id, ActKind.INSTALL_MODEL, work)


def record_removal(store: Store, act_id: str, model_id: str) -> None:
    """Keep that the files of an installed package are removed; who, when, which."""
    done = Done(model_id, None, {"model_id": model_id})
    store.act(act_id, ActKind.REMOVE_MODEL, lambda db: done)


def use_model(store: Store, act_id: str, model_id: str, *, shipped: bool) -> None:
    """From now on this model makes the estimates; one row is the whole switch.

    Nothing changes when it is in use already.
    """

    def work(db: Database) -> Done:
        now = _row_in_use(db)
        if now is None or (now["model_id"], bool(now["shipped"])) != (model_id, shipped):
            _insert_use(db, act_id, model_id, shipped, now["seq"] if now else None)
        return Done(model_id, None, {"model_id": model_id, "shipped": int(shipped)})

    store.act(act_id, ActKind.USE_MODEL, work)


def use_earlier_model(store: Store, act_id: str, base_id: str) -> None:
    """Return to the model that was in use before the present one was activated.

    Before the first that was activated it was the shipped one, `base_id` now. Going back twice
    goes back two. Raises MODEL_NONE_BEFORE.
    """

    def work(db: Database) -> Done:
        model_id, shipped, before = _earlier(db, base_id)
        _insert_use(db, act_id, model_id, shipped, before)
        return Done(model_id, None, {"model_id": model_id, "shipped": int(shipped)})

    store.act(act_id, ActKind.USE_EARLIER_MODEL, work)


# questions


def model_in_use(store: Store) -> ModelUse | None:
    """What the pointer says; None while no model was ever activated: then it is the shipped."""
    with store.reading() as db:
        row = _row_in_use(db)
        return None if row is None else _use_of(row)


def earlier_model(store: Store, base_id: str) -> tuple[str, bool]:
    """Id of what `use_earlier_model` would return to, and whether that is the shipped one.

    Raises MODEL_NONE_BEFORE.
    """
    with store.reading() as db:
        return _earlier(db, base_id)[:2]


def model_uses(store: Store) -> tuple[ModelUse, ...]:
    """Every switch, oldest first."""
    with store.reading() as db:
        found = db.query(f"{_USES} order by u.seq")
        return tuple(_use_of(row) for row in found)


def installs(store: Store) -> dict[str, ModelInstall]:
    """What was ever installed, by the id of the model, oldest first."""
    with store.reading() as db:
        found = db.query("select * from model_install order by seq")
        return {row["model_id"]: _install(row) for row in found}


def estimates_by_model(store: Store) -> dict[str, int]:
    """How many estimates in force each model made."""
    with store.reading() as db:
        found = db.query("select model_id, count(*) as made from estimate_now group by model_id")
        return {row["model_id"]: row["made"] for row in found}


_USES = (
    "select u.*, act.actor, act.utc_ms as since_utc_ms, act.offset_min as since_offset_min "
    "from model_use u join act using (act_id)"
)


def _row_in_use(db: Database) -> dict[str, object] | None:
    return next(iter(db.query(f"{_USES} order by u.seq desc limit 1")), None)


def _earlier(db: Database, base_id: str) -> tuple[str, bool, int | None]:
    """Model, whether it is the shipped one, and what going back from it returns to."""
    now = _row_in_use(db)
    if now is None or (now["before"] is None and now["shipped"]):
        raise ExpectedError(ErrorCode.MODEL_NONE_BEFORE)
    if now["before"] is None:
        return base_id, True, None
    (before,) = db.query("select * from model_use where seq = ?", [now["before"]])
    shipped = bool(before["shipped"])
    return (base_id if shipped else before["model_id"]), shipped, before["before"]


def _insert_use(
    db: Database, act_id: str, model_id: str, shipped: bool, before: object | None
) -> None:
    db.table("model_use").insert(
        {"model_id": model_id, "shipped": int(shipped), "before": before, "act_id": act_id}
    )


def _use_of(row: dict[str, object]) -> ModelUse:
    since = moment_of(row, "since")
    return ModelUse(str(row["model_id"]), bool(row["shipped"]), since, str(row["actor"]))


def _install_of(db: Database, model_id: str) -> ModelInstall | None:
    found = db.query(
        "select * from model_install where model_id = ? order by seq desc limit 1", [model_id]
    )
    return next((_install(row) for row in found), None)


def _install(row: dict[str, object]) -> ModelInstall:
    signed_by = row["signed_by"]
    return ModelInstall(
        str(row["model_id"]),
        str(row["card_sha256"]),
        None if signed_by is None else str(signed_by),
    )
