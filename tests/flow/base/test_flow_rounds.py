"""Rounds go on after a failure, end when they are closed, and are due once a day."""

import logging
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base import rounds
from edema_desk.flow.base.rounds import DAILY_H, Rounds, daily_is_due

NOW = Moment(1_800_000_000_000, 540)
LONG_S = 30.0


def hours_from_now(hours: float) -> Moment:
    return Moment(NOW.utc_ms + round(hours * 3_600_000), NOW.offset_min)


@given(st.floats(-1e4, 1e4))
def test_a_round_is_due_once_a_day_however_the_clock_was_set(hours: float) -> None:
    assert daily_is_due(hours_from_now(hours), NOW) == (
        abs(round(hours * 3_600_000)) >= DAILY_H * 3_600_000
    )


def test_the_first_round_is_due() -> None:
    assert daily_is_due(None, NOW)


def test_what_fails_is_told_and_the_next_look_follows(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bugs: list[Exception] = []
    monkeypatch.setattr(rounds, "report_bug", bugs.append)
    fails = iter([ExpectedError(ErrorCode.DISK_FULL), KeyError("x"), None])
    whole = threading.Event()

    def look() -> None:
        failure = next(fails, None)
        if failure is not None:
            raise failure
        whole.set()

    with caplog.at_level(logging.WARNING):
        made = Rounds("rounds of a test", look, first_after_s=0.0, each_s=0.0)
        assert whole.wait(LONG_S)
        made.close()
    assert [type(bug) for bug in bugs] == [KeyError]
    told = [record.getMessage() for record in caplog.records]
    assert told == ["rounds of a test: cut short: disk_full"]


def test_closing_waits_for_the_look_under_way() -> None:
    begun, go_on = threading.Event(), threading.Event()
    ended: list[int] = []

    def look() -> None:
        begun.set()
        assert go_on.wait(LONG_S)
        ended.append(1)

    made = Rounds("rounds of a test", look, first_after_s=0.0, each_s=LONG_S)
    assert begun.wait(LONG_S)
    closing = threading.Thread(target=made.close)
    closing.start()
    closing.join(0.05)
    assert closing.is_alive()
    go_on.set()
    closing.join(LONG_S)
    assert not closing.is_alive()
    assert ended == [1]


def test_closed_before_its_first_look_it_never_looks() -> None:
    looks: list[int] = []
    made = Rounds("rounds of a test", lambda: looks.append(1), first_after_s=LONG_S, each_s=0.0)
    made.close()
    assert looks == []
