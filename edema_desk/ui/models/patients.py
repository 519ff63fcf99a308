"""Each patient's model: what the estimates rest on and how near they came, a line each."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from edema_desk.domain.course.drift_view import Drift
from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.models.patient_models import PatientModel, RestsOn, rests_on
from edema_desk.domain.models.view import ModelsWatch
from edema_desk.domain.terms.search import matches
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.plots.wording import moment_text, short_day_text
from edema_desk.ui.models.facts import Facts
from edema_desk.ui.models.table import PeopleTable, TableLine
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.search_field import SearchField
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.waiting import scrolling
from edema_desk.ui.parts.widgets import Card, KeyFigure, Notice, button, column, label, row
from edema_desk.ui.pieces.models_words import (
    drift_text,
    interval_text,
    number,
    percent,
    short_name,
    transfer_text,
)

DETAIL_PX = 400
_COLUMNS = 5


class PatientModels(QWidget):
    """`patient_wanted(patient_id)` when one shall be opened."""

    patient_wanted = Signal(str)

    def __init__(self, jobs: DeskJobs, theme: Theme) -> None:
        super().__init__()
        self._jobs = jobs
        self._models: dict[str, PatientModel] = {}
        self._drifts: Mapping[str, Drift] = {}
        self._query = ""
        self._how = label("muted", wrap=True)
        self.search, self.table = SearchField(theme), PeopleTable(theme, _COLUMNS)
        self.detail = PatientModelCard(theme)
        card = Card(self.table, margin=0)
        card.body.setContentsMargins(1, 4, 1, 12)
        both = row(card, self.detail, gap=STEP_PX * 4)
        both.setStretch(0, 1)
        self.search.setFixedWidth(DETAIL_PX)
        box = column(self._how, row(self.search, None), both, gap=STEP_PX * 3)
        box.setStretch(2, 1)
        self.setLayout(box)
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_card)
        self._call.failed.connect(self.detail.fail)
        self.search.searched.connect(self._on_search)
        self.search.left_downwards.connect(self.table.setFocus)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self.patient_wanted)
        self.detail.patient_wanted.connect(self.patient_wanted)
        self.retranslate()

    def show_watch(self, watch: ModelsWatch) -> None:
        """Replace all lines, by name."""
        ordered = sorted(watch.models, key=lambda m: m.patient.kana or m.patient.name)
        self._models = {one.patient.patient_id: one for one in ordered}
        self._drifts = {one.patient.patient_id: one.drift for one in watch.drifts}
        self._show_lines()

    def _show_lines(self) -> None:
        lines = [
            TableLine(
                one.patient.patient_id,
                (
                    one.patient.name,
                    str(one.days),
                    str(one.estimates),
                    number(one.mae_kg),
                    number(one.usual_mae_kg),
                ),
                ("", "", "", _color(one), "muted"),
            )
            for one in self._models.values()
            if not self._query
            or matches(self._query, one.patient.name, one.patient.kana, one.patient.chart_number)
        ]
        self.table.show_lines(lines)

    def _on_search(self, query: str) -> None:
        self._query = query
        self._show_lines()

    def _on_chosen(self, patient_id: str) -> None:
        one = self._models.get(patient_id)
        self._call.forget()
        self.detail.show_patient(one, self._drifts.get(patient_id))
        if one is not None and self.isVisible():
            self._call.start(self._jobs.desk.patient_card(patient_id))

    def _on_card(self, card: PatientCard) -> None:
        if card.patient.patient_id == self.table.key:
            self.detail.show_rests(rests_on(card.trend))

    def refresh(self) -> None:
        """It comes to the front."""
        self._on_chosen(self.table.key)

    def retranslate(self) -> None:
        """Set every text again."""
        self._how.setText(
            self.tr(
                "No patient has a network of their own: the model in use is carried over to each "
                "by the patient's own captures of known weight, anew with every weight. More "
                "sessions make it surer."
            )
        )
        self.search.setPlaceholderText(self.tr("Name, kana or chart number"))
        self.search.setAccessibleName(self.tr("Search for a patient"))
        self.table.setAccessibleName(self.tr("Each patient's model"))
        self.table.say(
            (
                self.tr("Patient"),
                self.tr("Sessions"),
                self.tr("Estimates"),
                self.tr("Mean error, kg"),
                self.tr("Error without camera, kg"),
            )
        )
        self.table.setToolTip(
            self.tr(
                "Without camera: the mean error of the patient's usual value in that phase, on the "
                "same captures."
            )
        )
        self.detail.retranslate()


def _color(one: PatientModel) -> str:
    """Farther off than the usual weight is: worth a look."""
    if one.mae_kg is None or one.usual_mae_kg is None:
        return ""
    return "attention" if one.mae_kg > one.usual_mae_kg else ""


class PatientModelCard(Card):
    """One patient. `patient_wanted(patient_id)`."""

    patient_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(margin=0)
        self.setFixedWidth(DETAIL_PX)
        self._model: PatientModel | None = None
        self._drift: Drift | None = None
        self._rests: RestsOn | None = None
        self._asked = False
        self._name = label("card-title", wrap=True)
        self.figures = tuple(KeyFigure() for _ in range(3))
        self.drifts, self.failure = Notice(theme, "attention"), Notice(theme, "bad")
        self.failure.hide()
        self.told, self.facts, self.open_ = label("muted", wrap=True), Facts(), button()
        self.open_.clicked.connect(self._on_open)
        box = column(
            self._name,
            row(*self.figures, None, gap=STEP_PX * 6),
            *(self.drifts, self.told, self.facts, self.failure, row(self.open_, None), None),
            gap=STEP_PX * 4,
        )
        box.setContentsMargins(20, 18, 20, 18)
        self.body.addWidget(scrolling(box))

    def show_patient(self, model: PatientModel | None, drift: Drift | None) -> None:
        """Another patient; what the estimates rest on follows by `show_rests`."""
        self._model, self._drift, self._rests, self._asked = model, drift, None, False
        self.failure.say("")
        self.retranslate()

    def show_rests(self, rests: RestsOn | None) -> None:
        """What the newest estimate rests on."""
        self._rests, self._asked = rests, True
        self.retranslate()

    def fail(self, error: ExpectedError) -> None:
        """It could not be asked."""
        self.failure.say(error_text(error))

    def _on_open(self) -> None:
        if self._model is not None:
            self.patient_wanted.emit(self._model.patient.patient_id)

    def retranslate(self) -> None:
        """Set every text again."""
        self.open_.setText(self.tr("Open the patient"))
        model = self._model
        for part in (self.open_, *self.figures):
            part.setVisible(model is not None)
        drifted = self._drift is not None and self._drift.since is not None
        self.drifts.say(drift_text(self._drift) if self._drift is not None and drifted else "")
        if model is None:
            self._name.setText("")
            self.told.setText(self.tr("Choose a patient."))
            self.told.show()
            self.facts.show_rows(())
            return
        self._name.setText(model.patient.name)
        mae, coverage, estimates = self.figures
        mae.caption.setText(self.tr("Mean error"))
        mae.show_value(number(model.mae_kg) if model.mae_kg is not None else "", "kg")
        coverage.caption.setText(self.tr("Scale within the interval"))
        share = percent(model.coverage).removesuffix(" %")
        promised = self.tr("%, promised: 90 %")
        coverage.show_value(share if model.coverage is not None else "", promised)
        estimates.caption.setText(self.tr("Estimates"))
        estimates.show_value(str(model.estimates))
        none = self.tr(
            "There is no estimate yet. The first needs an earlier session with a capture and a "
            "weight."
        )
        self.told.setText(none if self._asked and self._rests is None else "")
        self.told.setVisible(bool(self.told.text()))
        self.facts.show_rows(self._rows(model))

    def _rows(self, model: PatientModel) -> Sequence[tuple[str, str]]:
        rows = [(self.tr("Captures refused"), str(model.refused))]
        rests = self._rests
        if rests is None:
            return rows
        span = ""
        if rests.first_day is not None and rests.last_day is not None:
            days = self.tr("{first} to {last}")
            first, last = short_day_text(rests.first_day), short_day_text(rests.last_day)
            span = first if first == last else days.format(first=first, last=last)
        rows += [
            (self.tr("Rests on"), self._references(rests)),
            (self.tr("Days"), span),
            (self.tr("Base model"), short_name(rests.model_id)),
            (self.tr("Carried over"), transfer_text(rests.transfer)),
            (self.tr("Interval from"), interval_text(rests.interval)),
            (self.tr("Last made"), moment_text(rests.made_at)),
        ]
        return [(name, value) for name, value in rows if value]

    def _references(self, rests: RestsOn) -> str:
        said = self.tr("{count} captures of known weight, on {days} days")
        return said.format(count=rests.references, days=rests.days)
