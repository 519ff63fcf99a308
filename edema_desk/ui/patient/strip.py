"""The strip under the trend: the newest session in four figures."""

from PySide6.QtWidgets import QSizePolicy

from edema_desk.domain.course.belief import Belief
from edema_desk.domain.course.trend import SessionEntry, Trend
from edema_desk.settings import Settings
from edema_desk.ui.parts.phrases import kg, short_day_text
from edema_desk.ui.parts.theme import STEP_PX
from edema_desk.ui.parts.widgets import Card, KeyFigure, label, row, set_look
from edema_desk.ui.pieces.patient_figures import latest_session, uf_rate

RAISED = "▲"
"""Before a figure above its limit: a shape beside the colour."""


class NotedFigure(KeyFigure):
    """A key figure with a line under it."""

    def __init__(self) -> None:
        super().__init__()
        self.note = label("caption")
        box = self.layout()
        if box is not None:
            box.addWidget(self.note)

    def show_figure(self, value: str, unit: str, note: str, *, over: bool = False) -> None:
        """Set all; `over` when a limit of the settings is passed. An empty value is a dash."""
        self.show_value(value, unit)
        self.note.setText(note)
        set_look(self.note, role="attention" if over else "caption")


class SessionStrip(Card):
    """Gain, UF rate, gap, and estimate against scale. Limits are named, never judged."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(gap=0)
        self._settings = settings
        self._trend = Trend((), (), ())
        self._belief: Belief | None = None
        self.gain, self.rate, self.gap, self.error = (NotedFigure() for _ in range(4))
        figures = row(self.gain, self.rate, self.gap, self.error, gap=STEP_PX * 4)
        for i in range(4):
            figures.setStretch(i, 1)
        self.body.addLayout(figures)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.retranslate()

    def show_trend(self, trend: Trend, belief: Belief | None) -> None:
        """Show a patient's newest session, and how near the estimates before dialysis came."""
        self._trend, self._belief = trend, belief
        self._show()

    def set_settings(self, settings: Settings) -> None:
        """Other limits."""
        self._settings = settings
        self._show()

    def retranslate(self) -> None:
        """The language changed."""
        self.gain.caption.setText(self.tr("Gain since the session before"))
        self.gap.caption.setText(self.tr("Gap"))
        self.error.caption.setText(self.tr("Estimate against scale"))
        self._show()

    def _show(self) -> None:
        session = latest_session(self._trend)
        if session is None:
            self.rate.caption.setText(self.tr("UF rate"))
            for figure in (self.gain, self.rate, self.gap, self.error):
                figure.show_figure("", "", self.tr("no session yet"))
            return
        self._show_gain(session)
        self._show_rate(session)
        self._show_gap(session)
        belief = self._belief
        if belief is None:
            self.error.show_figure("", "", self.tr("no estimate yet"))
            return
        note = self.tr("mean of {count} before dialysis").format(count=belief.sessions)
        self.error.show_figure(f"{belief.estimate_error_kg:.2f}", self.tr("kg"), note)

    def _show_gain(self, session: SessionEntry) -> None:
        gain_g = session.gain_g
        percent = session.gain_percent
        if gain_g is None:
            self.gain.show_figure("", "", self.tr("needs both weights"))
            return
        limit, note, over = self._settings.clinic.gain_limit_percent, "", False
        if percent is not None:
            over = percent > limit
            said = (
                self.tr("{mark} {percent} % of dry weight, over {limit}")
                if over
                else self.tr("{percent} % of dry weight")
            )
            note = said.format(mark=RAISED, percent=f"{percent:.1f}", limit=f"{limit:g}")
        self.gain.show_figure(kg(gain_g), self.tr("kg"), note, over=over)

    def _show_rate(self, session: SessionEntry) -> None:
        rate = uf_rate(session)
        planned = rate is not None and rate.planned
        self.rate.caption.setText(self.tr("Planned UF rate") if planned else self.tr("UF rate"))
        if rate is None:
            hours = session.session.planned_hours
            missing = self.tr("needs both weights") if hours else self.tr("no planned hours")
            self.rate.show_figure("", "", missing)
            return
        limit = self._settings.clinic.uf_rate_limit_ml_kg_h
        over = rate.ml_kg_h > limit
        said = (
            self.tr("in {hours} h · {mark} over {limit}")
            if over
            else self.tr("in {hours} h · limit {limit}")
        )
        note = said.format(hours=f"{rate.hours:g}", limit=f"{limit:g}", mark=RAISED)
        self.rate.show_figure(f"{rate.ml_kg_h:.1f}", self.tr("mL/kg/h"), note, over=over)

    def _show_gap(self, session: SessionEntry) -> None:
        days = session.days_since_last
        if days is None:
            self.gap.show_figure("", "", self.tr("no session before"))
            return
        number = round(days) if days >= 0.95 else 0
        unit = self.tr("day") if number == 1 else self.tr("days")
        note = self.tr("before {date}").format(date=short_day_text(session.session.day))
        self.gap.show_figure(str(number) if number else f"{days:.1f}", unit, note)
