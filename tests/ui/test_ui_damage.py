"""A damaged page that the look through the database found is said in the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from edema_desk.app import App
from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.settings import Settings
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY
from tests.ui.made_up_clinic import made_up_clinic


@pytest.fixture
def app(qapp: QApplication, tmp_path: Path) -> Iterator[App]:
    desk = FakeDesk(made_up_clinic(4, 5, TODAY), tmp_path)
    made = App(qapp, desk, Settings("en", "light"), lambda: TODAY)
    made.window.show()
    yield made
    made.close()
    made.deleteLater()


def test_a_damaged_database_is_said_for_as_long_as_the_program_runs(app: App) -> None:
    line = app.window._status._state
    assert "damaged" not in line.text()
    app.jobs.changed.emit(Change(ChangeKind.DATABASE_DAMAGED))
    assert line.text().startswith("The database is damaged: close EdemaDesk and open it again")
    app.jobs.changed.emit(Change(ChangeKind.CLIPS))
    assert "The database is damaged" in line.text()
