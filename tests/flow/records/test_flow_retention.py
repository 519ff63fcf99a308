"""The round that removes what is over waits for a capture."""

import threading

import pytest

from edema_desk.domain.course.views import Change
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.records import retention
from edema_desk.flow.records.retention import RetentionRounds, RoundResult


def test_nothing_is_removed_in_the_middle_of_a_capture(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = threading.Event()

    def keep(*_: object) -> RoundResult:
        made.set()
        return RoundResult(trusted=True)

    monkeypatch.setattr(retention, "keep_to_retention", keep)
    gate = Gate()
    gate.shut()
    told: list[Change] = []
    rounds = RetentionRounds(clinic, gate, told.append, first_after_s=0.0)
    assert not made.wait(0.4)
    gate.open()
    assert made.wait(10)
    rounds.close()
    assert told == []
