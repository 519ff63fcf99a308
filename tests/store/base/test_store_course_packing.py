"""A course is the same after packing."""

from dataclasses import fields, replace

import pytest

from edema_desk.domain.course.trend import PhaseEntry, SessionEntry, Trend
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import (
    Capture,
    DialysisSession,
    DryWeight,
    Phase,
    StoredEstimate,
)
from edema_desk.store.base.course_packing import pack_course, unpack_course
from edema_desk.store.base.database import Store
from tests.store.base.courses_kit import made_anew, one_course


def test_a_course_is_the_same_after_packing(store: Store) -> None:
    patient_id = one_course(store)
    trend = made_anew(store, patient_id)
    first, second = (s.pre for s in trend.sessions)
    assert first is not None
    assert first.capture is not None
    assert second is not None
    assert second.estimate is not None
    assert second.estimate.references == (first.capture.capture_id,)
    assert unpack_course(pack_course(trend), patient_id) == trend
    bare = replace(first, capture=None, estimate=None, corrected=True)
    stranger = replace(second.estimate, references=("elsewhere", first.capture.capture_id))
    odd = Trend(
        (
            replace(trend.sessions[0], pre=None, post=bare),
            replace(trend.sessions[1], pre=replace(second, estimate=stranger)),
        ),
        (replace(first, phase=Phase.SPOT, capture=spot_of(first.capture)),),
        trend.dry_weights,
    )
    assert unpack_course(pack_course(odd), patient_id) == odd
    assert unpack_course(pack_course(Trend((), (), ())), patient_id) == Trend((), (), ())


@pytest.mark.parametrize(
    ("record", "packed"),
    [
        (Capture, 13),
        (DialysisSession, 6),
        (DryWeight, 8),
        (Moment, 2),
        (PhaseEntry, 8),  # `veiled` is laid over what was read, and never kept
        (SessionEntry, 8),
        (StoredEstimate, 13),
        (Trend, 3),
    ],
)
def test_a_record_that_grew_is_packed_anew(record: type, packed: int) -> None:
    """Who adds a field packs it, raises LAYOUT, and then this number."""
    assert len(fields(record)) == packed


def spot_of(capture: Capture) -> Capture:
    return replace(capture, session_id=None, phase=Phase.SPOT)
