"""Choosing whom a clip shows: searched by name, kana or chart number, confirmed by both."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from edema_desk.domain.terms.alike import look_alikes
from edema_desk.domain.terms.records import Patient
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.elided_label import ElidedLabel
from edema_desk.ui.parts.phrases import short_day_text
from edema_desk.ui.parts.search_field import SearchField
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import OriginBadge, Photo, button, column, label, row
from edema_desk.ui.pieces.alike_words import alike_line, alike_text, person_line
from edema_desk.ui.worklist.source import WorklistSource, found

_MOST_FOUND = 30
_MOST_SEEN, _LINE_PX = 4, 36


class InboxPatient(QWidget):
    """`changed()` when another patient was chosen, or none. `patient` is who is."""

    changed = Signal()

    def __init__(self, jobs: DeskJobs, theme: Theme, source: WorklistSource) -> None:
        super().__init__()
        self._jobs, self._source = jobs, source
        self.patient: Patient | None = None
        self.search = SearchField(theme)
        self.results = QListWidget()
        self._photo, self._origin = Photo(theme, 44), OriginBadge(short=True)
        self._name, self._chart = ElidedLabel("card-title"), ElidedLabel("muted")
        self.other = button("quiet")
        self._shown = QWidget()
        self.warning = label("attention")
        self.warning.hide()
        told = row(self._chart, self._origin, None, gap=8)
        names = column(self._name, told, self.warning, gap=2)
        whole = row(self._photo, names, self.other, gap=12)
        whole.setStretch(1, 1)
        self._shown.setLayout(whole)
        self.setLayout(column(self._shown, self.search, self.results, gap=8))
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._photo.set_jpeg)
        self.search.searched.connect(self._on_search)
        self.search.entered.connect(self._on_entered)
        self.search.left_downwards.connect(self.results.setFocus)
        self.results.itemActivated.connect(self._on_chosen)
        self.results.itemClicked.connect(self._on_chosen)
        self.other.clicked.connect(self._on_other)
        self._retranslate()
        self.show_patient(None)

    def show_patient(self, patient: Patient | None) -> None:
        """Begin with somebody, or with the search."""
        self.patient = patient
        self._shown.setVisible(patient is not None)
        self.search.setVisible(patient is None)
        self.results.hide()
        self.search.clear()
        if patient is None:
            return
        self._name.set_whole(patient.name)
        born = short_day_text(patient.birth_date) if patient.birth_date else ""
        told = (patient.kana, patient.chart_number, born)
        self._chart.set_whole(" · ".join(part for part in told if part))
        alike = look_alikes(patient, [one.patient for one in self._source.rows or ()])
        self.warning.setText(alike_text(alike))
        self.warning.setToolTip("\n".join(alike_line(one) for one in alike))
        self.warning.setVisible(bool(alike))
        self._origin.set_origin(patient.origin)
        self._photo.set_jpeg(None)
        if patient.has_photo:
            self._call.start(self._jobs.desk.photo(patient.patient_id))

    def _on_search(self, query: str) -> None:
        self.results.clear()
        rows = found(self._source.rows or (), query) if query else ()
        for one in rows[:_MOST_FOUND]:
            item = QListWidgetItem(person_line(one.patient))
            item.setData(Qt.ItemDataRole.UserRole, one.patient)
            self.results.addItem(item)
        if query and not rows:
            nobody = QListWidgetItem(self.tr("No match"))
            nobody.setFlags(Qt.ItemFlag.NoItemFlags)
            self.results.addItem(nobody)
        self.results.setFixedHeight(min(self.results.count(), _MOST_SEEN) * _LINE_PX + 12)
        self.results.setVisible(bool(query) and self.patient is None)

    def _on_entered(self, query: str) -> None:
        del query
        only = self.results.item(0) if self.results.count() == 1 else None
        if only is not None and only.flags():
            self._on_chosen(only)
        elif self.results.count():
            self.results.setFocus()
            self.results.setCurrentRow(0)

    def _on_chosen(self, item: QListWidgetItem) -> None:
        self.show_patient(item.data(Qt.ItemDataRole.UserRole))
        self.changed.emit()

    def _on_other(self) -> None:
        self.show_patient(None)
        self.search.setFocus()
        self.changed.emit()

    def _retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Name, kana or chart number"))
        self.search.setAccessibleName(self.tr("Whom the clip shows"))
        self.results.setAccessibleName(self.tr("Patients found"))
        self.other.setText(self.tr("Other…"))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
