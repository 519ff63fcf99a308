"""Whether an installed model shall be removed."""

from PySide6.QtWidgets import QWidget

from edema_desk.domain.models.view import ModelEntry
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import label
from edema_desk.ui.pieces.models_words import short_name


class RemoveModelSheet(Sheet):
    """Its files go, what it estimated stays."""

    def __init__(self, jobs: DeskJobs, theme: Theme, parent: QWidget, entry: ModelEntry) -> None:
        super().__init__(jobs, theme, parent)
        self._entry = entry
        self._what = label(wrap=True)
        self.put(self._what)
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_removed)
        self._call.failed.connect(self.show_failure)
        self._call.waiting_changed.connect(self.set_busy)
        self.retranslate()

    def save(self) -> None:
        """Remove it."""
        self.clear_failure()
        model_id = self._entry.model_id
        self._call.start(self.jobs.desk.models.remove(self.acts.of(model_id), model_id))

    def _on_removed(self, model_id: str) -> None:
        self.finish(self.tr("{name} was removed.").format(name=short_name(model_id)))

    def retranslate(self) -> None:
        """Set every text again."""
        self.say_heading(self.tr("Remove this model?"), self.tr("Remove"))
        said = self.tr(
            "The files of {name} are removed from this PC. Its {count} estimates in force and what "
            "is known of it stay. To use it again, it has to be installed again."
        )
        name = short_name(self._entry.model_id)
        self._what.setText(said.format(name=name, count=self._entry.estimates))
        self.fit()
