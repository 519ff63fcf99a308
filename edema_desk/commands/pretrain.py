"""`pretrain`: make a base model from studies."""

import shlex
from collections.abc import Sequence
from pathlib import Path

import click

from edema_desk.commands.mixture import objective_option
from edema_desk.commands.shell import (
    command_told,
    entered_at,
    profile_option,
    progress_line,
    told_plainly,
)
from edema_desk.domain.models.objectives import DeviceChoice, Mixture, Objective
from edema_desk.domain.statistics.population import DEFAULT_KIND, JUDGED_KINDS
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.flow.models.pretraining import PretrainRequest, pretrain_model


@click.command()
@click.argument("studies", metavar="STUDY...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--database",
    is_flag=True,
    help="Learn from the clinic's own patients who agreed to it as well, or from them alone.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The new package.")
@click.option(
    "--judge-on",
    "judged_on",
    metavar="STUDY",
    type=click.Path(path_type=Path),
    help="A study of other people, from which the figures of the card come.",
)
@click.option("--exclude", multiple=True, metavar="PATIENT", help="Judge on these instead.")
@click.option(
    "--quote",
    "quoted",
    metavar="MODEL",
    type=click.Path(path_type=Path, file_okay=False),
    help="Take the figures from this twin's card: trained alike, on fewer people.",
)
@click.option("--steps", type=click.IntRange(0), default=3000, show_default=True)
@click.option("--minutes", type=click.FloatRange(0.1), help="Train by the clock instead.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
@objective_option
@click.option(
    "--learning-rate", type=click.FloatRange(0, min_open=True), default=1e-3, show_default=True
)
@click.option(
    "--device",
    type=click.Choice(DeviceChoice, case_sensitive=False),
    default=DeviceChoice.AUTO,
    show_default=DeviceChoice.AUTO.value,
)
@click.option(
    "--threads", type=click.IntRange(1), default=2, show_default=True, help="Of the processor."
)
@click.option(
    "--lay-over",
    is_flag=True,
    help="Draw swelling over the faces while learning; the objective parts needs it.",
)
@click.option(
    "--transfer",
    type=click.Choice([kind.value for kind in JUDGED_KINDS]),
    default=DEFAULT_KIND.value,
    show_default=True,
    help="How the card carries the model over to a patient.",
)
@click.option("--licence", default="CC-BY-4.0", show_default=True)
@click.option("--attribution", "attributions", multiple=True, help="Whose faces these are.")
@click.option("--made-by", "earlier", multiple=True, help="Commands that made the studies.")
@profile_option
def pretrain(
    studies: tuple[Path, ...],
    database: bool,
    out: Path,
    judged_on: Path | None,
    exclude: tuple[str, ...],
    quoted: Path | None,
    steps: int,
    minutes: float | None,
    seed: int,
    objectives: Mixture,
    learning_rate: float,
    device: DeviceChoice,
    threads: int,
    lay_over: bool,
    transfer: str,
    licence: str,
    attributions: tuple[str, ...],
    earlier: tuple[str, ...],
    profile_dir: Path | None,
) -> None:
    """Train a base model on one STUDY or more, or on patients. One that was stopped goes on where
    it was. Whom a model was trained on is kept; a later one without them is trained by the same
    command once they have withdrawn their consent."""
    if not studies and not database:
        raise click.UsageError("Name a STUDY, or --database for the clinic's own patients.")
    if not lay_over and any(share.objective is Objective.PARTS for share in objectives):
        raise click.UsageError("The objective parts needs --lay-over.")
    if quoted is not None and (judged_on is not None or exclude):
        raise click.UsageError("Figures are either quoted or made: --quote stands alone.")
    request = PretrainRequest(
        studies=studies,
        out=out,
        judged_on=judged_on,
        exclude=exclude,
        quoted=quoted,
        steps=steps,
        minutes=minutes,
        seed=seed,
        objectives=objectives,
        learning_rate=learning_rate,
        device=device,
        threads=threads,
        lay_over=lay_over,
        database=database,
        transfer=TransferKind(transfer),
        licence=licence,
        attributions=attributions,
        commands=(*earlier, _without_numbers(command_told(), exclude if database else ())),
    )
    with told_plainly():
        into = entered_at(profile_dir)
        with progress_line() as line:
            card = pretrain_model(into, request, listener=line)
        figures = card.figures
        click.echo(
            f"{card.model_id} is in {out}. On {figures.measured_on} ({figures.people} people): "
            f"{figures.mae_kg:.2f} kg, {100 * figures.accuracy:.0f} % right, "
            f"spread ±{figures.spread90_kg:.2f} kg."
        )


def _without_numbers(command: str, numbers: Sequence[str]) -> str:
    """The command as a card may tell it: chart numbers stay in the clinic."""
    for number in numbers:
        command = command.replace(shlex.quote(number), "PATIENT").replace(number, "PATIENT")
    return command
