"""A clinic for the faults of a capture, as the tests of `flow` have it."""

from tests.flow.conftest import clinic, model, profile, worker
from tests.flow.made_up_station import station
from tests.ui.conftest import pytest_configure

__all__ = ["clinic", "model", "profile", "pytest_configure", "station", "worker"]
