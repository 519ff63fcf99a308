"""The cards beside the faces: facts of both phases in two columns, and how weights came about."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from edema_desk.domain.terms.records import Phase
from edema_desk.plots.wording import moment_text
from edema_desk.ui.parts.phrases import hours_text, kg, phase_text
from edema_desk.ui.parts.theme import STEP_PX
from edema_desk.ui.parts.widgets import Card, label
from edema_desk.ui.pieces.audit_words import who_text
from edema_desk.ui.pieces.session_facts import FactRow, WeightStep

COLUMN_PX = 76


class FactsTable(QWidget):
    """Rows of a name and two values. Labels are kept and only written anew."""

    def __init__(self) -> None:
        super().__init__()
        self._heads = (label(Phase.PRE.value), label(Phase.POST.value))
        self.rows: list[tuple[QLabel, QLabel, QLabel]] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(STEP_PX * 3)
        self._grid.setVerticalSpacing(STEP_PX + 2)
        self._grid.setColumnStretch(0, 1)
        for place in (1, 2):
            self._grid.setColumnMinimumWidth(place, COLUMN_PX)
            right = Qt.AlignmentFlag.AlignRight
            self._grid.addWidget(self._heads[place - 1], 0, place, right)
        self.setLayout(self._grid)

    def show_rows(self, rows: Sequence[FactRow]) -> None:
        """Write everything."""
        for head, phase in zip(self._heads, (Phase.PRE, Phase.POST), strict=True):
            head.setText(short_phase_text(phase))
        while len(self.rows) < len(rows):
            self._add_row()
        for i, labels in enumerate(self.rows):
            texts = _texts(rows[i]) if i < len(rows) else ("", "", "")
            for part, text in zip(labels, texts, strict=True):
                part.setText(text)
                part.setVisible(bool(text))

    def values(self) -> dict[str, tuple[str, str]]:
        """What is shown, by name."""
        return {a.text(): (b.text(), c.text()) for a, b, c in self.rows if a.text()}

    def _add_row(self) -> None:
        labels = (label("muted", wrap=True), label(), label())
        number = len(self.rows) + 1
        self._grid.addWidget(labels[0], number, 0)
        for place in (1, 2):
            self._grid.addWidget(labels[place], number, place, Qt.AlignmentFlag.AlignRight)
        self.rows.append(labels)


class FactsCard(Card):
    """A table of facts with a title, and a note under it."""

    def __init__(self) -> None:
        super().__init__(gap=STEP_PX * 2)
        self.title, self.note = label("card-title"), label("caption", wrap=True)
        self.table = FactsTable()
        for part in (self.title, self.table, self.note):
            self.body.addWidget(part)
        self.note.hide()

    def show_rows(self, title: str, rows: Sequence[FactRow], note: str = "") -> None:
        """Write everything."""
        self.title.setText(title)
        self.table.show_rows(rows)
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def values(self) -> dict[str, tuple[str, str]]:
        """What is shown, by name."""
        return self.table.values()


class WeightsCard(Card):
    """Every entry of a weight: what it was, what it became, when, who, and why."""

    def __init__(self) -> None:
        super().__init__(gap=STEP_PX * 2)
        self.title, self.hours = label("card-title"), label("caption", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(STEP_PX * 2)
        self.lines: list[tuple[QLabel, QLabel]] = []
        self.body.addWidget(self.title)
        self.body.addLayout(self._list)
        self.body.addWidget(self.hours)

    def show_steps(
        self,
        steps: Sequence[WeightStep],
        names: Mapping[str, str] | None = None,
        planned_hours: float | None = None,
    ) -> None:
        """Write everything, the newest entry first; `names` of users by their ids."""
        planned = self.tr("Planned: {hours} h").format(hours=hours_text(planned_hours))
        self.hours.setText(planned if planned_hours else self.tr("No hours are planned."))
        self.title.setText(self.tr("Weights entered"))
        texts = [(self._what(step), _when(step, names or {})) for step in steps]
        if not texts:
            texts = [("", self.tr("No weight is entered yet."))]
        while len(self.lines) < len(texts):
            self.lines.append((label(wrap=True), label("caption", wrap=True)))
            for part in self.lines[-1]:
                self._list.addWidget(part)
        for i, parts in enumerate(self.lines):
            words = texts[i] if i < len(texts) else ("", "")
            for part, text in zip(parts, words, strict=True):
                part.setText(text)
                part.setVisible(bool(text))

    def _what(self, step: WeightStep) -> str:
        phase = short_phase_text(step.phase)
        if step.old_g is not None:
            return self.tr("{phase}: {old} kg corrected to {new} kg").format(
                phase=phase, old=kg(step.old_g), new=kg(step.new_g)
            )
        if step.tare_g:
            return self.tr("{phase}: {new} kg ({gross} kg less {tare} kg tare)").format(
                phase=phase,
                new=kg(step.new_g),
                gross=kg(step.new_g + step.tare_g),
                tare=kg(step.tare_g),
            )
        return self.tr("{phase}: {new} kg").format(phase=phase, new=kg(step.new_g))


def short_phase_text(phase: Phase) -> str:
    """The head of a column."""
    translate = QCoreApplication.translate
    if phase is Phase.PRE:
        return translate("Session", "Before")
    return translate("Session", "After") if phase is Phase.POST else phase_text(phase)


def _texts(row: FactRow) -> tuple[str, str, str]:
    return row.name, row.before, row.after


def _when(step: WeightStep, names: Mapping[str, str]) -> str:
    parts = [moment_text(step.at), who_text(step.actor, names), step.reason]
    return " · ".join(part for part in parts if part)
