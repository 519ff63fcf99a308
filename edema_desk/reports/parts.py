"""What the pages share: who it is about, where the figures come from, small tables of facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale, QPointF

from edema_desk.domain.course.exporting import ExportedPatient, Period
from edema_desk.domain.reporting import ModelFacts, Quality
from edema_desk.domain.terms.moment import Moment
from edema_desk.plots.agreement_words import DASH, count_text, number_text
from edema_desk.plots.style import LIGHT
from edema_desk.plots.wording import (
    day_text,
    moment_text,
    origin_text,
    refusal_words,
    research_note,
    short_day_text,
)
from edema_desk.reports.paper import BOTTOM, FAINT, HEAD, INNER, LEFT, NOTE, TEXT, TITLE, Ink, Paper

GAP = 44.0
_LABEL_SHARE = 0.56


@dataclass(frozen=True, slots=True)
class Fact:
    """A name, what it is, and what is said under it; `over` names a limit that is passed."""

    name: str
    value: str
    note: str = ""


def heading(paper: Paper, text: str, at: QPointF, width: float) -> float:
    """A small heading; the y of what follows."""
    return paper.words(text, at, width, HEAD) + 8


def facts(paper: Paper, rows: Sequence[Fact], at: QPointF, width: float) -> float:
    """Names at the left, values at the right, notes small under them; the y below."""
    y = at.y()
    left = width * _LABEL_SHARE
    for fact in rows:
        paper.words(fact.value, QPointF(at.x() + left, y), width - left, Ink(TEXT, right=True))
        y = paper.words(fact.name, QPointF(at.x(), y), left - 10)
        if fact.note:
            y = paper.words(fact.note, QPointF(at.x(), y - 4), width, FAINT)
        paper.rule(y + 2, at.x(), at.x() + width)
        y += 8
    return y


def top(paper: Paper, kind: str) -> float:
    """The first line of a page: which program, what it is, and that it is for research."""
    y = 110.0
    paper.words(f"EdemaDesk · {kind}", QPointF(LEFT, y), INNER / 2, Ink(TEXT, bold=True))
    note = Ink(TEXT, bold=True, color=LIGHT.attention, right=True)
    end = paper.words(research_note(), QPointF(LEFT + INNER / 2, y), INNER / 2, note)
    paper.rule(end + 8, dark=True)
    return end + 26


def banner(paper: Paper, subject: ExportedPatient, period: str, y: float) -> float:
    """Whom the page is about: all that names a patient, or a study code in place of it."""
    translate = QCoreApplication.translate
    patient = subject.patient
    if subject.named:
        name, beside = patient.name, patient.kana
        parts = [translate("Report", "Chart number {number}").format(number=patient.chart_number)]
        if patient.birth_date is not None:
            born = day_text(patient.birth_date, weekday=False)
            parts.append(translate("Report", "Born {day}").format(day=born))
    else:
        name, beside = subject.code, translate("Report", "Under a study code")
        parts = []
    parts.append(period)
    origin = origin_text(patient.origin)
    if origin:
        parts.append(origin)
    title = Ink(TITLE, bold=True)
    width = paper.width_of(name, title)
    beside_at = QPointF(LEFT + min(width, 0.7 * INNER) + 24, y + 26)
    paper.words(beside, beside_at, 0.3 * INNER, Ink(TEXT, color=LIGHT.muted))
    y = paper.words(name, QPointF(LEFT, y), 0.7 * INNER, title)
    return paper.words("   ·   ".join(parts), QPointF(LEFT, y), INNER) + GAP / 2


def period_text(period: Period, days: Sequence[date]) -> str:
    """From when to when, an open end by the days there are."""
    first = period.first or (days[0] if days else None)
    last = period.last or (days[-1] if days else None)
    if first is None or last is None:
        return QCoreApplication.translate("Report", "All days")
    said = QCoreApplication.translate("Report", "{first} to {last}")
    return said.format(first=short_day_text(first), last=short_day_text(last))


def quality_text(quality: Quality) -> str:
    """Captures and why some have no estimate."""
    translate = QCoreApplication.translate
    captures = count_text(quality.captures)
    parts = [translate("Report", "{count} in all").format(count=captures)]
    if quality.refused_count:
        reasons = (
            gap()
            .join(
                f"{refusal_words(reason)} {count_text(count)}{_comma()}"
                for reason, count in quality.refused.items()
            )
            .removesuffix(_comma())
        )
        said = translate("Report", "{count} without an estimate ({reasons})")
        refused = count_text(quality.refused_count)
        parts.append(said.format(count=refused, reasons=reasons))
    if quality.incomplete:
        said = translate("Report", "{count} cut short")
        parts.append(said.format(count=count_text(quality.incomplete)))
    return " · ".join(parts)


def models_text(models: Sequence[ModelFacts]) -> str:
    """Which models made the estimates, and what they learned from."""
    translate = QCoreApplication.translate
    if not models:
        return translate("Report", "No model made an estimate here.")
    return gap().join(_model_text(one) for one in models)


def _model_text(model: ModelFacts) -> str:
    translate = QCoreApplication.translate
    if not model.known:
        said = translate("Report", "Model {model}; its card is not on this PC.")
        return said.format(model=model.model_id)
    if model.made_up:
        said = translate(
            "Report",
            "Model {model}, trained on made-up swelling ({people} faces, {captures} captures).",
        )
    else:
        said = translate(
            "Report", "Model {model}, trained on {people} people ({captures} captures)."
        )
    return said.format(
        model=model.model_id,
        people=count_text(model.patients),
        captures=count_text(model.captures),
    )


def foot(paper: Paper, models: Sequence[ModelFacts], made_at: Moment, version: str) -> None:
    """Where the figures come from, that they are for research, when the page was made."""
    translate = QCoreApplication.translate
    y = BOTTOM - 92.0
    paper.rule(y, dark=True)
    y = paper.block(models_text(models), QPointF(LEFT, y + 8), INNER, FAINT)
    said = translate(
        "Report",
        "Made {moment} by EdemaDesk {version}. It states facts; what to do"
        " about them it leaves to you.",
    )
    made = said.format(moment=moment_text(made_at), version=version)
    paper.words(made, QPointF(LEFT, y), 0.72 * INNER, FAINT)
    note = Ink(NOTE, bold=True, right=True)
    paper.words(research_note(), QPointF(LEFT + 0.72 * INNER, y), 0.28 * INNER, note)


def kg_or_dash(value_kg: float, *, signed: bool = False) -> str:
    """Kilograms with their unit; a dash where they are unknown."""
    number = number_text(value_kg, signed=signed)
    if number == DASH:
        return DASH
    return QCoreApplication.translate("Report", "{value} kg").format(value=number)


def gap() -> str:
    """What stands between two sentences."""
    return "" if QLocale().language() == QLocale.Language.Japanese else " "


def _comma() -> str:
    return "、" if QLocale().language() == QLocale.Language.Japanese else ","
