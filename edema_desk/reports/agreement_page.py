"""Agreement of estimate and scale on one page."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtWidgets import QWidget

from edema_desk.domain.reporting import AgreementPage
from edema_desk.domain.statistics.sureness import Told
from edema_desk.domain.terms.records import CLINIC_ORIGIN
from edema_desk.plots.agreement_curve import CurvePlot
from edema_desk.plots.agreement_plots import DifferencePlot, ScatterPlot
from edema_desk.plots.agreement_words import (
    count_text,
    counted_text,
    gain_text,
    guess_text,
    kg_between,
    number_text,
    percent_between,
    percent_text,
    verdict_headline,
    verdict_reason,
)
from edema_desk.plots.style import LIGHT
from edema_desk.plots.wording import origin_text, shift_text
from edema_desk.reports.paper import (
    FAINT,
    INNER,
    LEFT,
    NARROW_PLOT,
    TITLE,
    ColumnPlan,
    Ink,
    Paper,
    let_go,
    table_head,
    table_row,
)
from edema_desk.reports.parts import GAP, foot, heading, kg_or_dash, period_text, top

PLOT_HEIGHT = 850.0
CURVE_HEIGHT = 520.0


def draw_agreement(paper: Paper, page: AgreementPage) -> None:
    """The page."""
    translate = QCoreApplication.translate
    y = top(paper, translate("Report", "Agreement report"))
    headline = verdict_headline(page.view)
    y = paper.block(headline, QPointF(LEFT, y), INNER, Ink(TITLE - 8, bold=True))
    y = paper.block(verdict_reason(page.view), QPointF(LEFT, y + 4), INNER) + 8
    y = paper.block(choice_text(page), QPointF(LEFT, y), INNER, FAINT)
    y = paper.block(counted_text(page.view), QPointF(LEFT, y), INNER, FAINT) + GAP / 2
    half = (INNER - GAP) / 2
    right = LEFT + half + GAP
    if page.view.captures:
        heading(paper, translate("Report", "Estimate against scale"), QPointF(LEFT, y), half)
        said = translate("Report", "How far it is off (Bland-Altman)")
        y = heading(paper, said, QPointF(right, y), half)
        _show(paper, ScatterPlot(LIGHT), page, QRectF(LEFT, y, half, PLOT_HEIGHT))
        _show(paper, DifferencePlot(LIGHT), page, QRectF(right, y, half, PLOT_HEIGHT))
        y += PLOT_HEIGHT + GAP / 2
        said = translate("Report", "What more sessions bring")
        after = heading(paper, said, QPointF(LEFT, y), half)
        _show(paper, CurvePlot(LIGHT), page, QRectF(LEFT, after, half, CURVE_HEIGHT))
        _guesses(paper, page, QPointF(right, y), half)
        y = after + CURVE_HEIGHT + GAP / 2
    _figures(paper, page, y)
    foot(paper, page.models, page.made_at, page.program_version)


def choice_text(page: AgreementPage) -> str:
    """Which captures were chosen, in words."""
    translate = QCoreApplication.translate
    names = page.names
    parts = [names.patient or translate("Report", "All patients")]
    if names.origin != CLINIC_ORIGIN:
        parts.append(origin_text(names.origin))
    if names.shift is not None:
        parts.append(shift_text(names.shift))
    parts.append(names.camera or translate("Report", "all cameras"))
    if names.model is not None:
        parts.append(translate("Report", "model {model}").format(model=names.model))
    else:
        parts.append(translate("Report", "all models"))
    days = [page.view.day.min(), page.view.day.max()] if page.view.captures else []
    told = [type(page.made_at.day).fromordinal(int(day)) for day in days]
    parts.append(period_text(page.period, told))
    return " · ".join(parts)


def figure_rows(page: AgreementPage) -> Iterator[tuple[str, str, str, str]]:
    """Name, value, its 95 % interval, and what it is held against."""
    translate = QCoreApplication.translate
    told, usual, limits = page.view.told, page.view.usual, page.view.limits
    usual_error = kg_or_dash(usual.mae_kg)
    yield (
        translate("Report", "Mean error"),
        kg_or_dash(told.mae_kg.value),
        _kg_between(told.mae_kg),
        translate("Report", "usual value {error}").format(error=usual_error),
    )
    change = kg_or_dash(usual.change_mae_kg)
    yield (
        translate("Report", "Mean error of the change"),
        kg_or_dash(told.change_mae_kg.value),
        _kg_between(told.change_mae_kg),
        translate("Report", "usual value {error}").format(error=change),
    )
    yield (
        translate("Report", "Concordance of the change (Lin)"),
        number_text(told.concordance.value),
        _kg_between(told.concordance),
        translate("Report", "usual value {error}").format(
            error=number_text(usual.change_concordance)
        ),
    )
    yield (
        translate("Report", "Before or after told right"),
        percent_text(told.accuracy.value),
        percent_between((told.accuracy.low, told.accuracy.high)),
        translate("Report", "the commoner call alone: {share}").format(
            share=percent_text(told.majority)
        ),
    )
    yield (
        translate("Report", "Scale within the interval"),
        percent_text(told.coverage.value),
        percent_between((told.coverage.low, told.coverage.high)),
        translate("Report", "promised: 90 %"),
    )
    yield (
        translate("Report", "Estimate less scale, on average"),
        kg_or_dash(limits.bias_kg, signed=True),
        kg_between(limits.bias_between, signed=True),
        "",
    )
    for name, value, between in (
        (translate("Report", "Upper limit of agreement"), limits.high_kg, limits.high_between),
        (translate("Report", "Lower limit of agreement"), limits.low_kg, limits.low_between),
    ):
        yield (
            name,
            kg_or_dash(value, signed=True),
            kg_between(between, signed=True),
            "",
        )


def _kg_between(told: Told) -> str:
    return kg_between((told.low, told.high))


def _figures(paper: Paper, page: AgreementPage, y: float) -> float:
    translate = QCoreApplication.translate
    y = heading(paper, translate("Report", "Figures"), QPointF(LEFT, y), INNER)
    plan = (
        ColumnPlan("", 720, number=False),
        ColumnPlan(translate("Report", "Value"), 260),
        ColumnPlan(translate("Report", "95 % interval"), 380),
        ColumnPlan(translate("Report", "Beside it"), 460),
    )
    y = table_head(paper, plan, QPointF(LEFT, y))
    for row in figure_rows(page):
        y = table_row(paper, plan, row, QPointF(LEFT, y))
    return y


def _guesses(paper: Paper, page: AgreementPage, at: QPointF, width: float) -> float:
    """What could be said without a camera, and how far off it is on the same captures."""
    translate = QCoreApplication.translate
    y = heading(paper, translate("Report", "Against guesses without a camera"), at, width)
    for one in page.view.comparisons:
        guess = guess_text(one.guess)
        y = paper.block(guess[:1].upper() + guess[1:], QPointF(at.x(), y), width)
        said = translate(
            "Report", "{other} kg off, the estimate {error} kg ({count} captures)"
        ).format(
            other=number_text(one.guess_mae_kg),
            error=number_text(one.mae_kg),
            count=count_text(one.captures),
        )
        y = paper.words(said, QPointF(at.x(), y), width, FAINT)
        y = paper.words(gain_text(one), QPointF(at.x(), y), width, FAINT) + 12
    return y


def _show(
    paper: Paper, plot: ScatterPlot | DifferencePlot | CurvePlot, page: AgreementPage, rect: QRectF
) -> None:
    """Put one of the plots on paper."""
    widget: QWidget = plot
    try:
        paper.lay_out(widget, rect, NARROW_PLOT)
        plot.show_view(page.view)
        paper.plot(widget, rect, NARROW_PLOT)
    finally:
        let_go(widget)
