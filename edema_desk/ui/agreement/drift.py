"""Whether estimates have come to lie beside the scale for good: the clinic's, and whose."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from edema_desk.domain.course.drift_view import Drift, PatientDrift
from edema_desk.domain.statistics.drift import Side
from edema_desk.jobs.agreement_job import Standing
from edema_desk.plots.agreement_words import count_text, number_text
from edema_desk.ui.parts.phrases import short_day_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Card, Notice, label

_MOST_LINES, _EDGES_PX = 6, 12


def by_weight(patients: tuple[PatientDrift, ...]) -> list[PatientDrift]:
    """Those that drifted, the furthest first."""
    drifted = [one for one in patients if one.drift.watch.drifted is not None]
    return sorted(drifted, key=lambda one: -abs(one.drift.residual_kg or 0.0))


class DriftCard(Card):
    """`patient_opened(patient_id)` follows a line of the list."""

    patient_opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._standing: Standing | None = None
        self._head, self._how = label("card-title"), label("caption", wrap=True)
        self.clinic, self._who = Notice(theme), label("caption")
        self.none = label("muted", wrap=True)
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part in (self._head, self.clinic, self._who, self.list, self.none, self._how):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.list.itemActivated.connect(self._on_line)
        self.list.itemClicked.connect(self._on_line)
        self.retranslate()

    def show_standing(self, standing: Standing | None) -> None:
        """Tell another state; None while it is not known yet."""
        self._standing = standing
        self.retranslate()

    def _on_line(self, line: QListWidgetItem) -> None:
        self.patient_opened.emit(str(line.data(Qt.ItemDataRole.UserRole)))

    def retranslate(self) -> None:
        """The language changed."""
        self._head.setText(self.tr("Drift"))
        self._how.setText(
            self.tr(
                "All captures count here, whatever is chosen above. Estimates drift when they lie "
                "on one side of the scale session after session; chance comes and goes. Look at "
                "camera, light, dry weight and model."
            )
        )
        self._who.setText(self.tr("Patients whose estimates drifted, the furthest first"))
        self.list.setAccessibleName(self._who.text())
        standing = self._standing
        for part in (self.clinic, self._who, self.list):
            part.setVisible(standing is not None)
        if standing is None:
            self.none.setText(self.tr("Being worked out…"))
            self.none.show()
            return
        drifted = by_weight(standing.patients)
        steady = standing.clinic.watch.drifted is None
        self.clinic.say(self._clinic_words(standing.clinic), "info" if steady else "attention")
        self._who.setVisible(bool(drifted))
        self.list.setVisible(bool(drifted))
        self.none.setText("" if drifted else self.tr("No patient's estimates have drifted."))
        self.none.setVisible(not drifted)
        self._fill(drifted)

    def _fill(self, drifted: list[PatientDrift]) -> None:
        self.list.clear()
        for one in drifted:
            line = QListWidgetItem(f"{one.patient.name}    {drift_words(one.drift)}")
            line.setData(Qt.ItemDataRole.UserRole, one.patient.patient_id)
            self.list.addItem(line)
        height = max(self.list.sizeHintForRow(0), 1)
        self.list.setFixedHeight(height * min(max(len(drifted), 1), _MOST_LINES) + _EDGES_PX)

    def _clinic_words(self, drift: Drift) -> str:
        if drift.watch.drifted is None:
            said = self.tr("The whole clinic: no drift in {sessions} sessions.")
            return said.format(sessions=count_text(drift.sessions))
        said = self.tr("The whole clinic: {drift}.")
        return said.format(drift=drift_words(drift))


def drift_words(drift: Drift) -> str:
    """By how much, to which side, and since when."""
    since = "" if drift.since is None else short_day_text(drift.since)
    kg = number_text(abs(drift.residual_kg or 0.0), 1)
    said = QCoreApplication.translate("Agreement", "{kg} kg below the scale since {day}")
    if drift.watch.drifted is Side.ABOVE:
        said = QCoreApplication.translate("Agreement", "{kg} kg above the scale since {day}")
    return said.format(kg=kg, day=since)
