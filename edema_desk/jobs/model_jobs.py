"""Work with models that takes long, for the window."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from edema_desk.domain.models.view import TrainingState
from edema_desk.flow.models.watch import models_watch
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.jobs.long_job import LongJob

_CHANGED = "changed"
_LOOK_MS = 1000


class ModelJob(LongJob):
    """Short questions and the switch itself (`desk.models.entries`, `activate`, `back`, `remove`)
    are asked with a `DeskCall`."""

    def install(self, package: Path) -> None:
        """Install a package; `finished(ModelInUse)`. Cannot be cancelled: it takes seconds."""
        self.run(lambda tell, cancel: self.jobs.desk.models.install(package))

    def compare(self, first: str, second: str) -> None:
        """Compare two models on the clinic's captures; `finished(ModelComparison)`."""
        self.run(lambda tell, cancel: self.jobs.desk.models.compare(first, second, tell, cancel))

    def reestimate(self) -> None:
        """Estimate stored captures with the model in use; `finished(Reestimated)`."""
        self.run(lambda tell, cancel: self.jobs.desk.models.reestimate(tell, cancel))

    def watch(self) -> None:
        """How estimates stand by now; `finished(ModelsWatch)`."""
        self.run(lambda tell, cancel: models_watch(self.jobs.desk.agreement, tell, cancel))


class TrainingJob(QObject):
    """The training of the desk, which goes on without a page: `changed()` when its state did, at
    most one waiting to be told, and each second while it runs. Wishes are the desk's own."""

    changed = Signal()

    def __init__(self, jobs: DeskJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = jobs.desk.models.training
        self._told = True
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_MS)
        self._clock.timeout.connect(self.changed)
        ticket = jobs.expect(self, self._on_letter, standing=True)

        def tell() -> None:
            if self._told:
                self._told = False
                jobs.post(ticket, _CHANGED)

        self._desk.listen(tell)
        self._follow()

    @property
    def state(self) -> TrainingState:
        """How it stands."""
        return self._desk.state

    @property
    def held(self) -> bool:
        """Whether it stands still beside a capture."""
        return self._desk.held

    def _on_letter(self, content: object) -> None:
        del content
        self._told = True
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        """A capture that begins or ends is seen by looking."""
        if self.state.runs != self._clock.isActive():
            if self.state.runs:
                self._clock.start()
            else:
                self._clock.stop()
