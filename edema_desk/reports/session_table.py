"""Sessions as rows of a page, with the figures of the screen."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF

from edema_desk.domain.course.trend import PhaseEntry, SessionEntry
from edema_desk.domain.reporting import Limits
from edema_desk.plots.agreement_words import count_text
from edema_desk.plots.wording import excess, kg, refusal_words, short_day_text, spread
from edema_desk.reports.paper import (
    FAINT,
    INNER,
    LEFT,
    ROW,
    ColumnPlan,
    Paper,
    table_head,
    table_row,
)
from edema_desk.reports.parts import heading

RAISED = "▲"
"""Beside a figure above its limit."""


def session_plan() -> tuple[ColumnPlan, ...]:
    """The columns, as wide as the page."""
    translate = QCoreApplication.translate
    return (
        ColumnPlan(translate("Report", "Day"), 190, number=False),
        ColumnPlan(translate("Report", "Weight\nbefore"), 125),
        ColumnPlan(translate("Report", "Weight\nafter"), 115),
        ColumnPlan(translate("Report", "Excess before,\nscale"), 185),
        ColumnPlan(translate("Report", "Excess before,\nestimate"), 215),
        ColumnPlan(translate("Report", "Excess after,\nscale"), 175),
        ColumnPlan(translate("Report", "Excess after,\nestimate"), 215),
        ColumnPlan(translate("Report", "Gain"), 105),
        ColumnPlan(translate("Report", "Gain (% of\ndry weight)"), 170),
        ColumnPlan(translate("Report", "UF rate\n(mL/kg/h)"), 165),
        ColumnPlan(translate("Report", "Dry\nweight"), 174),
    )


def session_cells(session: SessionEntry, limits: Limits) -> tuple[str, ...]:
    """What stands in a row."""
    pre, post = session.pre, session.post
    rate = session.uf_rate_ml_kg_h
    percent = session.gain_percent
    return (
        short_day_text(session.session.day),
        _weight(pre),
        _weight(post),
        _scale(pre),
        estimate_text(pre),
        _scale(post),
        estimate_text(post),
        "" if session.gain_g is None else kg(session.gain_g, signed=True),
        against(percent, limits.gain_percent),
        against(rate, limits.uf_rate_ml_kg_h),
        "" if session.dry_weight_g is None else kg(session.dry_weight_g),
    )


def against(value: float | None, limit: float) -> str:
    """A figure, with a mark where it is above its limit."""
    if value is None:
        return ""
    return f"{RAISED} {value:.1f}" if value > limit else f"{value:.1f}"


def estimate_text(entry: PhaseEntry | None) -> str:
    """The estimate with its interval, or in words why there is none."""
    if entry is None or entry.estimate is None:
        return ""
    said = entry.estimate
    if said.excess_kg is None:
        return refusal_words(said.refusal) if said.refusal is not None else ""
    return f"{excess(said.excess_kg)} {spread(said.spread_kg or 0.0)}"


def session_table(
    paper: Paper, sessions: Sequence[SessionEntry], limits: Limits, y: float, end: float
) -> float:
    """As many of the newest sessions as fit above `end`, and how many that are; the y below."""
    translate = QCoreApplication.translate
    start = heading(paper, translate("Report", "Sessions"), QPointF(LEFT, y), INNER / 2)
    said = translate(
        "Report",
        "In kg where nothing else is said. {mark}: above {percent} % or {rate} mL/kg/h, the limits"
        " of the settings",
    ).format(mark=RAISED, percent=f"{limits.gain_percent:g}", rate=f"{limits.uf_rate_ml_kg_h:g}")
    y = table_head(paper, session_plan(), QPointF(LEFT, start))
    room = max(int((end - y - ROW) // ROW), 0)
    shown = sessions[::-1][:room]
    for session in shown:
        y = table_row(paper, session_plan(), session_cells(session, limits), QPointF(LEFT, y))
    counted = translate("Report", "{shown} of {count} sessions, newest first").format(
        shown=count_text(len(shown)), count=count_text(len(sessions))
    )
    if not sessions:
        counted = translate("Report", "No session in these days")
    return paper.words(f"{counted}   ·   {said}", QPointF(LEFT, y + 2), INNER, FAINT)


def _weight(entry: PhaseEntry | None) -> str:
    return "" if entry is None or entry.net_g is None else kg(entry.net_g)


def _scale(entry: PhaseEntry | None) -> str:
    return "" if entry is None or entry.scale_excess_kg is None else excess(entry.scale_excess_kg)
