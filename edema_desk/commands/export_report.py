"""`edema-desk export report`: pages for paper, made without a screen."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from edema_desk.commands.shell import entered_at, many, profile_option, progress_line, told_plainly
from edema_desk.domain.course.exporting import Period
from edema_desk.domain.reporting import (
    Page,
    ReportKind,
    ReportMade,
    ReportWay,
    ReportWish,
    patients_about,
)
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.flow.base.progress import Cancel, Listener, Stopwatch
from edema_desk.flow.exports.reporting import report_pages
from edema_desk.flow.records.auditing import HeadSigner
from edema_desk.store.leaving.exporting import origins
from edema_desk.store.leaving.reporting import note_report
from edema_desk.store.people.patients import patient_by_number

_DAY = click.DateTime(["%Y-%m-%d"])
_LANGUAGES = ("en", "ja")


@click.command()
@profile_option
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--patient",
    "charts",
    multiple=True,
    metavar="CHART",
    help="About this patient, a page each; may be given several times.",
)
@click.option("--agreement", is_flag=True, help="How estimates and scale agree, of all or of one.")
@click.option("--sheet", is_flag=True, help="The facts for the review of a dry weight.")
@click.option("--shift", type=click.IntRange(1, 9), help="Sheets or agreement of this shift.")
@click.option(
    "--origin",
    help="Agreement of whom: clinic, demo, or a study's name. Default: where the patient comes "
    "from, or the clinic.",
)
@click.option("--from", "first", type=_DAY, help="Not before this day, YYYY-MM-DD.")
@click.option(
    "--to", "last", type=_DAY, help="Not after this day; of a sheet the last of its days."
)
@click.option("--language", type=click.Choice(_LANGUAGES), default="en", show_default=True)
@click.option("--pseudonymous", is_flag=True, help="Study codes in place of names; no notes.")
def report(
    profile_dir: Path | None,
    out: Path,
    charts: tuple[str, ...],
    agreement: bool,
    sheet: bool,
    shift: int | None,
    origin: str | None,
    first: datetime | None,
    last: datetime | None,
    language: str,
    pseudonymous: bool,
) -> None:
    """Write OUT, a PDF of A4: a page about a patient, about agreement, or review sheets."""
    kind = _kind(charts, agreement=agreement, sheet=sheet, shift=shift)
    if kind is ReportKind.SHEET and first is not None:
        raise click.UsageError("A sheet looks back four weeks from --to; it takes no --from.")
    if origin is not None and kind is not ReportKind.AGREEMENT:
        raise click.UsageError("--origin goes with --agreement.")
    until = last.date() if last is not None else None
    with told_plainly():
        if out.exists():
            raise ExpectedError(ErrorCode.OUTPUT_EXISTS, path=str(out))
        into = entered_at(profile_dir)
        database = DatabaseThread(into)
        try:
            ids = database.call(
                lambda store: tuple(patient_by_number(store, one).patient_id for one in charts)
            )
            if origin is not None and origin not in database.call(origins):
                raise click.BadParameter(f"Nobody comes from {origin}.", param_hint="--origin")
            wish = ReportWish(
                kind,
                until or date.today(),
                ids,
                shift,
                Period(first.date() if first is not None else None, until),
                pseudonymous=pseudonymous,
                origin=origin,
            )
            with progress_line() as line:
                pages = report_pages(database, wish, line, Cancel())
                content = _drawn(pages, language, line)
            _keep(database, out, content, _made(wish, pages, language))
            HeadSigner(into, database).sign().result()
        finally:
            database.close()
        click.echo(f"{many(len(pages), 'page')} written to {out}. Research use, not for diagnosis.")


def _kind(charts: Sequence[str], *, agreement: bool, sheet: bool, shift: int | None) -> ReportKind:
    if agreement and sheet:
        raise click.UsageError("--agreement and --sheet are two reports.")
    if agreement and len(charts) > 1:
        raise click.UsageError("--agreement is about all patients or about one.")
    if shift is not None and (charts or not (agreement or sheet)):
        raise click.UsageError("--shift goes with --sheet or --agreement, and without --patient.")
    if agreement or sheet:
        return ReportKind.AGREEMENT if agreement else ReportKind.SHEET
    if not charts:
        raise click.UsageError("One of --patient, --agreement and --sheet is needed.")
    return ReportKind.PATIENT


def _made(wish: ReportWish, pages: Sequence[Page], language: str) -> ReportMade:
    return ReportMade(wish, patients_about(pages, wish), len(pages), ReportWay.FILE, language)


def _drawn(pages: Sequence[Page], language: str, listener: Listener) -> bytes:
    from edema_desk.reports.canvas import screenless_qt  # Qt, which other commands do without
    from edema_desk.reports.output import PdfPages

    screenless_qt()
    drawn = PdfPages(pages[0], language)
    watch = Stopwatch("report", len(pages), listener)
    for number, page in enumerate(pages):
        watch.report(number)
        drawn.add(page)
    return drawn.finished()


def _keep(database: DatabaseThread, out: Path, content: bytes, made: ReportMade) -> None:
    """It is on record before it is there."""
    from edema_desk.reports.output import kept_back

    with kept_back(out, content):
        database.call(lambda store: note_report(store, new_id(), made))
