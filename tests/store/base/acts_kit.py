"""Acts that are refused, and captures that have their estimate."""

from collections.abc import Callable
from datetime import date

import pytest

from edema_desk.domain.terms.records import Capture, Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Store
from edema_desk.store.captures.analyses import record_analysis
from edema_desk.store.captures.captures import capture
from edema_desk.store.captures.sessions import session
from tests.store.store_samples import analysis, at, estimate, know_model, stored_capture

DAY = date(2026, 3, 2)


def refuses(code: ErrorCode, act: Callable[[], object]) -> None:
    """`act` fails with `code`, and the store is as before."""
    with pytest.raises(ExpectedError) as caught:
        act()
    assert caught.value.code is code


def analysed(store: Store, patient_id: str, session_id: str, phase: Phase, hour: int) -> Capture:
    know_model(store)
    day = session(store, session_id).day
    one = stored_capture(store, patient_id, session_id, phase, at(day, hour))
    record_analysis(store, new_id(), one.capture_id, analysis(), estimate(one.capture_id))
    return capture(store, one.capture_id)
