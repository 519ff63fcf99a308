"""The group `study`; `export` is that of the group `export`."""

from pathlib import Path

import click

from edema_desk import words
from edema_desk.commands.export import study as export_study
from edema_desk.commands.shell import (
    entered_at,
    profile_option,
    progress_line,
    sentence,
    told_plainly,
)
from edema_desk.commands.study_evaluate import evaluate
from edema_desk.commands.study_synthesise import synthesise
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.studies.taking_in import ImportSummary, import_study


@click.group()
def study() -> None:
    """Study folders: make up, take in, hand out, evaluate."""


@study.command(name="import")
@click.argument("folder", metavar="STUDY", type=click.Path(path_type=Path))
@click.option("--prefix", default="", help="Put this before every patient_id of the study.")
@profile_option
def import_(folder: Path, prefix: str, profile_dir: Path | None) -> None:
    """Take the patients, sessions, weights and clips of STUDY into the local database."""
    with told_plainly(), Clinic(entered_at(profile_dir)) as clinic:
        with progress_line() as line:
            summary = import_study(clinic, folder, prefix=prefix, listener=line)
        _tell_import(summary)


def _tell_import(summary: ImportSummary) -> None:
    for row in summary.refused:
        click.echo(f"line {row.line}: {sentence(row.error)}", err=True)
    for doubtful in summary.doubtful:
        said = words.DOUBTS[doubtful.doubt.doubt.value].text
        click.echo(f"line {doubtful.line}: taken, but {said.format_map(doubtful.doubt.params)}")
    click.echo(
        f"{summary.study}: {summary.rows} rows, {summary.taken} taken in, "
        f"{summary.there_before} there before, {len(summary.refused)} refused."
    )
    if summary.no_estimate:
        click.echo(
            f"{summary.no_estimate} of those taken in have no estimate: each patient's first "
            "day has nothing to compare with; the session page gives the reason of each."
        )
    if summary.refused and not summary.taken and not summary.there_before:
        raise SystemExit(1)


study.add_command(synthesise)
study.add_command(export_study, "export")
study.add_command(evaluate)
