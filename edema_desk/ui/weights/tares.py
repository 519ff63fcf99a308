"""What is weighed with the patient, and how long dialysis shall take."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from edema_desk.domain.terms.weights import Tare, TareKind, TareShelf, Wheelchair
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.ui.parts.entries import parse_hours, parse_tare_g
from edema_desk.ui.parts.fields import Field, fields
from edema_desk.ui.parts.phrases import error_text, hours_text, tare_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import column

_MOST_TARE_G = 100_000
"""The database takes no more."""


class TareFields(QWidget):
    """Wheelchair, clothes and hours, side by side. An empty field is one that does not count.

    What was on the scale the last time is filled in; the rest is offered by the arrow.
    `changed()` after each key; `list_wanted()` when the clinic's wheelchairs are to be changed.
    """

    changed = Signal()
    list_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shelf, self._touched = TareShelf(), False
        self._edits = {kind: QLineEdit() for kind in TareKind}
        self.hours_edit = QLineEdit()
        self._fields = {kind: Field(edit) for kind, edit in self._edits.items()}
        self._hours = Field(self.hours_edit)
        self._offer = QAction(self)
        trailing = QLineEdit.ActionPosition.TrailingPosition
        self._edits[TareKind.WHEELCHAIR].addAction(self._offer, trailing)
        self._offer.triggered.connect(self._on_offer)
        box = fields(*self._fields.values(), self._hours)
        box.setSpacing(10)
        self.setLayout(column(box))
        for edit in self._edits.values():
            edit.textEdited.connect(self._on_tare_edited)
        for edit in self.edits:
            edit.textChanged.connect(self._on_text)
        theme.changed.connect(self._recolor)
        self._recolor()

    @property
    def edits(self) -> tuple[QLineEdit, ...]:
        """Where something is typed."""
        return (*self._edits.values(), self.hours_edit)

    def edit_of(self, kind: TareKind) -> QLineEdit:
        """Where a tare is typed."""
        return self._edits[kind]

    def clear(self) -> None:
        """Forget everything; another patient is to come."""
        self._shelf, self._touched = TareShelf(), False
        for edit in self.edits:
            edit.setText("")  # to `clear` would count as typed

    def show_shelf(self, shelf: TareShelf) -> None:
        """Fill in what was on the scale the last time, where nobody typed yet."""
        self._shelf = shelf
        if not self._touched:
            for kind, edit in self._edits.items():
                tare = shelf.of(kind)
                edit.setText(tare_text(tare.weight_g) if tare and tare.used else "")

    def show_hours(self, hours: float | None) -> None:
        """Fill in the hours that are planned, where nobody typed others meanwhile."""
        if not self.hours_edit.isModified():
            self.hours_edit.setText(hours_text(hours))

    def tares(self) -> tuple[Tare, ...]:
        """What is typed, and what is remembered but not used this time. Raises ExpectedError."""
        found = []
        for kind, edit in self._edits.items():
            weight_g, known = parse_tare_g(edit.text()), self._shelf.of(kind)
            if weight_g:
                found.append(Tare(kind, weight_g))
            elif known is not None:
                found.append(Tare(kind, known.weight_g, used=False))
        return tuple(found)

    def tare_g(self) -> int:
        """The sum of what is typed. Raises ExpectedError."""
        return sum(tare.weight_g for tare in self.tares() if tare.used)

    def hours(self) -> float | None:
        """The hours typed. Raises ExpectedError."""
        return parse_hours(self.hours_edit.text())

    def check(self) -> bool:
        """Whether everything can be read; what cannot is said beside it."""
        right = True
        for kind, edit in self._edits.items():
            try:
                parse_tare_g(edit.text())
            except ExpectedError as error:
                self._fields[kind].complain(error_text(error))
                right = False
        if right and self.tare_g() > _MOST_TARE_G:
            said = ExpectedError(ErrorCode.WEIGHT_NOT_A_NUMBER, entered=tare_text(self.tare_g()))
            self.complain(error_text(said))
            right = False
        try:
            self.hours()
        except ExpectedError as error:
            self._hours.complain(error_text(error))
            right = False
        return right

    def complain(self, text: str) -> None:
        """Say that the sum cannot be."""
        self._fields[TareKind.WHEELCHAIR].complain(text)

    def complaints(self) -> str:
        """What is wrong now."""
        wrong = (field.wrong.text() for field in (*self._fields.values(), self._hours))
        return " ".join(text for text in wrong if text)

    def _on_tare_edited(self, text: str) -> None:
        self._touched = True

    def _on_text(self) -> None:
        for field in (*self._fields.values(), self._hours):
            field.complain("")
        self.changed.emit()

    def _on_offer(self) -> None:
        edit = self._edits[TareKind.WHEELCHAIR]
        self.menu().popup(edit.mapToGlobal(QPoint(0, edit.height() + 4)))

    def menu(self) -> QMenu:
        """The wheelchairs to choose from."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.triggered.connect(self._on_choice)
        own = self._shelf.of(TareKind.WHEELCHAIR)
        if own is not None:
            text = self.tr("As the last time · {weight} kg")
            said = text.format(weight=tare_text(own.weight_g))
            self._add(menu, said, own.weight_g)
        for chair in self._shelf.wheelchairs:
            self._add(menu, _chair_text(chair), chair.weight_g)
        self._add(menu, self.tr("No wheelchair"), 0)
        menu.addSeparator()
        menu.addAction(self.tr("The clinic's wheelchairs…"))
        return menu

    def _add(self, menu: QMenu, said: str, weight_g: int) -> None:
        menu.addAction(said).setData(weight_g)

    def _on_choice(self, action: QAction) -> None:
        weight_g = action.data()
        if weight_g is None:
            self.list_wanted.emit()
            return
        self._touched = True
        edit = self._edits[TareKind.WHEELCHAIR]
        edit.setText(tare_text(weight_g) if weight_g else "")

    def retranslate(self) -> None:
        """Set every text again."""
        self._fields[TareKind.WHEELCHAIR].say(self.tr("Wheelchair, kg"))
        self._fields[TareKind.CLOTHES].say(self.tr("Clothes, kg"))
        self._hours.say(self.tr("Hours planned"))
        self._offer.setText(self.tr("Choose a wheelchair"))

    def _recolor(self) -> None:
        self._offer.setIcon(self._theme.icon("chevron-down", "muted", 20))


def _chair_text(chair: Wheelchair) -> str:
    return f"{chair.name} · {tare_text(chair.weight_g)} kg"
