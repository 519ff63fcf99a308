"""`study synthesise`, `study import` and `study evaluate`."""

from pathlib import Path

import click

from edema_desk import words
from edema_desk.commands.shell import (
    profile_at,
    profile_option,
    progress_line,
    sentence,
    told_plainly,
)
from edema_desk.flow.clinic import Clinic
from edema_desk.flow.evaluation import evaluate_study
from edema_desk.flow.evaluation_report import report_json, write_report
from edema_desk.flow.evaluation_table import report_table
from edema_desk.flow.model import model_at
from edema_desk.flow.study_import import ImportSummary, import_study
from edema_desk.flow.study_making import make_study


@click.group()
def study() -> None:
    """Study folders: make up, take in, evaluate."""


@study.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--patients", type=click.IntRange(1, 999), required=True, help="How many people.")
@click.option("--days", type=click.IntRange(1, 400), required=True, help="Clinic days for each.")
@click.option("--seed", type=click.IntRange(0), required=True, help="Same seed, same study.")
@click.option(
    "--faces",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of face photographs or clips. Without it portraits are drawn.",
)
@click.option("--only", multiple=True, metavar="PERSON", help="Use only these people of --faces.")
@click.option("--skip", multiple=True, metavar="PERSON", help="Leave these people of --faces out.")
@profile_option
def synthesise(
    out: Path,
    patients: int,
    days: int,
    seed: int,
    faces: Path | None,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    profile_dir: Path | None,
) -> None:
    """Write a made-up study to the new folder OUT. Its people are not real patients."""
    del profile_dir  # accepted by every command; this one keeps nothing there
    with told_plainly():
        with progress_line() as line:
            made = make_study(
                out,
                patients=patients,
                days=days,
                seed=seed,
                faces=faces,
                only=only,
                skip=skip,
                listener=line,
            )
        click.echo(f"{made.patients} made-up patients with {made.captures} clips are in {out}.")


@study.command(name="import")
@click.argument("folder", metavar="STUDY", type=click.Path(path_type=Path))
@click.option("--prefix", default="", help="Put this before every patient_id of the study.")
@profile_option
def import_(folder: Path, prefix: str, profile_dir: Path | None) -> None:
    """Take the patients, sessions, weights and clips of STUDY into the local database."""
    with told_plainly(), Clinic(profile_at(profile_dir)) as clinic:
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


@study.command()
@click.argument("folder", metavar="STUDY", type=click.Path(path_type=Path))
@click.option(
    "--base",
    "model_dir",
    metavar="MODEL",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The model package to evaluate.",
)
@click.option("--protocol", type=click.Choice(["leave-one-day-out"]), default="leave-one-day-out")
@click.option("--seed", type=click.IntRange(0), default=0, help="Of the bootstrap.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every figure and prediction to this JSON file.",
)
@profile_option
def evaluate(
    folder: Path,
    model_dir: Path,
    protocol: str,
    seed: int,
    report: Path | None,
    profile_dir: Path | None,
) -> None:
    """Estimate each capture of STUDY from its patient's other days, beside dumb baselines."""
    del protocol  # the one there is
    with told_plainly():
        with progress_line() as line:
            evaluation = evaluate_study(
                profile_at(profile_dir), folder, model_at(model_dir), seed=seed, listener=line
            )
        told = report_json(evaluation)
        if report is not None:
            write_report(report, told)
        click.echo(report_table(told))
