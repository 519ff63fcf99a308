"""Opening a profile's database: made once, never replaced, each failure by its own name."""

import contextlib
import os
import stat
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.database_check import check_database_file
from edema_desk.store.keys.cipher import OLDEST_SAFE_SQLITE, unlock
from edema_desk.store.keys.faults import translated
from edema_desk.store.keys.keys import make_data_key, read_data_key
from edema_desk.store.keys.locks import lock_window, opening
from edema_desk.store.people.patients import add_patient, patients, set_dry_weight
from tests.store.store_samples import PLANTED_NAME, person, some_patient


def refused(profile: Profile) -> ExpectedError:
    with pytest.raises(ExpectedError) as caught:
        open_store(profile).close()
    return caught.value


def one_patient(profile: Profile) -> None:
    with open_store(profile) as store:
        add_patient(store, new_id(), person())


def test_what_was_written_is_there_after_reopening(profile: Profile) -> None:
    one_patient(profile)
    with open_store(profile) as store:
        assert [p.chart_number for p in patients(store)] == ["1001"]


def test_key_is_random_hex_for_its_owner_only(profile: Profile) -> None:
    one_patient(profile)
    assert len(bytes.fromhex(profile.data_key.read_text())) == 32
    other = Profile(profile.root.with_name("other"))
    one_patient(other)
    assert other.data_key.read_text() != profile.data_key.read_text()
    if os.name == "posix":
        for path in (profile.data_key, profile.database):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_connection_has_the_settings(profile: Profile) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
    for _ in range(2):
        with open_store(profile) as store:
            assert store.settings() == wanted


def test_linked_sqlite_is_a_safe_one() -> None:
    assert dbapi2.sqlite_version_info >= OLDEST_SAFE_SQLITE


@pytest.mark.parametrize("version", ["3.51.2", "3.40.1", "3.9.0"])
def test_unsafe_sqlite_is_refused_before_anything_is_made(profile: Profile, version: str) -> None:
    with pytest.raises(ExpectedError) as caught:
        open_store(profile, library_version=version)
    assert caught.value.code is ErrorCode.SQLITE_UNSAFE
    assert caught.value.params == {"found": version}
    assert not profile.root.exists()


def test_missing_key(profile: Profile) -> None:
    one_patient(profile)
    before = profile.database.read_bytes()
    profile.data_key.unlink()
    assert refused(profile).code is ErrorCode.KEY_MISSING
    assert not profile.data_key.exists()
    assert profile.database.read_bytes() == before


@pytest.mark.parametrize("text", ["cd" * 32, "", "cd" * 31, "not hexadecimal"])
def test_wrong_key(profile: Profile, text: str) -> None:
    one_patient(profile)
    before = profile.database.read_bytes()
    right = profile.data_key.read_text()
    profile.data_key.write_text(text)
    assert refused(profile).code is ErrorCode.WRONG_KEY
    assert profile.database.read_bytes() == before
    profile.data_key.write_text(right)
    open_store(profile).close()


def test_database_of_another_profile_asks_for_its_key(profile: Profile, tmp_path: Path) -> None:
    one_patient(profile)
    other = Profile(tmp_path / "other")
    one_patient(other)
    profile.database.write_bytes(other.database.read_bytes())
    assert refused(profile).code is ErrorCode.WRONG_KEY


def test_damaged_first_page_is_not_called_a_wrong_key(profile: Profile) -> None:
    one_patient(profile)
    content = bytearray(profile.database.read_bytes())
    content[2000] ^= 4
    profile.database.write_bytes(content)
    assert refused(profile).code is ErrorCode.DATABASE_DAMAGED


@pytest.mark.parametrize("content", [b"", b"a text file\n" * 1000])
def test_something_else_in_place_of_the_database_stays(profile: Profile, content: bytes) -> None:
    one_patient(profile)
    profile.database.write_bytes(content)
    assert refused(profile).code in (ErrorCode.DATABASE_DAMAGED, ErrorCode.WRONG_KEY)
    assert profile.database.read_bytes() == content


def test_lost_database_is_not_replaced_by_an_empty_one(profile: Profile) -> None:
    one_patient(profile)
    kept = profile.database.read_bytes()
    profile.database.unlink()
    assert refused(profile).code is ErrorCode.DATABASE_DAMAGED
    assert not profile.database.exists()
    profile.database.write_bytes(kept)
    open_store(profile).close()


def test_log_of_a_lost_database_is_not_given_to_a_new_one(profile: Profile) -> None:
    profile.create()
    log = Path(f"{profile.database}-wal")
    log.write_bytes(b"pages of a database that is gone")
    assert refused(profile).code is ErrorCode.DATABASE_DAMAGED
    assert not profile.database.exists()
    assert log.exists()


def test_interrupted_creation_is_taken_up_with_its_key(profile: Profile) -> None:
    profile.create()
    key = make_data_key(profile)
    profile.database.with_suffix(".new").write_bytes(b"half a database")
    open_store(profile).close()
    assert read_data_key(profile) == key
    assert not profile.database.with_suffix(".new").exists()
    with pytest.raises(FileExistsError):
        make_data_key(profile)


def test_each_flipped_bit_is_noticed_before_a_value_is_shown(profile: Profile) -> None:
    with open_store(profile) as store:
        for number in range(60):
            some_patient(store, str(number))
    sound = profile.database.read_bytes()
    values = _all_values(profile)
    pages = len(sound) // 4096
    assert pages > 40
    for page in range(0, pages, 3):
        content = bytearray(sound)
        content[page * 4096 + 1234] ^= 1 << (page % 8)
        profile.database.write_bytes(content)
        with contextlib.suppress(ExpectedError):
            if _all_values(profile) != values:  # pages of indexes are not read here
                pytest.fail(f"a changed value of page {page} was shown")
        with pytest.raises(ExpectedError) as caught, translated(profile):
            check_database_file(profile.database, read_data_key(profile))
        assert caught.value.code is ErrorCode.DATABASE_DAMAGED


def test_damaged_page_of_a_table_is_named_when_read(profile: Profile) -> None:
    with open_store(profile) as store:
        for number in range(60):
            some_patient(store, str(number))
        with store.reading() as db:
            root = db.execute("select rootpage from sqlite_master where name = 'patient'")
            page = root.fetchone()[0] - 1
    content = bytearray(profile.database.read_bytes())
    content[page * 4096 + 1234] ^= 1
    profile.database.write_bytes(content)
    with open_store(profile) as store, pytest.raises(ExpectedError) as caught:
        patients(store)
    assert caught.value.code is ErrorCode.DATABASE_DAMAGED


def _all_values(profile: Profile) -> list[object]:
    with open_store(profile) as store, store.reading() as db:
        return [list(db.table(table).rows) for table in db.table_names()]


def test_folder_that_cannot_be_written(profile: Profile) -> None:
    profile.root.parent.mkdir(exist_ok=True)
    profile.root.write_text("a file where the folder should be")
    assert refused(profile).code is ErrorCode.PROFILE_NOT_WRITABLE


def test_busy_database(profile: Profile, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edema_desk.store.keys.cipher.BUSY_TIMEOUT_S", 0.05)
    blocker = unlock(profile.database, read_data_key(profile))
    with open_store(profile) as hurried:
        blocker.execute("BEGIN IMMEDIATE")
        with pytest.raises(ExpectedError) as caught:
            add_patient(hurried, "act", person())
        assert caught.value.code is ErrorCode.DATABASE_BUSY
        assert patients(hurried) == ()
        blocker.execute("ROLLBACK")
        blocker.close()
        add_patient(hurried, "act", person())
    assert len(patients(store)) == 1


def test_store_belongs_to_its_thread(store: Store) -> None:
    caught: list[BaseException] = []

    def elsewhere() -> None:
        try:
            patients(store)
        except dbapi2.ProgrammingError as error:
            caught.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert len(caught) == 1


def test_another_connections_writes_are_noticed(profile: Profile, store: Store) -> None:
    before = store.data_version()
    some_patient(store)
    assert store.data_version() == before
    with open_store(profile) as command:
        set_dry_weight(command, new_id(), patients(command)[0].patient_id, 51_000, date(2026, 1, 1))
    assert store.data_version() != before


def test_one_window_per_profile_and_commands_beside_it(profile: Profile) -> None:
    with lock_window(profile):
        with pytest.raises(ExpectedError) as caught:
            lock_window(profile)
        assert caught.value.code is ErrorCode.PROFILE_IN_USE
        open_store(profile).close()
        lock_window(Profile(profile.root.with_name("other"))).release()
    lock_window(profile).release()


def test_window_lock_of_a_killed_process_is_free(profile: Profile) -> None:
    program = (
        "import sys, time; from pathlib import Path; from edema_desk.paths import Profile;"
        "from edema_desk.store.keys.locks import lock_window;"
        "lock = lock_window(Profile(Path(sys.argv[1]))); print('held', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(profile.root)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    with child, child.stdout:
        assert child.stdout.readline() == "held\n"
        with pytest.raises(ExpectedError):
            lock_window(profile)
        child.kill()
    lock_window(profile).release()


def test_waiting_for_another_that_opens_ends(profile: Profile) -> None:
    profile.create()
    with opening(profile), pytest.raises(ExpectedError) as caught, opening(profile, 0.05):
        pytest.fail("two held the lock")
    assert caught.value.code is ErrorCode.DATABASE_BUSY


def test_two_that_start_on_a_new_profile_share_one_database(profile: Profile) -> None:
    program = (
        "import sys; from pathlib import Path; from edema_desk.paths import Profile;"
        "from edema_desk.store.base.database import open_store;"
        "from edema_desk.store.people.patients import add_patient;"
        "from edema_desk.domain.course.views import NewPatient;"
        "store = open_store(Profile(Path(sys.argv[1])));"
        "add_patient(store, sys.argv[2], NewPatient(sys.argv[2], 'N'))"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", program, str(profile.root), number])
        for number in ("1", "2", "3")
    ]
    assert [child.wait() for child in children] == [0, 0, 0]
    with open_store(profile) as store:
        assert {p.chart_number for p in patients(store)} == {"1", "2", "3"}


def test_nothing_of_a_patient_is_in_clear_and_nothing_is_said_aloud(
    profile: Profile, capfd: pytest.CaptureFixture[str]
) -> None:
    store = open_store(profile)
    for number in range(30):
        add_patient(store, new_id(), person(f"PLANTED-{number}", PLANTED_NAME))
    open_files = {p.name: p.read_bytes() for p in profile.root.rglob("*") if p.is_file()}
    store.close()
    files = {p: p.read_bytes() for p in profile.root.rglob("*") if p.is_file()}
    assert f"{profile.database.name}-wal" in open_files
    for content in (*open_files.values(), *files.values()):
        for planted in (PLANTED_NAME, "PLANTED-", "ヤマダ", "SQLite format", "chart_number"):
            assert planted.encode() not in content
    profile.data_key.write_text("ab" * 32)
    refused(profile)
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err == ""
