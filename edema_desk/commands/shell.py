"""What all commands share: the way into a profile, sentences for failures, a line of progress."""

import os
import shlex
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from edema_desk import words
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Progress
from edema_desk.flow.people.access import needs_sign_in, sign_in
from edema_desk.log import report_bug
from edema_desk.paths import PROFILE_VARIABLE, Profile, default_profile_dir
from edema_desk.store.base.entered import Entered, enter_here

F = TypeVar("F", bound=Callable[..., object])

STEPS: Mapping[str, str] = {
    "analyse": "Looking at the clip",
    "store": "Storing the clip",
    "copy": "Copying the file",
    "synthesise": "Drawing the study",
    "import": "Importing",
    "prepare": "Preparing the faces",
    "train": "Training",
    "evaluate": "Estimating",
    "reestimate": "Estimating again",
    "draw": "Drawing the pages",
    "records": "Copying the records",
    "check": "Checking",
    "clips": "Copying clips",
    "gather": "Reading the courses",
    "export": "Exporting",
}
"""English of `Progress.what`."""

USER_VARIABLE = "EDEMA_DESK_USER"
PASSWORD_FILE_VARIABLE = "EDEMA_DESK_PASSWORD_FILE"
NEW_PASSWORD_FILE_VARIABLE = "EDEMA_DESK_NEW_PASSWORD_FILE"
_USER = "edema_desk.user"


def many(count: int, one: str, more: str = "") -> str:
    """A count with its word, of one or of more: "1 patient", "2 patients"."""
    return f"{count} {one}" if count == 1 else f"{count} {more or one + 's'}"


def profile_option(command: F) -> F:
    """`--profile FOLDER`, or the variable EDEMA_DESK_PROFILE, or the platform's data folder; and
    `--user NAME`, or EDEMA_DESK_USER, which only `entered_at` reads."""
    profile = click.option(
        "--profile",
        "profile_dir",
        type=click.Path(path_type=Path, file_okay=False),
        envvar=PROFILE_VARIABLE,
        default=None,
        help="Folder with the database and clips. Default: the platform's data folder.",
    )
    user = click.option(
        "--user",
        metavar="NAME",
        envvar=USER_VARIABLE,
        expose_value=False,
        callback=_note_user,
        help="Sign in as this user. The password is asked for, or read from the file that "
        f"{PASSWORD_FILE_VARIABLE} names.",
    )
    return profile(user(command))


def _note_user(context: click.Context, parameter: click.Parameter, user: str | None) -> None:
    del parameter
    if user is not None:  # one named before the command holds for the command too
        context.meta[_USER] = user


def profile_at(profile_dir: Path | None) -> Profile:
    """The profile asked for, as an absolute path."""
    return Profile((profile_dir or default_profile_dir()).absolute())


def entered_at(profile_dir: Path | None) -> Entered:
    """The profile asked for, entered as the user of the command line, or without one where there
    are none. Within a command.

    Raises ExpectedError: SIGN_IN_NEEDED, SIGN_IN_WRONG, SIGN_IN_WAIT, and what opening raises.
    """
    profile = profile_at(profile_dir)
    user = user_named()
    if not needs_sign_in(profile):
        if user is not None:
            raise ExpectedError(ErrorCode.NO_USERS)
        return enter_here(profile)
    if user is None:
        raise ExpectedError(ErrorCode.SIGN_IN_NEEDED)
    return sign_in(profile, user, asked_password(f"Password of {user}", PASSWORD_FILE_VARIABLE))


def user_named() -> str | None:
    """Whom the command line names. Within a command."""
    user: str | None = click.get_current_context().meta.get(_USER)
    return user


def asked_password(prompt: str, file_variable: str, *, twice: bool = False) -> str:
    """The first line of the file that the variable names, else what is typed, without echo.

    Raises ExpectedError FILE_MISSING, FILE_UNREADABLE, PASSWORD_NOT_ASKED without a terminal.
    """
    named = os.environ.get(file_variable)
    if named:
        return _first_line(Path(named))
    if not at_terminal():
        raise ExpectedError(ErrorCode.PASSWORD_NOT_ASKED, variable=file_variable)
    typed: str = click.prompt(prompt, hide_input=True, confirmation_prompt=twice, err=True)
    return typed


def at_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty()


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except FileNotFoundError as error:
        raise ExpectedError(ErrorCode.FILE_MISSING, path=str(path)) from error
    except (OSError, ValueError) as error:
        raise ExpectedError(ErrorCode.FILE_UNREADABLE, path=str(path)) from error


def command_told() -> str:
    """The command as it was given, without where this PC keeps its profile and who signed in."""
    told, left = ["edema-desk"], iter(sys.argv[1:])
    for word in left:
        name, equals, _ = word.partition("=")
        if name not in ("--profile", "--user"):
            told.append(word)
        elif not equals:
            next(left, None)
    return shlex.join(told)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turns failures into one line on the error output and exit code 1."""
    try:
        yield
    except ExpectedError as error:
        click.echo(sentence(error), err=True)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
        raise SystemExit(1) from None
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:  # noqa: BLE001  the outermost border: everything else is a bug
        code = report_bug(error)
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        where = f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else ""
        click.echo(
            f"EdemaDesk made a mistake ({type(error).__name__} at {where}, code {code}). "
            "Please report it with this line.",
            err=True,
        )
        raise SystemExit(1) from None


def sentence(error: ExpectedError) -> str:
    """What happened and what to do, in English."""
    return words.ERRORS[error.code.value].filled(error.params)


class ProgressLine:
    """Progress on the error output: a line drawn over and over on a terminal, else one line
    every ten seconds. Nothing is written for work shorter than two seconds."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._start_s = time.monotonic()
        self._last_s = self._start_s
        self._written = False

    def __call__(self, progress: Progress) -> None:
        """A listener for `flow`."""
        now_s = time.monotonic()
        wait_s = 0.2 if self._terminal else 10.0
        if now_s - self._start_s < 2.0 or now_s - self._last_s < wait_s:
            return
        self._last_s = now_s
        share = 100 * progress.done / progress.total if progress.total else 0.0
        text = f"{STEPS.get(progress.what, progress.what)}: {min(share, 100):.0f} %"
        if progress.left_s is not None:
            text += f", about {clock(progress.left_s)} to go"
        if self._terminal:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()
            self._written = True
        else:
            click.echo(text, err=True)

    def done(self) -> None:
        """Clear the line."""
        if self._written:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._written = False


@contextmanager
def progress_line() -> Iterator[ProgressLine]:
    """A progress line that is gone at the end, however that comes."""
    line = ProgressLine()
    try:
        yield line
    finally:
        line.done()


def clock(seconds: float) -> str:
    """Minutes and seconds."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
