"""The settings as a page of sections, and what holds for the whole clinic."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.settings import ClinicSettings, Settings
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.settings.card import SettingsCard
from edema_desk.ui.settings.page import SettingsPage
from edema_desk.ui.settings.sections import ABOUT, CLINIC, LOOKS, Sections
from tests.ui.fakes.desk import FakeDesk

Settled = Callable[[], None]


@pytest.fixture
def page(jobs: DeskJobs, theme: Theme, qtbot: QtBot, settled: Settled) -> SettingsPage:
    made = SettingsPage(jobs, theme, Settings(), "1.0")
    qtbot.addWidget(made)
    made.resize(1100, 560)
    made.show()
    settled()
    return made


@pytest.fixture
def heard(page: SettingsPage) -> list[Settings]:
    came: list[Settings] = []
    page.chosen.connect(came.append)
    return came


def line_of(field: Field) -> QLineEdit:
    assert isinstance(field.editor, QLineEdit)
    return field.editor


def type_into(field: Field, text: str) -> None:
    line_of(field).setText(text)
    line_of(field).editingFinished.emit()


def test_sections_are_listed_in_order_and_each_opens(page: SettingsPage) -> None:
    names = [page.sections.names.item(i).text() for i in range(page.sections.names.count())]
    assert names[:2] == ["Appearance and language", "This clinic"]
    assert names[-1] == "About"
    assert all(names)
    assert page.sections.shown == LOOKS
    assert page.looks.isVisible()
    page.sections.go(ABOUT)
    assert not page.looks.isVisible()
    assert page.sections.cards_shown[0].isVisible()


class _Counted(SettingsCard):
    refreshed = 0

    def refresh(self) -> None:
        self.refreshed += 1


def test_a_card_is_asked_to_refresh_when_it_comes_to_the_front(theme: Theme, qtbot: QtBot) -> None:
    made, first, second = Sections(theme), _Counted(), _Counted()
    qtbot.addWidget(made)
    made.put("a", first, administrators_only=False)
    made.put("b", second, administrators_only=False)
    made.go("b")
    assert (first.refreshed, second.refreshed) == (0, 1)


def test_who_is_no_administrator_reads_why_a_card_is_missing(theme: Theme, qtbot: QtBot) -> None:
    made, open_to_all, closed = Sections(theme), _Counted(), _Counted()
    qtbot.addWidget(made)
    made.put("a", open_to_all, administrators_only=False)
    made.put("a", closed, administrators_only=True)
    made.show()
    made.admit(False, "Only an administrator")
    assert list(made.cards_shown) == [open_to_all]
    barred = made._sections["a"].barred
    assert barred.isVisible()
    assert barred.text.text() == "Only an administrator"
    made.admit(True, "Only an administrator")
    assert list(made.cards_shown) == [open_to_all, closed]
    assert not barred.isVisible()


def test_the_page_fits_the_smallest_window(page: SettingsPage) -> None:
    assert page.minimumSizeHint().width() <= 1260 - 88 - 56
    assert page.minimumSizeHint().height() <= 640 - 120


def test_when_shifts_start_is_set_or_said_to_be_wrong(
    page: SettingsPage, desk: FakeDesk, heard: list[Settings], settled: Settled
) -> None:
    page.sections.go(CLINIC)
    settled()
    shifts = page.clinic.shifts
    type_into(shifts, "13:00 08:00")
    assert "one after another" in shifts.wrong.text()
    assert desk.clinic_settings.acts == []
    for _ in range(2):  # leaving the field again changes nothing
        type_into(shifts, " 07:30  12:30 ")
        settled()
    assert [act[1:] for act in desk.clinic_settings.acts] == [("shift_starts", "07:30 12:30")]
    assert [settings.clinic.shift_starts for settings in heard] == ["07:30 12:30"]
    assert shifts.wrong.text() == ""


@pytest.mark.parametrize(
    ("field", "typed", "name", "value"),
    [
        ("uf_rate", "10,5", "uf_rate_limit_ml_kg_h", 10.5),
        ("gain", " 4.5 ", "gain_limit_percent", 4.5),
        ("lock", "15", "lock_after_min", 15),
    ],
)
def test_a_threshold_is_kept_in_the_database_and_holds_at_once(
    page: SettingsPage,
    desk: FakeDesk,
    heard: list[Settings],
    settled: Settled,
    field: str,
    typed: str,
    name: str,
    value: float,
) -> None:
    page.sections.go(CLINIC)
    settled()
    type_into(getattr(page.clinic, field), typed)
    settled()
    (act,) = desk.clinic_settings.acts
    assert act[1:] == (name, value)
    assert type(act[2]) is type(getattr(ClinicSettings(), name))
    assert getattr(heard[-1].clinic, name) == value


@pytest.mark.parametrize(
    ("field", "typed"),
    [("lock", "0"), ("lock", "16"), ("lock", "2.5"), ("uf_rate", "none"), ("gain", "0.4")],
)
def test_a_number_outside_the_limits_is_said_to_be_wrong_in_place(
    page: SettingsPage, desk: FakeDesk, settled: Settled, field: str, typed: str
) -> None:
    page.sections.go(CLINIC)
    settled()
    part = getattr(page.clinic, field)
    type_into(part, typed)
    assert "Enter a number from" in part.wrong.text()
    page.refresh()
    settled()
    assert line_of(part).text() == typed
    assert desk.clinic_settings.acts == []


def test_what_was_not_kept_is_said_and_trying_again_is_the_same_act(
    page: SettingsPage, desk: FakeDesk, settled: Settled
) -> None:
    page.sections.go(CLINIC)
    settled()
    desk.clinic_settings.fails = ExpectedError(ErrorCode.DISK_FULL)
    type_into(page.clinic.lock, "10")
    settled()
    assert "no room left" in page.clinic.failure.text.text()
    assert line_of(page.clinic.lock).text() == "10"
    type_into(page.clinic.lock, "10")
    settled()
    assert page.clinic.failure.isHidden()
    first, second = desk.clinic_settings.acts
    assert first == second


def test_another_program_s_setting_holds_here_even_when_the_page_is_not_seen(
    page: SettingsPage, desk: FakeDesk, heard: list[Settings], qtbot: QtBot
) -> None:
    page.hide()
    desk.clinic_settings.set("act", "gain_limit_percent", 3.0)
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert heard[-1].clinic.gain_limit_percent == 3.0
    assert line_of(page.clinic.gain).text() == "3"


def test_the_clinic_s_fields_are_closed_to_who_may_not_set_them(page: SettingsPage) -> None:
    page.clinic.admit(False)
    assert not page.clinic.lock.editor.isEnabled()
    page.clinic.admit(True)
    assert page.clinic.lock.editor.isEnabled()


def test_the_network_card_follows_the_camera_and_shows_no_password(page: SettingsPage) -> None:
    assert "No connection is opened" in page.network.state.text()
    page.adopt(Settings(camera="rtsp://nurse:secret@10.0.0.7/live"))
    told = page.network.state.text()
    assert "10.0.0.7" in told
    assert "secret" not in told
