"""The users' keys: who opens the data key, who does not, and what the file tells."""

import json
import secrets
import stat
import threading
from pathlib import Path

import pytest

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.keys.derivation import FULL, Cost
from edema_desk.store.keys.keyring import Keyring, data_key_mark
from edema_desk.store.keys.slots import read_slots

CHEAP = Cost(1, 8, 1)
DATA_KEY = bytes(range(32))
FIRST, SECOND = "correct horse battery", "透析室の朝は早いです"


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path)


@pytest.fixture
def keyring(profile: Profile) -> Keyring:
    made = Keyring(profile, CHEAP)
    made.create(DATA_KEY)
    made.add_user("u1", "Hana", FIRST, DATA_KEY)
    return made


def refused(call: object, *arguments: object) -> ErrorCode:
    assert callable(call)
    with pytest.raises(ExpectedError) as caught:
        call(*arguments)
    return caught.value.code


def test_a_password_opens_the_data_key(keyring: Keyring) -> None:
    assert keyring.open("Hana", FIRST) == ("u1", DATA_KEY)
    assert keyring.open(" ｈａｎａ", FIRST) == ("u1", DATA_KEY)


def test_a_password_is_the_same_however_it_was_composed(keyring: Keyring) -> None:
    keyring.add_user("u2", "aki", "がぎぐげござじずぜぞ", DATA_KEY)
    decomposed = "か\u3099き\u3099く\u3099け\u3099こ\u3099さ\u3099し\u3099す\u3099せ\u3099そ\u3099"
    assert keyring.open("aki", decomposed)[0] == "u2"


def test_wrong_password_and_unknown_login_are_answered_alike(keyring: Keyring) -> None:
    assert refused(keyring.open, "Hana", FIRST + ".") is ErrorCode.SIGN_IN_WRONG
    assert refused(keyring.open, "nobody", FIRST) is ErrorCode.SIGN_IN_WRONG
    assert refused(keyring.open, "", "") is ErrorCode.SIGN_IN_WRONG


def test_full_cost_is_what_is_promised(profile: Profile) -> None:
    assert (FULL.passes, FULL.memory_kib, FULL.lanes) == (3, 64 * 1024, 4)
    keyring = Keyring(profile)
    keyring.create(DATA_KEY)
    keyring.add_user("u1", "hana", FIRST, DATA_KEY)
    assert read_slots(profile.users).users[0].cost == FULL


def test_users_are_many_and_each_is_alone(keyring: Keyring) -> None:
    keyring.add_user("u2", "aki", SECOND, DATA_KEY)
    assert keyring.user_ids() == {"u1", "u2"}
    assert (keyring.has("hana"), keyring.has("AKI"), keyring.has("bob")) == (True, True, False)
    assert refused(keyring.open, "aki", FIRST) is ErrorCode.SIGN_IN_WRONG
    keyring.remove_user("u1")
    assert refused(keyring.open, "hana", FIRST) is ErrorCode.SIGN_IN_WRONG
    assert keyring.open("aki", SECOND) == ("u2", DATA_KEY)
    assert keyring.user_of_mark(keyring.mark("Aki")) == "u2"
    assert keyring.user_of_mark(keyring.mark("hana")) is None


def test_a_login_belongs_to_one_user(keyring: Keyring) -> None:
    taken = refused(keyring.add_user, "u2", "HANA", SECOND, DATA_KEY)
    assert taken is ErrorCode.LOGIN_TAKEN


@pytest.mark.parametrize("call", ["add_user", "set_password", "new_recovery_code"])
def test_another_data_key_is_not_wrapped(keyring: Keyring, profile: Profile, call: str) -> None:
    before = profile.users.read_bytes()
    other = secrets.token_bytes(32)
    arguments: dict[str, tuple[object, ...]] = {
        "add_user": ("u2", "aki", SECOND, other),
        "set_password": ("u1", SECOND, other),
        "new_recovery_code": (other,),
    }
    assert refused(getattr(keyring, call), *arguments[call]) is ErrorCode.WRONG_KEY
    assert profile.users.read_bytes() == before


def test_changing_the_own_password(keyring: Keyring) -> None:
    keyring.change_password("u1", FIRST, SECOND)
    assert keyring.open("hana", SECOND)[1] == DATA_KEY
    assert refused(keyring.open, "hana", FIRST) is ErrorCode.SIGN_IN_WRONG
    assert refused(keyring.change_password, "u1", FIRST, FIRST) is ErrorCode.SIGN_IN_WRONG
    assert refused(keyring.change_password, "u9", FIRST, FIRST) is ErrorCode.SIGN_IN_WRONG
    assert refused(keyring.change_password, "u1", SECOND, "short") is ErrorCode.PASSWORD_SHORT


def test_guessing_the_old_password_is_slow_too(keyring: Keyring) -> None:
    codes = [refused(keyring.change_password, "u1", f"{n}", SECOND) for n in range(6)]
    assert codes == [ErrorCode.SIGN_IN_WRONG] * 5 + [ErrorCode.SIGN_IN_WAIT]


def test_an_administrator_sets_a_forgotten_one(keyring: Keyring) -> None:
    for _ in range(5):
        refused(keyring.change_password, "u1", "forgotten", SECOND)
    keyring.set_password("u1", SECOND, DATA_KEY)
    assert keyring.open("hana", SECOND) == ("u1", DATA_KEY)
    keyring.change_password("u1", SECOND, FIRST)  # earlier tries are forgiven
    for _ in range(5):
        refused(keyring.change_password, "u1", "forgotten", SECOND)
    keyring.add_user("u1", "hana", SECOND, DATA_KEY)
    keyring.change_password("u1", SECOND, FIRST)
    assert refused(keyring.set_password, "u9", SECOND, DATA_KEY) is ErrorCode.SIGN_IN_WRONG


def test_no_password_is_the_login(keyring: Keyring) -> None:
    long_login = "hanako.yamada"
    wrong = refused(keyring.add_user, "u2", long_login, "Hanako.Yamada", DATA_KEY)
    keyring.add_user("u2", long_login, SECOND, DATA_KEY)
    later = refused(keyring.set_password, "u2", "HANAKO.YAMADA", DATA_KEY)
    own = refused(keyring.change_password, "u2", SECOND, "hanako.yamada")
    assert {wrong, later, own} == {ErrorCode.PASSWORD_IS_LOGIN}


def test_recovery_code_opens_until_there_is_a_new_one(profile: Profile) -> None:
    keyring = Keyring(profile, CHEAP)
    first = keyring.create(DATA_KEY)
    assert keyring.open_by_recovery(first.lower()) == DATA_KEY
    second = keyring.new_recovery_code(DATA_KEY)
    assert keyring.open_by_recovery(second) == DATA_KEY
    assert refused(keyring.open_by_recovery, first) is ErrorCode.RECOVERY_CODE_WRONG
    assert refused(keyring.open_by_recovery, second[:-1]) is ErrorCode.RECOVERY_CODE_MISTYPED


def test_there_is_one_file_and_it_is_made_once(keyring: Keyring) -> None:
    with pytest.raises(FileExistsError):
        keyring.create(DATA_KEY)


def test_file_tells_no_login_no_password_and_no_key(keyring: Keyring, profile: Profile) -> None:
    text = profile.users.read_text().lower()
    for secret in ("hana", FIRST, DATA_KEY.hex()):
        assert secret not in text
    assert FIRST not in repr(keyring) + repr(vars(keyring))
    assert stat.S_IMODE(profile.users.stat().st_mode) == 0o600


def test_two_files_have_nothing_in_common(keyring: Keyring, profile: Profile) -> None:
    other = Profile(profile.root / "other")
    other.root.mkdir()
    twin = Keyring(other, CHEAP)
    twin.create(DATA_KEY)
    twin.add_user("u1", "Hana", FIRST, DATA_KEY)
    assert twin.mark("hana") != keyring.mark("hana")
    assert twin.data_key_mark == keyring.data_key_mark == data_key_mark(DATA_KEY)
    one, two = read_slots(profile.users).users[0], read_slots(other.users).users[0]
    assert one.salt != two.salt
    assert one.wrapped != two.wrapped


def test_slots_cannot_be_exchanged(keyring: Keyring, profile: Profile) -> None:
    """Nobody becomes an administrator by writing his id over one's own."""
    keyring.add_user("u2", "aki", SECOND, DATA_KEY)
    raw = json.loads(profile.users.read_text())
    one, two = raw["users"]
    one["user_id"], two["user_id"] = two["user_id"], one["user_id"]
    profile.users.write_text(json.dumps(raw))
    assert refused(keyring.open, "hana", FIRST) is ErrorCode.SIGN_IN_WRONG


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"version": 1}', '{"version": "x"}', "é"])
def test_damaged_file_is_said_to_be_damaged(keyring: Keyring, profile: Profile, text: str) -> None:
    profile.users.write_text(text)
    assert refused(keyring.open, "hana", FIRST) is ErrorCode.USERS_FILE_DAMAGED
    assert refused(keyring.remove_user, "u1") is ErrorCode.USERS_FILE_DAMAGED
    assert profile.users.read_text() == text


@pytest.mark.parametrize(
    "cost",
    [
        {"passes": 0},
        {"memory_kib": 2**31},
        {"lanes": 10**6},
        {"passes": 10**9},
        {"memory_kib": 8, "lanes": 4},
        {"memory_kib": -1},
    ],
)
def test_unbearable_cost_is_not_tried(
    keyring: Keyring, profile: Profile, cost: dict[str, int]
) -> None:
    raw = json.loads(profile.users.read_text())
    raw["users"][0]["argon2id"].update(cost)
    profile.users.write_text(json.dumps(raw))
    assert refused(keyring.open, "hana", FIRST) is ErrorCode.USERS_FILE_DAMAGED


def test_newer_file_is_left_alone(keyring: Keyring, profile: Profile) -> None:
    raw = json.loads(profile.users.read_text())
    raw["version"] = 2
    raw["users"] = "in another way"
    profile.users.write_text(json.dumps(raw))
    assert refused(keyring.open, "hana", FIRST) is ErrorCode.USERS_FILE_NEWER


def test_several_may_change_it_at_once(keyring: Keyring, profile: Profile) -> None:
    def add(number: int) -> None:
        Keyring(profile, CHEAP).add_user(f"n{number}", f"login{number}", FIRST, DATA_KEY)

    threads = [threading.Thread(target=add, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert keyring.user_ids() == {"u1", *(f"n{n}" for n in range(6))}
    assert {p.name for p in profile.root.iterdir()} == {"users.keys", "users.lock"}
