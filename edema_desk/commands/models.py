"""The group `models`: what is installed, which is in use, how two compare, what one reaches."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click

from edema_desk.commands.shell import (
    command_told,
    entered_at,
    many,
    profile_at,
    profile_option,
    progress_line,
    sentence,
    told_plainly,
)
from edema_desk.domain.models.card import ModelCard
from edema_desk.domain.models.view import ModelComparison, ModelEntry
from edema_desk.domain.statistics.population import JUDGED_KINDS
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.domain.terms.records import new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.flow.base.model_registry import find_model, list_models
from edema_desk.flow.base.model_signature import read_public_key, sign_package
from edema_desk.flow.estimates.reestimating import reestimate
from edema_desk.flow.evaluation.judging import JudgeRequest, judge_model
from edema_desk.flow.models.changes import activate_model, go_back, install_model, remove_model
from edema_desk.flow.models.comparison import compare_on_database, compare_on_study
from edema_desk.flow.studies.crops import prepare_study
from edema_desk.store.models.signers import distrust_signer, trust_signer, trusted_signers
from edema_desk.worker.client import WorkerClient


@click.group()
def models() -> None:
    """The models of a profile: install, activate, go back, compare."""


@models.command(name="list")
@profile_option
def list_(profile_dir: Path | None) -> None:
    """The shipped model and those installed, with what they reached."""
    with told_plainly(), closing(DatabaseThread(entered_at(profile_dir))) as database:
        for entry in database.call(list_models):
            click.echo(_line(entry))


def _line(entry: ModelEntry) -> str:
    mark = "*" if entry.in_use else " "
    if entry.card is None:
        fault = sentence(entry.fault) if entry.fault else ""
        return f"{mark} {entry.model_id:32} {fault}"
    reached = entry.card.figures
    told = [f"{reached.mae_kg:.2f} kg", f"{100 * reached.accuracy:.0f} % right"]
    told += ["shipped"] if entry.shipped else []
    told += ["signed"] if entry.signed_by else []
    told += [f"{entry.estimates} estimates"]
    return f"{mark} {entry.model_id:32} {', '.join(told)}"


@models.command()
@click.argument("name", default="base")
@profile_option
def show(name: str, profile_dir: Path | None) -> None:
    """What the card of a model says."""
    with told_plainly(), closing(DatabaseThread(entered_at(profile_dir))) as database:
        model = database.call(lambda store: find_model(store, name))
        for line in _card_lines(model.card):
            click.echo(line)
        click.echo(f"{'folder':14}{model.folder}")


def _card_lines(card: ModelCard) -> Iterator[str]:
    figures, learned = card.figures, card.trained_on
    made_up = "made-up swelling" if learned.made_up else "patients"
    told = {
        "model": card.model_id,
        "network": f"{card.encoder}, {card.input.size_px} px",
        "made": f"{card.made_at}, EdemaDesk {card.program_version}",
        "tuned from": card.parent or "nothing",
        "learned from": f"{learned.patients} people, {learned.captures} captures ({made_up})",
        "measured on": f"{figures.measured_on} ({figures.people} people)",
        "reached": f"{figures.mae_kg:.2f} kg, {100 * figures.accuracy:.0f} % right, "
        f"spread ±{figures.spread90_kg:.2f} kg",
        "carried over": figures.transfer.kind.value if figures.transfer else "by averaging",
        "licence": card.licence,
        "faces": "; ".join(card.attributions) or "nobody's",
        "self-check": f"{len(card.self_check.g_kg)} faces" if card.self_check else "none",
    }
    yield from (f"{name:14}{text}" for name, text in told.items())
    yield from (f"{'command':14}{command}" for command in card.commands)


@models.command()
@click.argument("package", type=click.Path(path_type=Path))
@profile_option
def install(package: Path, profile_dir: Path | None) -> None:
    """Check the model in the folder PACKAGE and copy it into the profile. It is not yet in use."""
    profile = profile_at(profile_dir)
    with (
        told_plainly(),
        closing(DatabaseThread(entered_at(profile_dir))) as database,
        WorkerClient() as worker,
    ):
        model = install_model(database, profile, package, worker.check)
        click.echo(f"{model.model_id} is installed. To use it: edema-desk models activate.")


@models.command()
@click.argument("name")
@profile_option
def activate(name: str, profile_dir: Path | None) -> None:
    """Use a model for new estimates. Past ones stay; `models back` returns."""
    with (
        told_plainly(),
        closing(DatabaseThread(entered_at(profile_dir))) as database,
        WorkerClient() as worker,
    ):
        model = activate_model(database, new_id(), name, worker.check)
        click.echo(f"{model.model_id} is in use.")


@models.command()
@profile_option
def back(profile_dir: Path | None) -> None:
    """Return to the model that was in use before this one."""
    with told_plainly(), closing(DatabaseThread(entered_at(profile_dir))) as database:
        click.echo(f"{go_back(database, new_id()).model_id} is in use again.")


@models.command()
@click.argument("name")
@profile_option
def remove(name: str, profile_dir: Path | None) -> None:
    """Remove an installed model's files. What it estimated stays."""
    profile = profile_at(profile_dir)
    with told_plainly(), closing(DatabaseThread(entered_at(profile_dir))) as database:
        click.echo(f"{remove_model(database, profile, new_id(), name)} is removed.")


@models.command(name="compare")
@click.argument("first")
@click.argument("second")
@click.option(
    "--study", "folder", type=click.Path(path_type=Path), help="On the captures of this study."
)
@click.option("--database", "own", is_flag=True, help="On the clinic's own captures.")
@profile_option
def compare_(
    first: str, second: str, folder: Path | None, own: bool, profile_dir: Path | None
) -> None:
    """Two models on the same captures, side by side, from the stored faces."""
    if own == (folder is not None):
        raise click.UsageError("Name either --study STUDY or --database.")
    with told_plainly():
        into = entered_at(profile_dir)
        with Clinic(into) as clinic, progress_line() as line:
            one, other = clinic.database.call(
                lambda store: (find_model(store, first), find_model(store, second))
            )
            if folder is None:
                told = compare_on_database(clinic, clinic.library, one, other, listener=line)
            else:
                study = prepare_study(into, folder, clinic.worker, listener=line)
                told = compare_on_study(study, clinic.worker, one, other, listener=line)
        for row in _table(told):
            click.echo(row)


_ROWS = (
    ("mae_kg", "mean error, kg", 1.0, 2),
    ("accuracy", "present or absent right, %", 100.0, 1),
    ("change_mae_kg", "error of the loss, kg", 1.0, 2),
    ("skill_vs_class_mean", "skill over the usual weight", 1.0, 2),
    ("interval_width_kg", "width of the interval, kg", 1.0, 2),
    ("coverage_90", "held by the interval, %", 100.0, 1),
)


def _table(told: ModelComparison) -> Iterator[str]:
    yield f"{'':30}{told.first[:20]:>22}{told.second[:20]:>22}   difference (95 %)"
    for key, name, factor, digits in _ROWS:
        one, other = (factor * getattr(f, key) for f in (told.first_figures, told.second_figures))
        low, high = (factor * end for end in told.differences[key])
        sure = " *" if low > 0 or high < 0 else ""
        yield (
            f"{name:30}{one:22.{digits}f}{other:22.{digits}f}   "
            f"{low:+.{digits}f} to {high:+.{digits}f}{sure}"
        )
    yield f"{many(told.patients, 'patient')}, {many(told.captures, 'capture')}. * 0 lies outside"
    if told.learned_from:
        yield f"{many(told.learned_from, 'patient')} left out: one of the two learned from them"


@models.command(name="reestimate")
@profile_option
def reestimate_(profile_dir: Path | None) -> None:
    """Estimate stored captures again with the model in use. Earlier estimates stay readable."""
    with told_plainly(), Clinic(entered_at(profile_dir)) as clinic:
        with progress_line() as line:
            done = reestimate(clinic, clinic.library, listener=line)
        click.echo(
            f"{many(done.captures, 'capture')} estimated by {clinic.model.model_id}; "
            f"{done.without_crops} could not be, their faces are no longer kept."
        )


@models.command()
@click.argument("package", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--on",
    "study",
    metavar="STUDY",
    required=True,
    type=click.Path(path_type=Path),
    help="A study of people the model was not trained on.",
)
@click.option(
    "--quote",
    "twin",
    metavar="MODEL",
    type=click.Path(path_type=Path, file_okay=False),
    help="Judge this twin instead, trained alike on fewer people, and quote it.",
)
@click.option(
    "--transfer",
    type=click.Choice([kind.value for kind in JUDGED_KINDS]),
    help="How the card carries the model over to a patient; else as it did before.",
)
@profile_option
def judge(
    package: Path, study: Path, twin: Path | None, transfer: str | None, profile_dir: Path | None
) -> None:
    """Measure the model in the folder PACKAGE anew, and write the result into its card.

    Its weights stay as they are. A signature under the card is removed.
    """
    request = JudgeRequest(
        package, study, twin, TransferKind(transfer) if transfer else None, command_told()
    )
    with told_plainly():
        into = entered_at(profile_dir)
        with progress_line() as line:
            card = judge_model(into, request, listener=line)
        for text in _card_lines(replace(card, commands=())):
            click.echo(text)


@models.command()
@click.argument("package", type=click.Path(path_type=Path))
@click.option("--key", type=click.Path(path_type=Path), required=True, help="PEM, Ed25519.")
@profile_option
def sign(package: Path, key: Path, profile_dir: Path | None) -> None:
    """Sign the model in the folder PACKAGE with a private key."""
    del profile_dir  # accepted by every command; this one keeps nothing there
    with told_plainly():
        click.echo(f"{sign_package(package, key)} is written.")


@models.command()
@click.argument("key", type=click.Path(path_type=Path))
@profile_option
def trust(key: Path, profile_dir: Path | None) -> None:
    """Trust models signed with this public key (PEM), and from now on no unsigned ones."""
    with told_plainly(), closing(DatabaseThread(entered_at(profile_dir))) as database:
        public = read_public_key(key)
        key_id = database.call(lambda store: trust_signer(store, new_id(), public))
        click.echo(f"Key {key_id} is trusted.")


@models.command()
@click.argument("key_id")
@profile_option
def distrust(key_id: str, profile_dir: Path | None) -> None:
    """Trust a key no more. Installed models stay."""
    with told_plainly(), closing(DatabaseThread(entered_at(profile_dir))) as database:
        database.call(lambda store: distrust_signer(store, new_id(), key_id))
        left = len(database.call(trusted_signers))
        click.echo(f"Key {key_id} is no longer trusted; {left} are.")
