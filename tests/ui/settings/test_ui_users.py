"""Users in the settings: who one is, who there is, adding, changing and shutting out."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import LOCAL, PROGRAM, Role
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.settings import Settings
from edema_desk.ui.entrance.password_dialog import NewPasswordDialog, ShutOutDialog
from edema_desk.ui.entrance.recovery_dialog import RecoveryDialog
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.pieces.session_facts import WeightStep
from edema_desk.ui.session.panel import WeightsCard
from edema_desk.ui.settings.page import SettingsPage
from edema_desk.ui.settings.sections import USERS
from edema_desk.ui.settings.user_dialog import UserDialog
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fakes.users import CODE

Settled = Callable[[], None]
GOOD = "correct horse 1"


@pytest.fixture
def page(
    desk: FakeDesk, jobs: DeskJobs, theme: Theme, qtbot: QtBot, settled: Settled
) -> SettingsPage:
    """Seen by Sato, who administrates; Mori nurses, Abe was shut out, Ito has no password."""
    sato = desk.users.have("sato", Role.ADMINISTRATOR, Role.CLINICIAN)
    desk.users.have("mori", Role.NURSE)
    desk.users.have("abe", Role.NURSE, disabled=True)
    desk.users.have("ito", Role.CLINICIAN, password=False)
    desk.sitting.take(sato.actor)
    made = SettingsPage(jobs, theme, Settings(), "1.0")
    qtbot.addWidget(made)
    made.resize(1100, 560)
    made.show()
    made.sections.go(USERS)
    settled()
    return made


def words_on(page: SettingsPage) -> set[str]:
    shown = page.findChildren(QLabel) + page.findChildren(QPushButton)
    return {part.text() for part in shown if part.isVisible()}


def press(page: SettingsPage, text: str, name: str) -> None:
    (wanted,) = [
        b
        for b in page.users.findChildren(QPushButton)
        if b.isVisible() and b.text() == text and b.accessibleDescription() == name
    ]
    wanted.click()


def sheet_of(page: SettingsPage, kind: type[UserDialog]) -> UserDialog:
    assert isinstance(page.users.sheet, kind)
    return page.users.sheet


def test_everyone_stands_there_with_roles_and_what_is_unusual(page: SettingsPage) -> None:
    told = words_on(page)
    assert {"Sato", "sato · Clinician, Administrator", "Mori", "mori · Nurse"} <= told
    assert {"Shut out", "Has no password"} <= told
    assert "Signed in as Sato: Clinician, Administrator" in told
    assert "Make the first administrator…" not in told


def test_nobody_shuts_out_or_resets_themselves(page: SettingsPage) -> None:
    own = [
        b.text()
        for b in page.users.findChildren(QPushButton)
        if b.accessibleDescription() == "Sato" and b.isVisible()
    ]
    assert own == ["Change…"]


def test_a_nurse_reads_why_the_list_is_not_hers(
    page: SettingsPage, desk: FakeDesk, settled: Settled
) -> None:
    desk.sitting.take(desk.users.kept["id-mori"].user.actor)
    page.refresh()
    settled()
    told = words_on(page)
    assert "sato · Clinician, Administrator" not in told
    assert any("Only an administrator" in text for text in told)
    assert "Signed in as Mori: Nurse" in told
    assert "Change your password…" in told
    assert not page.clinic.lock.editor.isEnabled()


def test_without_users_the_first_administrator_is_offered(
    desk: FakeDesk, jobs: DeskJobs, theme: Theme, qtbot: QtBot, settled: Settled
) -> None:
    page = SettingsPage(jobs, theme, Settings(), "1.0")
    qtbot.addWidget(page)
    page.show()
    page.sections.go(USERS)
    settled()
    told = words_on(page)
    assert any("Nobody has to sign in" in text for text in told)
    assert not {"Add a user…", "Change your password…"} & told
    with qtbot.waitSignal(page.administrator_wanted):
        page.person.make.click()


def fill(dialog: UserDialog, name: str, login: str, *roles: Role, passwords: str = GOOD) -> None:
    dialog.name_edit.setText(name)
    dialog.login_edit.setText(login)
    dialog.chips.choose(role.value for role in roles)
    dialog.passwords.first_edit.setText(passwords)
    dialog.passwords.again_edit.setText(passwords)


def test_a_user_is_added_and_stands_in_the_list(
    page: SettingsPage, desk: FakeDesk, qtbot: QtBot
) -> None:
    page.users.add.click()
    dialog = sheet_of(page, UserDialog)
    fill(dialog, " Aoki Ken ", "AOKI", Role.NURSE, Role.CLINICIAN)
    with qtbot.waitSignal(page.done_well) as told:
        dialog.save_button.click()
    assert told.args == ["Aoki Ken can sign in as aoki."]
    act = desk.users.acts[-1]
    assert act[0] == "add"
    assert act[2:] == ("aoki", "Aoki Ken", {Role.NURSE, Role.CLINICIAN}, GOOD)
    qtbot.waitUntil(lambda: "aoki · Nurse, Clinician" in words_on(page))


def test_what_is_missing_of_a_user_is_said_in_place(page: SettingsPage, desk: FakeDesk) -> None:
    page.users.add.click()
    dialog = sheet_of(page, UserDialog)
    fill(dialog, "", "", passwords="short")
    dialog.save_button.click()
    for part in (dialog.name, dialog.login, dialog.roles):
        assert part.wrong.text()
    assert dialog.passwords.rule.property("role") == "field-error"
    assert desk.users.acts == []
    fill(dialog, "Aoki", "aoki", Role.NURSE)
    dialog.passwords.again_edit.setText(GOOD + "x")
    dialog.save_button.click()
    assert dialog.passwords.rule.text() == "Type the same twice"
    assert desk.users.acts == []
    dialog.reject()


def test_a_taken_name_is_said_beside_it_and_all_typed_stays(
    page: SettingsPage, desk: FakeDesk, settled: Settled
) -> None:
    page.users.add.click()
    dialog = sheet_of(page, UserDialog)
    fill(dialog, "Aoki", "mori", Role.NURSE)
    desk.users.fails = ExpectedError(ErrorCode.LOGIN_TAKEN)
    dialog.save_button.click()
    settled()
    assert "taken" in dialog.login.wrong.text()
    assert dialog.passwords.first_edit.text() == GOOD
    dialog.save_button.click()  # the same again is the same act
    settled()
    assert desk.users.acts[0] == desk.users.acts[1]


def test_roles_are_changed_and_the_last_administrator_is_said_beside_them(
    page: SettingsPage, desk: FakeDesk, settled: Settled
) -> None:
    press(page, "Change…", "Sato")
    dialog = sheet_of(page, UserDialog)
    assert not dialog.login_edit.isEnabled()
    assert not dialog.passwords.isVisible()
    dialog.chips.choose([Role.NURSE.value])
    desk.users.fails = ExpectedError(ErrorCode.LAST_ADMINISTRATOR)
    dialog.save_button.click()
    settled()
    assert "only administrator" in dialog.roles.wrong.text()
    dialog.chips.choose([Role.NURSE.value, Role.ADMINISTRATOR.value])
    dialog.save_button.click()
    settled()
    roles = {Role.NURSE, Role.ADMINISTRATOR}
    assert desk.users.acts[-1][2:] == ("id-sato", "Sato", roles)


def test_shutting_out_is_asked_before_and_letting_in_needs_a_password(
    page: SettingsPage, desk: FakeDesk, settled: Settled
) -> None:
    press(page, "Shut out…", "Mori")
    asked = page.users.sheet
    assert isinstance(asked, ShutOutDialog)
    assert asked.heading.text() == "Shut Mori out?"
    assert desk.users.acts == []
    asked.save_button.click()
    settled()
    settled()
    assert [act[0] for act in desk.users.acts] == ["disable"]
    press(page, "Let in…", "Mori")
    given = page.users.sheet
    assert isinstance(given, NewPasswordDialog)
    given.save_button.click()
    assert given.passwords.rule.property("role") == "field-error"
    given.passwords.first_edit.setText(GOOD)
    given.passwords.again_edit.setText(GOOD)
    given.save_button.click()
    settled()
    assert [act[0] for act in desk.users.acts] == ["disable", "enable"]
    assert desk.users.acts[-1][2:] == ("id-mori", GOOD)


def test_a_forgotten_password_is_replaced(
    page: SettingsPage, desk: FakeDesk, settled: Settled
) -> None:
    press(page, "Password…", "Ito")
    given = page.users.sheet
    assert isinstance(given, NewPasswordDialog)
    given.passwords.first_edit.setText(GOOD)
    given.passwords.again_edit.setText(GOOD)
    given.save_button.click()
    settled()
    settled()
    assert desk.users.acts[-1][0] == "set_password"
    assert "Has no password" not in words_on(page)


def test_the_own_password_needs_the_one_before(
    page: SettingsPage, desk: FakeDesk, settled: Settled
) -> None:
    page.person.change.click()
    settled()
    dialog = page.person.dialog
    assert dialog is not None
    for edit in (dialog.old_edit, dialog.passwords.first_edit, dialog.passwords.again_edit):
        assert edit.echoMode() is QLineEdit.EchoMode.Password
    dialog.old_edit.setText("a guess")
    dialog.passwords.first_edit.setText(GOOD)
    dialog.passwords.again_edit.setText(GOOD)
    dialog.save_button.click()
    settled()
    assert "not your password" in dialog.old.wrong.text()
    dialog.old_edit.setText("the old password")
    dialog.save_button.click()
    settled()
    assert desk.users.acts[-1][2:] == ("the old password", GOOD)
    assert page.person.dialog is None


def test_a_new_recovery_code_is_shown_once(
    page: SettingsPage, desk: FakeDesk, settled: Settled
) -> None:
    page.users.new_code.click()
    settled()
    dialog = page.users.code
    assert isinstance(dialog, RecoveryDialog)
    assert dialog.panel.code.accessibleName() == CODE
    dialog.panel.typed_edit.setText("rstuv")
    dialog.panel.go_button.click()
    assert page.users.code is None
    assert desk.users.acts == [("new_recovery_code",)]


def test_weights_tell_the_name_of_who_entered_them(qtbot: QtBot) -> None:
    card = WeightsCard()
    qtbot.addWidget(card)
    at = Moment(1_772_409_600_000, 540)
    who = ("id-mori", LOCAL.actor_id, PROGRAM.actor_id, "gone")
    steps = [WeightStep(Phase.PRE, None, 53_000, 0, at, one, "") for one in who]
    card.show_steps(steps, {"id-mori": "Mori"})
    told = [when.text().rpartition(" · ")[2] for _, when in card.lines]
    assert told == ["Mori", "on this PC", "the program", "gone"]
