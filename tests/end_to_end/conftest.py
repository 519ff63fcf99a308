"""Nothing a window of these tests makes outlives it."""

from tests.ui.conftest import pytest_configure
from tests.ui.fixtures import nothing_left

__all__ = ["nothing_left", "pytest_configure"]
