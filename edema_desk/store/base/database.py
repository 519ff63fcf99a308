"""The one way into a profile's database: open, create, migrate, read, act."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NoReturn

from sqlcipher3 import dbapi2
from sqlite_utils import Database, Migrations

from edema_desk.domain.terms.acts import ActKind, Question
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import Actor
from edema_desk.domain.terms.records import new_id
from edema_desk.domain.terms.rights import may_ask, may_do
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.base.chain import AuditValue, append_audit
from edema_desk.store.base.database_check import check_database_file
from edema_desk.store.base.entered import Entered, Where, entered
from edema_desk.store.base.kept_courses import KeptCourses
from edema_desk.store.base.migrating import migrate
from edema_desk.store.base.page_checks import check_suspect
from edema_desk.store.base.reserve import GOES_ON, free_reserve
from edema_desk.store.base.seals import high_marks, seals_since
from edema_desk.store.keys.cipher import check_library, remove_database_files, settle, unlock
from edema_desk.store.keys.faults import translated
from edema_desk.store.keys.keys import had_database, sync_folder, write_key_check
from edema_desk.store.keys.locks import opening
from edema_desk.store.migrations import MIGRATIONS


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: the id it answers with, whom it concerned, and ids, grams and states for
    the audit. Never a name, a chart number or free text."""

    result: str
    patient_id: str | None = None
    details: Mapping[str, AuditValue] = field(default_factory=dict)


class Store:
    """An open database. It belongs to the thread that opened it; `open_store` makes one.

    What the `actor` may not ask or do is refused here, with NOT_ALLOWED, and kept on record.
    """

    def __init__(
        self, database: Database, profile: Profile, actor: Actor, courses: KeptCourses
    ) -> None:
        self.profile = profile
        self.actor = actor
        self.courses = courses
        self._database = database

    def by(self, actor: Actor) -> "Store":
        """The same open database for somebody else."""
        return Store(self._database, self.profile, actor, self.courses)

    @contextmanager
    def reading(self, question: Question = Question.PATIENTS) -> Iterator[Database]:
        """One unchanging view of the data for all the questions asked in the block.

        Raises ExpectedError NOT_ALLOWED.
        """
        if not may_ask(self.actor, question):
            self.refuse(question)
        with translated(self.profile), _transaction(self._database, "BEGIN"):
            yield self._database

    def act(self, act_id: str, kind: ActKind, work: Callable[[Database], Done]) -> str:
        """Do `work` once, whole or not at all, with its audit row; return its result.

        A repeated `act_id` does nothing and returns what the first time returned. Whatever
        `work` raises leaves no trace. Raises ExpectedError NOT_ALLOWED.
        """
        self.require(kind)
        return self._act(act_id, kind, work)

    def require(self, kind: ActKind) -> None:
        """Refuse unless the actor may do such an act; for acts that hold another in them.

        Raises ExpectedError NOT_ALLOWED.
        """
        if not may_do(self.actor, kind):
            self.refuse(kind)

    def refuse(self, wanted: ActKind | Question) -> NoReturn:
        """Keep on record that the actor wanted something that is not theirs; NOT_ALLOWED."""
        done = Done("", None, {"wanted": wanted.value})
        self._act(new_id(), ActKind.REFUSED, lambda _: done)
        raise ExpectedError(ErrorCode.NOT_ALLOWED)

    def _act(self, act_id: str, kind: ActKind, work: Callable[[Database], Done]) -> str:
        try:
            return self._act_once(act_id, kind, work)
        except ExpectedError as error:
            if error.code is not ErrorCode.DISK_FULL:
                raise
            if not free_reserve(self.profile) or kind not in GOES_ON:
                raise  # whoever entered it is told, and may save again
        return self._act_once(act_id, kind, work)

    def _act_once(self, act_id: str, kind: ActKind, work: Callable[[Database], Done]) -> str:
        # BEGIN IMMEDIATE: a transaction that reads first and then wants to write fails at once,
        # without waiting, when another process wrote in between
        database = self._database
        with translated(self.profile), _transaction(database, "BEGIN IMMEDIATE"):
            before = list(
                database.query("select kind, result from audit where act_id = ?", [act_id])
            )
            if before:
                if before[0]["kind"] != kind.value:
                    raise ValueError("one act id for two kinds of act")
                return str(before[0]["result"])
            at = Moment.now()
            act: dict[str, str | int | None] = {
                "act_id": act_id,
                "kind": kind.value,
                "actor": self.actor.actor_id,
                "utc_ms": at.utc_ms,
                "offset_min": at.offset_min,
            }
            database.table("act").insert(act)
            marks = high_marks(database)
            done = work(database)
            act.update(patient_id=done.patient_id, result=done.result)
            seals = seals_since(database, marks)
            details = {**done.details, "rows": seals} if seals else done.details
            append_audit(database, act, details)
        return done.result

    def compact(self) -> None:
        """Write the file anew without free pages, and empty the log beside it. Raises
        ExpectedError DISK_FULL and DATABASE_BUSY; nothing is lost then."""
        with translated(self.profile):
            self._database.execute("VACUUM")
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def data_version(self) -> int:
        """A number that changes when another connection has written."""
        with translated(self.profile):
            return int(self._database.execute("PRAGMA data_version").fetchone()[0])

    def settings(self) -> dict[str, str | int]:
        """What this connection is really set to, for the check of the installation."""
        names = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        with translated(self.profile):
            return {n: self._database.execute(f"PRAGMA {n}").fetchone()[0] for n in names}

    def close(self) -> None:
        """Close the connection. The store is of no use afterwards."""
        self._database.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def _transaction(database: Database, begin: str) -> Iterator[None]:
    database.execute(begin)
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        database.rollback()
        raise


def open_store(
    where: Where,
    *,
    library_version: str = dbapi2.sqlite_version,
    migrations: Migrations = MIGRATIONS,
) -> Store:
    """The profile's database, made when there is none and migrated when it is older.

    A bare profile is one without users, entered here. Raises ExpectedError: SIGN_IN_NEEDED,
    SQLITE_UNSAFE, PROFILE_NOT_WRITABLE, KEY_MISSING, WRONG_KEY, DATABASE_DAMAGED,
    DATABASE_NEWER, DATABASE_BUSY, DISK_FULL, DISK_FAILED. A database that does not open, or is
    gone, is never replaced by a new one.

    `library_version` and `migrations` are what is linked and known; tests say otherwise.
    """
    check_library(library_version)
    into = entered(where)
    profile = into.profile
    profile.create()
    try:
        database = _open(into, migrations)
    except ExpectedError as error:
        if error.code is not ErrorCode.DISK_FULL or not free_reserve(profile):
            raise
        database = _open(into, migrations)  # records can be looked at, and something deleted
    courses = KeptCourses(profile.courses, into.data_key)
    return Store(database, profile, into.actor, courses)


def _open(into: Entered, migrations: Migrations) -> Database:
    with translated(into.profile):
        database = _connect(into, migrations)
        if database is None:
            migrate(into, migrations)
            database = _connect(into, migrations)
        if database is None:  # another program, an older one, put its own in place meanwhile
            raise ExpectedError(ErrorCode.DATABASE_BUSY)
        return database


def _connect(into: Entered, migrations: Migrations) -> Database | None:
    """Connect to the database, made when there is none; None where it is older and must be
    migrated first. Nobody may exchange the file meanwhile."""
    profile, key = into.profile, into.data_key
    with opening(profile):
        if not profile.database.exists():
            _create(into, migrations)
        database = unlock(profile.database, key)
        try:
            check_suspect(profile, key)
            _refuse_foreign(database, migrations)
            if migrations.pending(database):
                database.close()
                return None
            settle(database)
            write_key_check(profile, key)
        except BaseException:
            database.close()
            raise
    return database


def _create(into: Entered, migrations: Migrations) -> None:
    """Make the database. It appears under its name only when it is complete."""
    profile = into.profile
    wal = profile.database.with_name(profile.database.name + "-wal")
    if had_database(profile) or wal.exists():
        # The database is gone, and an empty one in its place would look like a clinic without
        # patients. Beside the old one's log it would even take that log's pages as its own.
        raise ExpectedError(ErrorCode.DATABASE_DAMAGED)
    new = profile.database.with_suffix(".new")
    remove_database_files(new)
    try:
        # not written ahead: a log that finds no room at closing is given up without a word
        database = unlock(new, into.data_key, create=True)
        try:
            with _transaction(database, "BEGIN IMMEDIATE"):
                migrations.apply(database)
        finally:
            database.close()
        new.chmod(0o600)
        check_database_file(new, into.data_key)
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        new.replace(profile.database)
    finally:
        remove_database_files(new)
    sync_folder(profile.root)


def _refuse_foreign(database: Database, migrations: Migrations) -> None:
    """Read who made the database, before anything is written to it."""
    applied = {m.name for m in migrations.applied(database)}
    if not applied:  # an emptied file opens like a new database
        raise ExpectedError(ErrorCode.DATABASE_DAMAGED)
    if applied - _known_names(migrations):
        raise ExpectedError(ErrorCode.DATABASE_NEWER)


def _known_names(migrations: Migrations) -> frozenset[str]:
    blank = Database(memory=True, execute_plugins=False)
    try:
        return frozenset(m.name for m in migrations.pending(blank))
    finally:
        blank.close()
