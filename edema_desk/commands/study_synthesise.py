"""`study synthesise`."""

from pathlib import Path

import click

from edema_desk.commands.shell import many, profile_option, progress_line, told_plainly
from edema_desk.flow.studies.making import make_study
from edema_desk.synthesis.nuisance import NuisanceStyle
from edema_desk.synthesis.sitting import FilmStyle
from edema_desk.synthesis.sources import PeopleSplit


def _split(ctx: click.Context, param: click.Parameter, value: str | None) -> PeopleSplit | None:
    try:
        return PeopleSplit.parse(value) if value is not None else None
    except ValueError as error:
        raise click.BadParameter(f"{error}.", ctx, param) from error


@click.command()
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
@click.option(
    "--split",
    callback=_split,
    metavar="SEED/FIRST-LAST",
    help="Use one part of the people of --faces: 7/1-64 are the first 64 in an order drawn by 7.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0.5, 200),
    default=3.0,
    show_default=True,
    help="Length of a clip.",
)
@click.option(
    "--liveliness",
    type=click.FloatRange(0, 4),
    default=1.0,
    show_default=True,
    help="How much heads turn, faces speak and light changes. Reported tables use 1.",
)
@click.option("--varied", is_flag=True, help="Draw for each person how fluid looks.")
@click.option("--no-swelling", "bare", is_flag=True, help="Leave out all fluid, for --lay-over.")
@profile_option
def synthesise(
    out: Path,
    patients: int,
    days: int,
    seed: int,
    faces: Path | None,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    split: PeopleSplit | None,
    seconds: float,
    liveliness: float,
    varied: bool,
    bare: bool,
    profile_dir: Path | None,
) -> None:
    """Write a made-up study to the new folder OUT. Its people are not real patients."""
    del profile_dir  # accepted by every command; this one keeps nothing there
    if faces is None and (only or skip or split is not None):
        raise click.UsageError("--only, --skip and --split choose among the people of --faces.")
    style = FilmStyle(
        seconds=seconds,
        swollen=not bare,
        varied=varied,
        nuisance=NuisanceStyle() if liveliness == 1.0 else NuisanceStyle.livelier(liveliness),
    )
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
                split=split,
                style=style,
                listener=line,
            )
        click.echo(
            f"{many(made.patients, 'made-up patient')} with {many(made.captures, 'clip')} in {out}."
        )
