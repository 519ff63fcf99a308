"""The clinic's wheelchairs by name, for everybody to choose from."""

from PySide6.QtWidgets import QLineEdit, QWidget

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.entries import parse_tare_g
from edema_desk.ui.parts.fields import Field, fields
from edema_desk.ui.parts.phrases import error_text, tare_text
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import label


class WheelchairDialog(Sheet):
    """A name and a weight. The same name again is another weight; without a weight the chair is
    no longer offered."""

    def __init__(self, jobs: DeskJobs, theme: Theme, parent: QWidget) -> None:
        super().__init__(jobs, theme, parent)
        self.name_edit, self.weight_edit = QLineEdit(), QLineEdit()
        self.name, self.weight = Field(self.name_edit), Field(self.weight_edit)
        self._hint = label("muted", wrap=True)
        self.put(fields(self.name, self.weight), self._hint)
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_kept)
        self._call.failed.connect(self.show_failure)
        self._call.waiting_changed.connect(self.set_busy)
        self.retranslate()
        self.name_edit.setFocus()

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editors of this sheet."""
        return (self.name, self.weight)

    def save(self) -> None:
        """Keep the wheelchair, or show what is wrong beside the fields."""
        self.clear_failure()
        name = self.name_edit.text().strip()
        empty = ExpectedError(ErrorCode.FIELD_EMPTY, field=self.name.caption.text())
        self.name.complain("" if name else error_text(empty))
        try:
            weight_g = parse_tare_g(self.weight_edit.text()) or None
            self.weight.complain("")
        except ExpectedError as error:
            self.weight.complain(error_text(error))
            name = ""
        self.fit()
        if name:
            act_id = self.acts.of(name, weight_g)
            self._call.start(self.jobs.desk.keep_wheelchair(act_id, name, weight_g))

    def _on_kept(self) -> None:
        weight_g = parse_tare_g(self.weight_edit.text())
        if weight_g:
            said = self.tr("{name} is offered with {weight} kg.")
            text = said.format(name=self.name_edit.text().strip(), weight=tare_text(weight_g))
        else:
            said = self.tr("{name} is no longer offered.")
            text = said.format(name=self.name_edit.text().strip())
        self.finish(text)

    def retranslate(self) -> None:
        """Set every text again."""
        self.say_heading(self.tr("The clinic's wheelchairs"), self.tr("Keep"))
        self.name.say(self.tr("What stands on it"))
        self.weight.say(self.tr("Weight, kg"))
        self._hint.setText(
            self.tr(
                "It is offered for every patient. The same name again changes its weight; "
                "without a weight it is taken off the list."
            )
        )
