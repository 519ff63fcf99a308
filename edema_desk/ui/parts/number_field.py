"""A field for one number with its unit, which is said to be wrong in place."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QLineEdit

from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.widgets import label

_EDIT_PX = 92


class NumberField(Field):
    """`entered(float)` when another number within the limits was typed; the decimal sign may be a
    point or a comma. What was typed stays until it is right."""

    entered = Signal(float)

    def __init__(self, least: float, most: float, *, whole: bool = False) -> None:
        self._edit, self.unit = QLineEdit(), label("muted")
        self._least, self._most, self._whole = least, most, whole
        self._value = least
        self._edit.setFixedWidth(_EDIT_PX)
        super().__init__(self._edit, self.unit, None)
        self._edit.editingFinished.connect(self._on_entered)

    def show_number(self, value: float) -> None:
        """Set the number that is in force."""
        self._value = value
        self._edit.setText(f"{value:g}")
        self.complain("")

    def _on_entered(self) -> None:
        number = self._read()
        if number is None:
            said = self.tr("Enter a number from {least} to {most}")
            self.complain(said.format(least=f"{self._least:g}", most=f"{self._most:g}"))
            return
        self.complain("")
        if number != self._value:
            self.entered.emit(number)

    def _read(self) -> float | None:
        number, right = QLocale.c().toDouble(self._edit.text().strip().replace(",", "."))
        if not right or not self._least <= number <= self._most:
            return None
        return number if not self._whole or number == round(number) else None
