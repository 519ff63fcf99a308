"""Locks the window, by hand or when nobody is there, and lets the right person in again."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QToolTip, QWidget
from shiboken6 import isValid

from edema_desk.domain.capture.view import CaptureView
from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.terms.people import NOBODY, Actor
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.entrance.idle import IdleWatch
from edema_desk.ui.entrance.lock_cover import LockCover
from edema_desk.ui.parts.theme import Theme

GRACE_MS, _LOOK_MS = 3000, 40
"""What was saved as the lock came is waited for so long; the cover is there at once."""


class Guard(QObject):
    """One for a window. Does nothing while the profile has no users.

    `covered()` before everything is hidden, `uncovered()` when the same person is back, and
    `replaced()` when somebody else signed in: then this window must go, with all that is in it.
    """

    covered = Signal()
    uncovered = Signal()
    replaced = Signal()

    def __init__(self, jobs: DeskJobs, theme: Theme, window: QMainWindow) -> None:
        super().__init__(window)
        self._jobs, self._window = jobs, window
        self.cover = LockCover(theme, window)
        self.idle = IdleWatch(self)
        self.locked = False
        self._hidden: list[QWidget] = []
        self._silenced: list[QShortcut | QAction] = []
        self._had_focus: QWidget | None = None
        self._person = jobs.desk.person
        self._whose = ""
        self._by_itself = False
        self._grace_left_ms = 0
        self._grace = QTimer(self)
        self._grace.setInterval(_LOOK_MS)
        self._grace.timeout.connect(self._on_grace)
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_admitted)
        self._call.failed.connect(self.cover.show_failure)
        self._call.broke.connect(self._on_broke)
        self.cover.tried.connect(self._on_tried)
        self.idle.passed.connect(self._on_idle)
        jobs.changed.connect(self._on_change)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.applicationStateChanged.connect(self._on_application)

    @property
    def active(self) -> bool:
        """Whether somebody signed in."""
        return self._jobs.desk.person.known

    def set_limit(self, minutes: int) -> None:
        """Lock after so many minutes without a key or a click."""
        self.idle.limit_s = 60.0 * minutes
        if self.active:
            self.idle.start()

    def lock(self) -> None:
        """Cover everything, and let nobody ask or do anything."""
        self._lock(by_itself=False)

    def switch(self) -> None:
        """Lock, and ask who else is there."""
        self._lock(by_itself=False)
        if self.locked:
            self.cover.ask_other(True)

    def show_recording(self, view: CaptureView | None) -> None:
        """How a recording stands that goes on under the cover."""
        if self.locked:
            self.cover.show_recording(view)

    def discard(self) -> None:
        """Somebody else is there: forms that were put away are closed, with what was typed. The
        cover stays until the window goes."""
        self.close()
        hidden, self._hidden = self._hidden, []
        for dialog in hidden:
            if isValid(dialog):
                dialog.close()
                dialog.deleteLater()

    def close(self) -> None:
        """The window goes."""
        self.idle.stop()
        self._grace.stop()
        self._watch_shows(False)

    # locking

    def _lock(self, *, by_itself: bool) -> None:
        if not self.locked and self.active:
            self._cover(self._jobs.desk.person, by_itself=by_itself)

    def _cover(self, person: Actor, *, by_itself: bool) -> None:
        self.locked, self._by_itself = True, by_itself
        self._whose = person.actor_id
        self.covered.emit()
        self._had_focus = QApplication.focusWidget()
        self._hide_everything()
        self.cover.show_for(person.name)
        self._jobs.hold()
        self._grace_left_ms = GRACE_MS
        self._grace.start()

    def _hide_everything(self) -> None:
        while (popup := QApplication.activePopupWidget()) is not None and popup.isVisible():
            popup.close()
        QToolTip.hideText()
        window = self._window
        self._hidden = []
        for each in QApplication.topLevelWidgets():
            if each is not window and each.isVisible():
                self._put_away(each)
        self._middle().hide()
        self._silenced = [keys for keys in window.findChildren(QShortcut) if keys.isEnabled()]
        self._silenced += [act for act in window.findChildren(QAction) if act.isEnabled()]
        for keys in self._silenced:
            keys.setEnabled(False)
        self._watch_shows(True)

    def _middle(self) -> QWidget:
        middle = self._window.centralWidget()
        if middle is None:
            raise RuntimeError("a window without anything in it")
        return middle

    def _put_away(self, each: QWidget) -> None:
        if isinstance(each, QDialog):  # one that is closed would lose what was typed
            self._hidden.append(each)
        each.hide()

    def _watch_shows(self, wanted: bool) -> None:
        """Nothing may appear beside the cover, whatever asks for it."""
        app = QCoreApplication.instance()
        if app is not None:
            (app.installEventFilter if wanted else app.removeEventFilter)(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put away what shows itself while the window is locked."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.ToolTip) and self.locked:
            if event.type() == QEvent.Type.ToolTip:
                return True
            if isinstance(watched, QWidget) and watched is not self._window:
                if watched.isWindow():
                    self._put_away(watched)
                elif watched.parent() is self._window and watched is not self.cover:
                    self.cover.raise_()
        return False

    def _on_grace(self) -> None:
        """What was being saved is saved as who saved it; then nobody sits there any more."""
        self._grace_left_ms -= _LOOK_MS
        if self._grace_left_ms <= 0 or self._jobs.waiting == 0:
            self._leave_seat()

    def _leave_seat(self) -> None:
        self._grace.stop()
        self._jobs.desk.signs.lock(by_itself=self._by_itself)

    def _on_change(self, change: Change) -> None:
        """Somebody may have shut out who sits here: then nobody sits here, and nothing is seen."""
        if change.kind is not ChangeKind.USERS or self.locked:
            return
        now, before = self._jobs.desk.person, self._person
        self._person = now
        if now == NOBODY and before.known:
            self._cover(before, by_itself=True)

    def _on_idle(self) -> None:
        self._lock(by_itself=True)

    def _on_application(self, state: Qt.ApplicationState) -> None:
        """The system puts the program to sleep: whoever wakes it may be somebody else."""
        if state == Qt.ApplicationState.ApplicationSuspended:
            self._lock(by_itself=True)

    # unlocking

    def _on_tried(self, login: str, password: str) -> None:
        signs = self._jobs.desk.signs
        self._leave_seat()
        self.cover.form.set_busy(True)
        self._call.start(signs.switch(login, password) if login else signs.unlock(password))

    def _on_admitted(self, actor: Actor) -> None:
        if actor.actor_id == self._whose:
            self._uncover()
        else:
            self.cover.form.clear()
            self.replaced.emit()

    def _on_broke(self) -> None:
        self.cover.form.set_busy(False)

    def _uncover(self) -> None:
        self.locked = False
        self._watch_shows(False)
        self.cover.uncover()
        self._middle().show()
        for keys in self._silenced:
            if isValid(keys):  # a form that was saved under the cover is gone, with its keys
                keys.setEnabled(True)
        self._silenced = []
        hidden, self._hidden = self._hidden, []
        for dialog in hidden:
            if isValid(dialog):
                dialog.show()
        if self._had_focus is not None and isValid(self._had_focus):
            self._had_focus.setFocus()
        self._had_focus = None
        self._person = self._jobs.desk.person
        self._jobs.go_on()
        self.idle.start()
        self.uncovered.emit()
