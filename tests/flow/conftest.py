"""A profile opened with a worker that answers at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from edema_desk.domain.models.card import render_card
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import ModelInUse, model_at
from edema_desk.paths import Profile
from tests.flow.made_up_station import station
from tests.flow.made_up_worker import MadeUpWorker, make_card

__all__ = ["station"]


@pytest.fixture
def model(tmp_path: Path) -> ModelInUse:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "card.json").write_text(render_card(make_card()))
    return model_at(folder)


@pytest.fixture
def worker() -> Iterator[MadeUpWorker]:
    with MadeUpWorker() as made:
        yield made


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "profile")


@pytest.fixture
def clinic(profile: Profile, model: ModelInUse, worker: MadeUpWorker) -> Iterator[Clinic]:
    profile.create()
    with Clinic(profile, model=model, worker=worker) as opened:
        yield opened
