"""Room held back: made where there is plenty, given up when the disk is full, made again."""

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.base import database as opening_module
from edema_desk.store.base.database import Done, Store, open_store
from edema_desk.store.base.reserve import GOES_ON, free_reserve, keep_reserve
from edema_desk.store.keys import cipher

SMALL = 200_000


def full() -> Exception:
    error = dbapi2.OperationalError("told by SQLite")
    error.sqlite_errorcode = dbapi2.SQLITE_FULL
    return error  # type: ignore[no-any-return]


def test_it_takes_real_room_once_and_is_given_up_once(profile: Profile) -> None:
    profile.create()
    assert not free_reserve(profile)
    assert keep_reserve(profile, SMALL, 0)
    assert keep_reserve(profile, SMALL, 0)
    held = profile.reserve.stat()
    assert held.st_size == SMALL
    assert held.st_blocks * 512 >= SMALL
    assert not any(profile.reserve.read_bytes())
    assert free_reserve(profile)
    assert not profile.reserve.exists()
    assert not free_reserve(profile)


def test_it_is_not_made_where_room_is_scarce(profile: Profile) -> None:
    profile.create()
    assert not keep_reserve(profile, SMALL, 2**60)
    assert not profile.reserve.exists()


class Filled:
    """Work that finds the disk full until the reserve is given up."""

    def __init__(self, profile: Profile) -> None:
        self._reserve = profile.reserve
        self.tried = 0

    def __call__(self, db: Database) -> Done:
        self.tried += 1
        if self._reserve.exists():
            raise full()
        return Done("kept")


def test_what_finishes_something_goes_on_by_itself(profile: Profile, store: Store) -> None:
    for kind in sorted(GOES_ON & {ActKind.END_RECORDING, ActKind.VIEW_PATIENT}):
        keep_reserve(profile, SMALL, 0)
        work = Filled(profile)
        assert store.act(f"act {kind}", kind, work) == "kept"
        assert work.tried == 2
        assert not profile.reserve.exists()


def test_who_enters_something_is_told_and_may_save_again(profile: Profile, store: Store) -> None:
    keep_reserve(profile, SMALL, 0)
    work = Filled(profile)
    with pytest.raises(ExpectedError) as caught:
        store.act("act", ActKind.KEEP_WHEELCHAIR, work)
    assert caught.value.code is ErrorCode.DISK_FULL
    assert store.act("act", ActKind.KEEP_WHEELCHAIR, work) == "kept"


def test_without_a_reserve_nothing_is_tried_twice(profile: Profile, store: Store) -> None:
    tried = []

    def work(db: Database) -> Done:
        tried.append(1)
        raise full()

    for kind in (ActKind.END_RECORDING, ActKind.KEEP_WHEELCHAIR):
        with pytest.raises(ExpectedError) as caught:
            store.act("act", kind, work)
        assert caught.value.code is ErrorCode.DISK_FULL
    assert len(tried) == 2


def test_a_full_disk_does_not_keep_anybody_from_opening(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(profile).close()
    settle = cipher.settle

    def no_room(database: Database) -> None:
        if profile.reserve.exists():
            raise full()
        settle(database)

    monkeypatch.setattr(opening_module, "settle", no_room)
    keep_reserve(profile, SMALL, 0)
    open_store(profile).close()
    assert not profile.reserve.exists()


def test_half_a_reserve_is_not_kept(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    profile.create()

    def fails(*_: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr("edema_desk.store.base.reserve.os.posix_fallocate", fails)
    assert not keep_reserve(profile, SMALL, 0)
    assert not Path(profile.reserve).exists()
