"""What the trend draws, from back to front. Each layer is one item whose data is replaced."""

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPen

from edema_desk.domain.terms.records import Phase
from edema_desk.domain.terms.weights import kg_text
from edema_desk.plots.items import DryWeightSteps, SpreadBars, StepLabel
from edema_desk.plots.marks import Marks
from edema_desk.plots.signs import SIGN_OF, Sign
from edema_desk.plots.style import CAPTION_PX, Tokens, text_font
from edema_desk.plots.trend_series import TrendSeries, Values, joined


@dataclass(frozen=True, slots=True)
class Density:
    """How large marks are while sessions stand at most `per_px` to a pixel."""

    per_px: float
    dot_px: float
    ring_px: float
    ring_pen: float
    ring_alpha: int
    bar_px: float
    bar_alpha: int
    line_alpha: int


DENSITIES = (
    Density(0.12, 7.0, 8.0, 1.6, 255, 4.0, 90, 255),
    Density(0.35, 5.0, 6.0, 1.3, 255, 3.0, 80, 255),
    Density(0.8, 3.5, 4.5, 1.0, 200, 2.0, 60, 120),
    Density(float("inf"), 2.5, 3.0, 0.8, 110, 1.0, 40, 40),
)
"""The more there is in view, the smaller the marks, so that the course stays visible."""

_SCALED = (Phase.PRE, Phase.POST)
_REFUSED_PX, _NOTED_PX, _MARK_PX, _LIFT_PX = 8.0, 7.0, 18.0, 9.0


class TrendLayers(QObject):
    """The items of one plot. They live in the view given; nothing is ever removed and rebuilt."""

    def __init__(self, view: pg.ViewBox, parent: QObject) -> None:
        super().__init__(parent)
        self.steps = DryWeightSteps()
        self.bars = {phase: SpreadBars() for phase in Phase}
        self.zero = pg.InfiniteLine(pos=0.0, angle=0)
        self.lines = {phase: pg.PlotCurveItem(antialias=True) for phase in _SCALED}
        self.dots = {phase: Marks(SIGN_OF[phase]) for phase in _SCALED}
        self.rings = {phase: Marks(SIGN_OF[phase]) for phase in Phase}
        self.refused = Marks(Sign.CROSS)
        self.corrected = Marks(Sign.UP, lift_px=_LIFT_PX)
        self.incomplete = Marks(Sign.DOWN, lift_px=-_LIFT_PX)
        self.mark = Marks(Sign.DOT)
        for item in (
            self.steps,
            *self.bars.values(),
            self.zero,
            *self.lines.values(),
            *self.dots.values(),
            *self.rings.values(),
            self.refused,
            self.corrected,
            self.incomplete,
            self.mark,
        ):
            view.addItem(item, ignoreBounds=True)
        self._density = DENSITIES[0]
        self._tokens: Tokens | None = None

    def set_series(self, series: TrendSeries) -> None:
        """Replace what is drawn."""
        at_s = series.at_s
        for phase, bars in self.bars.items():
            own = series.indices(series.estimate_kg, phase)
            spread = np.nan_to_num(series.spread_kg[own])
            estimate = series.estimate_kg[own]
            bars.setData(at_s[own], estimate - spread, estimate + spread)
            self.rings[phase].setData(at_s[own], estimate)
        for phase in _SCALED:
            own = series.indices(series.scale_kg, phase)
            x, y = at_s[own], series.scale_kg[own]
            self.dots[phase].setData(x=x, y=y)
            self.lines[phase].setData(x=x, y=y, connect=joined(x) if len(x) else "all")
        own = series.corrected
        over_kg = np.fmax(series.scale_kg, series.estimate_kg + np.nan_to_num(series.spread_kg))[
            own
        ]
        there = np.isfinite(over_kg)
        self.corrected.setData(at_s[own][there], over_kg[there])
        self.label_steps(series)

    def label_steps(self, series: TrendSeries) -> None:
        """Write the changes of the dry weight."""
        self.steps.setData(
            tuple(
                StepLabel(
                    step.at_s,
                    self.tr("Dry weight {before} → {after} kg").format(
                        before=kg_text(step.before_g), after=kg_text(step.weight_g)
                    ),
                )
                for step in series.dry_steps
                if step.before_g is not None
            )
        )

    def place_refused(self, series: TrendSeries, y_kg: float) -> None:
        """Refused captures lie in one row at `y_kg`, with those cut short that have no value."""
        at_s = series.at_s[series.refused]
        self.refused.setData(x=at_s, y=np.full(len(at_s), y_kg))
        own = series.incomplete
        under = series.estimate_kg - np.nan_to_num(series.spread_kg)
        held_kg = np.fmin(series.scale_kg, under)[own]
        held_kg[np.isnan(held_kg) | np.isin(own, series.refused)] = y_kg
        self.incomplete.setData(series.at_s[own], held_kg)

    def refused_kg(self) -> Values:
        """How high each refused capture lies."""
        return self.refused.getData()[1]

    def place_mark(self, at_s: float | None, y_kg: float = 0.0) -> None:
        """Put a ring around the point that is read out, or nowhere."""
        there = at_s is not None
        self.mark.setData(np.array([at_s] if there else []), np.array([y_kg] if there else []))

    def set_density(self, per_px: float) -> None:
        """Choose the size of marks for so many sessions a pixel."""
        density = next(d for d in DENSITIES if per_px <= d.per_px)
        if density is not self._density:
            self._density = density
            if self._tokens is not None:
                self.restyle(self._tokens)

    def restyle(self, tokens: Tokens) -> None:
        """Colours and sizes of everything."""
        self._tokens = tokens
        look = self._density
        ink, card = QColor(tokens.ink), QColor(tokens.card)
        ink.setAlpha(look.ring_alpha)
        self.steps.set_look(QColor(tokens.muted), QColor(tokens.muted), text_font(CAPTION_PX))
        self.zero.setPen(_pen(QColor(tokens.muted), 1.0, Qt.PenStyle.DashLine))
        for phase, bars in self.bars.items():
            soft = QColor(tokens.of_phase(phase))
            soft.setAlpha(look.bar_alpha)
            bars.set_look(soft, look.bar_px)
        for phase in _SCALED:
            color = QColor(tokens.of_phase(phase))
            faint = QColor(color)
            faint.setAlpha(look.line_alpha)
            self.lines[phase].setPen(_pen(faint, 1.0))
            self.dots[phase].set_look(look.dot_px, _pen(color, 1.0), color)
        for rings in self.rings.values():
            rings.set_look(look.ring_px, _pen(ink, look.ring_pen), card)
        attention, muted = QColor(tokens.attention), QColor(tokens.muted)
        self.refused.set_look(_REFUSED_PX, _pen(attention, 1.6), attention)
        for noted in (self.corrected, self.incomplete):
            noted.set_look(_NOTED_PX, _pen(muted, 1.4), card)
        self.mark.set_look(_MARK_PX, _pen(QColor(tokens.accent), 2.0), QColor(0, 0, 0, 0))


def _pen(color: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(color, width, style)
    pen.setCosmetic(True)
    return pen
