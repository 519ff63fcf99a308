"""Opening the window from the command line. Qt is loaded here and only when it is needed."""

import os
from datetime import date
from pathlib import Path
from platform import system as platform_name

from edema_desk.commands.shell import told_plainly
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Listener
from edema_desk.flow.desk import open_desk
from edema_desk.paths import Profile
from edema_desk.store.base.entered import Where


def has_display() -> bool:
    """Whether a window could be seen."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform in {"offscreen", "minimal"}:
        return False
    on_screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(on_screen) or platform_name() in {"Windows", "Darwin"}


def open_window(profile: Profile) -> int:
    """Open the window and stay until it is closed; the exit code."""
    with told_plainly():
        if not has_display():
            raise ExpectedError(ErrorCode.NO_DISPLAY)
        from edema_desk.app import run_window

        return run_window(profile)


def draw_pages(where: Where, out: Path, day: date, listener: Listener) -> tuple[Path, ...]:
    """Write a picture of each page to `out`, without a screen; raises ExpectedError.

    The worklist is that of `day`.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from edema_desk.app import render_pages

    desk = open_desk(where, window=False)
    try:
        return render_pages(desk, out, listener, day=day)
    finally:
        desk.close()
