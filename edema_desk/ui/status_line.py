"""The line at the foot: how the day stands, and what the program is busy with."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from edema_desk.domain.keeping.backup import BackupState
from edema_desk.domain.keeping.clock_step import ClockStep
from edema_desk.domain.keeping.record_of_acts import RecordState
from edema_desk.domain.terms.moment import Moment
from edema_desk.settings import Settings
from edema_desk.ui.parts.phrases import day_text
from edema_desk.ui.parts.widgets import button, label, row, set_look
from edema_desk.ui.pieces.backup_words import status_text
from edema_desk.ui.worklist.source import WorklistSource, count_marks


class StatusLine(QWidget):
    """Counts of the day the worklist shows. `sign_in_wanted()` from the line that says that
    nobody has to sign in."""

    sign_in_wanted = Signal()

    def __init__(self, source: WorklistSource, settings: Settings) -> None:
        super().__init__()
        self._source, self._settings, self._damaged = source, settings, 0
        self._record_fault = self._database_damaged = False
        self._step: ClockStep | None = None
        self._counts, self._state = label("caption"), label("caption")
        self.backup = label("caption")
        self._backup: BackupState | None = None
        self.open_to_all = button("line")
        self.open_to_all.hide()
        self.open_to_all.clicked.connect(self.sign_in_wanted)
        self.setLayout(row(self._counts, None, self.open_to_all, self.backup, self._state, gap=14))
        source.arrived.connect(self._show)
        source.failed.connect(self._show)
        self._show()

    def set_settings(self, settings: Settings) -> None:
        """A camera may have been chosen that is reached by the network."""
        self._settings = settings
        self._show()

    def show_damaged(self, clips: int) -> None:
        """So many stored clips were found damaged."""
        self._damaged = clips
        self._show()

    def show_record(self, state: RecordState) -> None:
        """Whether the record of acts was found whole."""
        self._record_fault = state.fault is not None
        self._show()

    def show_database_damaged(self) -> None:
        """A page of the database is damaged; that stays until the program starts anew."""
        self._database_damaged = True
        self._show()

    def show_clock(self, step: ClockStep | None) -> None:
        """By how much the clock of this PC was set; None: it is as it was."""
        self._step = step
        self._show()

    def show_backup(self, state: BackupState) -> None:
        """How it stands with the backups."""
        now = Moment.now()
        self._backup = state
        self.backup.setText(status_text(state, now))
        set_look(self.backup, role="attention" if state.needs_attention(now) else "caption")

    def show_open_to_all(self, open_to_all: bool) -> None:
        """Whether whoever sits at this PC may do everything."""
        self.open_to_all.setVisible(open_to_all)

    def _show(self) -> None:
        self.open_to_all.setText(self.tr("Nobody signs in here"))
        self.open_to_all.setToolTip(self.tr("Make the first administrator"))
        rows = self._source.rows
        if rows is None:
            self._counts.setText("")
        else:
            due, pre, post, attention = count_marks(rows)
            parts = (
                day_text(self._source.day, weekday=False),
                self._patients(due),
                self.tr("{count} before done").format(count=pre),
                self.tr("{count} after done").format(count=post),
                self._attention(attention),
            )
            self._counts.setText(" · ".join(parts if due else parts[:2]))
        told = (
            *self._database(),
            *self._clock(),
            *self._record(),
            *self._damage(),
            self._network(),
        )
        self._state.setText(" · ".join(told))

    def _network(self) -> str:
        """What of the network is used: nothing but a camera that somebody set by its address."""
        scheme, remote, rest = self._settings.camera.partition("://")
        if not remote:
            return self.tr("No network in use")
        host = rest.partition("/")[0]
        return self.tr("In use: the network camera {host}").format(host=f"{scheme}://{host}")

    def _clock(self) -> list[str]:
        """That the clock was set: every time that is entered from now on is that much later."""
        if self._step is None:
            return []
        if self._step.at_start:
            said = self.tr("The clock is {minutes} min behind the last entry. Check it")
        elif self._step.forwards:
            said = self.tr("The clock was set forward by {minutes} min. Check it")
        else:
            said = self.tr("The clock was set back by {minutes} min. Check it")
        return [said.format(minutes=self._step.minutes)]

    def _database(self) -> list[str]:
        if not self._database_damaged:
            return []
        return [self.tr("The database is damaged: close EdemaDesk and open it again")]

    def _record(self) -> list[str]:
        return [self.tr("The record of acts is not whole: see the settings")] * self._record_fault

    def _damage(self) -> list[str]:
        if not self._damaged:
            return []
        said = self.tr("Damaged clips: {count}. Run edema-desk doctor")
        return [said.format(count=self._damaged)]

    def _patients(self, count: int) -> str:
        return (
            self.tr("1 patient") if count == 1 else self.tr("{count} patients").format(count=count)
        )

    def _attention(self, count: int) -> str:
        if count == 1:
            return self.tr("1 needs attention")
        return self.tr("{count} need attention").format(count=count)

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
            if self._backup is not None:
                self.show_backup(self._backup)
        super().changeEvent(event)
