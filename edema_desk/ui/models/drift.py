"""The drift watch: whose estimates have come to lie beside the scale for good."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from edema_desk.domain.models.view import ModelsWatch
from edema_desk.plots.wording import short_day_text
from edema_desk.ui.models.table import PeopleTable, TableLine
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Card, EmptyState, Notice, column, label
from edema_desk.ui.pieces.models_words import drift_text, number

_COLUMNS = 4


class DriftView(QWidget):
    """`patient_wanted(patient_id)` when one shall be opened."""

    patient_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._watch: ModelsWatch | None = None
        self.clinic, self._how = Notice(theme), label("muted", wrap=True)
        self._title, self.table = label("card-title"), PeopleTable(theme, _COLUMNS)
        self.empty = EmptyState(theme, "check")
        card = Card(self.table, margin=0)
        card.body.setContentsMargins(1, 4, 1, 12)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(card)
        self._card = card
        box = column(self.clinic, self._title, self._how, self._stack, gap=STEP_PX * 3)
        box.setStretch(3, 1)
        self.setLayout(box)
        self.table.opened.connect(self.patient_wanted)
        self.retranslate()

    def show_watch(self, watch: ModelsWatch) -> None:
        """How it stands by now."""
        self._watch = watch
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._how.setText(
            self.tr(
                "Chance comes and goes, a bias stays: a patient stands here once the estimates of "
                "some sessions in a row lie on one side of the scale by about half a kilogram or "
                "more. Look at the dry weight, the camera and the light first; then compare the "
                "models on the first tab. Their estimates count as not calibrated until they "
                "recover."
            )
        )
        self.table.setAccessibleName(self.tr("Patients whose estimates drifted"))
        self.table.say(
            (
                self.tr("Patient"),
                self.tr("Estimate less scale, kg"),
                self.tr("Noticed"),
                self.tr("Sessions so far"),
            )
        )
        watch = self._watch
        if watch is None:
            self.clinic.say("")
            return
        self._say_clinic(watch)
        self._title.setText(
            self.tr("{count} of {all} patients drifted").format(
                count=len(watch.drifted), all=len(watch.drifts)
            )
        )
        self.table.show_lines(
            [
                TableLine(
                    one.patient.patient_id,
                    (
                        one.patient.name,
                        number(one.drift.residual_kg, signed=True),
                        short_day_text(one.drift.since) if one.drift.since else "–",
                        str(one.drift.sessions),
                    ),
                    ("", "attention"),
                )
                for one in watch.drifted
            ]
        )
        watched = any(one.drift.sessions for one in watch.drifts)
        self._how.setVisible(bool(watch.drifted))
        self._title.setVisible(bool(watch.drifted))
        self._stack.setCurrentWidget(self._card if watch.drifted else self.empty)
        if watched:
            text = self.tr("Each session with an estimate and a weight is watched.")
            self.empty.say(self.tr("Nobody's estimates drifted"), text, icon="check")
        else:
            text = self.tr("The watch begins with the first session that has both.")
            self.empty.say(self.tr("No estimates beside weights yet"), text, icon="scale")

    def _say_clinic(self, watch: ModelsWatch) -> None:
        drift = watch.clinic
        if drift.since is not None:
            said = self.tr(
                "All patients together: {drift}. Something they share may have changed: camera, "
                "light, scale, or the model."
            )
            self.clinic.say(said.format(drift=drift_text(drift)), "attention")
        elif drift.sessions:
            said = self.tr("All patients together: no drift, {count} sessions watched.")
            self.clinic.say(said.format(count=drift.sessions), "info")
        else:
            self.clinic.say("")
