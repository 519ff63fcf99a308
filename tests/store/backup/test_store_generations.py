"""One generation: a whole, verified copy made while others write, or nothing."""

import json
from pathlib import Path

import pytest

from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.audit.verifying import verify_audit
from edema_desk.store.backup.folder import BackupFolder
from edema_desk.store.backup.generations import (
    check_generation,
    clear_left_overs,
    database_of,
    drop_generation,
    generations_in,
    make_generation,
    records_id,
)
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.entered import enter_here
from edema_desk.store.keys.keys import read_data_key, write_private
from edema_desk.store.people.patients import add_patient, patients
from tests.store.store_samples import person, some_patient


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "generations"
    made.mkdir()
    return made


def as_profile(folder: Path, name: str, key: bytes, at: Path) -> Profile:
    made = Profile(at)
    made.create()
    made.database.write_bytes((folder / f"{name}.db").read_bytes())
    write_private(made.data_key, key.hex())
    return made


def test_a_generation_is_the_database_at_one_moment(
    profile: Profile, store: Store, folder: Path, tmp_path: Path
) -> None:
    for number in range(30):
        some_patient(store, str(number))
    into = enter_here(profile)
    steps = list[int]()

    def write_meanwhile(done: int) -> None:
        steps.append(done)
        if len(steps) == 1:
            add_patient(store, new_id(), person("late"))

    made = make_generation(into, folder, write_meanwhile)
    assert steps
    assert made.patients == 30
    assert generations_in(folder) == (made,)
    check_generation(folder, made, into.data_key)
    assert [p.name for p in sorted(folder.iterdir())] == [f"{made.name}.db", f"{made.name}.json"]
    with open_store(as_profile(folder, made.name, into.data_key, tmp_path / "copy")) as copy:
        assert len(patients(copy)) == 30
        check = verify_audit(copy)
        assert check.sound
        assert (check.head.rows, check.head.hash) == (made.acts, made.head)
        assert records_id(copy) == records_id(store)
    assert len(patients(store)) == 31


def test_a_manifest_names_nobody(profile: Profile, store: Store, folder: Path) -> None:
    some_patient(store, "4711")
    made = make_generation(enter_here(profile), folder)
    told = (folder / f"{made.name}.json").read_text()
    assert "4711" not in told
    assert read_data_key(profile).hex() not in told


def test_two_within_a_second_have_two_names(profile: Profile, store: Store, folder: Path) -> None:
    some_patient(store)
    made = [make_generation(enter_here(profile), folder) for _ in range(3)]
    assert len({each.name for each in made}) == 3
    assert set(generations_in(folder)) == set(made)


@pytest.mark.parametrize("how", ["flip", "cut", "gone", "other"])
def test_what_became_of_a_generation_is_noticed(
    profile: Profile, store: Store, folder: Path, how: str
) -> None:
    some_patient(store)
    key = read_data_key(profile)
    made = make_generation(enter_here(profile), folder)
    path = database_of(folder, made)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    if how == "flip":
        path.write_bytes(content)
    elif how == "cut":
        path.write_bytes(content[:-4096])
    elif how == "gone":
        path.unlink()
    else:
        with pytest.raises(ExpectedError) as wrong:
            check_generation(folder, made, bytes(32))
        assert wrong.value.code is ErrorCode.WRONG_KEY
        return
    with pytest.raises(ExpectedError) as caught:
        check_generation(folder, made, key)
    assert caught.value.code is ErrorCode.BACKUP_DAMAGED


def test_stopped_half_way_nothing_is_left(profile: Profile, store: Store, folder: Path) -> None:
    some_patient(store)

    def stop(done: int) -> None:
        raise ExpectedError(ErrorCode.CANCELLED)

    with pytest.raises(ExpectedError) as caught:
        make_generation(enter_here(profile), folder, stop)
    assert caught.value.code is ErrorCode.CANCELLED
    assert list(folder.iterdir()) == []


def test_a_damaged_database_makes_no_generation(
    profile: Profile, store: Store, folder: Path
) -> None:
    for number in range(30):
        some_patient(store, str(number))
    into = enter_here(profile)
    store.close()
    content = bytearray(profile.database.read_bytes())
    content[len(content) // 2 // 4096 * 4096 + 1000] ^= 1
    profile.database.write_bytes(content)
    with pytest.raises(ExpectedError) as caught:
        make_generation(into, folder)
    assert caught.value.code is ErrorCode.DATABASE_DAMAGED
    assert profile.suspect.exists()
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_gone_is_told(profile: Profile, store: Store, tmp_path: Path) -> None:
    some_patient(store)
    with pytest.raises(ExpectedError) as caught:
        make_generation(enter_here(profile), tmp_path / "away")
    assert caught.value.code is ErrorCode.BACKUP_FAILED
    assert caught.value.params["path"] == str(tmp_path / "away")


def test_left_overs_are_cleared_and_generations_stay(
    profile: Profile, store: Store, folder: Path
) -> None:
    some_patient(store)
    made = make_generation(enter_here(profile), folder)
    for name in ("x.db", "y.db.part", "y.db.part-journal", "z.json.part"):
        (folder / name).write_bytes(b"left over")
    clear_left_overs(folder)
    assert generations_in(folder) == (made,)
    assert len(list(folder.iterdir())) == 2
    drop_generation(folder, made)
    assert list(folder.iterdir()) == []


def test_a_newer_format_is_not_read(profile: Profile, store: Store, folder: Path) -> None:
    some_patient(store)
    made = make_generation(enter_here(profile), folder)
    path = folder / f"{made.name}.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 2}))
    with pytest.raises(ExpectedError) as caught:
        generations_in(folder)
    assert caught.value.code is ErrorCode.BACKUP_NEWER


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', '{"format": "x"}'])
def test_manifests_of_nothing_are_none(folder: Path, text: str) -> None:
    (folder / "x.json").write_text(text)
    (folder / "x.db").write_bytes(b"")
    assert generations_in(folder) == ()


def test_a_folder_belongs_to_one_profile(tmp_path: Path) -> None:
    folder = BackupFolder(tmp_path / "usb")
    assert folder.owner() is None
    folder.claim("a" * 32)
    folder.claim("a" * 32)
    assert folder.owner() == "a" * 32
    with pytest.raises(ExpectedError) as caught:
        folder.claim("b" * 32)
    assert caught.value.code is ErrorCode.BACKUP_FOLDER_TAKEN
