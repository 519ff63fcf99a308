"""What the foot of the window says of the records themselves: damaged clips, a broken record, a
damaged database."""

from PySide6.QtCore import QObject

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.status_line import StatusLine


class FootWatch(QObject):
    """Asks at the start, and again when something was found."""

    def __init__(self, jobs: DeskJobs, line: StatusLine) -> None:
        super().__init__(line)
        self._jobs, self._line = jobs, line
        self._clips, self._record = DeskCall(jobs, self), DeskCall(jobs, self)
        self._clips.answered.connect(line.show_damaged)
        self._record.answered.connect(line.show_record)
        jobs.changed.connect(self._on_change)
        self._ask_clips()
        self._ask_record()

    def _on_change(self, change: Change) -> None:
        if change.kind is ChangeKind.CLIPS:
            self._ask_clips()
        elif change.kind is ChangeKind.RECORD_OF_ACTS:
            self._ask_record()
        elif change.kind is ChangeKind.DATABASE_DAMAGED:
            self._line.show_database_damaged()

    def _ask_clips(self) -> None:
        self._clips.start(self._jobs.desk.damaged_clips())

    def _ask_record(self) -> None:
        self._record.start(self._jobs.desk.audit.state())
