"""R2, R3, R5, R6: the settings of every connection, several writers at once, damaged pages, and a
SQLite that may not be trusted."""

import ast
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import ClassVar

import pytest
from sqlcipher3 import dbapi2

import edema_desk
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.audit.verifying import verify_audit
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.entered import enter_here
from edema_desk.store.base.exclusive import exclusively
from edema_desk.store.base.page_checks import check_pages
from edema_desk.store.captures.cards import patient_card, session_pair
from edema_desk.store.captures.sessions import known_weights
from edema_desk.store.captures.worklist import worklist
from edema_desk.store.keys.cipher import (
    BUSY_TIMEOUT_S,
    OLDEST_SAFE_SQLITE,
    WRITER_WAITS,
    settle,
    unlock,
)
from edema_desk.store.keys.keys import read_data_key
from edema_desk.store.people.patients import patients
from tests.faults.clinic_writer import kept_in, make_clinic, treat, write_treatments, writing
from tests.faults.rounds import rounds
from tests.faults.test_faults_migration import upgrade_alone
from tests.store.store_samples import at

PAGE = 4096
WRITERS = 4
MONDAY = date(2000, 1, 3)
LATER = at(date(2040, 1, 1))


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = Profile(tmp_path / "clinic")
    make_clinic(made)
    return made


# R2: the settings


class Watched(dbapi2.Connection):  # type: ignore[misc]
    """A connection that says at its end what it was set to and whether it wrote."""

    ended: ClassVar[list[dict[str, object]]] = []

    def close(self) -> None:
        names = ("synchronous", "foreign_keys", "recursive_triggers", "trusted_schema")
        now: dict[str, object] = {n: self.execute(f"PRAGMA {n}").fetchone()[0] for n in names}
        file = Path(self.execute("PRAGMA database_list").fetchone()[2])
        Watched.ended.append({**now, "file": file.name, "wrote": self.total_changes})
        super().close()


def test_every_connection_is_set_as_the_program_needs_it(
    profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = dbapi2.connect
    Watched.ended.clear()
    monkeypatch.setattr(
        "edema_desk.store.keys.cipher.dbapi2.connect",
        lambda *given, **named: connect(*given, factory=Watched, **named),
    )
    with open_store(Profile(tmp_path / "new")) as store:
        assert store.settings()["journal_mode"] == "wal"
    with open_store(profile) as store:
        assert store.settings()["journal_mode"] == "wal"
        ids = {p.chart_number: p.patient_id for p in patients(store)}
        treat(store, ids, 0, lambda _: None)
    with exclusively(enter_here(profile)):
        pass
    check_pages(enter_here(profile))
    upgrade_alone(str(profile.root))
    settings = {"synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1, "trusted_schema": 0}
    files = {str(one["file"]) for one in Watched.ended}
    assert {"edema-desk.new", "edema-desk.db", "edema-desk.upgrading"} <= files
    for one in Watched.ended:
        if one["file"] == "edema-desk.upgrading" and one["wrote"]:
            one = {**one, "foreign_keys": 1}  # off for the rebuilding of tables, then all checked
        assert settings.items() <= one.items(), one


_CONNECTING = ("dbapi2.connect", "sqlite3.connect", "sqlcipher3.connect")


def test_there_is_no_other_way_to_a_database() -> None:
    """Whoever connects does so by `cipher.unlock`, which the test above watches."""
    package = Path(edema_desk.__file__).parent
    found = set()
    for file in package.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in _CONNECTING:
                found.add(file.relative_to(package).as_posix())
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {a.name for a in node.names} | {getattr(node, "module", "")}
                assert "sqlite3" not in names, file
    assert found == {"store/keys/cipher.py"}


# R3: several at once


def write_and_time(root: str, treatments: range, told: Connection) -> None:
    """In a child: each act is a question and then an act; tells how long each took, in s."""
    took: list[float] = []
    with open_store(Profile(Path(root))) as store:
        ids = {p.chart_number: p.patient_id for p in patients(store)}
        told.send("open")
        told.recv()
        began_s = time.monotonic()

        def done(_: str) -> None:
            nonlocal began_s
            took.append(time.monotonic() - began_s)
            began_s = time.monotonic()
            known_weights(store, ids["N0"], None, at(date(2040, 1, 1)))

        try:
            for number in treatments:
                treat(store, ids, number, done)
        except ExpectedError as error:
            told.send(error.code.value)
            return
    told.send(took)


@contextmanager
def writers(profile: Profile, treatments: int) -> Iterator[list[Connection]]:
    context = get_context("forkserver")
    children, ears = [], []
    for number in range(WRITERS):
        ear, mouth = context.Pipe()
        first = number * 10_000
        due = range(first, first + treatments)
        child = context.Process(target=write_and_time, args=(str(profile.root), due, mouth))
        child.start()
        mouth.close()
        children.append(child)
        ears.append(ear)
    try:
        yield ears
    finally:
        for child in children:
            child.kill()
            child.join()
        for ear in ears:
            ear.close()


def test_four_writers_and_a_reader_at_once(profile: Profile) -> None:
    """Each reads and then writes; nobody is ever told that the database is locked."""
    treatments = round(rounds(200) / 3 + 0.5)
    looks = 0
    with writers(profile, treatments) as ears, open_store(profile) as window:
        assert [ear.recv() for ear in ears] == ["open"] * WRITERS
        for ear in ears:
            ear.send("go")
        while not all(ear.poll() for ear in ears):
            worklist(window, date(2040, 1, 1), "")
            looks += 1
        said = [ear.recv() for ear in ears]
    assert all(isinstance(each, list) for each in said), said
    took_s = sorted(second for each in said for second in each)
    assert len(took_s) == WRITERS * treatments * 3
    kept, _ = kept_in(profile)
    assert len([act for act in kept if not act.startswith("patient")]) == len(took_s)
    p95_ms = took_s[int(0.95 * len(took_s))] * 1000
    print(  # noqa: T201  shown by -rA
        f"{len(took_s)} acts of {WRITERS} writers, {looks} looks beside them: "
        f"p50 {statistics.median(took_s) * 1000:.0f} ms, p95 {p95_ms:.0f} ms, "
        f"longest {took_s[-1] * 1000:.0f} ms"
    )
    assert took_s[-1] < BUSY_TIMEOUT_S * WRITER_WAITS
    assert looks > 0


# R5: damaged pages


Question = Callable[[Store], object]


def questions(profile: Profile) -> list[Question]:
    """What the window asks of a clinic."""
    with open_store(profile) as store:
        ids = [p.patient_id for p in patients(store)]
        with store.reading() as db:
            sessions = [row["session_id"] for row in db.table("session").rows]
    asked: list[Question] = [patients, verify_audit, lambda store: worklist(store, MONDAY, "")]
    for one in ids:
        asked.append(partial(patient_card, patient_id=one))
        asked.append(partial(known_weights, patient_id=one, session_id=None, at=LATER))
    asked += [partial(session_pair, session_id=one) for one in sessions[::9]]
    return asked


def answers(profile: Profile, asked: list[Question]) -> list[str]:
    """What each says, or how it fails."""
    try:
        with open_store(profile) as store:
            said: list[str] = []
            for question in asked:
                try:
                    said.append(repr(question(store)))
                except ExpectedError as error:
                    said.append(error.code)
            return said
    except ExpectedError as error:
        return [error.code] * len(asked)


@pytest.fixture
def filled(profile: Profile) -> Profile:
    """A clinic with treatments, and free pages, as erasing leaves them."""
    with open_store(profile) as store:
        ids = {p.chart_number: p.patient_id for p in patients(store)}
        for number in range(60):
            treat(store, ids, number, lambda _: None)
    database = unlock(profile.database, read_data_key(profile))
    settle(database)
    database.execute("create table gone (content text) strict")
    database.execute("insert into gone values (?)", ["x" * 20_000])
    database.execute("drop table gone")
    database.close()
    assert not Path(f"{profile.database}-wal").exists()
    return profile


def test_each_flipped_bit_is_noticed(filled: Profile) -> None:
    """Whatever page it is in: no question is answered otherwise than before, the look through all
    pages finds it, and from then on nothing is opened until the database is sound."""
    sound = filled.database.read_bytes()
    asked = questions(filled)
    right = answers(filled, asked)
    rng = random.Random(5)
    pages = rng.sample(range(len(sound) // PAGE), rounds(50) - 1)
    at_once = 0
    for page in [0, *pages]:
        content = bytearray(sound)
        bit = rng.randrange(PAGE * 8)
        content[page * PAGE + bit // 8] ^= 1 << bit % 8
        filled.database.write_bytes(content)
        said = answers(filled, asked)
        refused = (ErrorCode.DATABASE_DAMAGED, ErrorCode.WRONG_KEY)
        for one, expected in zip(said, right, strict=True):
            assert one == expected or one in refused, page
        at_once += said != right
        assert filled.suspect.exists() or said == right or page == 0
        with pytest.raises(ExpectedError) as caught:
            check_pages(enter_here(filled))
        assert caught.value.code in refused
        assert set(answers(filled, asked)) <= set(refused)  # known now: nothing is opened
        assert filled.database.read_bytes() == bytes(content)  # and nothing was written to it
        filled.database.write_bytes(sound)
        assert answers(filled, asked) == right
        assert not filled.suspect.exists()
    print(f"{len(pages) + 1} pages: {at_once} noticed by the first look, all by the check")  # noqa: T201
    assert at_once > 0


def test_a_damaged_log_gives_no_wrong_value(profile: Profile, tmp_path: Path) -> None:
    """What a killed program left in the log ends, at worst, where it is damaged."""
    with writing(write_treatments, str(profile.root), 0) as writer:
        while len(writer.told) < 40:
            writer.hear()
        writer.kill()
    left = shutil.copytree(profile.root, tmp_path / "left")
    kept, _ = kept_in(profile)
    rng = random.Random(9)
    lost = []
    for _ in range(rounds(50)):
        shutil.rmtree(profile.root)
        shutil.copytree(left, profile.root)
        log = Path(f"{profile.database}-wal")
        content = bytearray(log.read_bytes())
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        log.write_bytes(content)
        there, _ = kept_in(profile)
        assert there <= kept
        lost.append(len(kept - there))
    print(f"acts lost to a bit in the log of {len(kept)}: {sorted(lost)}")  # noqa: T201


# R6: the library


_WINDOW = """
from pathlib import Path
from PySide6.QtWidgets import QMessageBox
QMessageBox.critical = lambda *told: print(told[-1])
from edema_desk.app import run_window
from edema_desk.paths import Profile
raise SystemExit(run_window(Profile(Path(sys.argv[1]))))
"""
_COMMAND = """
from edema_desk.cli import main
main(["--profile", *sys.argv[1:]])
"""


@pytest.mark.parametrize("way", [[_WINDOW], [_COMMAND, "doctor"], [_COMMAND, "users", "list"]])
def test_an_unsafe_sqlite_opens_nothing(profile: Profile, way: list[str]) -> None:
    """The program says why in one sentence and touches nothing, window and commands alike."""
    program = "import sys\nfrom sqlcipher3 import dbapi2\ndbapi2.sqlite_version = '3.51.2'\n"
    before = {p: p.read_bytes() for p in profile.root.rglob("*.db*")}
    done = subprocess.run(
        [sys.executable, "-c", program + way[0], str(profile.root), *way[1:]],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode != 0
    assert "3.51.2" in done.stdout + done.stderr
    assert {p: p.read_bytes() for p in profile.root.rglob("*.db*")} == before


def test_the_linked_sqlite_is_a_safe_one() -> None:
    assert dbapi2.sqlite_version_info >= OLDEST_SAFE_SQLITE == (3, 51, 3)
