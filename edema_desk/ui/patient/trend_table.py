"""The trend as a table: the same readings as the plot, sortable and copyable."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from edema_desk.domain.course.trend import SessionEntry
from edema_desk.domain.terms.records import Phase
from edema_desk.plots.event_words import title_words
from edema_desk.plots.style import CAPTION_PX, text_font
from edema_desk.plots.trend_series import Reading
from edema_desk.plots.wording import moment_text
from edema_desk.ui.parts.phrases import (
    excess,
    kg,
    refusal_text,
    shown_difference_kg,
    spread,
)
from edema_desk.ui.parts.spreadsheet import tsv_line
from edema_desk.ui.pieces.trend_words import noted_words

Index = QModelIndex | QPersistentModelIndex
Native = float | str | None

_DENSE = """
QTableView::item { padding: 0 5px; }
QHeaderView::section { padding: 0 8px; }
QHeaderView::section { min-height: 46px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
"""
"""Twelve columns want less room than those of the worklist."""

_WIDEST_PHASE_PX = 190
"""What went before a spot capture may be long, and the figures want the room."""

SORT_ROLE = Qt.ItemDataRole.UserRole
READING_ROLE = Qt.ItemDataRole.UserRole + 1
_ROOT = QModelIndex()


class Column(IntEnum):
    """What can stand in a column."""

    WHEN = 0
    PHASE = 1
    SCALE = 2
    ESTIMATE = 3
    SPREAD = 4
    DIFFERENCE = 5
    WEIGHT = 6
    DRY_WEIGHT = 7
    GAIN = 8
    GAIN_PERCENT = 9
    GAP = 10
    UF_RATE = 11
    NOTE = 12
    CHANGE = 13


TREND_COLUMNS = tuple(Column)[: Column.CHANGE]
DAY_COLUMNS = (
    *(Column.WHEN, Column.PHASE, Column.SCALE, Column.ESTIMATE, Column.SPREAD),
    *(Column.CHANGE, Column.DIFFERENCE, Column.WEIGHT, Column.NOTE),
)


Number = Callable[[Reading], float | None]


@dataclass(frozen=True, slots=True)
class Field:
    """What a column takes from a reading, to sort by and in words. Empty is None and ""."""

    native: Callable[[Reading], Native]
    text: Callable[[Reading], str]


def _number(value: Number, text: Callable[[float], str]) -> Field:
    def words(reading: Reading) -> str:
        found = value(reading)
        return "" if found is None else text(found)

    return Field(value, words)


def _note(reading: Reading) -> str:
    refused = (refusal_text(reading.refusal),) if reading.refusal else ()
    return " ".join((*refused, *noted_words(reading)))


def _gap_days(reading: Reading) -> float | None:
    session = _before(reading)
    return session.days_since_last if session else None


def _before(reading: Reading) -> SessionEntry | None:
    """The gain stands in the row of the pre."""
    return reading.session if reading.phase is Phase.PRE else None


def _gain_g(reading: Reading) -> float | None:
    session = _before(reading)
    return session.gain_g if session else None


def _gain_percent(reading: Reading) -> float | None:
    session = _before(reading)
    return session.gain_percent if session else None


def _uf_rate(reading: Reading) -> float | None:
    """In the row of the post."""
    session = reading.session if reading.phase is Phase.POST else None
    return session.uf_rate_ml_kg_h if session else None


def _weight(grams: float) -> str:
    return kg(round(grams))


def _change(grams: float) -> str:
    return kg(round(grams), signed=True)


def _decimal(value: float) -> str:
    return f"{value:.1f}"


FIELDS: Mapping[Column, Field] = {
    Column.WHEN: Field(lambda r: r.at_s, lambda r: moment_text(r.entry.at)),
    Column.PHASE: Field(lambda r: r.phase.value, title_words),
    Column.SCALE: _number(lambda r: r.scale_kg, excess),
    Column.ESTIMATE: _number(lambda r: r.estimate_kg, excess),
    Column.SPREAD: _number(lambda r: r.spread_kg, spread),
    Column.DIFFERENCE: _number(lambda r: shown_difference_kg(r.entry), excess),
    Column.WEIGHT: _number(lambda r: r.entry.net_g, _weight),
    Column.DRY_WEIGHT: _number(lambda r: r.entry.dry_weight_g, _weight),
    Column.GAIN: _number(_gain_g, _change),
    Column.GAIN_PERCENT: _number(_gain_percent, _decimal),
    Column.UF_RATE: _number(_uf_rate, _decimal),
    Column.GAP: _number(_gap_days, _decimal),
    Column.CHANGE: _number(lambda r: r.change_kg, excess),
    Column.NOTE: Field(lambda r: _note(r) or None, _note),
}


def ordered(
    readings: Sequence[Reading], column: Column, order: Qt.SortOrder
) -> tuple[Reading, ...]:
    """By native values; readings without one stay at the end either way."""
    native = FIELDS[column].native
    keys = [(native(reading), reading) for reading in readings]
    there = [(key, reading) for key, reading in keys if key is not None]
    there.sort(key=_first, reverse=order == Qt.SortOrder.DescendingOrder)
    missing = [reading for key, reading in keys if key is None]
    return (*(reading for _, reading in there), *missing)


def _first(pair: tuple[Any, Reading]) -> Any:
    return pair[0]


class TrendModel(QAbstractTableModel):
    """Rows are readings. Roles: words, `SORT_ROLE` with native values, `READING_ROLE`."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._readings: tuple[Reading, ...] = ()
        self._column, self._order = Column.WHEN, Qt.SortOrder.DescendingOrder

    def set_readings(self, readings: Sequence[Reading]) -> None:
        """Replace all rows, in the order chosen."""
        self.beginResetModel()
        self._readings = ordered(readings, self._column, self._order)
        self.endResetModel()

    def retranslate(self) -> None:
        """Have every cell read again; the language changed."""
        self.beginResetModel()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows; what is selected stays selected."""
        self._column, self._order = self.columns[column], order
        self.layoutAboutToBeChanged.emit()
        before = self._readings
        self._readings = ordered(before, self._column, order)
        place = {id(reading): row for row, reading in enumerate(self._readings)}
        old = self.persistentIndexList()
        new = [self.index(place[id(before[index.row()])], index.column()) for index in old]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One for each reading."""
        return 0 if parent.isValid() else len(self._readings)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Those chosen."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, the native value, the reading, or how to align."""
        if not index.isValid():
            return None
        reading, column = self._readings[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return FIELDS[column].text(reading)
        if role == SORT_ROLE:
            return FIELDS[column].native(reading)
        if role == READING_ROLE:
            return reading
        if role == Qt.ItemDataRole.ToolTipRole and column in (Column.NOTE, Column.PHASE):
            return FIELDS[column].text(reading)
        return _alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Names with units."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section])
        return self._heads()[self.columns[section]] if role == Qt.ItemDataRole.DisplayRole else None

    def _heads(self) -> tuple[str, ...]:
        return (
            self.tr("Time"),
            self.tr("Phase"),
            self.tr("Scale excess\n(kg)"),
            self.tr("Estimate\n(kg)"),
            self.tr("±\n(kg)"),
            self.tr("Difference\n(kg)"),
            self.tr("Weight\n(kg)"),
            self.tr("Dry weight\n(kg)"),
            self.tr("Gain\n(kg)"),
            self.tr("Gain\n(% of dry weight)"),
            self.tr("Gap\n(days)"),
            self.tr("UF rate\n(mL/kg/h)"),
            self.tr("Note"),
            self.tr("Change since the\nfirst of the day (kg)"),
        )


class _Heads(QHeaderView):
    """Heads of two lines, as wide as the longer one and the arrow of the order."""

    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:  # noqa: N803  # Qt's name
        """Qt measures the lines as if they stood side by side."""
        words = str(self.model().headerData(logicalIndex, self.orientation()))
        metrics = QFontMetrics(text_font(CAPTION_PX))
        width = max(metrics.horizontalAdvance(line) for line in words.split("\n"))
        return QSize(width + 34, 2 * metrics.height() + 12)


class TrendTable(QTableView):
    """`session_opened(session_id)` follows a double click or Return, `day_opened(date)` where that
    is a spot capture, `picked(Reading)` another row. Ctrl+C copies with heads."""

    session_opened = Signal(str)
    day_opened = Signal(object)
    picked = Signal(object)

    def __init__(
        self, columns: Sequence[Column] = TREND_COLUMNS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = TrendModel(columns, self)
        self.setModel(self.rows)
        self.setSortingEnabled(True)
        self.sortByColumn(columns.index(Column.WHEN), Qt.SortOrder.DescendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setStyleSheet(_DENSE)
        self.setHorizontalHeader(_Heads(Qt.Orientation.Horizontal, self))
        self.horizontalHeader().setSectionsClickable(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(40)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setResizeContentsPrecision(0)  # what is in view; fast at 10 years
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.activated.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._on_row)
        self.retranslate()

    def sizeHintForColumn(self, column: int) -> int:
        """Room for the words, but for long ones of what went before."""
        wanted = super().sizeHintForColumn(column)
        phase = self.rows.columns[column] is Column.PHASE
        return min(wanted, _WIDEST_PHASE_PX) if phase else wanted

    def set_readings(self, readings: Sequence[Reading]) -> None:
        """Show another state of the trend; order and scroll position stay."""
        bar, place = self.verticalScrollBar(), self.verticalScrollBar().value()
        self.rows.set_readings(readings)
        bar.setValue(place)

    def retranslate(self) -> None:
        """Write everything again; the language changed."""
        self.rows.retranslate()
        self.setAccessibleName(self.tr("Excess fluid above dry weight, as a table"))

    def selection_tsv(self) -> str:
        """The selected rows as shown, or all when none is, under their heads, tab-separated."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        numbers = chosen or range(self.rows.rowCount())
        horizontal = Qt.Orientation.Horizontal
        places = range(self.rows.columnCount())
        heads = [str(self.rows.headerData(c, horizontal)) for c in places]
        table = [[str(self.rows.index(r, c).data()) for c in places] for r in numbers]
        return "".join(tsv_line(line) for line in (heads, *table))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected rows, or all, into the clipboard."""
        QGuiApplication.clipboard().setText(self.selection_tsv())

    def pick(self, reading: Reading) -> None:
        """Make its row the current one."""
        for row in range(self.rows.rowCount()):
            index = self.rows.index(row, 0)
            if index.data(READING_ROLE) is reading:
                self.setCurrentIndex(index)

    def _on_row(self, index: QModelIndex) -> None:
        reading = index.data(READING_ROLE)
        if isinstance(reading, Reading):
            self.picked.emit(reading)

    def _open(self, index: QModelIndex) -> None:
        reading = index.data(READING_ROLE)
        if not isinstance(reading, Reading):
            return
        if reading.session is not None:
            self.session_opened.emit(reading.session.session.session_id)
        else:
            self.day_opened.emit(reading.entry.at.day)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    words = column in (Column.WHEN, Column.PHASE, Column.NOTE)
    side = Qt.AlignmentFlag.AlignLeft if words else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
