"""`demo`: a small made-up cohort, and the window on it."""

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from edema_desk import words
from edema_desk.commands.shell import (
    entered_at,
    profile_at,
    profile_option,
    progress_line,
    told_plainly,
)
from edema_desk.commands.window import draw_pages, has_display, open_window
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.demo import fill_demo, table_text, write_table
from edema_desk.paths import Profile
from edema_desk.settings import load_settings, save_settings

DEFAULT_OUT = Path("edema-desk-demo")


@click.command()
@click.option(
    "--headless",
    "out",
    metavar="OUT",
    type=click.Path(path_type=Path, file_okay=False),
    help="Open no window; write a picture of each page and the table to this folder.",
)
@click.option("--seed", type=click.IntRange(0), default=7, show_default=True)
@profile_option
def demo(out: Path | None, seed: int, profile_dir: Path | None) -> None:
    """Make up four patients with four days each and look at them.

    The profile is a temporary one, gone afterwards, unless --profile names a folder.
    """
    del profile_dir  # see below: only a profile named on the command line is used
    context = click.get_current_context()
    named = context.get_parameter_source("profile_dir")
    folder = context.params["profile_dir"]
    with told_plainly(), tempfile.TemporaryDirectory(prefix="edema-desk-demo-") as temporary:
        work = Path(temporary)
        if named is not click.core.ParameterSource.COMMANDLINE:
            folder = work / "profile"
        _run(folder, work, out, seed)


def _run(folder: Path, work: Path, out: Path | None, seed: int) -> None:
    profile = profile_at(folder)
    if out is None and not has_display():
        out = DEFAULT_OUT
        click.echo(f"There is no screen: the pages are written to {out}.")
    if out is not None:
        _make_folder(out)
    today = date.today()
    into = entered_at(folder)
    with progress_line() as line:
        rows = fill_demo(into, work, seed=seed, last_day=today, listener=line)
    click.echo(table_text(rows))
    click.echo(f"Made-up people. {words.RESEARCH_NOTE}. {words.SPREAD_NOTE}")
    if out is None:
        _ask_nobody_who_works_here(profile)
        raise SystemExit(open_window(profile))
    write_table(out / "estimates.csv", rows)
    with progress_line() as line:
        pages = draw_pages(into, out, today, line)
    click.echo(f"{len(pages)} pages and estimates.csv are in {out}.")


def _ask_nobody_who_works_here(profile: Profile) -> None:
    """Made-up people need no users: the window opens on them at once."""
    settings = load_settings(profile.settings)
    save_settings(profile.settings, replace(settings, asked_for_users=True))


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(out)) from error
