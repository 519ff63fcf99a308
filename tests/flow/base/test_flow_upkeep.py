"""What the open program looks after by itself: all pages of the database, and room on the disk."""

import time
from pathlib import Path

import pytest

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base import upkeep
from edema_desk.flow.base.upkeep import Upkeep
from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.base.entered import enter_here
from edema_desk.store.people.patients import patients
from tests.store.store_samples import some_patient


def until(told: list[Change], kept: list[int], looks: int) -> None:
    end_s = time.monotonic() + 20
    while not told and len(kept) < looks and time.monotonic() < end_s:
        time.sleep(0.01)


@pytest.fixture
def filled(tmp_path: Path) -> Profile:
    made = Profile(tmp_path / "clinic")
    with open_store(made) as store:
        for number in range(20):
            some_patient(store, str(number))
    return made


def damage(profile: Profile, page: int) -> None:
    content = bytearray(profile.database.read_bytes())
    content[page * 4096 + 1234] ^= 4
    profile.database.write_bytes(content)


def looked(
    profile: Profile, monkeypatch: pytest.MonkeyPatch, looks: int = 3
) -> tuple[list[Change], list[int]]:
    monkeypatch.setattr(upkeep, "EVERY_S", 0.01)
    told: list[Change] = []
    kept: list[int] = []
    made = Upkeep(enter_here(profile), told.append, first_after_s=0.0, keep=lambda: kept.append(1))
    until(told, kept, looks)
    made.close()
    return told, kept


def test_a_sound_database_is_not_spoken_of(
    filled: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, kept = looked(filled, monkeypatch)
    assert told == []
    assert len(kept) >= 3
    assert not filled.suspect.exists()


def test_a_damaged_page_is_told_though_nobody_read_it(
    filled: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(filled, filled.database.stat().st_size // 4096 - 1)
    told, _ = looked(filled, monkeypatch)
    assert told == [Change(ChangeKind.DATABASE_DAMAGED)]
    assert filled.suspect.exists()
    with pytest.raises(ExpectedError) as caught:
        open_store(filled)
    assert caught.value.code is ErrorCode.DATABASE_DAMAGED


def test_a_mark_without_damage_goes_at_the_next_opening(filled: Profile) -> None:
    filled.suspect.touch()
    with open_store(filled) as store:
        assert len(patients(store)) == 20
    assert not filled.suspect.exists()


def test_others_write_meanwhile(filled: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "PAGES_EACH", 1)
    with open_store(filled) as store:
        monkeypatch.setattr(upkeep, "EVERY_S", 0.0)
        told: list[Change] = []
        made = Upkeep(enter_here(filled), told.append, first_after_s=0.0, keep=lambda: None)
        for number in range(100, 160):
            some_patient(store, str(number))
            with store.reading() as db:
                db.execute("select 1").fetchone()
        made.close()
    assert told == []


def test_the_log_is_emptied_while_the_program_is_open(
    filled: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Path(f"{filled.database}-wal")
    with open_store(filled) as store:
        some_patient(store, "in the log")
        assert log.stat().st_size > 0
        told, _ = looked(filled, monkeypatch)
        assert log.stat().st_size == 0
        assert len(patients(store)) == 21
        some_patient(store, "afterwards")
    assert told == []
