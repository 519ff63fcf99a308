"""The model in use: its card, read without torch, and its entry in the database."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from edema_desk.domain.models.card import ModelCard, read_card
from edema_desk.domain.terms.records import new_id
from edema_desk.paths import BASE_MODEL, models_dir
from edema_desk.store.base.database import Store
from edema_desk.store.models.models import ModelRecord, register_model


@dataclass(frozen=True, slots=True)
class ModelInUse:
    """A model package and its card."""

    folder: Path
    card: ModelCard

    @property
    def model_id(self) -> str:
        """What estimates keep of it."""
        return self.card.model_id


def base_model() -> ModelInUse:
    """The shipped base model. Raises ExpectedError MODEL_* where it is missing or not whole."""
    return model_at(models_dir() / BASE_MODEL)


def model_at(folder: Path) -> ModelInUse:
    """The model package in `folder`; its weights are checked where they are loaded."""
    return ModelInUse(folder, read_card(folder))


def make_known(store: Store, model: ModelInUse) -> None:
    """Enter the model in the database, so that estimates may name it."""
    card = json.loads(json.dumps(asdict(model.card)))
    record = ModelRecord(model.model_id, model.card.weights_sha256, card)
    register_model(store, new_id(), record)
