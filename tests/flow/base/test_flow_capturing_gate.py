"""What waits for a capture to end begins nothing once it is told to stop."""

import pytest

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.progress import Cancel


def test_an_open_gate_lets_nobody_through_who_is_to_stop() -> None:
    cancel = Cancel()
    Gate().wait(cancel)
    cancel.set()
    with pytest.raises(ExpectedError) as caught:
        Gate().wait(cancel)
    assert caught.value.code is ErrorCode.CANCELLED


def test_it_tells_of_shutting_and_opening_once() -> None:
    told: list[str] = []
    gate = Gate(lambda: told.append("shut"), lambda: told.append("open"))
    gate.open()
    gate.shut()
    assert gate.busy
    gate.open()
    gate.open()
    assert told == ["shut", "open"]
