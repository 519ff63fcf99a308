"""The doctor looks at the model that makes the estimates, not only at the shipped one."""

from pathlib import Path

import pytest

from edema_desk.domain.models.card import CARD_FILE
from edema_desk.domain.terms.records import new_id
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.flow.doctor import Finding, examine
from edema_desk.flow.models.changes import activate_model, install_model
from edema_desk.paths import Profile
from edema_desk.store.base.entered import enter_here
from tests.flow.models.made_up_packages import no_check, package


class TryingWorker:
    """A worker for which every model says what it promises."""

    def __enter__(self) -> "TryingWorker":
        return self

    def __exit__(self, *raised: object) -> None:
        """Nothing to end."""

    def check(self, folder: Path) -> float:
        return no_check(folder)

    def memory_mb(self) -> float:
        return 700.0


@pytest.fixture
def installed(profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("edema_desk.flow.doctor.WorkerClient", TryingWorker)
    database = DatabaseThread(profile)
    folder, card = package(tmp_path / "better")
    install_model(database, profile, folder, no_check)
    activate_model(database, new_id(), card.model_id, no_check)
    database.close()
    return card.model_id


def in_use(profile: Profile) -> Finding:
    return next(
        finding
        for finding in examine(profile, lambda: enter_here(profile))
        if finding.what == "model in use"
    )


def test_an_installed_model_is_tried(profile: Profile, installed: str) -> None:
    found = in_use(profile)
    assert found.well
    assert installed in found.detail


def test_an_altered_model_is_not_well(profile: Profile, installed: str) -> None:
    card = profile.models / installed / CARD_FILE
    card.write_bytes(card.read_bytes() + b" ")
    found = in_use(profile)
    assert not found.well
    assert found.advice
