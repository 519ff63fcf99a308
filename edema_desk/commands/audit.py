"""The group `audit`: the record of acts is listed, verified, exported, and its head printed."""

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TypedDict, Unpack

import click

from edema_desk import words
from edema_desk.commands.shell import (
    F,
    entered_at,
    many,
    profile_option,
    progress_line,
    told_plainly,
)
from edema_desk.domain.keeping.head_code import PrintedHead, read_head_code
from edema_desk.domain.keeping.record_of_acts import ActEntry, ActFilter
from edema_desk.domain.terms.acts import ActKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.records.audit_export import export_acts
from edema_desk.flow.records.auditing import HeadSigner, copies_of_heads, verify_record
from edema_desk.flow.records.head_sheet import head_sheet
from edema_desk.store.audit.proof import fits_printed
from edema_desk.store.audit.reading import acts
from edema_desk.store.base.noting import note_export, note_print
from edema_desk.store.people.users import user_names

_DAY = click.DateTime(["%Y-%m-%d"])
_WANTED = (
    click.option("--actor", help="Only acts of this id."),
    click.option("--patient", "chart_number", help="Only acts about this chart number."),
    click.option("--act", type=click.Choice([k.value for k in ActKind]), help="Only this kind."),
    click.option("--from", "first", type=_DAY, help="Not before this day, YYYY-MM-DD."),
    click.option("--to", "last", type=_DAY, help="Not after this day."),
)


class _Wishes(TypedDict):
    """What the options say that `_wanted_options` brings."""

    actor: str | None
    chart_number: str | None
    act: str | None
    first: datetime | None
    last: datetime | None


def _wanted_options(command: F) -> F:
    for option in reversed(_WANTED):
        command = option(command)
    return command


@click.group()
def audit() -> None:
    """The record of acts: who did what, and proof that nothing in it was changed."""


@audit.command()
@profile_option
@click.option("--head", "code", help="Code of a printed head: whether the record goes on from it.")
def verify(profile_dir: Path | None, code: str | None) -> None:
    """Prove the whole record: its chain, the values it tells of, and every signed head."""
    with told_plainly(), closing(DatabaseThread(entered_at(profile_dir))) as database:
        printed = _printed(code) if code is not None else None
        with progress_line() as line:
            places = copies_of_heads(database.call(lambda store: store.profile))
            check = verify_record(database, line, elsewhere=places)
        if check.fault is not None:
            said = words.RECORD_FAULTS[check.fault.value].filled({"row": check.at_row or "?"})
            click.echo(said, err=True)
            raise SystemExit(1)
        if printed is not None and not database.call(lambda store: fits_printed(store, printed)):
            raise ExpectedError(ErrorCode.HEAD_OTHER, acts=printed.rows)
        click.echo(f"The record is whole: {many(check.head.rows, 'act')}.")


@audit.command()
@profile_option
def head(profile_dir: Path | None) -> None:
    """Sign the record as it is now, and print a sheet to be kept elsewhere."""
    with told_plainly():
        into = entered_at(profile_dir)
        with closing(DatabaseThread(into)) as database:
            database.call(lambda store: note_print(store, "head"))
            signed = HeadSigner(into, database).sign().result()
            if signed is None:
                raise ExpectedError(ErrorCode.DISK_FAILED)
            click.echo(head_sheet(into.profile, signed))


@audit.command(name="list")
@profile_option
@_wanted_options
@click.option("--count", default=50, show_default=True, type=click.IntRange(1, 100_000))
def list_(
    profile_dir: Path | None,
    count: int,
    **wishes: Unpack[_Wishes],
) -> None:
    """The newest acts, newest first."""
    wanted = _filter(wishes)
    with told_plainly(), closing(DatabaseThread(entered_at(profile_dir))) as database:
        names = database.call(user_names)
        for entry in database.call(lambda store: acts(store, wanted, None, count)):
            click.echo(_line(entry, names.get(entry.actor_id, entry.actor_id)))


@audit.command()
@profile_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_wanted_options
def export(
    profile_dir: Path | None,
    file: Path,
    **wishes: Unpack[_Wishes],
) -> None:
    """Write the record into FILE as CSV, with ids in place of names. It is itself on record."""
    wanted = _filter(wishes)
    with told_plainly():
        into = entered_at(profile_dir)
        with closing(DatabaseThread(into)) as database:
            if file.exists():
                raise ExpectedError(ErrorCode.OUTPUT_EXISTS, path=str(file))
            with progress_line() as line:
                count = export_acts(database, file, wanted, line, Cancel())
            database.call(lambda store: note_export(store, "record_of_acts", None, count))
            HeadSigner(into, database).sign().result()
            click.echo(f"{many(count, 'act')} written to {file}")


def _filter(wishes: _Wishes) -> ActFilter:
    first, last = wishes["first"], wishes["last"]
    return ActFilter(
        wishes["actor"],
        None,
        wishes["chart_number"],
        ActKind(wishes["act"]) if wishes["act"] is not None else None,
        first.date() if first is not None else None,
        last.date() if last is not None else None,
    )


def _printed(code: str) -> PrintedHead:
    try:
        return read_head_code(code)
    except ValueError as error:
        raise ExpectedError(ErrorCode.HEAD_CODE_MISTYPED) from error


def _line(entry: ActEntry, who: str) -> str:
    when = entry.at.local().strftime("%Y-%m-%d %H:%M:%S")
    about = f"  ({entry.patient})" if entry.patient else ""
    return f"{entry.row:>8}  {when}  {who}: {words.ACTS[entry.kind.value]}{about}"
