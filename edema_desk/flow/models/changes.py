"""Installing, activating, going back, removing: each leaves the model in use as it was until
the one act that switches."""

from collections.abc import Callable
from pathlib import Path

from edema_desk.domain.models.card import ModelCard, parse_card
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.database import DatabaseDoor
from edema_desk.flow.base.model import ModelInUse, base_model, make_known, model_at
from edema_desk.flow.base.model_files import (
    card_bytes,
    move_in,
    remove_package,
    sha256_of_card,
    sha256_of_weights,
    staged,
)
from edema_desk.flow.base.model_registry import active_model, find_id, find_model, installed_model
from edema_desk.flow.base.model_signature import SIGNATURE_FILE, check_signature
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store
from edema_desk.store.models.signers import trusted_signers
from edema_desk.store.models.use import (
    ModelInstall,
    earlier_model,
    installs,
    model_in_use,
    record_install,
    record_removal,
    use_earlier_model,
    use_model,
)

CheckModel = Callable[[Path], object]
"""Loads a package where that cannot hurt, and runs its self-check: `WorkerClient.check`."""


def install_model(
    database: DatabaseDoor,
    profile: Profile,
    package: Path,
    check: CheckModel,
    made_here: ModelCard | None = None,
) -> ModelInUse:
    """Copy the package in the folder `package` into the profile, checked. It is not yet in use.

    One with the very card of a model that was `made_here` just now needs no signature.

    Raises MODEL_MISSING, MODEL_CARD_INVALID, MODEL_NEWER, MODEL_ALTERED, MODEL_UNSIGNED,
    MODEL_SIGNATURE_WRONG, MODEL_UNCHECKED, MODEL_CHECK_FAILED, DISK_FULL, WORKER_*, NOT_ALLOWED;
    then nothing is installed.
    """
    _require(database, ActKind.INSTALL_MODEL)
    package = package.resolve()
    with staged(package, profile.models) as folder:
        card = parse_card(card_bytes(folder), package.name)
        base = base_model()
        if card.model_id == base.model_id:
            if sha256_of_card(folder) != sha256_of_card(base.folder):
                raise ExpectedError(ErrorCode.MODEL_ALTERED, name=package.name)
            return base
        signed_by = None
        if made_here != card:
            signed_by = check_signature(
                card_bytes(folder), _signature(folder), database.call(trusted_signers), package.name
            )
        card_sha256 = sha256_of_card(folder)
        known = database.call(installs).get(card.model_id)
        if known is not None and known.card_sha256 != card_sha256:
            raise ExpectedError(ErrorCode.MODEL_ALTERED, name=package.name)
        check(folder)
        target = profile.models / card.model_id

        def enter(store: Store) -> None:
            make_known(store, ModelInUse(target, card))
            record_install(store, new_id(), ModelInstall(card.model_id, card_sha256, signed_by))

        move_in(folder, target)
        database.call(enter)
    return model_at(target)


def activate_model(database: DatabaseDoor, act_id: str, name: str, check: CheckModel) -> ModelInUse:
    """Use a model for all estimates from now on; those made before stay as they are.

    Raises MODEL_UNKNOWN, also when it is removed meanwhile, and as `install_model` where the
    package is no longer whole.
    """
    _require(database, ActKind.USE_MODEL)
    model = database.call(lambda store: find_model(store, name))
    check(model.folder)

    def switch(store: Store) -> None:
        find_model(store, model.model_id)
        make_known(store, model)
        shipped = model.model_id == base_model().model_id
        use_model(store, act_id, model.model_id, shipped=shipped)

    database.call(switch)
    return model


def go_back(database: DatabaseDoor, act_id: str) -> ModelInUse:
    """Return to the model in use before this one. Needs no worker: it must always be possible.

    Raises MODEL_NONE_BEFORE, MODEL_MISSING, MODEL_ALTERED.
    """
    base = base_model()

    def switch(store: Store) -> ModelInUse:
        store.require(ActKind.USE_EARLIER_MODEL)
        model_id, shipped = earlier_model(store, base.model_id)
        model = base if shipped else installed_model(store, model_id)
        if sha256_of_weights(model.folder) != model.card.weights_sha256:
            raise ExpectedError(ErrorCode.MODEL_ALTERED, name=model.folder.name)
        make_known(store, model)
        use_earlier_model(store, act_id, base.model_id)
        return active_model(store)

    return database.call(switch)


def remove_model(database: DatabaseDoor, profile: Profile, act_id: str, name: str) -> str:
    """Remove the files of an installed model; what it estimated stays. Its id.

    Raises MODEL_UNKNOWN, and MODEL_IN_USE for the one in use and the shipped one.
    """

    def release(store: Store) -> str:
        store.require(ActKind.REMOVE_MODEL)
        model_id = find_id(store, name)
        if model_id in (base_model().model_id, _id_in_use(store)):
            raise ExpectedError(ErrorCode.MODEL_IN_USE, name=model_id)
        record_removal(store, act_id, model_id)
        return model_id

    model_id = database.call(release)
    remove_package(profile.models, profile.models / model_id)
    return model_id


def _require(database: DatabaseDoor, kind: ActKind) -> None:
    """Whoever may not is told before a file is copied or a model loaded for them."""
    database.call(lambda store: store.require(kind))


def _id_in_use(store: Store) -> str | None:
    use = model_in_use(store)
    return None if use is None else use.model_id


def _signature(folder: Path) -> bytes | None:
    path = folder / SIGNATURE_FILE
    return path.read_bytes() if path.exists() else None
