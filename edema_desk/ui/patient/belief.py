"""How far to believe the estimate: its error beside that of the patient's usual value."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from edema_desk.domain.course.belief import FEW_SESSIONS, Belief, believe
from edema_desk.domain.course.drift_view import drift_of
from edema_desk.domain.course.trend import Trend
from edema_desk.domain.terms.records import Phase
from edema_desk.ui.parts.phrases import kg, phase_text, short_day_text
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Card, Notice, label, set_look

_PHASES = (Phase.PRE, Phase.POST)


class ErrorBar(QWidget):
    """A horizontal bar as long as an error, beside the largest one shown."""

    def __init__(self, theme: Theme, color: str) -> None:
        super().__init__()
        self._theme, self._color = theme, color
        self._share = 0.0
        self.setMinimumSize(60, 14)

    def set_share(self, share: float) -> None:
        """0 to 1 of the room."""
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A round bar, at least a dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(self._color))
        width = max(self._share * self.width(), 4.0)
        painter.drawRoundedRect(QRectF(0, (self.height() - 10) / 2, width, 10), 3, 3)
        painter.end()


class PhaseBelief(QWidget):
    """The figures of one phase: heading, two bars with their numbers, and what they say."""

    def __init__(self, theme: Theme, phase: Phase) -> None:
        super().__init__()
        self._phase = phase
        self._belief: Belief | None = None
        self._head, self.said = label(phase.value), label("caption", wrap=True)
        self._names = (label(), label())
        self._bars = (ErrorBar(theme, "accent"), ErrorBar(theme, "muted"))
        self.values = (label(), label())
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(STEP_PX * 3)
        grid.setVerticalSpacing(STEP_PX)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._head, 0, 0, 1, 3)
        for i in range(2):
            grid.addWidget(self._names[i], i + 1, 0)
            grid.addWidget(self._bars[i], i + 1, 1)
            grid.addWidget(self.values[i], i + 1, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.said, 3, 0, 1, 3)
        self.setLayout(grid)

    def show_belief(self, belief: Belief | None) -> None:
        """Show the figures; hidden while there are none."""
        self._belief = belief
        self.setVisible(belief is not None)
        self.retranslate()

    def retranslate(self) -> None:
        """The language changed."""
        self._head.setText(phase_text(self._phase))
        self._names[0].setText(self.tr("Estimate"))
        self._names[1].setText(self.tr("Usual value"))
        belief = self._belief
        if belief is None:
            return
        usual = belief.usual_error_kg
        most = max(belief.estimate_error_kg, usual or 0.0, 0.01)
        self._bars[0].set_share(belief.estimate_error_kg / most)
        self._bars[1].set_share((usual or 0.0) / most)
        self.values[0].setText(
            self.tr("{error} kg").format(error=f"{belief.estimate_error_kg:.2f}")
        )
        self.values[1].setText(
            "–" if usual is None else self.tr("{error} kg").format(error=f"{usual:.2f}")
        )
        self._bars[1].setVisible(usual is not None)
        self.said.setText(self._sentence(belief))

    def _sentence(self, belief: Belief) -> str:
        if belief.usual_error_kg is None:
            return self.tr("Only one session so far: there is no usual value to compare with.")
        said = self.tr("Closer than the usual value in {closer} of {count} sessions.")
        parts = [said.format(closer=belief.closer, count=belief.sessions)]
        if not belief.beats_usual:
            parts.append(self.tr("On average it adds nothing to the usual value."))
        if belief.sessions < FEW_SESSIONS:
            parts.append(self.tr("So few sessions say little."))
        return " ".join(parts)


class BeliefCard(Card):
    """What the patient's own sessions say about the estimates, and where these come from."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(gap=STEP_PX * 3)
        self.beliefs: dict[Phase, Belief | None] = dict.fromkeys(_PHASES)
        self._drift = drift_of(Trend((), (), ()))
        self._title, self._lead = label("caption"), label("caption", wrap=True)
        self.phases = {phase: PhaseBelief(theme, phase) for phase in _PHASES}
        self.source = label("caption", wrap=True)
        self.drift = Notice(theme, "attention")
        for part in (self._title, self.drift, self._lead, *self.phases.values(), self.source):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.retranslate()

    @property
    def lead(self) -> QLabel:
        """The first sentence: what is compared, or that there is nothing yet."""
        return self._lead

    def show_trend(self, trend: Trend) -> None:
        """Show the figures of a patient."""
        self.beliefs = {phase: believe(trend, phase) for phase in _PHASES}
        self._drift = drift_of(trend)
        self._show()

    def retranslate(self) -> None:
        """The language changed."""
        self._title.setText(self.tr("How far to believe it"))
        self._show()

    def _show(self) -> None:
        for phase, belief in self.beliefs.items():
            self.phases[phase].show_belief(belief)
        self.drift.say(self._drift_words())
        there = [belief for belief in self.beliefs.values() if belief is not None]
        self.source.setVisible(bool(there))
        if not there:
            set_look(self._lead, role="")
            self._lead.setText(
                self.tr(
                    "There is no estimate yet to hold against the scale. It needs a session with"
                    " a clip and a weight, and an earlier one to compare with."
                )
            )
            return
        set_look(self._lead, role="caption")
        self._lead.setText(
            self.tr(
                "Mean distance from the scale. The usual value is the mean of the patient's other"
                " sessions."
            )
        )
        models = ", ".join(dict.fromkeys(m for belief in there for m in belief.model_ids))
        within = self.tr(
            "The scale lay within the estimate's ± in {held} of {count} captures."
        ).format(held=sum(b.within_spread for b in there), count=sum(b.sessions for b in there))
        model = self.tr("Model {model}, trained on made-up swelling.").format(model=models)
        self.source.setText(f"{within} {model}")

    def _drift_words(self) -> str:
        """That estimates came to lie beside the scale, in figures; nothing where they did not."""
        found = self._drift
        if found.since is None or found.residual_kg is None or found.watch.since is None:
            return ""
        said = (
            self.tr(
                "Since {date}, for {count} sessions, the estimates have lain about {off} kg above"
                " the scale. Their error now is larger than the means below."
            )
            if found.residual_kg > 0
            else self.tr(
                "Since {date}, for {count} sessions, the estimates have lain about {off} kg below"
                " the scale. Their error now is larger than the means below."
            )
        )
        return said.format(
            date=short_day_text(found.since),
            count=found.sessions - found.watch.since,
            off=kg(round(abs(found.residual_kg) * 1000)),
        )
