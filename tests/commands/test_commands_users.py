"""Signing in on the command line, and the group `users`."""

import ast
import json
from pathlib import Path

import pytest
from click.testing import Result

from edema_desk.commands import shell, users
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.people import PROGRAM, Role
from edema_desk.flow.people import first_administrator
from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.base.entered import Entered
from edema_desk.store.keys.derivation import Cost
from edema_desk.store.keys.keyring import Keyring
from edema_desk.store.people.users import users as users_in
from tests.commands.commands_runner import Commands

CHEAP = Cost(1, 8, 1)
PASSWORDS = {"sato": "correct horse 1", "mori": "battery staple 2", "abe": "another one 3"}


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that cost nothing to try."""
    made = first_administrator.make_first_administrator

    def make(into: Entered, login: str, name: str, password: str) -> str:
        return made(into, login, name, password, CHEAP)

    monkeypatch.setattr(users, "make_first_administrator", make)
    monkeypatch.setattr(users, "Keyring", lambda profile: Keyring(profile, CHEAP))


class People:
    """Runs commands as somebody, with passwords in files."""

    def __init__(self, commands: Commands, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._commands, self._folder, self._environment = commands, folder, monkeypatch
        self.profile = Profile(commands.profile)

    def write(self, variable: str, text: str) -> None:
        file = self._folder / f"{variable}.txt"
        file.write_text(text + "\n", encoding="utf-8")
        self._environment.setenv(variable, str(file))

    def run(self, *arguments: str, by: str | None = None, new: str | None = None) -> Result:
        if new is not None:
            self.write(shell.NEW_PASSWORD_FILE_VARIABLE, PASSWORDS.get(new, new))
        if by is not None:
            self.write(shell.PASSWORD_FILE_VARIABLE, PASSWORDS[by])
            arguments += ("--user", by)
        return self._commands.run(*arguments, "--profile", self._commands.profile)

    def add(self, login: str, *roles: str, by: str | None = None) -> Result:
        given = [word for role in roles for word in ("--role", role)]
        return self.run("users", "add", login, login.title(), *given, by=by, new=login)

    def record(self) -> list[tuple[str, str]]:
        _, key = Keyring(self.profile).open("sato", PASSWORDS["sato"])
        with open_store(Entered(self.profile, PROGRAM, key)) as store:
            names = {one.user_id: one.login for one in users_in(store)}
            with store.reading() as db:
                rows = list(db.query("select actor, kind, details from audit order by seq"))
        told = [(names.get(r["actor"], r["actor"]), r["kind"], r["details"]) for r in rows]
        return [
            (who, kind if kind != ActKind.REFUSED else f"refused {json.loads(d)['wanted']}")
            for who, kind, d in told
        ]


@pytest.fixture
def people(commands: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> People:
    return People(commands, tmp_path, monkeypatch)


@pytest.fixture
def clinic(people: People) -> People:
    """Sato administrates and treats, Mori nurses."""
    first = people.add("sato", "administrator", "clinician")
    assert first.exit_code == 0, first.output
    assert "Recovery code, shown only now: " in first.output
    assert people.add("mori", "nurse", by="sato").exit_code == 0
    return people


def test_the_first_user_is_an_administrator(people: People) -> None:
    refused = people.add("mori", "nurse")
    assert refused.exit_code == 2
    assert "first user is an administrator" in refused.output
    assert not people.profile.users.exists()


def test_users_are_listed_with_roles_and_state(clinic: People) -> None:
    clinic.add("abe", "nurse", by="sato")
    clinic.run("users", "disable", "abe", by="sato")
    told = clinic.run("users", "list", by="mori")
    lines = [line.split() for line in told.output.splitlines()]
    assert lines == [
        ["abe", "Abe", "nurse", "shut", "out"],
        ["mori", "Mori", "nurse"],
        ["sato", "Sato", "clinician,", "administrator"],
    ]


def test_without_a_user_nothing_is_opened(clinic: People) -> None:
    refused = clinic.run("models", "list")
    assert refused.exit_code == 1
    assert "sign in" in refused.output
    assert "--user" in refused.output


def test_a_wrong_password_and_an_unknown_user_are_told_alike(clinic: People) -> None:
    clinic.write(shell.PASSWORD_FILE_VARIABLE, "not that one 9")
    wrong = clinic.run("models", "list", "--user", "mori")
    unknown = clinic.run("models", "list", "--user", "nobody")
    assert wrong.exit_code == unknown.exit_code == 1
    assert wrong.output == unknown.output
    assert "do not fit together" in wrong.output


def test_a_user_named_before_the_command_holds_for_it(
    clinic: People, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.write(shell.PASSWORD_FILE_VARIABLE, PASSWORDS["mori"])
    before = ("--user", "mori", "--profile", clinic.profile.root)
    assert commands.run(*before, "models", "list").exit_code == 0
    monkeypatch.setenv(shell.USER_VARIABLE, "mori")
    assert clinic.run("models", "list").exit_code == 0


def test_the_password_is_asked_for_at_a_terminal_and_not_shown(
    clinic: People, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("models", "list", "--user", "mori", "--profile", str(clinic.profile.root))
    monkeypatch.delenv(shell.PASSWORD_FILE_VARIABLE)
    refused = commands.run(*arguments)
    assert "no terminal" in refused.output
    assert shell.PASSWORD_FILE_VARIABLE in refused.output
    monkeypatch.setattr(shell, "at_terminal", lambda: True)
    asked = commands.run(*arguments, answers=PASSWORDS["mori"] + "\n")
    assert asked.exit_code == 0, asked.output
    assert "Password of mori" in asked.output
    assert PASSWORDS["mori"] not in asked.output


def test_a_password_file_that_is_not_there_is_named(
    clinic: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(shell.PASSWORD_FILE_VARIABLE, "/nowhere/password")
    refused = clinic.run("models", "list", "--user", "mori")
    assert refused.exit_code == 1
    assert "/nowhere/password" in refused.output


def test_a_user_where_there_are_none_is_a_mistake(people: People) -> None:
    open_store(people.profile).close()
    people.write(shell.PASSWORD_FILE_VARIABLE, "whatever it is")
    refused = people.run("models", "list", "--user", "mori")
    assert refused.exit_code == 1
    assert "Nobody has to sign in" in refused.output
    assert people.run("models", "list").exit_code == 0


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        (("users", "add", "abe", "Abe", "--role", "nurse"), "add_user"),
        (("users", "roles", "mori", "--role", "administrator"), "change_user"),
        (("users", "rename", "sato", "Nobody"), "change_user"),
        (("users", "disable", "sato"), "change_user"),
        (("users", "password", "sato"), "set_password"),
        (("users", "recovery-code"), "new_recovery_code"),
        (("models", "activate", "base"), "use_model"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value[:2]),
)
def test_a_nurse_is_refused_by_every_way_and_it_is_on_record(
    clinic: People, command: tuple[str, ...], wanted: str
) -> None:
    refused = clinic.run(*command, by="mori", new="abe")
    assert refused.exit_code == 1
    assert "Your role does not allow this" in refused.output
    assert clinic.record()[-1] == ("mori", f"refused {wanted}")
    assert clinic.run("users", "list", by="sato").output.count("\n") == 2


def test_roles_change_and_hold_from_then_on(clinic: People) -> None:
    assert clinic.run("users", "recovery-code", by="mori").exit_code == 1
    given = ("--role", "nurse", "--role", "administrator")
    told = clinic.run("users", "roles", "mori", *given, by="sato")
    assert "nurse, administrator" in told.output
    assert clinic.run("users", "recovery-code", by="mori").exit_code == 0


def test_who_is_shut_out_stays_out_until_let_in_again_with_a_new_password(clinic: People) -> None:
    old = PASSWORDS["mori"]
    assert clinic.run("users", "disable", "mori", by="sato").exit_code == 0
    assert "do not fit" in clinic.run("models", "list", by="mori").output
    assert not Keyring(clinic.profile).has("mori")
    assert clinic.run("users", "enable", "mori", by="sato", new="brand new one 4").exit_code == 0
    assert "do not fit" in clinic.run("models", "list", by="mori").output
    clinic.write(shell.PASSWORD_FILE_VARIABLE, "brand new one 4")
    assert clinic.run("models", "list", "--user", "mori").exit_code == 0
    assert old == PASSWORDS["mori"]


def test_a_forgotten_password_is_replaced(clinic: People) -> None:
    assert clinic.run("users", "password", "mori", by="sato", new="abe").exit_code == 0
    assert clinic.run("models", "list", by="mori").exit_code == 1
    assert ("sato", "set_password") in clinic.record()


def test_the_only_administrator_is_not_lost(clinic: People) -> None:
    for command in (("disable", "sato"), ("roles", "sato", "--role", "nurse")):
        refused = clinic.run("users", *command, by="sato")
        assert refused.exit_code == 1
        assert "only administrator" in refused.output
    assert clinic.run("users", "list", by="sato").exit_code == 0


def test_a_poor_password_adds_nobody(clinic: People) -> None:
    told = clinic.run("users", "add", "abe", "Abe", "--role", "nurse", by="sato", new="short")
    assert told.exit_code == 1
    assert "abe" not in clinic.run("users", "list", by="sato").output


def test_who_is_not_there_is_said(clinic: People) -> None:
    told = clinic.run("users", "disable", "nobody", by="sato")
    assert "No user is called that" in told.output


def test_what_somebody_does_stands_under_their_id(clinic: People) -> None:
    clinic.add("abe", Role.NURSE.value, by="sato")
    assert ("sato", "add_user") in clinic.record()


def test_a_model_card_says_neither_where_nor_who(monkeypatch: pytest.MonkeyPatch) -> None:
    for given in (
        ["--user", "mori", "pretrain", "a b", "--profile", "/home/mori", "--out", "x"],
        ["--user=mori", "pretrain", "a b", "--profile=/home/mori", "--out", "x"],
    ):
        monkeypatch.setattr("sys.argv", ["edema-desk", *given])
        assert shell.command_told() == "edema-desk pretrain 'a b' --out x"


def test_doctor_says_in_plain_words_that_it_could_not_look_inside(clinic: People) -> None:
    told = clinic.run("doctor")
    assert "nobody signed in" in told.output
    assert "--user" in told.output
    assert "patients" not in told.output
    assert "0 patients" in clinic.run("doctor", by="sato").output
    assert "0 patients" in clinic.run("doctor", by="mori").output


OPENS = {"Clinic", "DatabaseThread", "open_desk", "open_store", "capture_headless", "fill_demo"} | {
    *("pretrain_model", "judge_model", "evaluate_study", "prepare_study", "draw_pages"),
}


def test_no_command_opens_a_profile_past_the_sign_in() -> None:
    """What opens the data is given what was entered, never a bare folder."""
    bare = []
    for path in sorted(Path(shell.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else ""
            given = ast.unparse(node.args[0])
            if called in OPENS and (given == "profile" or given.startswith("profile_at")):
                bare.append(f"{path.name}:{node.lineno}: {called}({given})")
    assert not bare
