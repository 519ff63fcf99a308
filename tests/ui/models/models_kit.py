"""The page Models over four made-up people, one of whom drifts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from edema_desk.app import App
from edema_desk.settings import Settings
from edema_desk.ui.models.page import ModelsPage
from edema_desk.ui.places import MODELS, Place
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fakes.models import OWN, FakeModels, entry_of
from tests.ui.fakes.signs import ADMINISTRATOR
from tests.ui.fixtures import TODAY
from tests.ui.made_up_clinic import made_up_clinic

Settle = Callable[[], None]


@pytest.fixture
def app(qapp: object, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[App]:
    """An administrator's, or that of whoever the test names."""
    clinic = made_up_clinic(4, 60, TODAY)
    for capture_id, said in list(clinic.estimates.items()):
        if capture_id.startswith("p1-2026-02") and said.excess_kg is not None:
            clinic.estimates[capture_id] = replace(said, excess_kg=said.excess_kg + 1.0)
    desk = FakeDesk(clinic, tmp_path)
    person = getattr(request, "param", ADMINISTRATOR)
    desk.sitting.take(person)
    desk.models.kept.append(entry_of(OWN))
    made = App(qapp, desk, Settings("en", "light"), lambda: TODAY)  # type: ignore[arg-type]
    made.window.show()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def models(app: App) -> FakeModels:
    desk = app.jobs.desk
    assert isinstance(desk, FakeDesk)
    return desk.models


@pytest.fixture
def settle(app: App, qtbot: QtBot) -> Settle:
    def wait() -> None:
        qtbot.waitUntil(lambda: app.jobs.waiting == 0, timeout=20_000)

    return wait


@pytest.fixture
def page(app: App, settle: Settle) -> ModelsPage:
    app.window.go(Place(MODELS))
    settle()
    return app.window.models


def texts(page: ModelsPage) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())
