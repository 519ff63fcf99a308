"""Figures, days and codes in the words that window and paper share."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from edema_desk import words
from edema_desk.domain.course.trend import PhaseEntry
from edema_desk.domain.terms.estimate import FEWEST_FRAMES, IntervalKind, Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import CLINIC_ORIGIN, DEMO_ORIGIN, Phase
from edema_desk.domain.terms.weights import kg_text

MINUS = "−"


def word(text: str) -> str:
    """A text of `words` in the language of the program."""
    return QCoreApplication.translate("words", text) if text else ""


def sentences(said: words.Words, params: Mapping[str, object]) -> str:
    """A sentence of `words` and what to do about it, filled."""
    gap = "" if QLocale().language() == QLocale.Language.Japanese else " "
    whole = gap.join(part for part in (word(said.text), word(said.hint)) if part)
    return whole.format_map(params)


def refusal_text(refusal: Refusal) -> str:
    """Why a capture has no estimate and what to do about it."""
    return sentences(words.CAPTURE_REFUSALS[refusal.value], {"limit": FEWEST_FRAMES})


def research_note() -> str:
    """Research use, not for diagnosis."""
    return word(words.RESEARCH_NOTE)


def interval_note(kind: IntervalKind = IntervalKind.SPREAD) -> str:
    """What the width of an estimate's interval rests on, and whether it promises anything."""
    return word(words.INTERVAL_NOTES[kind.value])


def interval_word(kind: IntervalKind) -> str:
    """A spread promises nothing, an interval does."""
    if kind is IntervalKind.SPREAD:
        return QCoreApplication.translate("phrases", "spread")
    return QCoreApplication.translate("phrases", "interval")


def phase_text(phase: Phase) -> str:
    """Before, after, or in between."""
    said = {
        Phase.PRE: QCoreApplication.translate("phrases", "Before dialysis"),
        Phase.POST: QCoreApplication.translate("phrases", "After dialysis"),
        Phase.SPOT: QCoreApplication.translate("phrases", "In between"),
    }
    return said[phase]


def origin_text(origin: str) -> str:
    """Where a person comes from; empty for the clinic's own."""
    if origin == CLINIC_ORIGIN:
        return ""
    if origin == DEMO_ORIGIN:
        return QCoreApplication.translate("phrases", "Made-up person (demo)")
    return QCoreApplication.translate("phrases", "Study: {name}").format(name=origin)


def kg(grams: int | None, *, signed: bool = False) -> str:
    """Kilograms with one decimal and a real minus sign, or a dash."""
    return "–" if grams is None else kg_text(grams, signed=signed).replace("-", MINUS)


def excess(excess_kg: float | None) -> str:
    """An excess over the dry weight with its sign, in kg, or a dash."""
    return "–" if excess_kg is None else kg(round(excess_kg * 1000), signed=True)


def shown_difference_kg(entry: PhaseEntry | None) -> float | None:
    """Estimate minus scale by the tenths on the screen: a difference that contradicts the two
    figures beside it would not be believed. None where either is missing."""
    if entry is None or entry.estimate is None or entry.estimate.excess_kg is None:
        return None
    scale_kg = entry.scale_excess_kg
    if scale_kg is None:
        return None
    return (_tenths(entry.estimate.excess_kg) - _tenths(scale_kg)) / 10


def _tenths(excess_kg: float) -> int:
    """As `kg` rounds them."""
    return round(10 * float(kg_text(round(excess_kg * 1000))))


def spread(spread_kg: float) -> str:
    """±, with one decimal, never less than 0.1."""
    return f"±{max(spread_kg, 0.1):.1f}"


def day_text(day: date, *, weekday: bool = True) -> str:
    """A day as it is written here: Monday, 2 March 2026; 2026年3月2日(月)."""
    locale = QLocale()
    if locale.language() == QLocale.Language.Japanese:
        return locale.toString(_qdate(day), "yyyy年M月d日(ddd)" if weekday else "yyyy年M月d日")
    return locale.toString(_qdate(day), "dddd, d MMMM yyyy" if weekday else "d MMMM yyyy")


def short_day_text(day: date) -> str:
    """A day in little room: 2 Mar 2026; 2026/03/02."""
    japanese = QLocale().language() == QLocale.Language.Japanese
    return QLocale().toString(_qdate(day), "yyyy/MM/dd" if japanese else "d MMM yyyy")


def time_text(at: Moment) -> str:
    """The clinic's time of day: 08:12."""
    local = at.local()
    return QLocale().toString(QTime(local.hour, local.minute), "HH:mm")


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def refusal_words(refusal: Refusal) -> str:
    """Two or three words for why there is no estimate, where there is little room."""
    said = {
        Refusal.NO_FACE: QCoreApplication.translate("phrases", "no face"),
        Refusal.SEVERAL_FACES: QCoreApplication.translate("phrases", "several faces"),
        Refusal.FACE_TOO_SMALL: QCoreApplication.translate("phrases", "face too small"),
        Refusal.TURNED_AWAY: QCoreApplication.translate("phrases", "face turned away"),
        Refusal.BAD_LIGHT: QCoreApplication.translate("phrases", "poor light"),
        Refusal.BLURRED: QCoreApplication.translate("phrases", "blurred"),
        Refusal.EYES_CLOSED: QCoreApplication.translate("phrases", "eyes closed"),
        Refusal.MOUTH_OPEN: QCoreApplication.translate("phrases", "mouth open"),
        Refusal.TOO_FEW_FRAMES: QCoreApplication.translate("phrases", "too few frames"),
        Refusal.NO_REFERENCE: QCoreApplication.translate("phrases", "no earlier session"),
        Refusal.TOO_UNSURE: QCoreApplication.translate("phrases", "too uncertain"),
        Refusal.OTHER_PERSON: QCoreApplication.translate("phrases", "other person?"),
        Refusal.UNLIKE_TRAINING: QCoreApplication.translate("phrases", "unfamiliar face"),
        Refusal.CLIP_DAMAGED: QCoreApplication.translate("phrases", "clip damaged"),
    }
    return said[refusal]


def moment_text(at: Moment) -> str:
    """Day and time of the clinic."""
    return f"{short_day_text(at.day)} {time_text(at)}"


def shift_text(shift: int) -> str:
    """Which shift."""
    return QCoreApplication.translate("phrases", "Shift {number}").format(number=shift)
