"""Parts of forms: a field with its caption and what is wrong, and choices of several."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from edema_desk.ui.parts.theme import STEP_PX
from edema_desk.ui.parts.widgets import Part, button, column, label, row, set_look


class MultiChips(QWidget):
    """Any of a few choices, side by side. `changed()` after each click."""

    changed = Signal()

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__()
        self._buttons = {key: button("chip") for key in keys}
        for chip in self._buttons.values():
            chip.setCheckable(True)
            chip.clicked.connect(self.changed)
        self.setLayout(row(*self._buttons.values(), gap=STEP_PX * 2))

    def set_text(self, key: str, text: str) -> None:
        """The word on one chip."""
        self._buttons[key].setText(text)

    def choose(self, keys: Iterable[str]) -> None:
        """Choose these and no others."""
        wanted = set(keys)
        for key, chip in self._buttons.items():
            chip.setChecked(key in wanted)

    @property
    def choices(self) -> tuple[str, ...]:
        """The keys of the chosen chips, in their order."""
        return tuple(key for key, chip in self._buttons.items() if chip.isChecked())


class Field(QWidget):
    """A caption, its editor, and what is wrong with the entry, in place."""

    def __init__(self, editor: QWidget, *beside: Part) -> None:
        super().__init__()
        self.editor = editor
        self.caption, self.wrong = label("caption"), label("field-error", wrap=True)
        self.caption.setBuddy(editor)
        self.wrong.hide()
        self.setLayout(column(self.caption, row(editor, *beside), self.wrong, None, gap=STEP_PX))

    def say(self, caption: str) -> None:
        """Set the caption."""
        self.caption.setText(caption)
        self.editor.setAccessibleName(caption)

    def complain(self, text: str) -> None:
        """Show what is wrong; an empty text says that nothing is."""
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))
        self.editor.setAccessibleDescription(text)
        set_look(self.editor, wrong="true" if text else "false")


def fields(*made: Field) -> QHBoxLayout:
    """Fields side by side, of one width."""
    box = row(*made, gap=STEP_PX * 4)
    for place in range(len(made)):
        box.setStretch(place, 1)
    return box
