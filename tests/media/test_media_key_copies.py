"""Copies of the captures' keys: the latest, and for 90 days what a newer one lacks."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from edema_desk.errors import ExpectedError
from edema_desk.media.key_copies import copy_keys, forget_keys
from edema_desk.media.keys import CaptureKeys

KEY = bytes(range(32))
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backup"
    made.mkdir()
    return made


@pytest.fixture
def source(tmp_path: Path) -> Path:
    keys = CaptureKeys(tmp_path / "capture.keys", KEY)
    for name in ("one", "two", "three"):
        keys.new(name)
    return tmp_path / "capture.keys"


def copies(folder: Path) -> list[Path]:
    return sorted(p for p in folder.glob("capture.keys*") if p.suffix != ".lock")


def test_the_copy_opens_with_the_same_key(source: Path, folder: Path) -> None:
    copy_keys(source, folder, (), NOW)
    copied = CaptureKeys(folder / "capture.keys", KEY)
    assert copied.get("two") == CaptureKeys(source, KEY).get("two")
    CaptureKeys(source, KEY).new("four")
    copy_keys(source, folder, (), NOW)
    assert CaptureKeys(folder / "capture.keys", KEY).ids() == {"one", "two", "three", "four"}
    assert len(copies(folder)) == 1


def test_an_erased_key_is_in_no_copy_at_once(source: Path, folder: Path) -> None:
    copy_keys(source, folder, (), NOW)
    wrapped = (folder / "capture.keys").read_bytes().splitlines()[1]
    CaptureKeys(source, KEY).destroy("two")
    copy_keys(source, folder, ["two"], NOW)
    assert [path.name for path in copies(folder)] == ["capture.keys"]
    for path in copies(folder):
        assert wrapped not in path.read_bytes()
        with pytest.raises(ExpectedError):
            CaptureKeys(path, KEY).get("two")


def test_forgetting_does_not_wait_for_a_backup(source: Path, folder: Path) -> None:
    copy_keys(source, folder, (), NOW)
    source.write_bytes(b"")
    copy_keys(source, folder, (), NOW)
    assert len(copies(folder)) == 2
    forget_keys("capture.keys", folder, ["one"])
    assert {CaptureKeys(path, KEY).ids() for path in copies(folder)} == {
        frozenset(),
        frozenset({"two", "three"}),
    }


def test_a_file_that_lost_its_keys_does_not_take_the_copy_with_it_for_90_days(
    source: Path, folder: Path
) -> None:
    copy_keys(source, folder, (), NOW)
    whole = source.read_bytes()
    source.write_bytes(whole[:100])
    copy_keys(source, folder, (), NOW)
    aside = copies(folder)[1]
    assert aside.read_bytes() == whole
    copy_keys(source, folder, (), NOW + timedelta(days=89))
    assert aside.exists()
    copy_keys(source, folder, (), NOW + timedelta(days=90))
    assert not aside.exists()


def test_no_keys_yet(tmp_path: Path, folder: Path) -> None:
    copy_keys(tmp_path / "capture.keys", folder, (), NOW)
    assert copies(folder) == []
