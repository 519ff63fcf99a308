"""What several tests of the synthesis measure with."""

from collections.abc import Callable

import numpy as np
import pytest

from edema_desk.synthesis.field import GRID_STEP, Field


@pytest.fixture(scope="session")
def smallest_stretch() -> Callable[[Field], float]:
    """Least determinant of the map p -> p + field(p): at or below 0 the picture folds."""

    def measure(field: Field) -> float:
        dy = np.gradient(field, GRID_STEP, axis=0)
        dx = np.gradient(field, GRID_STEP, axis=1)
        determinant = (1 + dx[..., 0]) * (1 + dy[..., 1]) - dx[..., 1] * dy[..., 0]
        return float(determinant.min())

    return measure
