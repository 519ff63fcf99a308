"""One patient and a period on one page."""

from PySide6.QtCore import QCoreApplication, QPointF, QRectF

from edema_desk.domain.course.belief import FEW_SESSIONS, Belief
from edema_desk.domain.course.trend import Trend
from edema_desk.domain.reporting import PatientPage
from edema_desk.plots.agreement_words import (
    kg_between,
    number_text,
    percent_between,
    percent_text,
    verdict_headline,
)
from edema_desk.plots.style import LIGHT
from edema_desk.plots.trend_canvas import Span, TrendCanvas
from edema_desk.plots.trend_series import make_series
from edema_desk.plots.wording import phase_text
from edema_desk.reports.paper import BOTTOM, FAINT, FIGURE, INNER, LEFT, STRONG, Paper, let_go
from edema_desk.reports.parts import (
    GAP,
    Fact,
    banner,
    facts,
    foot,
    gap,
    heading,
    kg_or_dash,
    period_text,
    quality_text,
    top,
)
from edema_desk.reports.session_table import session_table

TREND_HEIGHT = 660.0


def draw_patient(paper: Paper, page: PatientPage) -> None:
    """The page."""
    translate = QCoreApplication.translate
    trend = page.subject.trend
    days = [e.at.day for e in trend.entries()]
    y = top(paper, translate("Report", "Patient report"))
    y = banner(paper, page.subject, period_text(page.period, days), y)
    head = translate("Report", "Excess fluid above dry weight")
    y = heading(paper, head, QPointF(LEFT, y), INNER)
    y = draw_trend(paper, trend, y, TREND_HEIGHT)
    half = (INNER - GAP) / 2
    left = believed(paper, page, QPointF(LEFT, y), half)
    right = agreed(paper, page, QPointF(LEFT + half + GAP, y), half)
    y = max(left, right) + GAP / 2
    session_table(paper, trend.sessions, page.limits, y, BOTTOM - 110)
    foot(paper, page.models, page.made_at, page.program_version)


def draw_trend(paper: Paper, trend: Trend, y: float, height: float, span: Span = Span.ALL) -> float:
    """The trend, or that there is none; the y below it."""
    series = make_series(trend)
    if not series.readings:
        said = QCoreApplication.translate("Report", "Neither a weight nor a capture in these days")
        return paper.words(said, QPointF(LEFT, y), INNER, FAINT) + GAP
    canvas = TrendCanvas(LIGHT)
    try:
        place = QRectF(LEFT, y, INNER, height)
        canvas.span = span
        paper.lay_out(canvas, place)
        canvas.set_series(series, keep_view=True)
        paper.plot(canvas, place)
    finally:
        let_go(canvas)
    return y + height + GAP / 2


def believed(paper: Paper, page: PatientPage, at: QPointF, width: float) -> float:
    """Mean distance from the scale beside that of the usual value, in either phase."""
    translate = QCoreApplication.translate
    y = heading(paper, translate("Report", "How far to believe it"), at, width)
    if not page.beliefs:
        said = translate("Report", "There is no estimate beside a scale weight in these days.")
        return paper.block(said, QPointF(at.x(), y), width)
    lead = translate(
        "Report",
        "Mean distance from the scale. The usual value is the mean of the patient's other"
        " sessions.",
    )
    y = paper.block(lead, QPointF(at.x(), y), width, FAINT) + 8
    most = max(max(b.estimate_error_kg, b.usual_error_kg or 0.0, 0.01) for b in page.beliefs)
    for belief in page.beliefs:
        y = _belief(paper, belief, most, QPointF(at.x(), y), width)
    return y


def _belief(paper: Paper, belief: Belief, most_kg: float, at: QPointF, width: float) -> float:
    translate = QCoreApplication.translate
    y = paper.words(phase_text(belief.phase), at, width, STRONG)
    usual = belief.usual_error_kg
    errors = [(translate("Report", "Estimate"), belief.estimate_error_kg, True)]
    if usual is not None:
        errors.append((translate("Report", "Usual value"), usual, False))
    for name, error_kg, strong in errors:
        paper.words(name, QPointF(at.x(), y), 0.28 * width)
        room = QRectF(at.x() + 0.28 * width, y + 9, 0.5 * width * error_kg / most_kg, 20)
        paper.bar(room, strong=strong)
        said = translate("Report", "{error} kg").format(error=number_text(error_kg))
        value_at = QPointF(at.x() + 0.8 * width, y)
        y = paper.words(said, value_at, 0.2 * width, FIGURE)
    return paper.block(belief_text(belief), QPointF(at.x(), y), width, FAINT) + 10


def belief_text(belief: Belief) -> str:
    """What the two errors say."""
    translate = QCoreApplication.translate
    if belief.usual_error_kg is None:
        return translate("Report", "Only one session: there is no usual value to compare with.")
    said = translate("Report", "Closer than the usual value in {closer} of {count} sessions.")
    parts = [said.format(closer=belief.closer, count=belief.sessions)]
    if not belief.beats_usual:
        parts.append(translate("Report", "On average it adds nothing to the usual value."))
    if belief.sessions < FEW_SESSIONS:
        parts.append(translate("Report", "So few sessions say little."))
    return gap().join(parts)


def agreed(paper: Paper, page: PatientPage, at: QPointF, width: float) -> float:
    """The figures of agreement, and of the captures."""
    translate = QCoreApplication.translate
    y = heading(paper, translate("Report", "Agreement of this patient"), at, width)
    y = paper.block(verdict_headline(page.view), QPointF(at.x(), y), width, STRONG) + 8
    view, limits = page.view, page.view.limits
    y = facts(
        paper,
        (
            Fact(
                translate("Report", "Estimate less scale, on average"),
                kg_or_dash(limits.bias_kg, signed=True),
                _between(kg_between(limits.bias_between, signed=True)),
            ),
            Fact(
                translate("Report", "95 % of differences lie between"),
                kg_between((limits.low_kg, limits.high_kg), signed=True) or "–",
            ),
            Fact(
                translate("Report", "Scale within the interval"),
                percent_text(view.told.coverage.value),
                _between(percent_between((view.told.coverage.low, view.told.coverage.high))),
            ),
        ),
        QPointF(at.x(), y),
        width,
    )
    y = paper.words(translate("Report", "Captures"), QPointF(at.x(), y + 6), width, STRONG)
    return paper.block(quality_text(page.quality), QPointF(at.x(), y), width)


def _between(interval: str) -> str:
    if not interval:
        return ""
    return QCoreApplication.translate("Report", "95 % interval {between}").format(between=interval)
