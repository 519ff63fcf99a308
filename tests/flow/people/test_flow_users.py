"""Rows and key slots of users together, whatever ends in between; the clinic's settings."""

from collections.abc import Iterator

import pytest

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.terms.people import LOCAL, NOBODY, Actor, Role, User
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.clinic_settings import ClinicSettingsDesk
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.sitting import Sitting
from edema_desk.flow.people.access import needs_sign_in, sign_in
from edema_desk.flow.people.first_administrator import make_first_administrator
from edema_desk.flow.people.user_accounts import UserAccounts
from edema_desk.flow.people.user_desk import UserDesk
from edema_desk.paths import Profile
from edema_desk.settings import ClinicSettings, Settings, load_settings, save_settings
from edema_desk.store.base.clinic_settings import clinic_settings, set_clinic_setting
from edema_desk.store.base.entered import Entered, enter_here
from edema_desk.store.keys.derivation import Cost
from edema_desk.store.keys.keyring import Keyring
from edema_desk.store.people.users import change_user, users
from tests.flow.made_up_worker import MadeUpWorker

CHEAP = Cost(1, 8, 1)
SATO, MORI = "correct horse 1", "battery staple 2"


@pytest.fixture
def into(profile: Profile) -> Entered:
    """A profile that Sato administrates, entered as Sato."""
    make_first_administrator(enter_here(profile), "sato", "Sato", SATO, CHEAP)
    return sign_in(profile, "sato", SATO)


@pytest.fixture
def accounts(into: Entered) -> Iterator[UserAccounts]:
    database = DatabaseThread(into)
    yield UserAccounts(database, Keyring(into.profile, CHEAP), into.data_key)
    database.close()


def enters(profile: Profile, login: str, password: str) -> bool:
    """Whether somebody can sign in. `sign_in` counts tries, so few of them are made."""
    try:
        sign_in(profile, login, password)
    except ExpectedError as error:
        if error.code is not ErrorCode.SIGN_IN_WRONG:
            raise
        return False
    return True


def test_who_was_added_signs_in_with_the_roles_given(
    accounts: UserAccounts, profile: Profile
) -> None:
    made = accounts.add(new_id(), "mori", "Mori", [Role.NURSE], MORI)
    assert needs_sign_in(profile)
    assert sign_in(profile, "MORI ", MORI).actor == made.actor
    assert [(a.user.login, a.can_sign_in) for a in accounts.all()] == [
        ("mori", True),
        ("sato", True),
    ]


def test_a_slot_that_was_not_written_lets_nobody_in_and_the_same_act_again_finishes(
    accounts: UserAccounts, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise OSError("killed")

    act_id = new_id()
    with monkeypatch.context() as patched:
        patched.setattr(Keyring, "add_user", die)
        with pytest.raises(OSError, match="killed"):
            accounts.add(act_id, "mori", "Mori", [Role.NURSE], MORI)
    assert not enters(profile, "mori", MORI)
    assert [a.can_sign_in for a in accounts.all()] == [False, True]
    accounts.add(act_id, "mori", "Mori", [Role.NURSE], MORI)
    assert enters(profile, "mori", MORI)
    assert len(accounts.all()) == 2


def test_a_slot_left_over_opens_nothing_and_is_taken_away_at_the_next_start(
    accounts: UserAccounts, profile: Profile, into: Entered, monkeypatch: pytest.MonkeyPatch
) -> None:
    mori = accounts.add(new_id(), "mori", "Mori", [Role.NURSE], MORI)

    def die(*_: object) -> None:
        raise OSError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(Keyring, "remove_user", die)
        with pytest.raises(OSError, match="killed"):
            accounts.disable(new_id(), mori.user_id)
    assert Keyring(profile).has("mori")
    assert not enters(profile, "mori", MORI)
    accounts.tidy()
    assert not Keyring(profile).has("mori")
    assert Keyring(profile).has("sato")


def test_tidying_a_profile_without_users_does_nothing(profile: Profile) -> None:
    into = enter_here(profile)
    database = DatabaseThread(into)
    UserAccounts(database, Keyring(profile), into.data_key).tidy()
    database.close()
    assert not profile.users.exists()


def test_the_last_administrator_keeps_row_and_slot(
    accounts: UserAccounts, profile: Profile, into: Entered
) -> None:
    with pytest.raises(ExpectedError) as refused:
        accounts.disable(new_id(), into.actor.actor_id)
    assert refused.value.code is ErrorCode.LAST_ADMINISTRATOR
    assert enters(profile, "sato", SATO)


def test_who_is_shut_out_gets_no_password_by_the_way(
    accounts: UserAccounts, profile: Profile
) -> None:
    mori = accounts.add(new_id(), "mori", "Mori", [Role.NURSE], MORI)
    accounts.disable(new_id(), mori.user_id)
    accounts.set_password(new_id(), mori.user_id, "another one 33")
    assert not Keyring(profile).has("mori")
    accounts.enable(new_id(), mori.user_id, "another one 44")
    assert enters(profile, "mori", "another one 44")


@pytest.mark.parametrize("refused", ["short", "mori"])
def test_a_poor_password_changes_nothing(accounts: UserAccounts, refused: str) -> None:
    with pytest.raises(ExpectedError):
        accounts.add(new_id(), "mori", "Mori", [Role.NURSE], refused)
    assert len(accounts.all()) == 1


# at a desk


class Office:
    """A clinic with users, somebody at its desk, and what was told."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic, self.told = clinic, list[Change]()
        self.sitting = Sitting(clinic.database)
        keyring = Keyring(clinic.profile, CHEAP)
        self.users = UserDesk(clinic, self.sitting, self.told.append, keyring=keyring)
        self.settings = ClinicSettingsDesk(clinic, self.told.append, self.sitting.ask)


@pytest.fixture
def office(into: Entered, model: ModelInUse, worker: MadeUpWorker) -> Iterator[Office]:
    with Clinic(into, model=model, worker=worker) as clinic:
        made = Office(clinic)
        yield made
        made.users.close()


def test_an_act_is_that_of_who_sat_there_when_it_was_asked_for(office: Office) -> None:
    added = office.users.add(new_id(), "mori", "Mori", [Role.NURSE], MORI)
    office.sitting.lock()
    assert added.result().login == "mori"
    refused = office.users.add(new_id(), "abe", "Abe", [Role.NURSE], MORI).exception()
    assert isinstance(refused, ExpectedError)
    assert refused.code is ErrorCode.NOT_ALLOWED
    assert [change.kind for change in office.told] == [ChangeKind.USERS]


def test_own_roles_hold_at_once_also_at_the_desk(office: Office) -> None:
    own_id = office.sitting.person.actor_id
    both = [Role.ADMINISTRATOR, Role.CLINICIAN]
    office.users.change(new_id(), own_id, roles=both).result()
    assert office.sitting.person == office.clinic.database.seat.actor
    assert office.sitting.person.roles == frozenset(both)


def test_roles_of_somebody_else_do_not_move_who_sits_there(office: Office) -> None:
    before = office.sitting.person
    mori = office.users.add(new_id(), "mori", "Mori", [Role.NURSE], MORI).result()
    office.users.change(new_id(), mori.user_id, roles=[Role.CLINICIAN]).result()
    assert office.sitting.person == before


def test_the_own_password_is_changed_by_who_knows_it(office: Office, profile: Profile) -> None:
    wrong = office.users.change_own_password(new_id(), "a guess at it", MORI).exception()
    assert isinstance(wrong, ExpectedError)
    assert wrong.code is ErrorCode.SIGN_IN_WRONG
    office.users.change_own_password(new_id(), SATO, MORI).result()
    assert enters(profile, "sato", MORI)


def test_a_new_recovery_code_is_for_administrators(office: Office) -> None:
    assert office.users.new_recovery_code().result()
    office.sitting.take(Actor("nurse", frozenset({Role.NURSE})))
    refused = office.users.new_recovery_code().exception()
    assert isinstance(refused, ExpectedError)
    assert refused.code is ErrorCode.NOT_ALLOWED


def test_what_another_program_did_to_who_sits_there_holds_here(office: Office) -> None:
    elsewhere = Change(ChangeKind.ELSEWHERE)
    made = office.users.add(new_id(), "mori", "Mori", [Role.NURSE], MORI).result()
    administrator = office.sitting.person
    office.sitting.take(made.actor)
    office.users.follow(elsewhere)
    office.users.accounts().result()
    assert office.sitting.person == made.actor
    office.told.clear()
    other = office.clinic.acting_as(administrator).database
    other.call(lambda store: change_user(store, new_id(), made.user_id, roles=[Role.CLINICIAN]))
    office.users.follow(elsewhere)
    other.call(users)
    assert office.sitting.person.roles == frozenset({Role.CLINICIAN})
    other.call(lambda store: change_user(store, new_id(), made.user_id, disabled=True))
    office.users.follow(elsewhere)
    other.call(users)
    assert office.clinic.database.seat.actor == NOBODY
    assert office.told == [Change(ChangeKind.USERS)] * 2


def test_who_shuts_out_themselves_sits_there_no_more(office: Office) -> None:
    second = office.users.add(new_id(), "abe", "Abe", [Role.ADMINISTRATOR], MORI).result()
    assert isinstance(second, User)
    office.users.disable(new_id(), office.sitting.person.actor_id).result()
    assert office.clinic.database.seat.actor == NOBODY


# the clinic's settings


def test_a_setting_is_told_and_holds(office: Office) -> None:
    after = office.settings.set(new_id(), "lock_after_min", 10).result()
    assert after == office.settings.now().result() == ClinicSettings(lock_after_min=10)
    assert [change.kind for change in office.told] == [ChangeKind.SETTINGS]


def test_the_settings_of_the_clinic_are_never_in_the_file_of_the_pc(profile: Profile) -> None:
    profile.create()
    save_settings(profile.settings, Settings("ja", clinic=ClinicSettings(lock_after_min=9)))
    assert "lock_after" not in profile.settings.read_text(encoding="utf-8")
    assert load_settings(profile.settings) == Settings("ja")


@pytest.mark.parametrize(
    ("who", "kept"), [(LOCAL, "06:30 12:00"), (Actor("n", frozenset({Role.NURSE})), None)]
)
def test_shifts_of_an_earlier_version_become_the_clinic_s_while_there_are_no_users(
    clinic: Clinic, who: Actor, kept: str | None
) -> None:
    clinic.database.seat.take(who)
    settings = ClinicSettingsDesk(clinic, lambda _: None, clinic.database.submit)
    old = Settings(unknown=(("shift_starts", "06:30 12:00"), ("other", 1)))
    taken = settings.take_over(old)
    assert taken.clinic.shift_starts == (kept or ClinicSettings().shift_starts)
    clinic.database.seat.take(LOCAL)
    assert clinic.database.call(clinic_settings) == taken.clinic


def test_what_the_clinic_chose_since_is_not_undone_by_the_old_file(clinic: Clinic) -> None:
    clinic.database.call(
        lambda store: set_clinic_setting(store, new_id(), "shift_starts", "07:00 13:00")
    )
    settings = ClinicSettingsDesk(clinic, lambda _: None, clinic.database.submit)
    old = Settings(unknown=(("shift_starts", "06:30 12:00"),))
    assert settings.take_over(old).clinic.shift_starts == "07:00 13:00"
