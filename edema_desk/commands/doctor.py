"""`doctor`: checks the installation, the models and the profile."""

from pathlib import Path

import click

from edema_desk.commands.shell import entered_at, profile_at, profile_option, told_plainly
from edema_desk.flow.doctor import examine


@click.command()
@profile_option
def doctor(profile_dir: Path | None) -> None:
    """Check the installation, the models and the profile, and say what to do."""
    ill = 0
    profile = profile_at(profile_dir)
    with told_plainly():
        for finding in examine(profile, lambda: entered_at(profile_dir)):
            mark = "ok  " if finding.well else "FAIL"
            click.echo(f"{mark} {finding.what}: {finding.detail}")
            if not finding.well:
                ill += 1
                click.echo(f"     {finding.advice}")
    if ill:
        raise SystemExit(1)
    click.echo("All is well.")
