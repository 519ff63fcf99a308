"""Which captures get no number although their frames are good."""

import pytest

from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.identity import OTHER_FROM, SAME_UP_TO, Likeness, judge
from edema_desk.domain.terms.out_of_range import (
    MOST_FROM_ALL,
    MOST_TOGETHER,
    RangeCheck,
    Strangeness,
    out_of_range,
)


def check(distance: float | None, strange: tuple[float, float | None] | None) -> Refusal | None:
    likeness = None if distance is None else Likeness(distance, judge(distance))
    return out_of_range(RangeCheck(likeness, Strangeness(*strange) if strange else None))


@pytest.mark.parametrize(
    ("distance", "strange", "refusal"),
    [
        (None, None, None),
        (SAME_UP_TO, (1.0, 1.0), None),
        (OTHER_FROM - 1e-6, (1.0, 1.0), None),
        (OTHER_FROM, (0.1, 0.1), Refusal.OTHER_PERSON),
        (OTHER_FROM, (9.0, 9.0), Refusal.OTHER_PERSON),
        (None, (MOST_FROM_ALL, None), None),
        (None, (MOST_FROM_ALL + 1e-6, None), Refusal.UNLIKE_TRAINING),
        (0.1, (1.0, MOST_TOGETHER - 1.0), None),
        (0.1, (1.0, MOST_TOGETHER - 1.0 + 1e-6), Refusal.UNLIKE_TRAINING),
        (0.1, (float("nan"), 0.0), Refusal.UNLIKE_TRAINING),
        (0.1, (0.5, float("nan")), Refusal.UNLIKE_TRAINING),
    ],
)
def test_reasons(
    distance: float | None, strange: tuple[float, float | None] | None, refusal: Refusal | None
) -> None:
    assert check(distance, strange) is refusal
