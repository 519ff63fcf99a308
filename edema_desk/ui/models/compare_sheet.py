"""Two models on the same captures of the clinic: which lies nearer to the scale, and at whom."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from edema_desk.domain.models.view import ModelComparison, ModelEntry
from edema_desk.domain.terms.acts import ActKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.jobs.model_jobs import ModelJob
from edema_desk.plots.comparison_picture import ComparisonPicture, ErrorRow
from edema_desk.ui.models.progress import WorkProgress
from edema_desk.ui.parts.fields import Field, fields
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import column, label
from edema_desk.ui.pieces.models_words import (
    comparison_text,
    learned_from_text,
    number,
    short_name,
    span_text,
)

SHOWN_PATIENTS = 4
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class CompareSheet(Sheet):
    """`use_wanted(model_id)` when the second shall be used from now on. Nothing is written."""

    use_wanted = Signal(str)

    def __init__(
        self,
        jobs: DeskJobs,
        theme: Theme,
        parent: QWidget,
        entries: Sequence[ModelEntry],
        second: str,
        people: Mapping[str, str],
    ) -> None:
        super().__init__(jobs, theme, parent)
        self._people = people
        self._in_use = next((e.model_id for e in entries if e.in_use), "")
        self.told: ModelComparison | None = None
        self.job = ModelJob(jobs, self)
        self._how = label("muted", wrap=True)
        self.first_box, self.second_box = QComboBox(), QComboBox()
        for entry in entries:
            if entry.fault is None:
                for box in (self.first_box, self.second_box):
                    box.addItem(short_name(entry.model_id), entry.model_id)
        self.first, self.second = Field(self.first_box), Field(self.second_box)
        self.progress = WorkProgress()
        self.verdict = label("card-title", wrap=True)
        self.detail, self._counted = label(wrap=True), label("caption", wrap=True)
        self.picture = ComparisonPicture(theme.tokens)
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(STEP_PX * 5)
        self._table.setVerticalSpacing(STEP_PX)
        self._table.setColumnStretch(0, 1)
        self.cells = [[label("" if line else "caption") for _ in range(4)] for line in range(6)]
        for place, line in enumerate(self.cells):
            for number_, cell in enumerate(line):
                side = _RIGHT if number_ else _LEFT
                self._table.addWidget(cell, place, number_, side)
        self.outcome = QWidget()
        parts = (self.verdict, self.detail, self.picture, self._table, self._counted)
        self.outcome.setLayout(column(*parts, gap=STEP_PX * 3))
        self.outcome.hide()
        self.put(self._how, fields(self.first, self.second), self.progress, self.outcome)
        self._choose(self._in_use, second)
        self._connect()
        self.retranslate()

    def _choose(self, first: str, second: str) -> None:
        """Where `second` is the one in use, it is compared with any other."""
        ids = [str(self.first_box.itemData(n)) for n in range(self.first_box.count())]
        if second == first:
            second = next((one for one in reversed(ids) if one != first), first)
        for box, wanted in ((self.first_box, first), (self.second_box, second)):
            box.setCurrentIndex(max(box.findData(wanted), 0))

    def _connect(self) -> None:
        self.job.progressed.connect(self.progress.tell)
        self.job.finished.connect(self._on_told)
        self.job.failed.connect(self._on_failure)
        self.job.broke.connect(self._on_over)
        self.progress.stopped.connect(self.job.cancel)
        self.finished.connect(self.job.abandon)
        self.theme.changed.connect(self._redress)
        for box in (self.first_box, self.second_box):
            box.currentIndexChanged.connect(self._on_other)

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The two choices."""
        return (self.first_box, self.second_box)

    @property
    def _ids(self) -> tuple[str, str]:
        return str(self.first_box.currentData()), str(self.second_box.currentData())

    @property
    def _may_use(self) -> bool:
        """Whether the button uses the second rather than comparing."""
        told = self.told is not None and self._ids[1] != self._in_use
        return told and self.jobs.may(ActKind.USE_MODEL)

    def save(self) -> None:
        """Compare; or, once compared, use the second."""
        if self._may_use:
            self.use_wanted.emit(self._ids[1])
            self.accept()
            return
        self.clear_failure()
        self.outcome.hide()
        self.progress.begin()
        self.set_busy(busy=True)
        self.fit()
        self.job.compare(*self._ids)

    def _on_other(self) -> None:
        self.told = None
        self.outcome.hide()
        self.retranslate()

    def _on_over(self) -> None:
        self.progress.hide()
        self.set_busy(busy=False)
        self.fit()

    def _on_failure(self, error: ExpectedError) -> None:
        self._on_over()
        if error.code is ErrorCode.STUDY_TOO_SMALL:
            self.failure.say(
                self.tr(
                    "There is nothing to compare on yet: two days of one patient with a capture "
                    "and a weight are needed, and their faces still kept."
                )
            )
            self.fit()
        elif error.code is not ErrorCode.CANCELLED:
            self.show_failure(error)

    def _on_told(self, told: ModelComparison) -> None:
        self.told = told
        self.outcome.show()
        self.retranslate()
        self._on_over()

    def _redress(self) -> None:
        self.picture.dress(self.theme.tokens)

    def _show(self, told: ModelComparison) -> None:
        first, second = (short_name(one) for one in (told.first, told.second))
        verdict, _, detail = comparison_text(told, first, second).partition("\n")
        self.verdict.setText(verdict)
        self.detail.setText(detail)
        whole = ErrorRow(
            self.tr("All captures"),
            told.first_figures.mae_kg,
            told.second_figures.mae_kg,
            told.first_mae_kg,
            told.second_mae_kg,
        )
        people = [
            ErrorRow(self._people.get(one.patient_id, "–"), one.first_mae_kg, one.second_mae_kg)
            for one in told.by_patient[:SHOWN_PATIENTS]
        ]
        axis = self.tr("mean error, kg; patients where they differ most")
        self.picture.show_rows([whole, *people], first, second, axis)
        self._show_table(told, first, second)
        counted = self.tr(
            "{captures} captures of {patients} patients, each estimated from the patient's other "
            "days. A difference whose interval spans 0 says nothing for either."
        )
        said = counted.format(captures=told.captures, patients=told.patients)
        self._counted.setText(f"{said}\n{learned_from_text(told)}".strip())

    def _show_table(self, told: ModelComparison, first: str, second: str) -> None:
        lines = [("", first, second, self.tr("Difference (95 %)"))]
        for key, name, factor, digits in self._figures():
            both = (getattr(f, key) for f in (told.first_figures, told.second_figures))
            one, other = (number(factor * value, digits) for value in both)
            low, high = (factor * end for end in told.differences[key])
            lines.append((name, one, other, span_text((low, high), digits)))
        for cells, texts in zip(self.cells, lines, strict=True):
            for cell, text in zip(cells, texts, strict=True):
                cell.setText(text)

    def _figures(self) -> tuple[tuple[str, str, float, int], ...]:
        """Of each row its figure, its name, and what a share is shown times."""
        return (
            ("mae_kg", self.tr("Mean error, kg"), 1.0, 2),
            ("accuracy", self.tr("Before or after told right, %"), 100.0, 0),
            ("change_mae_kg", self.tr("Mean error of the change, kg"), 1.0, 2),
            ("skill_vs_class_mean", self.tr("Skill over the usual weight"), 1.0, 2),
            ("coverage_90", self.tr("Scale within the interval, %"), 100.0, 0),
        )

    def retranslate(self) -> None:
        """Set every text again."""
        use = self.tr("Use {name}").format(name=short_name(self._ids[1]))
        self.say_heading(
            self.tr("Compare two models"), use if self._may_use else self.tr("Compare")
        )
        if self.told is not None:
            self.cancel_button.setText(self.tr("Close"))
        self._how.setText(
            self.tr(
                "Both look at the stored faces of the clinic's own captures with a weight. Nothing "
                "is written, and no estimate changes."
            )
        )
        self.first.say(self.tr("Model"))
        self.second.say(self.tr("Compared with"))
        self._how.setVisible(self.told is None)
        self.save_button.setEnabled(self._ids[0] != self._ids[1])
        if self.told is not None:
            self._show(self.told)
        self.fit()
