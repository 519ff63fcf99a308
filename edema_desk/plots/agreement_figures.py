"""The figures of agreement in words, each with its interval, what it rests on and what it is.

The same lines stand on the page, in its table, and on paper.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from PySide6.QtCore import QCoreApplication

from edema_desk.domain.course.agreement_view import AgreementView
from edema_desk.domain.statistics.sureness import Told
from edema_desk.plots.agreement_words import (
    count_text,
    kg_between,
    number_text,
    percent_between,
    percent_text,
)


class Topic(StrEnum):
    """Which question a figure answers."""

    ERROR = "error"
    LIMITS = "limits"
    CHANGE = "change"
    CALLS = "calls"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure. `between` is its 95 % interval, `beside` what to hold it against, `rests_on` how
    many captures or sessions it is of, `about` what it means; all in words, empty where unknown."""

    topic: Topic
    name: str
    value: str
    unit: str
    between: str
    beside: str
    rests_on: str
    about: str


def figure_lines(view: AgreementView) -> tuple[FigureLine, ...]:
    """Everything but the learning curve and the guesses, in the order of the page."""
    return (
        *_error_lines(view),
        *_limit_lines(view),
        *_change_lines(view),
        *_call_lines(view),
        *_interval_lines(view),
    )


def captures_text(count: int) -> str:
    """How many captures something rests on."""
    if count == 1:
        return QCoreApplication.translate("Agreement", "1 capture")
    said = QCoreApplication.translate("Agreement", "{count} captures")
    return said.format(count=count_text(count))


def sessions_text(count: int) -> str:
    """How many sessions something rests on."""
    if count == 1:
        return QCoreApplication.translate("Agreement", "1 session")
    said = QCoreApplication.translate("Agreement", "{count} sessions")
    return said.format(count=count_text(count))


def _usual(value: str) -> str:
    said = QCoreApplication.translate("Agreement", "usual value: {value}")
    return said.format(value=value)


def _kg(told: Told, *, signed: bool = False) -> tuple[str, str, str]:
    """Value, unit and interval."""
    between = kg_between((told.low, told.high), signed=signed)
    return number_text(told.value, signed=signed), "kg", between


def _error_lines(view: AgreementView) -> tuple[FigureLine, ...]:
    translate, told = QCoreApplication.translate, view.told
    return (
        FigureLine(
            Topic.ERROR,
            translate("Agreement", "Mean error"),
            *_kg(told.mae_kg),
            _usual(f"{number_text(view.usual.mae_kg)} kg"),
            captures_text(told.mae_kg.count),
            translate(
                "Agreement",
                "How far the estimates lie from the scale on average, whichever way. The usual "
                "value is the mean of the patient's earlier sessions in the same phase.",
            ),
        ),
        FigureLine(
            Topic.ERROR,
            translate("Agreement", "Follows the fluid before dialysis"),
            number_text(view.figures.within_class_r_pre),
            "r",
            "",
            "",
            captures_text(int(view.pre.sum())),
            translate(
                "Agreement",
                "Whether estimates before dialysis rise and fall with the patient's own fluid, the "
                "usual value taken off: 1 they do, 0 they only know before from after.",
            ),
        ),
        FigureLine(
            Topic.ERROR,
            translate("Agreement", "Without an estimate"),
            percent_text(view.figures.refused_share),
            "",
            "",
            "",
            captures_text(view.captures + view.refused),
            translate(
                "Agreement",
                "Captures with a weight beside them that were refused, because the clip or the "
                "estimate was not good enough.",
            ),
        ),
    )


def _limit_lines(view: AgreementView) -> tuple[FigureLine, ...]:
    translate, limits = QCoreApplication.translate, view.limits
    rests = captures_text(view.captures)
    named = (
        (
            translate("Agreement", "Difference on average"),
            (limits.bias_kg, limits.bias_between),
            translate("Agreement", "Estimate less scale. Above nothing the camera says too much."),
        ),
        (
            translate("Agreement", "Upper limit of agreement"),
            (limits.high_kg, limits.high_between),
            translate(
                "Agreement",
                "Of a new capture of a new patient the difference lies below it in 97.5 of 100 "
                "cases (Bland-Altman for repeated measures).",
            ),
        ),
        (
            translate("Agreement", "Lower limit of agreement"),
            (limits.low_kg, limits.low_between),
            translate("Agreement", "The same for the lower side."),
        ),
    )
    lines = (
        FigureLine(
            Topic.LIMITS,
            name,
            number_text(value, signed=True),
            "kg",
            kg_between(between, signed=True),
            "",
            rests,
            about,
        )
        for name, (value, between), about in named
    )
    return (*lines, *_spread_lines(view, rests))


def _spread_lines(view: AgreementView, rests: str) -> tuple[FigureLine, ...]:
    """How the differences vary, and whether they grow with the excess."""
    translate, limits, slope = QCoreApplication.translate, view.limits, view.told.slope
    return (
        FigureLine(
            Topic.LIMITS,
            translate("Agreement", "Between patients and within"),
            f"{number_text(limits.sd_between_kg)} / {number_text(limits.sd_within_kg)}",
            "kg",
            "",
            "",
            rests,
            translate(
                "Agreement",
                "Standard deviation of the difference from patient to patient, and from capture "
                "to capture of one patient.",
            ),
        ),
        FigureLine(
            Topic.LIMITS,
            translate("Agreement", "Difference for each kg more"),
            number_text(slope.value, signed=True),
            "kg",
            kg_between((slope.low, slope.high), signed=True),
            "",
            rests,
            translate(
                "Agreement",
                "By how much the difference grows with the excess. Below nothing, estimates are "
                "drawn to the middle: much excess is told too low.",
            ),
        ),
    )


def _change_lines(view: AgreementView) -> tuple[FigureLine, ...]:
    translate, told = QCoreApplication.translate, view.told
    change = told.concordance
    return (
        FigureLine(
            Topic.CHANGE,
            translate("Agreement", "Concordance of the change"),
            number_text(change.value),
            "",
            kg_between((change.low, change.high)),
            _usual(number_text(view.usual.change_concordance)),
            sessions_text(change.count),
            translate(
                "Agreement",
                "Lin's concordance of what a session took off, by the face and by the scale: 1 is "
                "the same each time, 0 is no relation.",
            ),
        ),
        FigureLine(
            Topic.CHANGE,
            translate("Agreement", "Mean error of the change"),
            *_kg(told.change_mae_kg),
            _usual(f"{number_text(view.usual.change_mae_kg)} kg"),
            sessions_text(told.change_mae_kg.count),
            translate(
                "Agreement",
                "How far the change from before to after dialysis lies from that of the scale.",
            ),
        ),
    )


def _call_lines(view: AgreementView) -> tuple[FigureLine, ...]:
    translate, told = QCoreApplication.translate, view.told
    right = told.accuracy
    commoner = translate("Agreement", "the commoner call alone: {value}")
    return (
        FigureLine(
            Topic.CALLS,
            translate("Agreement", "Before or after told right"),
            percent_text(right.value),
            "",
            percent_between((right.low, right.high)),
            commoner.format(value=percent_text(told.majority)),
            captures_text(right.count),
            translate(
                "Agreement",
                "Share of faces called as before or as after dialysis as they were. It says "
                "little of kilograms.",
            ),
        ),
        FigureLine(
            Topic.CALLS,
            translate("Agreement", "The same where 1 kg or more was lost"),
            percent_text(view.figures.accuracy_clear_loss),
            "",
            "",
            "",
            "",
            translate("Agreement", "Sessions in which the difference should be plain to see."),
        ),
    )


def _interval_lines(view: AgreementView) -> tuple[FigureLine, ...]:
    translate, held = QCoreApplication.translate, view.told.coverage
    width = view.figures.interval_width_kg / 2
    return (
        FigureLine(
            Topic.INTERVAL,
            translate("Agreement", "Scale within the interval"),
            percent_text(held.value),
            "",
            percent_between((held.low, held.high)),
            translate("Agreement", "promised: {value}").format(value=percent_text(0.9)),
            captures_text(held.count),
            translate(
                "Agreement",
                "How often the weight lay inside the interval beside the estimate, which shall "
                "hold it nine times in ten.",
            ),
        ),
        FigureLine(
            Topic.INTERVAL,
            translate("Agreement", "Interval on average"),
            f"±{number_text(width)}" if isfinite(width) else number_text(width),
            "kg",
            "",
            "",
            captures_text(held.count),
            translate("Agreement", "Half the width of the interval: the narrower, the more told."),
        ),
    )
