"""A2: passwords are guessed at the sign-in, by the thousand, on a clock that is moved."""

import random
import statistics
import time
from pathlib import Path

import pytest

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import Role
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.people.access import sign_in
from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.keys.derivation import FULL
from edema_desk.store.keys.keyring import Keyring
from edema_desk.store.keys.slots import read_slots
from edema_desk.store.keys.tries import HOUR_MS
from tests.faults.rounds import rounds
from tests.flow.people.signed_in import ADMINISTRATOR, PASSWORD, with_administrator, with_user

TRIES = 1_000


class Clock:
    """Begins now, so that what is done by the real clock lies before it. It shows `ms` of true
    time, less what somebody set it back."""

    def __init__(self) -> None:
        self.ms = Moment.now().utc_ms
        self.set_back_ms = 0

    def __call__(self) -> Moment:
        return Moment(self.ms - self.set_back_ms, 0)


class Burglar:
    """Tries, waits as long as is asked, and tries again; notes when a password was looked at."""

    def __init__(self, profile: Profile, clock: Clock) -> None:
        self._profile, self._clock = profile, clock
        self.answered: dict[str, list[int]] = {}
        self.made = 0
        self.waits_s: list[int] = []
        self.words: set[tuple[str, str]] = set()

    def guess(self, login: str, password: str) -> bool:
        self.made += 1
        with pytest.raises(ExpectedError) as caught:
            sign_in(self._profile, login, password, self._clock)
        error = caught.value
        if error.code is ErrorCode.SIGN_IN_WAIT:
            self.waits_s.append(int(error.params["seconds"]))
            return False
        self.words.add((error.code.value, str(error.params)))
        self.answered.setdefault(login, []).append(self._clock.ms)
        return True


def most_in_an_hour(moments: list[int]) -> int:
    return max(sum(at <= other < at + HOUR_MS for other in moments) for at in moments)


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = Profile(tmp_path / "clinic")
    with_administrator(made)
    with_user(made, "aki", (Role.NURSE,))
    return made


@pytest.fixture
def clock() -> Clock:
    return Clock()


def failed_on_record(profile: Profile, clock: Clock) -> int:
    """All that failed, by the record of acts, once somebody signed in."""
    into = sign_in(profile, ADMINISTRATOR, PASSWORD, clock)
    with open_store(into) as store, store.reading() as db:
        sql = (
            "select sum(coalesce(json_extract(details, '$.unlisted'), 1)) from audit where kind = ?"
        )
        return int(db.execute(sql, [ActKind.SIGN_IN_FAILED.value]).fetchone()[0])


def test_one_login_by_who_waits_as_long_as_is_asked(profile: Profile, clock: Clock) -> None:
    burglar = Burglar(profile, clock)
    for number in range(rounds(TRIES)):
        if not burglar.guess(ADMINISTRATOR, f"guess {number}"):
            clock.ms += burglar.waits_s[-1] * 1000
    assert burglar.waits_s[:9] == [min(5 * 2**n, 900) for n in range(9)]
    assert most_in_an_hour(burglar.answered[ADMINISTRATOR]) <= 20
    assert burglar.words == {("sign_in_wrong", "{}")}
    clock.ms += HOUR_MS
    assert failed_on_record(profile, clock) == burglar.made


def test_one_login_in_haste(profile: Profile, clock: Clock) -> None:
    """One try each three seconds; most are not even looked at."""
    burglar = Burglar(profile, clock)
    for number in range(rounds(TRIES)):
        clock.ms += 3_000
        burglar.guess("aki", f"guess {number}")
    assert most_in_an_hour(burglar.answered["aki"]) <= 20
    clock.ms += HOUR_MS
    assert failed_on_record(profile, clock) == burglar.made


def test_many_logins_with_one_password(profile: Profile, clock: Clock) -> None:
    """Names of staff are known in a town. The clock is set back now and then."""
    rng = random.Random(2)
    burglar = Burglar(profile, clock)
    for number in range(rounds(TRIES)):
        clock.ms += rng.choice((2_000, 20_000, 60_000))
        clock.set_back_ms += rng.choice((0, 0, 0, 120_000))
        burglar.guess(f"nurse {number}", "dialysis 2026")
    everybody = [at for moments in burglar.answered.values() for at in moments]
    assert most_in_an_hour(everybody) <= 20
    assert burglar.words == {("sign_in_wrong", "{}")}
    # who works here signs in all the same
    assert failed_on_record(profile, clock) == burglar.made


def test_restarts_do_not_help(profile: Profile, clock: Clock) -> None:
    """Each sign-in reads the file anew; the keys' file copied back forgives nothing."""
    keys = profile.users.read_bytes()
    burglar = Burglar(profile, clock)
    for number in range(12):
        clock.ms += 1_000
        profile.users.write_bytes(keys)
        burglar.guess("aki", f"guess {number}")
    assert len(burglar.answered["aki"]) == 6
    with pytest.raises(ExpectedError) as caught:
        sign_in(profile, "aki", PASSWORD, clock)  # the right one has to wait as well
    assert caught.value.code is ErrorCode.SIGN_IN_WAIT
    clock.ms += HOUR_MS
    assert sign_in(profile, "aki", PASSWORD, clock).actor.roles == {Role.NURSE}


def test_unknown_logins_take_the_same_time(tmp_path: Path, clock: Clock) -> None:
    """By the processor's time, which a busy machine does not stretch; at the full cost."""
    profile = Profile(tmp_path / "full")
    with_administrator(profile)
    data_key = sign_in(profile, ADMINISTRATOR, PASSWORD).data_key
    keyring = Keyring(profile)
    keyring.set_password(keyring.open(ADMINISTRATOR, PASSWORD)[0], PASSWORD, data_key)
    assert read_slots(profile.users).users[0].cost == FULL
    spent: dict[str, list[float]] = {ADMINISTRATOR: [], "nobody": []}
    for _ in range(max(5, rounds(40))):
        for login, times in spent.items():
            clock.ms += 25 * HOUR_MS
            began_s = time.process_time()
            with pytest.raises(ExpectedError):
                sign_in(profile, login, "not the password", clock)
            times.append(time.process_time() - began_s)
    known, unknown = (statistics.median(times) for times in spent.values())
    assert 0.8 <= unknown / known <= 1.2
