"""Runs the command line within the test's process."""

from pathlib import Path

from click.testing import CliRunner, Result

from edema_desk.cli import main


class Commands:
    """Runs `edema-desk ...` and keeps nothing of it."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile

    def run(self, *arguments: str | Path, answers: str | None = None) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments], input=answers)
