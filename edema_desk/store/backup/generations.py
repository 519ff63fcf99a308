"""One generation of a backup: the whole database at one moment, proven to open.

A generation is a database file, sealed as the live one is, and a small manifest beside it, which
is written last: without it the file is a left-over. SQLite's backup interface makes it, on a
connection of its own, from one unchanging view; the database thread goes on meanwhile.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from edema_desk import __version__
from edema_desk.domain.keeping.backup import Generation
from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.backup.folder import need_room, told_of
from edema_desk.store.base.chain import chain_head
from edema_desk.store.base.database import Store
from edema_desk.store.base.database_check import check_database_file
from edema_desk.store.base.entered import Entered
from edema_desk.store.base.page_checks import check_pages
from edema_desk.store.keys.cipher import remove_database_files, unlock
from edema_desk.store.keys.faults import translated
from edema_desk.store.keys.keys import sync_folder
from edema_desk.store.keys.locks import opening

FORMAT = 1
Eased = Callable[[int], None]
"""Called with the bytes done so far after each piece; may wait, or raise to stop."""
_PAGES = 256
_SPARE_BYTES = 64 * 1024**2


def uneased(done_bytes: int) -> None:
    """Neither waits nor stops."""
    del done_bytes


def key_mark(data_key: bytes) -> str:
    """By which a data key is known again; it tells nothing of it."""
    return hmac.new(data_key, b"edema-desk generation", hashlib.sha256).hexdigest()[:16]


def records_id(store: Store) -> str | None:
    """What tells these records from others, for good; None before the first act."""
    with store.reading() as db:
        found = db.execute("select hash from audit where seq = 1").fetchone()
        return str(found[0])[:32] if found else None


def make_generation(
    into: Entered,
    folder: Path,
    ease: Eased = uneased,
    before_check: Callable[[], None] = lambda: None,
) -> Generation:
    """Write a verified generation into `folder`, or nothing.

    Raises ExpectedError BACKUP_NO_ROOM, BACKUP_FAILED, DATABASE_DAMAGED (the live database is),
    BACKUP_DAMAGED (the copy is not as it was sent), DATABASE_BUSY, and what `ease` raises.
    """
    made_at = Moment.now()
    with told_of(folder):
        name = _free_name(folder, made_at)
    part = folder / f"{name}.db.part"
    try:
        view = _copy(into, part, ease)
        before_check()
        _check_arrived(into, part)
        with told_of(folder):
            _sync(part)
            generation = Generation(
                name=name,
                made_at=made_at,
                size_bytes=part.stat().st_size,
                sha256=sha256_of_file(part),
                program=__version__,
                acts=view.acts,
                head=view.head,
                patients=view.patients,
                sessions=view.sessions,
                clips=view.clips,
                key=key_mark(into.data_key),
            )
            part.replace(database_of(folder, generation))
            sync_folder(folder)
            _write_manifest(folder, generation)
    finally:
        with suppress(OSError):  # a disk that was pulled out
            remove_database_files(part)
    return generation


def generations_in(folder: Path) -> tuple[Generation, ...]:
    """The generations of a folder, the newest first. What cannot be read as one is none.

    Raises ExpectedError BACKUP_NEWER.
    """
    found = []
    for path in folder.glob("*.json"):
        generation = _read_manifest(path)
        if generation is not None and database_of(folder, generation).exists():
            found.append(generation)
    return tuple(sorted(found, key=lambda each: (each.made_at, each.name), reverse=True))


def database_of(folder: Path, generation: Generation) -> Path:
    """The database file of a generation."""
    return folder / f"{generation.name}.db"


def check_generation(folder: Path, generation: Generation, key: bytes) -> None:
    """Raise ExpectedError WRONG_KEY or BACKUP_DAMAGED unless a generation is whole and opens."""
    if generation.key != key_mark(key):
        raise ExpectedError(ErrorCode.WRONG_KEY)
    path = database_of(folder, generation)
    try:
        if sha256_of_file(path) != generation.sha256:
            raise ExpectedError(ErrorCode.BACKUP_DAMAGED)
    except OSError as error:
        raise ExpectedError(ErrorCode.BACKUP_DAMAGED) from error
    _check_copy(path, key)


def drop_generation(folder: Path, generation: Generation) -> None:
    """Remove a generation; a crash in between leaves a left-over, never half a generation."""
    (folder / f"{generation.name}.json").unlink(missing_ok=True)
    remove_database_files(database_of(folder, generation))


def clear_left_overs(folder: Path) -> None:
    """Remove what a crash left in `folder`. Only for whoever makes generations there."""
    for path in folder.glob("*.part*"):
        path.unlink(missing_ok=True)
    for path in folder.glob("*.db"):
        if not path.with_suffix(".json").exists():
            remove_database_files(path)


def sha256_of_file(path: Path) -> str:
    """Of all bytes of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class _View:
    """What a manifest tells of the database it stands beside."""

    acts: int
    head: str
    patients: int
    sessions: int
    clips: int
    size_bytes: int


def _copy(into: Entered, part: Path, ease: Eased) -> _View:
    """Fill `part` from one view of the live database."""
    profile, folder = into.profile, part.parent
    with translated(profile), opening(profile):
        source = unlock(profile.database, into.data_key)
    try:
        with translated(profile):
            source.execute("BEGIN")
            view = _told(source)
        need_room(folder, view.size_bytes + _SPARE_BYTES)
        with told_of(folder, view.size_bytes):
            remove_database_files(part)
            _fill(source, part, into.data_key, ease)
    finally:
        source.close()
    return view


def _fill(source: Database, part: Path, key: bytes, ease: Eased) -> None:
    copy = unlock(part, key, create=True)
    try:
        page_bytes = int(source.execute("PRAGMA page_size").fetchone()[0])

        def stepped(status: int, remaining: int, total: int) -> None:
            del status
            ease((total - remaining) * page_bytes)

        # the view is held open: another's writing does not make it begin anew
        source.conn.backup(copy.conn, pages=_PAGES, progress=stepped)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, also on a disk that is read only
    finally:
        copy.close()
    if os.name == "posix":
        part.chmod(0o600)


def _told(source: Database) -> _View:
    def number(query: str) -> int:
        return int(source.execute(query).fetchone()[0])

    head = chain_head(source)
    return _View(
        acts=head.rows,
        head=head.hash,
        patients=number("select count(*) from patient"),
        sessions=number("select count(*) from session"),
        clips=number("select count(*) from capture where sha256 is not null"),
        size_bytes=number("PRAGMA page_count") * number("PRAGMA page_size"),
    )


def _check_arrived(into: Entered, part: Path) -> None:
    """A damaged page of the live database is copied as it is: then that is what is wrong."""
    try:
        _check_copy(part, into.data_key)
    except ExpectedError as error:
        if error.code is ErrorCode.BACKUP_DAMAGED:
            check_pages(into)
        raise


def _check_copy(path: Path, key: bytes) -> None:
    try:
        with told_of(path.parent):
            check_database_file(path, key)
    except ExpectedError as error:
        if error.code in (ErrorCode.DATABASE_DAMAGED, ErrorCode.WRONG_KEY):
            raise ExpectedError(ErrorCode.BACKUP_DAMAGED) from error
        raise


def _free_name(folder: Path, at: Moment) -> str:
    when = datetime.fromtimestamp(at.utc_ms / 1000, UTC)
    stamp = name = when.strftime("%Y%m%dT%H%M%SZ")
    count = 1
    while (folder / f"{name}.json").exists() or (folder / f"{name}.db").exists():
        count += 1
        name = f"{stamp}-{count}"
    return name


def _write_manifest(folder: Path, generation: Generation) -> None:
    part = folder / f"{generation.name}.json.part"
    with part.open("w", encoding="utf-8") as file:
        json.dump({"format": FORMAT, **asdict(generation)}, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / f"{generation.name}.json")
    sync_folder(folder)


def _read_manifest(path: Path) -> Generation | None:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw.pop("format") > FORMAT:
            raise ExpectedError(ErrorCode.BACKUP_NEWER)
        moment = raw.pop("made_at")
        made_at = Moment(int(moment["utc_ms"]), int(moment["offset_min"]))
        generation = Generation(made_at=made_at, **raw)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return generation if generation.name == path.stem else None


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
