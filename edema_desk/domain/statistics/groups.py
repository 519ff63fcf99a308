"""Rows by the number of the group that they belong to."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def grouped(group: Ints) -> tuple[int, Ints]:
    """How many groups there are, and for each row which of them it is in their order.

    Without sorting: `group` (n,) are numbers that lie near each other, as patients and days do.
    """
    if not len(group):
        return 0, group
    from_first = group - group.min()
    there = np.zeros(int(from_first.max()) + 1, np.bool_)
    there[from_first] = True
    number: Ints = np.cumsum(there) - 1
    return int(there.sum()), number[from_first]
