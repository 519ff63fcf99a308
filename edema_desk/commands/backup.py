"""The group `backup`: make one, look at them, prove them, and get the records back from one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from edema_desk.commands.shell import (
    PASSWORD_FILE_VARIABLE,
    asked_password,
    entered_at,
    many,
    profile_at,
    profile_option,
    progress_line,
    told_plainly,
    user_named,
)
from edema_desk.domain.keeping.backup import BackupProgress, BackupState, Generation
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.backup.backing_up import Pace
from edema_desk.flow.backup.backups import BackupDesk
from edema_desk.flow.backup.checking import check_backup
from edema_desk.flow.backup.restoring import (
    Opened,
    offered,
    open_here,
    open_with_code,
    open_with_password,
    restore,
)
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.progress import Cancel, Progress
from edema_desk.flow.records.auditing import HeadSigner

CODE_FILE_VARIABLE = "EDEMA_DESK_RECOVERY_CODE_FILE"
_MB = 1e6
_folder = click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))


@click.group()
def backup() -> None:
    """Backups: make one now, list and verify them, restore from one.

    The window makes them by itself each half hour, and when it is closed.
    """


@backup.command()
@profile_option
def now(profile_dir: Path | None) -> None:
    """Make a backup in the folder chosen in the settings, or in the profile's own."""
    with told_plainly(), _progress() as tell:
        clinic = Clinic(entered_at(profile_dir))
        with _desk_of(clinic) as desk:
            # no window may have signed what commands did: a copy without it would not miss it
            HeadSigner(clinic.entered, clinic.database).sign().result()
            desk.listen(lambda: tell(desk.state.progress))
            state = desk.back_up_now(Cancel()).result()
    click.echo(_state_text(state))


@backup.command(name="list")
@profile_option
def list_backups(profile_dir: Path | None) -> None:
    """The backups there are, the newest first."""
    with told_plainly(), _desk(profile_dir) as desk:
        state = desk.refresh().result()
        for generation in state.generations:
            click.echo(_generation_text(generation))
    click.echo(_state_text(state))


@backup.command()
@_folder
@profile_option
def verify(folder: Path | None, profile_dir: Path | None) -> None:
    """Open every backup and read every copied clip, here or in FOLDER."""
    with told_plainly(), _progress() as tell:
        into = entered_at(profile_dir)
        if folder is None:
            with _desk_of(Clinic(into)) as desk:
                folder = desk.refresh().result().folder
        found = check_backup(folder.absolute(), into.data_key, Pace(), tell)
    click.echo(f"Read: {many(found.generations, 'backup')}, {found.clips} clips and crops.")
    for generation in found.damaged:
        click.echo(f"Damaged: the backup {generation.name}")
    for name in found.damaged_clips:
        click.echo(f"Damaged or gone: {name}")
    if found.other_key:
        click.echo(
            f"{many(found.other_key, 'backup was', 'backups were')} made under an earlier key."
        )
    if not found.sound:
        raise SystemExit(1)
    click.echo("All is well.")


@backup.command(name="restore")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--generation", "name", metavar="NAME", help="As `list` names it; else the newest.")
@click.option("--recovery-code", "by_code", is_flag=True, help="Ask for the recovery code.")
@profile_option
def restore_backup(folder: Path, name: str | None, by_code: bool, profile_dir: Path | None) -> None:
    """Bring the profile back from the backups in FOLDER.

    Into an empty folder everything comes; a damaged database is set aside, never deleted. Name
    yourself with --user, or use the recovery code, which is asked for or read from the file that
    EDEMA_DESK_RECOVERY_CODE_FILE names.
    """
    with told_plainly(), _progress() as tell:
        profile, folder = profile_at(profile_dir), folder.absolute()
        wanted = _named(folder, name) if name else None
        by = _opened(folder, profile_dir, by_code=by_code)
        done = restore(folder, profile, by, wanted, tell=tell)
    made = done.generation
    click.echo(
        f"Restored to {_when(made)}: {many(made.patients, 'patient')}, "
        f"{many(made.sessions, 'session')}, "
        f"{done.clips} clips and crops copied."
    )
    if done.acts_lost:
        click.echo(f"{done.acts_lost} entries made after that are not in it.")
    if done.missing:
        click.echo(
            f"{many(done.missing, 'clip is', 'clips are')} in neither the profile nor the backup."
        )
    if done.set_aside is not None:
        click.echo(f"What was in the way lies in {done.set_aside}.")


def _opened(folder: Path, profile_dir: Path | None, *, by_code: bool) -> Opened:
    if by_code:
        return open_with_code(folder, asked_password("Recovery code", CODE_FILE_VARIABLE))
    user = user_named()
    if user is not None:
        password = asked_password(f"Password of {user}", PASSWORD_FILE_VARIABLE)
        return open_with_password(folder, user, password)
    return open_here(folder, profile_at(profile_dir))


def _named(folder: Path, name: str) -> Generation:
    for generation in offered(folder):
        if generation.name == name:
            return generation
    raise ExpectedError(ErrorCode.BACKUP_NONE, path=str(folder / name))


@contextmanager
def _desk(profile_dir: Path | None) -> Iterator[BackupDesk]:
    with _desk_of(Clinic(entered_at(profile_dir))) as desk:
        yield desk


@contextmanager
def _desk_of(clinic: Clinic) -> Iterator[BackupDesk]:
    with clinic:
        desk = BackupDesk(clinic, Gate())
        try:
            yield desk
        finally:
            desk.close()


@contextmanager
def _progress() -> Iterator[Callable[[BackupProgress | None], None]]:
    with progress_line() as line:

        def tell(progress: BackupProgress | None) -> None:
            if progress is not None:
                line(Progress(progress.what, progress.share, 1.0, progress.left_s))

        yield tell


def _generation_text(each: Generation) -> str:
    return (
        f"{each.name:<20}  {_when(each)}  {each.size_bytes / _MB:8.1f} MB  "
        f"{many(each.patients, 'patient')}, {many(each.sessions, 'session')}, "
        f"{many(each.acts, 'act')}"
    )


def _when(generation: Generation) -> str:
    return generation.made_at.local().strftime("%Y-%m-%d %H:%M")


def _state_text(state: BackupState) -> str:
    if state.gone_since is not None:
        since = state.gone_since.local().strftime("%Y-%m-%d %H:%M")
        return f"The backup folder {state.folder} is not there since {since}."
    told = f"{many(len(state.generations), 'backup')} in {state.folder}"
    if state.same_disk:
        told += ", on the same disk as the records"
    return f"{told}."
