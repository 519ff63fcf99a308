"""Guessing is slow: by login and by PC, over restarts, with the clock set back, without shutting
out who works here."""

import json
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.keys.tries import (
    FIRST_WAIT_MS,
    FREE_TRIES,
    HOUR_MS,
    LONGEST_WAIT_MS,
    STRANGERS_AN_HOUR,
    Tries,
)

START_MS = 1_800_000_000_000


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.ms = START_MS

    def __call__(self) -> Moment:
        return Moment(self.ms, 540)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tries(tmp_path: Path, clock: Clock) -> Tries:
    return Tries(Profile(tmp_path), clock)


def wait_s(tries: Tries, login: str) -> int:
    """Try once, wrongly; how long it has to wait, 0 where it was answered."""
    try:
        tries.begin(login)
    except ExpectedError as error:
        if error.code is not ErrorCode.SIGN_IN_WAIT:
            raise
        return int(error.params["seconds"])
    return 0


def fail(tries: Tries, clock: Clock, login: str, times: int) -> None:
    """Fail so often, waiting as long as is asked."""
    done = 0
    while done < times:
        waited = wait_s(tries, login)
        clock.ms += waited * 1000
        done += waited == 0


def test_delay_doubles_from_the_fifth_try(tries: Tries, clock: Clock) -> None:
    assert [wait_s(tries, "a") for _ in range(FREE_TRIES + 1)] == [0] * 5
    waits = []
    for _ in range(11):
        waits.append(wait_s(tries, "a"))
        clock.ms += waits[-1] * 1000
        assert wait_s(tries, "a") == 0
    assert waits == [min(5 * 2**n, 900) for n in range(11)]
    assert (FIRST_WAIT_MS, LONGEST_WAIT_MS) == (5_000, 900_000)


def test_a_unlisted_try_does_not_lengthen_the_wait(tries: Tries, clock: Clock) -> None:
    fail(tries, clock, "a", 5)
    assert [wait_s(tries, "a") for _ in range(50)] == [5] * 50
    clock.ms += 4_999
    assert wait_s(tries, "a") == 1
    clock.ms += 1
    assert wait_s(tries, "a") == 0


def test_success_ends_the_wait(tries: Tries, clock: Clock) -> None:
    fail(tries, clock, "a", 8)
    clock.ms += HOUR_MS
    tries.begin("a")
    tries.succeeded("a")
    assert [wait_s(tries, "a") for _ in range(5)] == [0] * 5


def test_the_program_that_ends_during_a_try_has_failed_it(tmp_path: Path, clock: Clock) -> None:
    for _ in range(5):
        Tries(Profile(tmp_path), clock).begin("a")  # and never comes to `succeeded`
    assert wait_s(Tries(Profile(tmp_path), clock), "a") == 5


@settings(max_examples=12)
@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=8))
def test_clock_set_back_never_opens_the_gate(back_ms: list[int]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        tries = Tries(Profile(Path(folder)), clock)
        fail(tries, clock, "a", 9)
        for step_ms in back_ms:
            clock.ms -= step_ms
            assert 0 < wait_s(tries, "a") <= 80


def test_clock_that_was_far_ahead_shuts_nobody_out_for_long(tries: Tries, clock: Clock) -> None:
    clock.ms += 10 * 365 * 24 * HOUR_MS
    fail(tries, clock, "a", 14)
    clock.ms = START_MS
    assert wait_s(tries, "a") <= LONGEST_WAIT_MS / 1000
    clock.ms += LONGEST_WAIT_MS
    assert wait_s(tries, "a") == 0


def test_logins_do_not_wait_for_each_other(tries: Tries, clock: Clock) -> None:
    fail(tries, clock, "a", 6)
    assert wait_s(tries, "a") > 0
    assert wait_s(tries, "b") == 0


def test_many_logins_share_twenty_tries_an_hour(tries: Tries, clock: Clock) -> None:
    answered = []
    for number in range(400):
        clock.ms += 60_000
        if wait_s(tries, f"guess {number}") == 0:
            answered.append(clock.ms)
    for at in answered:
        assert sum(at <= other < at + HOUR_MS for other in answered) <= STRANGERS_AN_HOUR
    assert len(answered) >= STRANGERS_AN_HOUR * 6


def test_who_works_here_is_not_shut_out_by_a_visitor(tries: Tries, clock: Clock) -> None:
    tries.begin("nurse")
    tries.succeeded("nurse")
    for number in range(100):
        wait_s(tries, f"visitor {number}")
    assert wait_s(tries, "another visitor") > 0
    assert [wait_s(tries, "nurse") for _ in range(5)] == [0] * 5
    assert wait_s(tries, "nurse") > 0  # but guessing at her is slow as well


def test_a_day_of_quiet_forgets(tries: Tries, clock: Clock) -> None:
    fail(tries, clock, "a", 7)
    clock.ms += 25 * HOUR_MS
    assert [wait_s(tries, "a") for _ in range(5)] == [0] * 5
    clock.ms += 8 * 24 * HOUR_MS
    wait_s(tries, "b")
    assert set(json.loads(tries._path.read_text())["logins"]) == {"b"}


def test_forgiven(tries: Tries, clock: Clock) -> None:
    fail(tries, clock, "a", 12)
    tries.forgive("a")
    tries.forgive("unknown")
    assert wait_s(tries, "a") == 0


def test_what_failed_waits_for_the_record(tries: Tries, clock: Clock) -> None:
    fail(tries, clock, "a", 2)
    clock.ms += 1000
    tries.begin("b")
    tries.succeeded("b")
    fail(tries, clock, "a", 3)
    wait_s(tries, "a")
    failed, unlisted = tries.waiting_for_record()
    assert ([one.login_mark for one in failed], unlisted) == (["a"] * 5, 1)
    assert failed[0].at == Moment(START_MS, 540)
    fail(tries, clock, "c", 1)
    tries.recorded(len(failed), unlisted)
    assert [one.login_mark for one in tries.waiting_for_record()[0]] == ["c"]


def test_of_very_many_the_eldest_are_only_counted(
    tries: Tries, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edema_desk.store.keys.tries._MOST_KEPT", 3)
    fail(tries, clock, "a", 5)
    failed, unlisted = tries.waiting_for_record()
    assert (len(failed), unlisted) == (3, 2)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"logins": 3}', '{"logins": {"a": {"x": 1}}}'])
def test_damaged_file_does_not_shut_everybody_out(tries: Tries, text: str) -> None:
    tries._path.write_text(text)
    assert wait_s(tries, "a") == 0


def test_programs_at_once_count_together(tmp_path: Path, clock: Clock) -> None:
    answers: list[int] = []

    def guess() -> None:
        own = Tries(Profile(tmp_path), clock)
        answers.extend(wait_s(own, "a") for _ in range(5))

    threads = [threading.Thread(target=guess) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [0] * 5 + [5] * 15


def test_disk_that_is_full_is_said(tries: Tries, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("edema_desk.store.keys.tries.write_private", full)
    with pytest.raises(ExpectedError) as caught:
        tries.begin("a")
    assert caught.value.code is ErrorCode.DISK_FULL
