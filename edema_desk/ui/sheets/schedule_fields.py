"""Where a patient's days, shift, bed and hours are typed."""

from PySide6.QtWidgets import QLineEdit, QWidget

from edema_desk.domain.terms.records import Schedule
from edema_desk.errors import ExpectedError
from edema_desk.ui.parts.entries import parse_hours
from edema_desk.ui.parts.fields import Field, MultiChips, fields
from edema_desk.ui.parts.phrases import error_text, hours_text, shift_text, weekday_text
from edema_desk.ui.parts.widgets import Chips, column, label, row

SHIFTS = ("1", "2", "3")
WEEKDAYS = tuple(str(day) for day in range(7))


class ScheduleFields(QWidget):
    """Weekdays, shift, bed and usual hours."""

    def __init__(self) -> None:
        super().__init__()
        self._days_word, self._shift_word = label("caption"), label("caption")
        self.days, self.shift = MultiChips(WEEKDAYS), Chips(SHIFTS)
        self.bed_edit, self.hours_edit = QLineEdit(), QLineEdit()
        self.bed, self.hours = Field(self.bed_edit), Field(self.hours_edit)
        self.shift.choose("1")
        self.setLayout(
            column(
                column(self._days_word, row(self.days, None), gap=4),
                column(self._shift_word, row(self.shift, None), gap=4),
                fields(self.bed, self.hours),
                gap=16,
            )
        )

    def show_schedule(self, schedule: Schedule) -> None:
        """Fill in a schedule. A shift beyond the usual ones is offered too."""
        self.days.choose(str(day) for day in schedule.weekdays)
        self.shift.offer(tuple(dict.fromkeys((*SHIFTS, str(schedule.shift)))))
        self.shift.choose(str(schedule.shift))
        self.bed_edit.setText(schedule.bed)
        self.hours_edit.setText(hours_text(schedule.planned_hours))
        self.retranslate()

    def read(self) -> Schedule | None:
        """What was typed; what cannot be read is said beside it, and the answer is None."""
        try:
            hours = parse_hours(self.hours_edit.text())
        except ExpectedError as error:
            self.hours.complain(error_text(error))
            return None
        self.hours.complain("")
        days = tuple(int(day) for day in self.days.choices)
        return Schedule(days, int(self.shift.choice or 1), self.bed_edit.text().strip(), hours)

    def retranslate(self) -> None:
        """Set every text again."""
        self.bed.say(self.tr("Bed"))
        self.hours.say(self.tr("Usual hours"))
        self._days_word.setText(self.tr("Days of dialysis"))
        self._shift_word.setText(self.tr("Shift"))
        for day in WEEKDAYS:
            self.days.set_text(day, weekday_text(int(day)))
        for shift in self.shift.keys:
            self.shift.set_text(shift, shift_text(int(shift)))
