"""The window program: everything is made here, in order, and taken apart in reverse."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from edema_desk import __version__
from edema_desk.domain.course.worklist import WorklistRow
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Listener, Stopwatch, unheard
from edema_desk.flow.desk import Desk
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.jobs.entrance import Entrance, way_into
from edema_desk.jobs.restore_job import RestoreJob
from edema_desk.jobs.settings_keeper import SettingsKeeper
from edema_desk.log import start_log
from edema_desk.paths import Profile, resources_dir
from edema_desk.settings import Settings, load_settings, save_settings
from edema_desk.ui.entrance.restore_dialog import RestoreDialog
from edema_desk.ui.entrance.window import Came
from edema_desk.ui.language import Language
from edema_desk.ui.main_window import MainWindow
from edema_desk.ui.parts.messages import BugHooks
from edema_desk.ui.parts.phrases import error_text, research_note
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.places import ON_THE_RAIL, PATIENT, SESSION, TODAY, Place

_SETTLE_S = 20.0
_RESTORABLE = frozenset({ErrorCode.DATABASE_DAMAGED, ErrorCode.USERS_FILE_DAMAGED})
"""What keeps the records from being opened and a backup makes good."""


@dataclass(frozen=True, slots=True)
class Dress:
    """How all windows of the program look, and the language they speak."""

    theme: Theme
    language: Language

    @classmethod
    def of(cls, qt: QApplication, settings: Settings) -> "Dress":
        """As the settings say."""
        language = Language(qt, resources_dir() / "i18n")
        language.choose(settings.language)
        return cls(Theme(qt, resources_dir(), settings.theme), language)


class App(QObject):
    """A window over a desk, with its theme, language and settings. `close` takes it apart."""

    def __init__(
        self,
        qt: QApplication,
        desk: Desk,
        settings: Settings,
        today: Callable[[], date] = date.today,
        *,
        dress: Dress | None = None,
    ) -> None:
        super().__init__()
        worn = dress or Dress.of(qt, settings)
        self.theme, self.language = worn.theme, worn.language
        self.jobs = DeskJobs(desk, self)
        self.keeper = SettingsKeeper(self.jobs, desk.profile.settings, self)
        self._settings, self._today = settings, today
        self.administrator_wanted = False
        """Whether the window was closed for the first administrator to be made."""
        self.hooks = BugHooks(self)
        self.hooks.bug_found.connect(self._on_bug)
        self.keeper.failed.connect(self._on_failure)
        self.window = self._made_window()
        self.window.inbox.watch(settings.inbox, settings.inbox_after)

    def _made_window(self) -> MainWindow:
        window = MainWindow(self.jobs, self.theme, self._settings, self._today)
        window.setWindowIcon(self.theme.icon("drop", "accent"))
        window.settings_chosen.connect(self._on_settings)
        window.administrator_wanted.connect(self._on_administrator)
        window.replaced.connect(self._on_replaced, Qt.ConnectionType.QueuedConnection)
        return window

    def close(self) -> None:
        """Close the window, finish what is being written, close the desk."""
        self.window.close()
        self.keeper.close()
        self.jobs.close()
        self.window.deleteLater()

    def _on_replaced(self) -> None:
        """Somebody else signed in: a window of their own, in which nothing is left of the former's
        pages and forms."""
        before = self.window
        before.guard.discard()
        self.window = self._made_window()
        self.jobs.go_on()
        self.window.setGeometry(before.geometry())
        self.window.setWindowState(before.windowState())
        self.window.show()
        before.close()
        before.deleteLater()

    def _on_administrator(self) -> None:
        self.administrator_wanted = self.window.close()

    def _on_bug(self, error: BaseException) -> None:
        self.window.show_bug(error)

    def _on_settings(self, settings: Settings) -> None:
        self._settings = settings
        self.theme.choose(settings.theme)
        self.language.choose(settings.language)
        self.keeper.keep(settings)

    def _on_failure(self, error: ExpectedError) -> None:
        self.window.toast.say(error_text(error))


def run_window(profile: Profile, *, day: date | None = None) -> int:
    """Open the window on `profile` until it is closed; the exit code.

    With `day` the worklist opens on that day. A profile with users is signed in to before, one
    that is started for the first time asks whether it is to have any. What keeps the window from
    opening is said in a box of its own. Raises ExpectedError(NO_DISPLAY) where there is no screen.
    """
    _need_display()
    qt = _qt()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in a terminal ends the program
    make_first = False
    while True:
        settings = load_settings(profile.settings)
        dress = Dress.of(qt, settings)
        try:
            desk = _entered(profile, dress, settings, make_first=make_first)
            if desk is None:
                return 0
            settings = load_settings(profile.settings)
            settings = desk.network_cameras.take_over(settings)
            settings = desk.clinic_settings.take_over(settings)
        except ExpectedError as error:
            if error.code in _RESTORABLE and _restored(profile, dress, error):
                continue
            if error.code in _RESTORABLE:
                return 1
            QMessageBox.critical(None, f"EdemaDesk · {research_note()}", error_text(error))
            return 1
        start_log(profile.log)
        app = App(qt, desk, settings, dress=dress)
        app.hooks.install()
        if day is not None:
            app.window.today.go_to(day)
        _show(app.window)
        try:
            code = qt.exec()
        finally:
            app.hooks.remove()
            app.close()
        make_first = app.administrator_wanted
        if not make_first:
            return code
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _entered(
    profile: Profile, dress: Dress, settings: Settings, *, make_first: bool
) -> Desk | None:
    """The desk, once somebody is in; None for who closed the window instead. Raises what keeps
    the desk from being opened."""
    way = way_into(profile)
    way.check()  # a second window is sent away before anybody types a password
    known = way.needs_sign_in()
    if not known and settings.asked_for_users and not make_first:
        return way.open(way.here())
    entrance = Entrance(way)
    came = Came(entrance, dress.theme, first=not known)
    try:
        came.wait()
    finally:
        entrance.close()
    if came.restore:
        _restored(profile, dress)
        return _entered(profile, dress, settings, make_first=make_first)
    if came.later and not settings.asked_for_users:
        save_settings(profile.settings, replace(settings, asked_for_users=True))
    return way.open(way.here()) if came.later else entrance.desk


def _restored(profile: Profile, dress: Dress, error: ExpectedError | None = None) -> bool:
    """Offer to bring the records back from a backup; whether that was done."""
    job, bugs = RestoreJob(profile), list[BaseException]()
    dialog = RestoreDialog(job, dress.theme, error)
    dialog.broke.connect(bugs.append)
    try:
        done = dialog.exec() == RestoreDialog.DialogCode.Accepted
    finally:
        job.close()
        dialog.deleteLater()
    if bugs:
        raise bugs[0]
    return done


def render_pages(
    desk: Desk,
    out: Path,
    listener: Listener = unheard,
    *,
    day: date | None = None,
    settings: Settings | None = None,
) -> tuple[Path, ...]:
    """Write a picture of each page to `out`, without a screen; the files written.

    The worklist is that of `day`; patient and session are the first on it with an estimate.
    The desk stays open. Raises ExpectedError(OUTPUT_NOT_WRITABLE).
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with _rendering(desk, settings or Settings("en", "light")) as window:
        window.today.go_to(day or date.today())
        _settle(window.jobs)
        written = [_picture(window, out / "today.png")]
        row = _first_estimated(window.source.rows or ())
        places: list[tuple[str, Place]] = []
        if row is not None:
            places.append((PATIENT, Place(PATIENT, row.patient.patient_id)))
            if row.session is not None:
                places.append((SESSION, Place(SESSION, row.session.session.session_id)))
        places += [(key, Place(key)) for key in ON_THE_RAIL if key not in (None, TODAY)]
        watch = Stopwatch("draw", len(places), listener)
        for done, (name, place) in enumerate(places, start=1):
            window.go(place)
            _settle(window.jobs)
            written.append(_picture(window, out / f"{name}.png"))
            watch.report(done)
    return tuple(written)


@contextmanager
def _rendering(desk: Desk, settings: Settings) -> Iterator[MainWindow]:
    qt = _qt()
    theme = Theme(qt, resources_dir(), settings.theme)
    Language(qt, resources_dir() / "i18n").choose(settings.language)
    window = MainWindow(DeskJobs(desk), theme, settings)
    window.show()
    try:
        yield window
    finally:
        window.jobs.detach()
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _picture(window: MainWindow, path: Path) -> Path:
    if not window.grab().save(str(path)):
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(path))
    return path


def _settle(jobs: DeskJobs) -> None:
    """Let the window work until it waits for nothing."""
    end_s = time.monotonic() + _SETTLE_S
    calm = 0
    while calm < 5 and time.monotonic() < end_s:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        calm = calm + 1 if jobs.waiting == 0 else 0
        time.sleep(0.01)


def _first_estimated(rows: tuple[WorklistRow, ...]) -> WorklistRow | None:
    with_session = [r for r in rows if r.session is not None]
    estimated = [r for r in with_session if r.latest and r.latest.estimate is not None]
    return next(iter([*estimated, *with_session, *rows]), None)


def _need_display() -> None:
    chosen = os.environ.get("QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not chosen:
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            raise ExpectedError(ErrorCode.NO_DISPLAY)


def _qt() -> QApplication:
    held = QApplication.instance()
    if isinstance(held, QApplication):
        return held
    qt = QApplication([sys.argv[0]])
    qt.setApplicationName("EdemaDesk")
    qt.setApplicationVersion(__version__)
    return qt


def _show(window: MainWindow) -> None:
    room = window.screen().availableGeometry()
    if room.width() < window.width() or room.height() < window.height():
        window.showMaximized()
    else:
        window.show()
