"""Ways into a profile, and windows to be locked."""

from tests.ui.entrance.entrance_kit import ways
from tests.ui.entrance.locking_kit import app, make

__all__ = ["app", "make", "ways"]
