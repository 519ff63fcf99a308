"""Every figure of Agreement as a table that can be read out and copied."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from edema_desk.domain.course.agreement_view import AgreementView
from edema_desk.jobs.agreement_job import Standing
from edema_desk.plots.agreement_curve import step_text
from edema_desk.plots.agreement_figures import captures_text, figure_lines, sessions_text
from edema_desk.plots.agreement_words import (
    DASH,
    counted_text,
    guess_text,
    kg_between,
    number_text,
    verdict_headline,
)
from edema_desk.plots.style import text_font
from edema_desk.ui.agreement.drift import by_weight, drift_words
from edema_desk.ui.parts.spreadsheet import tsv_line

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SHARES = (0.2, 0.105, 0.05, 0.125, 0.15, 0.11)
"""Of the width, for all columns but the last."""
_LINE_PX, _PADDING_PX, _AIR_PX = 40, 36, 18


@dataclass(frozen=True, slots=True)
class TableLine:
    """What stands in a row, in words."""

    name: str
    value: str = ""
    unit: str = ""
    between: str = ""
    beside: str = ""
    rests_on: str = ""
    about: str = ""

    def cells(self) -> tuple[str, ...]:
        """From left to right."""
        return (
            *(self.name, self.value, self.unit, self.between),
            *(self.beside, self.rests_on, self.about),
        )


def table_lines(view: AgreementView) -> tuple[TableLine, ...]:
    """The verdict, the figures, the guesses and the learning curve."""
    return (
        TableLine(verdict_headline(view), about=counted_text(view)),
        *(
            TableLine(
                one.name,
                one.value,
                one.unit,
                one.between,
                one.beside,
                one.rests_on,
                one.about,
            )
            for one in figure_lines(view)
        ),
        *_guess_lines(view),
        *_curve_lines(view),
    )


def _guess_lines(view: AgreementView) -> list[TableLine]:
    translate = QCoreApplication.translate
    about = translate(
        "Agreement",
        "A guess without a camera, on the same captures. The interval is of the camera's gain.",
    )
    said = translate("Agreement", "Mean error of the guess: {guess}")
    beside = translate("Agreement", "camera: {mae} kg")
    return [
        TableLine(
            said.format(guess=guess_text(one.guess)),
            number_text(one.guess_mae_kg),
            "kg",
            kg_between((one.gain_low_kg, one.gain_high_kg), signed=True),
            beside.format(mae=number_text(one.mae_kg)),
            captures_text(one.captures),
            about,
        )
        for one in view.comparisons
        if one.captures
    ]


def _curve_lines(view: AgreementView) -> list[TableLine]:
    translate = QCoreApplication.translate
    said = translate("Agreement", "Mean error after {sessions} sessions")
    usual = translate("Agreement", "usual value: {value}")
    rests = translate("Agreement", "{captures}, patients: {patients}")
    return [
        TableLine(
            said.format(sessions=step_text(one.sessions)),
            number_text(one.mae_kg),
            "kg",
            "",
            usual.format(value=f"{number_text(one.guess_mae_kg)} kg"),
            rests.format(captures=captures_text(one.captures), patients=one.patients),
        )
        for one in view.curve
    ]


def drift_lines(standing: Standing) -> tuple[TableLine, ...]:
    """The clinic's, and that of each patient whose estimates drifted."""
    translate = QCoreApplication.translate
    said = translate("Agreement", "Drift: {who}")
    named = [(translate("Agreement", "the whole clinic"), standing.clinic)]
    named += [(one.patient.name, one.drift) for one in by_weight(standing.patients)]
    return tuple(
        TableLine(
            said.format(who=who),
            DASH if drift.residual_kg is None else number_text(drift.residual_kg, 1, signed=True),
            "" if drift.residual_kg is None else "kg",
            rests_on=sessions_text(drift.sessions),
            about="" if drift.residual_kg is None else drift_words(drift),
        )
        for who, drift in named
    )


class AgreementRows(QAbstractTableModel):
    """Words alone; the tip of each cell is its whole text."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[TableLine, ...] = ()

    def show_lines(self, lines: tuple[TableLine, ...]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One a line."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """As `TableLine`."""
        return 0 if parent.isValid() else len(self.heads())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, and the whole of them as a tip."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.lines[index.row()].cells()[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What the columns are."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads()[section]
        return None

    def heads(self) -> tuple[str, ...]:
        """What the columns are."""
        return (
            self.tr("Figure"),
            self.tr("Value"),
            self.tr("Unit"),
            self.tr("95 % interval"),
            self.tr("Beside"),
            self.tr("Rests on"),
            self.tr("What it is"),
        )


class _Wrapped(QStyledItemDelegate):
    """As high as its words are at the width of its column, with air above and below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt forgets the padding of the style sheet."""
        table = self.parent()
        width = table.columnWidth(index.column()) if isinstance(table, QTableView) else 100
        metrics = QFontMetrics(text_font())
        box = metrics.boundingRect(
            QRect(0, 0, max(width - _PADDING_PX, 20), 10_000),
            int(Qt.TextFlag.TextWordWrap),
            str(index.data()),
        )
        return QSize(width, box.height() + _AIR_PX)


class AgreementTable(QTableView):
    """Ctrl+C copies the selected rows, or all when none is."""

    def __init__(self) -> None:
        super().__init__()
        self._view: AgreementView | None = None
        self._standing: Standing | None = None
        self.rows = AgreementRows(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Wrapped(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(_LINE_PX)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setStretchLastSection(True)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.retranslate()

    def show_view(self, view: AgreementView) -> None:
        """Tell another state."""
        self._view = view
        self.retranslate()

    def show_standing(self, standing: Standing | None) -> None:
        """Tell who drifted; None while it is not known."""
        self._standing = standing
        self.retranslate()

    def retranslate(self) -> None:
        """The language changed."""
        lines = () if self._view is None else table_lines(self._view)
        if self._view is not None and self._standing is not None:
            lines = (*lines, *drift_lines(self._standing))
        self.rows.show_lines(lines)
        self.setAccessibleName(self.tr("Agreement, as a table"))

    def copied(self) -> str:
        """The selected rows, or all when none is, under their heads, tab-separated."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        rows = [self.rows.lines[n].cells() for n in chosen or range(len(self.rows.lines))]
        return "".join(tsv_line(cells) for cells in (self.rows.heads(), *rows))

    def copy(self) -> None:
        """Put them on the clipboard."""
        QGuiApplication.clipboard().setText(self.copied())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What it is gets the most room at any width."""
        for place, share in enumerate(_SHARES):
            self.setColumnWidth(place, round(share * self.viewport().width()))
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)
