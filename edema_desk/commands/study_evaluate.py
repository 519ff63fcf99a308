"""`study evaluate`. Qt is loaded only when a picture is drawn."""

from pathlib import Path
from typing import Any

import click

from edema_desk.commands.mixture import objective_option
from edema_desk.commands.shell import (
    entered_at,
    profile_option,
    progress_line,
    told_plainly,
)
from edema_desk.domain.models.objectives import Mixture, Objective, render_mixture
from edema_desk.domain.statistics.agreement import Prediction
from edema_desk.domain.statistics.population import DEFAULT_KIND, JUDGED_KINDS
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.flow.base.model import model_at
from edema_desk.flow.evaluation.networks import Recipe
from edema_desk.flow.evaluation.report import check_writable, report_json, write_report
from edema_desk.flow.evaluation.result import Evaluation
from edema_desk.flow.evaluation.run import PROTOCOL, EvaluationRequest, evaluate_study
from edema_desk.flow.evaluation.table import picture_figures, report_table

_DEFAULT = Recipe()


@click.command()
@click.argument("folder", metavar="STUDY", type=click.Path(path_type=Path))
@click.option(
    "--protocol", type=click.Choice([PROTOCOL]), default=PROTOCOL, help="The one there is."
)
@click.option(
    "--folds",
    type=click.IntRange(2),
    default=3,
    show_default=True,
    help="Groups of patients: each is tested by a network trained on the others.",
)
@click.option(
    "--base",
    "model_dir",
    metavar="MODEL",
    type=click.Path(path_type=Path, file_okay=False),
    help="Evaluate this model package instead of training on the study.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every figure and prediction to this JSON file, and a picture beside it. With "
    "--full, what there is so far stands in NAME.so-far.json until then.",
)
@click.option(
    "--full",
    is_flag=True,
    help="Also from scratch, null tests, other objectives and tuned networks; takes hours.",
)
@click.option("--steps", type=click.IntRange(0), default=_DEFAULT.steps, show_default=True)
@objective_option
@click.option(
    "--lay-over",
    is_flag=True,
    help="Draw further swelling over the faces while the networks learn.",
)
@click.option(
    "--learning-rate",
    type=click.FloatRange(0, min_open=True),
    default=_DEFAULT.learning_rate,
    show_default=True,
)
@click.option(
    "--size",
    "size_px",
    type=click.IntRange(32, 224),
    default=_DEFAULT.size_px,
    show_default=True,
    help="Pixels of the networks' input.",
)
@click.option(
    "--transfer",
    type=click.Choice([kind.value for kind in JUDGED_KINDS]),
    default=DEFAULT_KIND.value,
    show_default=True,
    help="How a network trained on the study is carried over to a patient.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="Same seed, same figures."
)
@profile_option
def evaluate(
    folder: Path,
    protocol: str,
    folds: int,
    model_dir: Path | None,
    report: Path | None,
    full: bool,
    steps: int,
    objectives: Mixture,
    lay_over: bool,
    learning_rate: float,
    size_px: int,
    transfer: str,
    seed: int,
    profile_dir: Path | None,
) -> None:
    """Estimate each capture of STUDY from its patient's other days, beside dumb baselines.

    What was finished before it was stopped is not done again.
    """
    del protocol
    if not lay_over and any(share.objective is Objective.PARTS for share in objectives):
        raise click.UsageError("The objective parts needs --lay-over.")
    if report is not None and report.suffix.lower() == ".png":
        raise click.UsageError("The report is JSON: the picture beside it will end in .png.")
    recipe = Recipe(render_mixture(objectives), steps, learning_rate, seed, size_px, lay_over)
    with told_plainly():
        if report is not None:
            check_writable(report)
        request = EvaluationRequest(
            model=model_at(model_dir) if model_dir is not None else None,
            folds=folds,
            seed=seed,
            recipe=recipe,
            transfer=TransferKind(transfer),
            full=full,
        )
        into = entered_at(profile_dir)
        with progress_line() as line:
            evaluation = evaluate_study(
                into, folder, request, listener=line, so_far=lambda made: _keep(report, made)
            )
        told = report_json(evaluation)
        if report is not None:  # first: hours of work are in it
            write_report(report, told)
            _so_far(report).unlink(missing_ok=True)
        click.echo(report_table(told))
        if report is not None:
            _draw(report.with_suffix(".png"), told, evaluation.predictions)


def _so_far(report: Path) -> Path:
    """Not the report itself: who waits for that one must not take this for it."""
    return report.with_suffix(".so-far.json")


def _keep(report: Path | None, made: Evaluation) -> None:
    """What there is while hours of work are still to be done."""
    if report is not None:
        write_report(_so_far(report), report_json(made))


def _draw(path: Path, told: dict[str, Any], rows: tuple[Prediction, ...]) -> None:
    from edema_desk.reports.agreement_picture import Caption, draw_agreement

    title = f"{told['study']}: excess fluid with each day held out"
    draw_agreement(path, rows, Caption(title, picture_figures(told), told["note"]))
