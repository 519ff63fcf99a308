"""A whole backup and what comes back from it: records, keys, clips, and nothing that was erased."""

import hashlib
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from edema_desk.domain.keeping.backup import Generation
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.backup.backing_up import BackedUp, Pace, back_up, changed_since
from edema_desk.flow.backup.restoring import (
    Opened,
    offered,
    open_with_code,
    open_with_password,
    restore,
)
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.flow.records.erasing import ErasedIds, write_erased
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from edema_desk.paths import Profile
from edema_desk.store.audit.heads import append_head, heads_in, make_signing_key
from edema_desk.store.audit.verifying import audit_head, verify_audit
from edema_desk.store.backup.folder import BackupFolder
from edema_desk.store.backup.generations import generations_in
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.entered import enter_here
from edema_desk.store.keys.derivation import Cost
from edema_desk.store.keys.keyring import Keyring
from edema_desk.store.keys.keys import read_data_key
from edema_desk.store.keys.locks import lock_window
from edema_desk.store.people.patients import patients, set_dry_weight
from tests.store.store_samples import some_patient

CHEAP = Cost(1, 8, 1)
PASSWORD = "correct horse battery"


class House:
    """A profile with patients and clips, and a disk for its backups."""

    def __init__(self, place: Path) -> None:
        self.profile = Profile(place / "profile")
        self.folder = BackupFolder(place / "usb")
        self.folder.root.mkdir()
        self.door = DatabaseThread(self.profile)
        self.into = enter_here(self.profile)
        keys = CaptureKeys(self.profile.capture_keys, self.into.data_key)
        self.library = ClipLibrary(self.profile.clips, keys)
        self.ids: list[str] = []

    def add(self, count: int) -> None:
        for _ in range(count):
            number = str(len(self.ids))
            self.ids.append(self.door.call(partial(some_patient, number=number)))
            self.library.store_crops(f"capture-{number}", [number.encode() * 1000])

    def back_up(self, **options: object) -> BackedUp:
        options = {"known_folder": False, "pace": Pace(), **options}
        return back_up(self.into, self.door, self.folder, **options)  # type: ignore[arg-type]

    @property
    def generations(self) -> tuple[Generation, ...]:
        return generations_in(self.folder.generations)

    @property
    def by(self) -> Opened:
        return Opened(self.into.data_key, "local")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.add(3)
    yield made
    made.door.close()


def contents(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def numbers(profile: Profile, key: bytes | None = None) -> list[str]:
    into = enter_here(profile)
    with open_store(into) as store:
        assert verify_audit(store).sound
        return sorted(p.chart_number for p in patients(store))


def test_everything_comes_back_into_an_empty_folder(house: House, tmp_path: Path) -> None:
    done = house.back_up()
    assert done.clips == 3
    assert done.generation is not None
    before = contents(house.profile.clips)
    target = Profile(tmp_path / "new")
    restored = restore(house.folder.root, target, house.by)
    assert restored.generation == done.generation
    assert (restored.clips, restored.missing, restored.set_aside) == (3, 0, None)
    assert contents(target.clips) == before
    assert numbers(target) == ["0", "1", "2"]
    library = ClipLibrary(target.clips, CaptureKeys(target.capture_keys, house.into.data_key))
    assert library.crops("capture-1") == (b"1" * 1000,)


def test_a_restored_profile_copies_no_clip_again(house: House, tmp_path: Path) -> None:
    house.back_up()
    target = Profile(tmp_path / "new")
    restore(house.folder.root, target, house.by)
    door = DatabaseThread(target)
    try:
        done = back_up(enter_here(target), door, house.folder, known_folder=True, pace=Pace())
    finally:
        door.close()
    assert done.clips == 0


def test_nothing_new_makes_no_generation(house: House) -> None:
    assert changed_since(house.door, None)
    first = house.back_up()
    assert not changed_since(house.door, first.generation)
    assert house.back_up() == BackedUp(None, 0)
    house.add(1)
    assert changed_since(house.door, first.generation)
    second = house.back_up()
    assert second.clips == 1
    assert house.generations == (second.generation, first.generation)


def test_an_empty_profile_makes_no_backup(tmp_path: Path) -> None:
    house = House(tmp_path)
    try:
        assert house.back_up() == BackedUp(None, 0)
        assert list(house.folder.root.iterdir()) == []
    finally:
        house.door.close()


def test_a_disk_that_is_away_is_not_written_beside(house: House, tmp_path: Path) -> None:
    house.back_up()
    house.folder.root.rename(tmp_path / "pulled out")
    for empty_place in (False, True):
        if empty_place:  # where a disk was put in
            house.folder.root.mkdir()
        with pytest.raises(ExpectedError) as caught:
            house.back_up(known_folder=True)
        assert caught.value.code is ErrorCode.BACKUP_FOLDER_GONE
    assert list(house.folder.root.iterdir()) == []


def test_a_folder_of_other_records_is_left_alone(house: House) -> None:
    house.folder.claim("f" * 32)
    with pytest.raises(ExpectedError) as caught:
        house.back_up()
    assert caught.value.code is ErrorCode.BACKUP_FOLDER_TAKEN
    assert house.generations == ()


def test_a_clip_that_is_merely_missing_stays_in_the_backup(house: House) -> None:
    house.back_up()
    (house.profile.clips / "capture-1.crops").unlink()
    house.back_up()
    assert (house.folder.clips / "capture-1.crops").exists()


def test_the_key_of_a_pc_without_users_is_in_no_backup(house: House) -> None:
    house.back_up()
    key = house.into.data_key
    for path in house.folder.root.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert key not in content
            assert key.hex().encode() not in content


def test_a_password_and_the_recovery_code_open_a_backup(house: House, tmp_path: Path) -> None:
    keyring = Keyring(house.profile, CHEAP)
    code = keyring.create(house.into.data_key)
    keyring.add_user("u1", "hana", PASSWORD, house.into.data_key)
    house.back_up()
    folder = house.folder.root
    assert open_with_password(folder, "hana", PASSWORD) == Opened(house.into.data_key, "u1")
    assert open_with_code(folder, code).data_key == house.into.data_key
    with pytest.raises(ExpectedError) as caught:
        open_with_password(folder, "hana", "another password")
    assert caught.value.code is ErrorCode.SIGN_IN_WRONG
    target = Profile(tmp_path / "new")
    restore(folder, target, open_with_password(folder, "hana", PASSWORD))
    assert Keyring(target).open("hana", PASSWORD) == ("u1", house.into.data_key)
    assert not target.data_key.exists()


def test_over_a_damaged_database_nothing_is_deleted(house: House) -> None:
    house.back_up()
    house.add(2)  # after the backup
    house.door.close()
    damaged = bytearray(house.profile.database.read_bytes())
    damaged[100:4000] = bytes(3900)
    house.profile.database.write_bytes(damaged)
    kept = contents(house.profile.clips)
    with pytest.raises(ExpectedError) as caught:
        open_store(house.profile)
    assert caught.value.code is ErrorCode.DATABASE_DAMAGED
    restored = restore(house.folder.root, house.profile, house.by)
    assert restored.set_aside is not None
    assert (restored.set_aside / "edema-desk.db").read_bytes() == damaged
    assert contents(house.profile.clips) == kept
    assert numbers(house.profile) == ["0", "1", "2"]
    house.door = DatabaseThread(house.profile)


def test_who_was_erased_since_is_so_again_before_anybody_looks(house: House) -> None:
    house.back_up()
    write_erased(house.profile.erased, ErasedIds(frozenset({house.ids[1]})))
    house.door.close()
    house.profile.database.unlink()
    restore(house.folder.root, house.profile, house.by)
    assert numbers(house.profile) == ["0", "2"]
    house.door = DatabaseThread(house.profile)


def test_a_lost_database_comes_back(house: House) -> None:
    house.back_up()
    house.door.close()
    house.profile.database.unlink()
    restored = restore(house.folder.root, house.profile, house.by)
    assert restored.clips == 0
    assert numbers(house.profile) == ["0", "1", "2"]
    house.door = DatabaseThread(house.profile)


def test_a_restoring_is_on_record(house: House) -> None:
    house.back_up()
    house.door.close()
    restore(house.folder.root, house.profile, house.by)
    house.door = DatabaseThread(house.profile)

    def last(store: Store) -> tuple[str, str]:
        with store.reading() as db:
            found = db.execute("select kind, actor from audit where kind = 'restore_backup'")
            kind, actor = found.fetchone()
            return kind, actor

    assert house.door.call(last) == ("restore_backup", "local")


def test_signed_heads_tell_how_many_acts_are_lost(house: House) -> None:
    key = make_signing_key(house.profile, house.into.data_key)
    append_head(house.profile, key, house.door.call(audit_head), Moment.now())
    made = house.back_up().generation
    assert made is not None
    house.add(2)
    append_head(house.profile, key, house.door.call(audit_head), Moment.now())
    signed = house.profile.audit_heads.read_bytes()
    house.door.close()
    house.profile.database.write_bytes(b"damaged")
    restored = restore(house.folder.root, house.profile, house.by)
    assert restored.acts_lost == 4  # two patients, each with a dry weight
    assert [head.head.rows for head in heads_in(house.profile.root)] == [made.acts]
    assert restored.set_aside is not None
    assert (restored.set_aside / "audit.heads").read_bytes() == signed
    house.door = DatabaseThread(house.profile)


def test_a_damaged_generation_is_passed_over(house: House, tmp_path: Path) -> None:
    first = house.back_up().generation
    house.add(1)
    second = house.back_up().generation
    assert first is not None
    assert second is not None
    path = house.folder.generations / f"{second.name}.db"
    content = bytearray(path.read_bytes())
    content[5000] ^= 1
    path.write_bytes(content)
    restored = restore(house.folder.root, Profile(tmp_path / "new"), house.by)
    assert restored.generation == first
    with pytest.raises(ExpectedError) as caught:
        restore(house.folder.root, Profile(tmp_path / "other"), house.by, second)
    assert caught.value.code is ErrorCode.BACKUP_DAMAGED
    assert not (tmp_path / "other").exists()


def test_an_interrupted_restoring_never_looks_like_a_new_profile(
    house: House, tmp_path: Path
) -> None:
    house.back_up()
    target = Profile(tmp_path / "new")
    pieces = 0

    def stop() -> None:
        nonlocal pieces
        pieces += 1
        if pieces > 4:
            raise ExpectedError(ErrorCode.CANCELLED)

    with pytest.raises(ExpectedError):
        restore(house.folder.root, target, house.by, pace=Pace(check=stop))
    assert not target.database.exists()
    with pytest.raises(ExpectedError) as caught:
        open_store(target)
    assert caught.value.code in (ErrorCode.DATABASE_DAMAGED, ErrorCode.KEY_MISSING)
    restore(house.folder.root, target, house.by)
    assert numbers(target) == ["0", "1", "2"]


def test_records_of_others_are_not_covered(house: House, tmp_path: Path) -> None:
    house.back_up()
    other = Profile(tmp_path / "other")
    with open_store(other) as store:
        some_patient(store, "theirs")
    with pytest.raises(ExpectedError) as caught:
        restore(house.folder.root, other, house.by)
    assert caught.value.code is ErrorCode.RESTORE_OTHER_PROFILE
    assert numbers(other) == ["theirs"]


def test_a_profile_of_the_first_start_makes_way(house: House, tmp_path: Path) -> None:
    house.back_up()
    fresh = Profile(tmp_path / "fresh")
    open_store(fresh).close()
    restored = restore(house.folder.root, fresh, house.by)
    assert restored.missing == 0
    assert numbers(fresh) == ["0", "1", "2"]


def test_an_open_window_keeps_its_profile(house: House) -> None:
    house.back_up()
    with lock_window(house.profile), pytest.raises(ExpectedError) as caught:
        restore(house.folder.root, house.profile, house.by)
    assert caught.value.code is ErrorCode.PROFILE_IN_USE


def test_a_folder_without_backups_says_so(tmp_path: Path) -> None:
    with pytest.raises(ExpectedError) as caught:
        offered(tmp_path)
    assert caught.value.code is ErrorCode.BACKUP_NONE


def test_generations_of_an_earlier_key_go_once_there_is_one_of_todays(
    house: House, tmp_path: Path
) -> None:
    house.back_up()
    old = house.generations[0]
    path = house.folder.generations / f"{old.name}.json"
    path.write_text(path.read_text().replace(old.key, "0" * 16))
    house.back_up()
    assert [each.key for each in house.generations] == [
        generations_in(house.folder.generations)[0].key
    ]
    assert "0" * 16 not in {each.key for each in house.generations}


def test_the_profiles_own_folder_holds_no_clips(house: House) -> None:
    house.folder = BackupFolder(house.profile.backups)
    done = house.back_up()
    assert done.generation is not None
    assert list(house.folder.clips.iterdir()) == []


def test_progress_goes_from_nothing_to_all(house: House) -> None:
    told = list[float]()
    house.back_up(tell=lambda progress: told.append(progress.share))
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_correction_is_in_the_next_generation(house: House, tmp_path: Path) -> None:
    house.back_up()
    when = date(2026, 3, 2)
    house.door.call(lambda s: set_dry_weight(s, new_id(), house.ids[0], 51_000, when))
    house.back_up()
    target = Profile(tmp_path / "new")
    restore(house.folder.root, target, house.by)
    with open_store(target) as store, store.reading() as db:
        found = [r[0] for r in db.execute("select weight_g from dry_weight").fetchall()]
    assert 51_000 in found
    assert read_data_key(target) == house.into.data_key
