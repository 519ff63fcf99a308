"""A profile and an open store, fresh for each test of the store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from edema_desk.paths import Profile
from edema_desk.store.database import Store, open_store


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """A profile folder that does not exist yet."""
    return Profile(tmp_path / "clinic")


@pytest.fixture
def store(profile: Profile) -> Iterator[Store]:
    """The open database of `profile`."""
    with open_store(profile) as opened:
        yield opened
