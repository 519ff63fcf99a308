"""The facts for the monthly review of a dry weight, on one page, with room to write.

It states what was measured and estimated; it orders nothing.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QPointF

from edema_desk.domain.course.drift_view import Drift
from edema_desk.domain.course.trend import SessionEntry, valid_dry_weights
from edema_desk.domain.reporting import (
    Limits,
    ReviewPage,
    Spread,
    estimate_after_kg,
    scale_after_kg,
    spread_of,
)
from edema_desk.domain.statistics.drift import Side
from edema_desk.domain.terms.records import DryWeight
from edema_desk.plots.agreement_words import count_text, number_text, percent_text, verdict_headline
from edema_desk.plots.trend_canvas import Span
from edema_desk.plots.wording import excess, kg, short_day_text
from edema_desk.reports.paper import BOTTOM, FAINT, INNER, LEFT, STRONG, Paper
from edema_desk.reports.parts import (
    GAP,
    Fact,
    banner,
    facts,
    foot,
    gap,
    heading,
    period_text,
    quality_text,
    top,
)
from edema_desk.reports.patient_page import belief_text, draw_trend
from edema_desk.reports.session_table import session_table

MOST_STEPS = 5
MOST_NOTES = 4
_WRITING_ROW = 78.0
_TABLE_HEIGHT = 690.0
_TREND_HEIGHT = 430.0


def draw_review(paper: Paper, page: ReviewPage) -> None:
    """The page."""
    translate = QCoreApplication.translate
    y = top(paper, translate("Report", "Dry-weight review sheet"))
    said = translate("Report", "Four weeks: {period}").format(period=period_text(page.review, ()))
    y = banner(paper, page.subject, said, y)
    half = (INNER - GAP) / 2
    right_at = QPointF(LEFT + half + GAP, y)
    left = _dry_weights(paper, page, QPointF(LEFT, y), half)
    left = _believed(paper, page, QPointF(LEFT, left + GAP / 2), half)
    right = _weeks(paper, page, right_at, half)
    y = max(left, right) + GAP / 2
    head = translate("Report", "Excess fluid above dry weight, the last 90 days")
    y = heading(paper, head, QPointF(LEFT, y), INNER)
    y = draw_trend(paper, page.subject.trend, y, _TREND_HEIGHT, Span.QUARTER)
    y = session_table(paper, page.recent.sessions, page.limits, y, y + _TABLE_HEIGHT) + GAP / 2
    y = _notes(paper, page, y)
    _writing(paper, y, BOTTOM - 120)
    foot(paper, page.models, page.made_at, page.program_version)


def _dry_weights(paper: Paper, page: ReviewPage, at: QPointF, width: float) -> float:
    translate = QCoreApplication.translate
    y = heading(paper, translate("Report", "Dry weight"), at, width)
    steps = valid_dry_weights(page.subject.trend.dry_weights)
    if not steps:
        said = translate("Report", "No dry weight was ever entered.")
        return paper.block(said, QPointF(at.x(), y), width)
    y = facts(paper, list(_step_facts(steps)), QPointF(at.x(), y), width)
    if len(steps) > MOST_STEPS:
        more = translate("Report", "{count} earlier ones are not shown").format(
            count=count_text(len(steps) - MOST_STEPS)
        )
        y = paper.words(more, QPointF(at.x(), y), width, FAINT)
    return y


def _step_facts(steps: Sequence[DryWeight]) -> Iterator[Fact]:
    """The newest first, each with how it differs from the one before."""
    translate = QCoreApplication.translate
    newest = list(pairwise((None, *steps)))[::-1][:MOST_STEPS]
    for before, step in newest:
        if step is None:
            continue
        name = translate("Report", "from {day}").format(day=short_day_text(step.valid_from))
        value = translate("Report", "{value} kg").format(value=kg(step.weight_g))
        if before is not None:
            change = kg(step.weight_g - before.weight_g, signed=True)
            value = f"({change})   {value}"
        yield Fact(name, value)


def _weeks(paper: Paper, page: ReviewPage, at: QPointF, width: float) -> float:
    translate = QCoreApplication.translate
    y = heading(paper, translate("Report", "In these four weeks"), at, width)
    y = facts(paper, list(week_facts(page.recent.sessions, page.limits)), QPointF(at.x(), y), width)
    y = paper.words(translate("Report", "Captures"), QPointF(at.x(), y + 4), width, STRONG)
    y = paper.block(quality_text(page.quality), QPointF(at.x(), y), width)
    if not page.quality.captures:
        return y
    share = percent_text(page.quality.refused_count / page.quality.captures)
    said = translate("Report", "Share without an estimate: {share}").format(share=share)
    return paper.words(said, QPointF(at.x(), y), width)


def week_facts(sessions: Sequence[SessionEntry], limits: Limits) -> Iterator[Fact]:
    """Means with their ranges, and how often a limit of the settings was passed."""
    translate = QCoreApplication.translate
    gains = spread_of([None if s.gain_g is None else s.gain_g / 1000 for s in sessions])
    percents = [s.gain_percent for s in sessions]
    rates = [s.uf_rate_ml_kg_h for s in sessions]
    yield Fact(translate("Report", "Sessions"), count_text(len(sessions)))
    yield Fact(
        translate("Report", "Gain between sessions (kg)"),
        _range_text(gains, 1, signed=True),
    )
    yield Fact(
        translate("Report", "Gain (% of dry weight)"),
        _range_text(spread_of(percents), 1),
        _above(percents, limits.gain_percent, "%"),
    )
    yield Fact(
        translate("Report", "UF rate (mL/kg/h)"),
        _range_text(spread_of(rates), 1),
        _above(rates, limits.uf_rate_ml_kg_h, "mL/kg/h"),
    )
    yield Fact(
        translate("Report", "Excess after dialysis, scale (kg)"),
        _range_text(scale_after_kg(sessions), 1, signed=True),
    )
    yield Fact(
        translate("Report", "Excess after dialysis, estimate (kg)"),
        _range_text(estimate_after_kg(sessions), 1, signed=True),
    )


def _range_text(spread: Spread | None, decimals: int, *, signed: bool = False) -> str:
    """Mean (lowest to highest)."""
    if spread is None:
        return "–"
    mean, low, high = (
        excess(value) if signed else number_text(value, decimals)
        for value in (spread.mean, spread.low, spread.high)
    )
    said = QCoreApplication.translate("Report", "{mean} ({low} to {high})")
    return said.format(mean=mean, low=low, high=high)


def _above(values: Sequence[float | None], limit: float, unit: str) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return ""
    said = QCoreApplication.translate("Report", "above {limit} {unit} in {over} of {count}")
    over = sum(1 for value in known if value > limit)
    return said.format(limit=f"{limit:g}", unit=unit, over=over, count=len(known))


def _believed(paper: Paper, page: ReviewPage, at: QPointF, width: float) -> float:
    translate = QCoreApplication.translate
    head = translate("Report", "How far to believe the estimate in this patient")
    y = heading(paper, head, at, width)
    together = translate("Report", "Before and after dialysis together: {verdict}.")
    headline = together.format(verdict=verdict_headline(page.view))
    y = paper.block(headline, QPointF(at.x(), y), width, STRONG)
    belief = page.belief
    if belief is None:
        said = translate("Report", "No estimate after dialysis has a scale weight beside it yet.")
        return paper.block(said, QPointF(at.x(), y), width)
    error = number_text(belief.estimate_error_kg)
    usual = belief.usual_error_kg
    said = translate(
        "Report",
        "After dialysis it lies {error} kg from the scale on average, over all {count} sessions.",
    ).format(error=error, count=count_text(belief.sessions))
    parts = [said]
    if usual is not None:
        parts.append(
            translate("Report", "The usual value lies {error} kg from it.").format(
                error=number_text(usual)
            )
        )
    parts.append(belief_text(belief))
    parts.append(drift_text(page.drift))
    return paper.block(gap().join(parts), QPointF(at.x(), y), width)


def drift_text(drift: Drift) -> str:
    """Whether the estimates have come to lie beside the scale for good."""
    translate = QCoreApplication.translate
    if drift.watch.drifted is None or drift.since is None:
        return translate("Report", "No lasting deviation from the scale was noticed.")
    if drift.watch.drifted is Side.ABOVE:
        said = translate(
            "Report", "Since {day} the estimates have lain above the scale, by {off} kg on average."
        )
    else:
        said = translate(
            "Report", "Since {day} the estimates have lain below the scale, by {off} kg on average."
        )
    return said.format(
        day=short_day_text(drift.since), off=number_text(abs(drift.residual_kg or 0.0))
    )


def _notes(paper: Paper, page: ReviewPage, y: float) -> float:
    translate = QCoreApplication.translate
    if not page.notes:
        return y
    y = heading(paper, translate("Report", "Notes of these weeks"), QPointF(LEFT, y), INNER)
    for thread in page.notes[:MOST_NOTES]:
        text = " ".join(thread.now.text.split())
        day = short_day_text(thread.now.written_at.day)
        y = paper.words(f"{day}   {text}", QPointF(LEFT, y), INNER)
    if len(page.notes) > MOST_NOTES:
        more = translate("Report", "{shown} of {count} notes, newest first").format(
            shown=MOST_NOTES, count=count_text(len(page.notes))
        )
        y = paper.words(more, QPointF(LEFT, y), INNER, FAINT)
    return y + GAP / 2


def _writing(paper: Paper, y: float, end: float) -> None:
    """Lines to write on, and for whom and when."""
    translate = QCoreApplication.translate
    y = heading(paper, translate("Report", "Written at the round"), QPointF(LEFT, y), INNER)
    while y + 2 * _WRITING_ROW < end:
        y += _WRITING_ROW
        paper.rule(y)
    half = INNER / 2
    paper.words(translate("Report", "Day"), QPointF(LEFT, end - 44), 200, FAINT)
    paper.words(translate("Report", "Name"), QPointF(LEFT + half, end - 44), 200, FAINT)
    paper.rule(end, LEFT, LEFT + half - GAP, dark=True)
    paper.rule(end, LEFT + half, dark=True)
