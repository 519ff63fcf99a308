"""The models of a profile: which are installed, and which is in use."""

from edema_desk.domain.models.card import ModelCard, parse_card
from edema_desk.domain.models.view import ModelEntry
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.model import ModelInUse, base_model
from edema_desk.flow.base.model_files import card_bytes, sha256_of_card
from edema_desk.paths import BASE_MODEL
from edema_desk.store.base.database import Store
from edema_desk.store.models.use import estimates_by_model, installs, model_in_use


def active_model(store: Store) -> ModelInUse:
    """The model that makes the estimates of this profile, its card as it was installed.

    Raises MODEL_MISSING, MODEL_ALTERED: another model is never silently put in its place.
    """
    use = model_in_use(store)
    if use is None or use.shipped:
        return base_model()
    return installed_model(store, use.model_id)


def installed_model(store: Store, model_id: str) -> ModelInUse:
    """A package of the profile. Raises MODEL_UNKNOWN, MODEL_MISSING, MODEL_ALTERED."""
    install = installs(store).get(model_id)
    if install is None:
        raise ExpectedError(ErrorCode.MODEL_UNKNOWN, name=model_id)
    folder = store.profile.models / model_id
    if sha256_of_card(folder) != install.card_sha256:
        raise ExpectedError(ErrorCode.MODEL_ALTERED, name=model_id)
    return ModelInUse(folder, parse_card(card_bytes(folder), model_id))


def find_model(store: Store, name: str) -> ModelInUse:
    """By its id, an unmistakable start of it, or `base`. Raises MODEL_* as `installed_model`."""
    base = base_model()
    model_id = find_id(store, name)
    return base if model_id == base.model_id else installed_model(store, model_id)


def find_id(store: Store, name: str) -> str:
    """The id that `name` means, be the package whole or not. Raises MODEL_UNKNOWN."""
    base_id = base_model().model_id
    if name == BASE_MODEL:
        return base_id
    known = [base_id, *_installed_ids(store)]
    fitting = [i for i in known if i == name] or [i for i in known if i.startswith(name)]
    if len(fitting) != 1 or not name:
        raise ExpectedError(ErrorCode.MODEL_UNKNOWN, name=name)
    return fitting[0]


def list_models(store: Store) -> tuple[ModelEntry, ...]:
    """The shipped model first, then all that were installed and not removed, oldest first."""
    base = base_model()
    use = model_in_use(store)
    made = estimates_by_model(store)
    base_in_use = use is None or use.shipped
    entries = [
        ModelEntry(
            base.model_id,
            base.card,
            shipped=True,
            in_use=base_in_use,
            in_use_since=use.since if use is not None and base_in_use else None,
            signed_by=None,
            estimates=made.get(base.model_id, 0),
            fault=None,
        )
    ]
    for model_id in _installed_ids(store):
        card, fault = _card_or_fault(store, model_id)
        in_use = use is not None and not use.shipped and use.model_id == model_id
        entries.append(
            ModelEntry(
                model_id,
                card,
                shipped=False,
                in_use=in_use,
                in_use_since=use.since if use is not None and in_use else None,
                signed_by=installs(store)[model_id].signed_by,
                estimates=made.get(model_id, 0),
                fault=fault,
            )
        )
    return tuple(entries)


def _installed_ids(store: Store) -> list[str]:
    """Those whose folder is there, and the one in use even where it is gone."""
    use = model_in_use(store)
    needed = use.model_id if use is not None and not use.shipped else None
    return [i for i in installs(store) if i == needed or (store.profile.models / i).is_dir()]


def _card_or_fault(store: Store, model_id: str) -> tuple[ModelCard | None, ExpectedError | None]:
    try:
        return installed_model(store, model_id).card, None
    except ExpectedError as error:
        return None, error
