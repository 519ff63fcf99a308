"""The group `export`: patients leave the program as tables, FHIR bundles, a study or reports."""

from datetime import datetime
from pathlib import Path
from typing import TypedDict, Unpack

import click

from edema_desk.commands.export_report import report
from edema_desk.commands.shell import (
    F,
    entered_at,
    many,
    profile_option,
    progress_line,
    told_plainly,
)
from edema_desk.domain.course.exporting import Period
from edema_desk.domain.models.export_plan import ExportCount, ExportKind, ExportWish, LeftOut
from edema_desk.domain.terms.records import CLINIC_ORIGIN, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.exports.files import export_patients
from edema_desk.flow.records.auditing import HeadSigner
from edema_desk.store.base.places import shared_by
from edema_desk.store.people.patients import patient_by_number

_DAY = click.DateTime(["%Y-%m-%d"])
_OPTIONS = (
    click.argument("out", type=click.Path(path_type=Path)),
    click.option(
        "--patient",
        "charts",
        multiple=True,
        metavar="CHART",
        help="Only this patient; may be given several times. Default: everybody of one origin.",
    ),
    click.option("--from", "first", type=_DAY, help="Not before this day, YYYY-MM-DD."),
    click.option("--to", "last", type=_DAY, help="Not after this day."),
    click.option(
        "--origin",
        help="Where they come from: clinic, demo, or a study's name. Default: clinic, or where "
        "the patients named come from.",
    ),
)
_NAMED = click.option(
    "--named",
    is_flag=True,
    help="With names, for care elsewhere: only of patients who are named, and agreed to care.",
)
_LEFT_OUT = {
    LeftOut.NO_CLIP: "their clips were dropped or destroyed",
    LeftOut.NO_WEIGHT: "they have no weight",
    LeftOut.NO_DRY_WEIGHT: "no dry weight is known for the day",
    LeftOut.TWICE: "a study holds one pre and one post a day, and one spot a minute",
    LeftOut.DAMAGED: "their clips are not whole",
}


class _Wishes(TypedDict):
    """What the options say that `_options` brings."""

    out: Path
    charts: tuple[str, ...]
    first: datetime | None
    last: datetime | None
    origin: str | None


def _options(command: F) -> F:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.group()
def export() -> None:
    """Patients as files: under codes those who agreed to research, with names for care.

    OUT is a folder that is not there yet. Every export is on record.
    """


export.add_command(report)


@export.command()
@profile_option
@_options
@_NAMED
def csv(profile_dir: Path | None, named: bool, **wishes: Unpack[_Wishes]) -> None:
    """Write tables of sessions and spot captures, with what each column means, into OUT."""
    _export(profile_dir, ExportKind.TABLES, wishes, named=named)


@export.command()
@profile_option
@_options
@_NAMED
def fhir(profile_dir: Path | None, named: bool, **wishes: Unpack[_Wishes]) -> None:
    """Write one FHIR R4 bundle for each patient into OUT."""
    _export(profile_dir, ExportKind.FHIR, wishes, named=named)


@export.command()
@profile_option
@_options
def study(profile_dir: Path | None, **wishes: Unpack[_Wishes]) -> None:
    """Write OUT as a study folder, with the clips. They show faces, and go out as recorded."""
    _export(profile_dir, ExportKind.STUDY, wishes, named=False)


def _export(profile_dir: Path | None, kind: ExportKind, wishes: _Wishes, *, named: bool) -> None:
    with told_plainly():
        into = entered_at(profile_dir)
        with Clinic(into) as clinic:
            wish, out = _wish(clinic, kind, wishes, named=named), wishes["out"]
            if shared_by(out) is not None:
                click.echo("Others share this folder: a cloud, or another computer.", err=True)
            with progress_line() as line:
                count = export_patients(clinic, new_id(), wish, out, line, Cancel())
            HeadSigner(into, clinic.database).sign().result()
            _tell(count, out)


def _wish(clinic: Clinic, kind: ExportKind, wishes: _Wishes, *, named: bool) -> ExportWish:
    first, last = wishes["first"], wishes["last"]
    period = Period(first.date() if first else None, last.date() if last else None)
    origin = wishes["origin"]
    people = clinic.database.call(
        lambda store: [patient_by_number(store, chart) for chart in wishes["charts"]]
    )
    if origin is not None and any(person.origin != origin for person in people):
        raise ExpectedError(ErrorCode.EXPORT_ORIGINS)
    ids = tuple(person.patient_id for person in people)
    return ExportWish(kind, ids, origin or CLINIC_ORIGIN, period, named)


def _tell(count: ExportCount, out: Path) -> None:
    clips = f", {many(count.clips, 'clip')}" if count.clips else ""
    click.echo(
        f"{many(count.patients, 'patient')}, {many(count.sessions, 'session')} and "
        f"{many(count.spots, 'spot capture')}"
        f"{clips} written to {out}. Research use, not for diagnosis."
    )
    if count.not_agreed:
        who = many(count.not_agreed, "patient stays", "patients stay")
        click.echo(f"{who} here: they did not agree to it.")
    for why, number in count.left_out.items():
        click.echo(f"{many(number, 'capture stays', 'captures stay')} here: {_LEFT_OUT[why]}.")
