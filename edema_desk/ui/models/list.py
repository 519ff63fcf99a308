"""The models of the profile: the one in use first, then the newest."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from edema_desk.domain.models.view import ModelEntry
from edema_desk.plots.style import text_font
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.pieces.models_words import ModelState, kind_of_figures, name_of, number, state_of

LINE_PX, WIDE_PX = 84, 320
_LEFT_PX = 16


@dataclass(frozen=True, slots=True)
class ModelLine:
    """What stands in one line."""

    model_id: str
    name: str
    digest: str
    state: ModelState
    figures: str

    @property
    def spoken(self) -> str:
        """All of it, for who does not see it."""
        return ", ".join(part for part in (self.name, self.state.word, self.figures) if part)


class ModelsList(QListWidget):
    """`model_chosen(model_id)` when another line is in front, by pointer or keys."""

    model_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "sections")
        self.setItemDelegate(_Painter(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(WIDE_PX)
        self.setUniformItemSizes(True)
        self.currentItemChanged.connect(self._on_current)

    def show_entries(self, entries: Sequence[ModelEntry], earlier: Sequence[str]) -> None:
        """Replace all lines; the chosen model stays chosen, or the one in use is."""
        before = self.chosen
        self.blockSignals(True)
        self.clear()
        for entry in entries:
            line = _line(entry, earlier)
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
            item.setSizeHint(QSize(WIDE_PX - 20, LINE_PX))
            self.addItem(item)
        self.blockSignals(False)
        self.choose(before)

    @property
    def chosen(self) -> str:
        """The id of the model in front; empty without one."""
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole).model_id) if item is not None else ""

    @property
    def lines(self) -> tuple[ModelLine, ...]:
        """All that is shown."""
        return tuple(self.item(n).data(Qt.ItemDataRole.UserRole) for n in range(self.count()))

    def choose(self, model_id: str) -> None:
        """Bring a model to the front, the first where it is not there."""
        ids = [line.model_id for line in self.lines]
        if ids:
            self.setCurrentRow(ids.index(model_id) if model_id in ids else 0)

    def _on_current(self) -> None:
        self.model_chosen.emit(self.chosen)


class _Painter(QStyledItemDelegate):
    """Name and hash, state with its mark, and figures with what they were measured on."""

    def __init__(self, theme: Theme, parent: ModelsList) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """One line."""
        line: ModelLine = index.data(Qt.ItemDataRole.UserRole)
        box = QRectF(option.rect).adjusted(0, 2, 0, -2)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(self._theme.color("accent_ground" if chosen else "hover"))
            painter.drawRoundedRect(box, 10, 10)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 9, 9)
        self._paint_words(painter, box.adjusted(_LEFT_PX, 9, -12, -9), line)
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRectF, line: ModelLine) -> None:
        high = room.height() / 3
        first = QRectF(room.left(), room.top(), room.width(), high)
        painter.setFont(text_font(bold=True))
        metrics = painter.fontMetrics()
        wide = room.width() - 80
        name = metrics.elidedText(line.name, Qt.TextElideMode.ElideRight, round(wide))
        painter.setPen(self._theme.color("ink"))
        painter.drawText(first, _AT_LEFT, name)
        painter.setFont(text_font(13))
        painter.setPen(self._theme.color("muted"))
        painter.drawText(first, _AT_RIGHT, line.digest)
        third = first.translated(0, 2 * high)
        metrics = painter.fontMetrics()
        figures = metrics.elidedText(line.figures, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(third, _AT_LEFT, figures)
        second = first.translated(0, high)
        painter.setBrush(self._theme.color(line.state.color))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QRectF(second.left(), second.center().y() - 3.5, 8, 8))
        painter.setPen(self._theme.color(line.state.color))
        painter.drawText(second.adjusted(15, 0, 0, 0), _AT_LEFT, line.state.word)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All lines are alike."""
        del option, index
        return QSize(WIDE_PX - 20, LINE_PX)


_AT_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_AT_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def _line(entry: ModelEntry, earlier: Sequence[str]) -> ModelLine:
    card = entry.card
    figures = ""
    if card is not None:
        measured = kind_of_figures(card.trained_on.made_up)
        figures = f"{number(card.figures.mae_kg)} kg · {measured}"
    digest = entry.model_id.rpartition("-")[2][:6]
    state = state_of(entry, earlier)
    return ModelLine(entry.model_id, name_of(entry.model_id, card), digest, state, figures)
