"""The door of a profile: who comes in, as whom, and what stands on record."""

from pathlib import Path

import pytest

from edema_desk.domain.terms.acts import ActKind, Question
from edema_desk.domain.terms.people import LOCAL, NOBODY, RECOVERY, Role
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.people.access import (
    administrators,
    admit,
    needs_sign_in,
    new_recovery_code,
    open_with_recovery,
    recognise,
    reset_administrator,
    sign_in,
)
from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.base.entered import Entered, enter_here
from edema_desk.store.keys.keyring import Keyring
from edema_desk.store.keys.recovery_code import new_code
from edema_desk.store.keys.tries import Tries
from edema_desk.store.people.users import change_user
from tests.flow.people.signed_in import (
    ADMINISTRATOR,
    CHEAP,
    PASSWORD,
    as_administrator,
    with_administrator,
    with_user,
)

OTHER = "another long password"


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "clinic")


def refused(call: object, *arguments: object) -> ErrorCode:
    assert callable(call)
    with pytest.raises(ExpectedError) as caught:
        call(*arguments)
    return caught.value.code


def record(into: Entered) -> list[tuple[str, str]]:
    """Kind and actor of everything on record."""
    with open_store(into) as store, store.by(RECOVERY).reading(Question.RECORD_OF_ACTS) as db:
        return [(r["kind"], r["actor"]) for r in db.query("select * from audit order by seq")]


def test_a_fresh_profile_is_open_and_then_it_is_not(profile: Profile) -> None:
    assert not needs_sign_in(profile)
    with_administrator(profile)
    assert needs_sign_in(profile)
    assert refused(enter_here, profile) is ErrorCode.SIGN_IN_NEEDED
    assert refused(open_store, profile) is ErrorCode.SIGN_IN_NEEDED


def test_signing_in_gives_the_roles_of_today(profile: Profile) -> None:
    with_administrator(profile)
    nurse = with_user(profile, "aki", (Role.NURSE,))
    into = sign_in(profile, " AKI", PASSWORD)
    assert into.actor.actor_id == nurse.user_id
    assert into.actor.roles == {Role.NURSE}
    with open_store(as_administrator(profile)) as store:
        change_user(store, new_id(), nurse.user_id, roles=(Role.CLINICIAN,))
    assert sign_in(profile, "aki", PASSWORD).actor.roles == {Role.CLINICIAN}
    assert (ActKind.SIGN_IN, nurse.user_id) in record(into)


def test_nobody_disabled_comes_in_even_with_a_key_left_behind(profile: Profile) -> None:
    with_administrator(profile)
    nurse = with_user(profile, "aki", (Role.NURSE,))
    with open_store(as_administrator(profile)) as store:
        change_user(store, new_id(), nurse.user_id, disabled=True)
        assert refused(admit, store, nurse.user_id) is ErrorCode.SIGN_IN_WRONG
        assert refused(admit, store, "never a user") is ErrorCode.SIGN_IN_WRONG
    assert refused(sign_in, profile, "aki", PASSWORD) is ErrorCode.SIGN_IN_WRONG


def test_somebody_else_sits_down_at_an_open_desk(profile: Profile) -> None:
    with_administrator(profile)
    nurse = with_user(profile, "aki", (Role.NURSE,))
    into = as_administrator(profile)
    with open_store(into) as store:
        assert refused(recognise, profile, "aki", "wrong") is ErrorCode.SIGN_IN_WRONG
        actor = admit(store.by(NOBODY), recognise(profile, "aki", PASSWORD))
    assert actor == nurse.actor
    assert record(into)[-2:] == [("sign_in_failed", "program"), ("sign_in", nurse.user_id)]


def test_failed_tries_come_on_record_with_whose_they_were(profile: Profile) -> None:
    with_administrator(profile)
    for login in (ADMINISTRATOR, "nobody", ADMINISTRATOR):
        refused(sign_in, profile, login, "wrong")
    into = as_administrator(profile)
    with open_store(into) as store, store.reading(Question.RECORD_OF_ACTS) as db:
        sql = "select json_extract(details, '$.user_id') from audit where kind = 'sign_in_failed'"
        whose = [row[0] for row in db.execute(sql)]
    assert whose == [into.actor.actor_id, None, into.actor.actor_id]
    assert Tries(profile).waiting_for_record() == ((), 0)


def test_recovery_code_sets_a_new_password_and_ends(profile: Profile) -> None:
    code = with_administrator(profile)
    into = open_with_recovery(profile, code.lower())
    assert into.actor == RECOVERY
    (hana,) = administrators(into)
    second = reset_administrator(into, hana.user_id, OTHER, CHEAP)
    assert refused(open_with_recovery, profile, code) is ErrorCode.RECOVERY_CODE_WRONG
    assert refused(sign_in, profile, ADMINISTRATOR, PASSWORD) is ErrorCode.SIGN_IN_WRONG
    assert sign_in(profile, ADMINISTRATOR, OTHER).actor == hana.actor
    assert open_with_recovery(profile, second).actor == RECOVERY
    kinds = [kind for kind, actor in record(into) if actor == "recovery"]
    assert kinds == ["sign_in", "set_password", "new_recovery_code", "sign_in"]


def test_wrong_recovery_codes_are_tries(profile: Profile) -> None:
    with_administrator(profile)
    assert refused(open_with_recovery, profile, "no code") is ErrorCode.RECOVERY_CODE_MISTYPED
    codes = [refused(open_with_recovery, profile, new_code()) for _ in range(6)]
    assert codes == [ErrorCode.RECOVERY_CODE_WRONG] * 5 + [ErrorCode.SIGN_IN_WAIT]
    assert [kind for kind, _ in record(as_administrator(profile))].count("sign_in_failed") == 6


def test_recovery_lets_the_only_administrator_in_again(profile: Profile) -> None:
    code = with_administrator(profile)
    into = open_with_recovery(profile, code)
    (hana,) = administrators(into)
    for _ in range(9):
        refused(sign_in, profile, ADMINISTRATOR, "forgotten")
    Keyring(profile).remove_user(hana.user_id)
    reset_administrator(into, hana.user_id, OTHER, CHEAP)
    assert sign_in(profile, ADMINISTRATOR, OTHER).actor == hana.actor


def test_recovery_sets_no_nurses_password(profile: Profile) -> None:
    code = with_administrator(profile)
    nurse = with_user(profile, "aki", (Role.NURSE,))
    into = open_with_recovery(profile, code)
    assert refused(reset_administrator, into, nurse.user_id, OTHER) is ErrorCode.UNKNOWN_USER
    assert refused(reset_administrator, into, "nobody", OTHER) is ErrorCode.UNKNOWN_USER


def test_only_an_administrator_makes_a_new_code(profile: Profile) -> None:
    first = with_administrator(profile)
    with_user(profile, "aki", (Role.NURSE, Role.CLINICIAN))
    as_nurse = sign_in(profile, "aki", PASSWORD)
    assert refused(new_recovery_code, as_nurse) is ErrorCode.NOT_ALLOWED
    assert open_with_recovery(profile, first)
    second = new_recovery_code(as_administrator(profile))
    assert refused(open_with_recovery, profile, first) is ErrorCode.RECOVERY_CODE_WRONG
    assert open_with_recovery(profile, second)


def test_a_full_disk_keeps_nobody_out(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    with_administrator(profile)
    profile.reserve.write_bytes(b"")
    begin = Tries.begin

    def full_once(tries: Tries, login_mark: str) -> None:
        if profile.reserve.exists():
            raise ExpectedError(ErrorCode.DISK_FULL)
        begin(tries, login_mark)

    monkeypatch.setattr(Tries, "begin", full_once)
    assert as_administrator(profile).actor.name == "Hana Mori"
    profile.reserve.unlink(missing_ok=True)
    monkeypatch.setattr(
        Tries, "begin", lambda *_: (_ for _ in ()).throw(ExpectedError(ErrorCode.DISK_FULL))
    )
    assert refused(as_administrator, profile) is ErrorCode.DISK_FULL


def test_secrets_show_in_no_text_of_the_objects(profile: Profile) -> None:
    with_administrator(profile)
    into = as_administrator(profile)
    told = repr(into) + str(into)
    assert into.data_key.hex() not in told
    assert repr(into.data_key) not in told
    assert PASSWORD not in told


def test_who_entered_before_has_to_sign_in_too(profile: Profile) -> None:
    before = enter_here(profile)
    with_administrator(profile)
    assert before.actor == LOCAL
    assert refused(open_store, before) is ErrorCode.SIGN_IN_NEEDED


def test_taking_the_keys_away_opens_nothing(profile: Profile) -> None:
    """Without `users.keys` the profile is not a fresh one, and no new one takes its place."""
    with_administrator(profile)
    into = as_administrator(profile)
    keys = profile.users.read_bytes()
    profile.users.unlink()
    assert refused(open_store, profile) is ErrorCode.KEY_MISSING
    assert refused(sign_in, profile, ADMINISTRATOR, PASSWORD) is ErrorCode.USERS_FILE_DAMAGED
    database = profile.database.read_bytes()
    profile.database.unlink()
    assert refused(open_store, profile) is ErrorCode.KEY_MISSING
    assert not profile.data_key.exists()
    assert not profile.database.exists()
    profile.database.write_bytes(database)
    profile.users.write_bytes(keys)
    assert as_administrator(profile).actor == into.actor
