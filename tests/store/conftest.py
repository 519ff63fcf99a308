"""A profile and an open store, fresh for each test of the store."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from edema_desk.paths import Profile
from edema_desk.store.base.database import Store, open_store


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """A profile folder that does not exist yet."""
    return Profile(tmp_path / "clinic")


@pytest.fixture(scope="session")
def blank_profile(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """A profile with an empty database, to be copied: making one takes ten times as long."""
    blank = Profile(tmp_path_factory.mktemp("blank") / "clinic")
    open_store(blank).close()
    return blank


@pytest.fixture
def store(profile: Profile, blank_profile: Profile) -> Iterator[Store]:
    """The open, empty database of `profile`."""
    shutil.copytree(blank_profile.root, profile.root)
    with open_store(profile) as opened:
        yield opened
