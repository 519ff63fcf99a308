"""Groups without sorting, as sorting finds them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.statistics.groups import grouped


@given(st.lists(st.integers(-50, 4_000), max_size=60), st.integers(0, 740_000))
def test_as_sorting_finds_them(numbers: list[int], shift: int) -> None:
    group = np.array(numbers, np.int64) + shift
    count, place = grouped(group)
    kinds, expected = np.unique(group, return_inverse=True)
    assert count == len(kinds)
    np.testing.assert_array_equal(place, expected)
