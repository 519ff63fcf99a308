"""The command line: `edema-desk` opens the window, its commands do the rest."""

import os
from pathlib import Path

import click

from edema_desk import __version__
from edema_desk.commands.analyse import analyse, compare
from edema_desk.commands.audit import audit
from edema_desk.commands.backup import backup
from edema_desk.commands.capture import capture
from edema_desk.commands.consent import consent
from edema_desk.commands.demo import demo
from edema_desk.commands.doctor import doctor
from edema_desk.commands.export import export
from edema_desk.commands.inbox import inbox
from edema_desk.commands.keys import keys
from edema_desk.commands.models import models
from edema_desk.commands.patients import patients
from edema_desk.commands.pretrain import pretrain
from edema_desk.commands.shell import profile_at, profile_option
from edema_desk.commands.study import study
from edema_desk.commands.users import users
from edema_desk.commands.window import open_window
from edema_desk.paths import PROFILE_VARIABLE


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="EdemaDesk")
@profile_option
@click.pass_context
def main(context: click.Context, profile_dir: Path | None) -> None:
    """EdemaDesk estimates excess fluid from face video before and after dialysis.

    Research use, not for diagnosis. Without a command the window opens.
    """
    if context.invoked_subcommand is None:
        raise SystemExit(open_window(profile_at(profile_dir)))
    if profile_dir is not None:  # named before the command, it holds for the command
        os.environ[PROFILE_VARIABLE] = str(profile_dir)


for command in (
    analyse,
    audit,
    backup,
    capture,
    compare,
    consent,
    demo,
    doctor,
    export,
    inbox,
    keys,
    models,
    patients,
    pretrain,
    study,
    users,
):
    main.add_command(command)
