"""Codes, days and numbers in the words of the person at the screen."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from edema_desk import words
from edema_desk.domain.capture.view import Instruction, Trouble
from edema_desk.domain.inbox.filing import InboxDoubt, InboxState
from edema_desk.domain.terms.records import CLINIC_ORIGIN, DEMO_ORIGIN, Capture, Schedule
from edema_desk.domain.terms.weights import WeightDoubt
from edema_desk.errors import ExpectedError
from edema_desk.plots.wording import (
    MINUS,
    day_text,
    excess,
    interval_note,
    interval_word,
    kg,
    origin_text,
    phase_text,
    refusal_text,
    refusal_words,
    research_note,
    sentences,
    shift_text,
    short_day_text,
    shown_difference_kg,
    spread,
    time_text,
    word,
)

__all__ = [
    "MINUS",
    "age_text",
    "day_text",
    "doubts_text",
    "error_fact",
    "error_text",
    "excess",
    "frame_refusal_text",
    "hours_text",
    "inbox_doubts_hint",
    "inbox_doubts_text",
    "inbox_state_text",
    "instruction_text",
    "interval_note",
    "interval_word",
    "kg",
    "left_text",
    "likeness_percent",
    "likeness_text",
    "origin_text",
    "origin_word",
    "phase_text",
    "recent_day_text",
    "recording_text",
    "refusal_text",
    "refusal_words",
    "research_note",
    "said_text",
    "schedule_text",
    "shift_text",
    "short_day_text",
    "shown_difference_kg",
    "spread",
    "step_text",
    "tare_text",
    "time_text",
    "trouble_text",
    "weekday_text",
    "working_text",
]


def said_text(text: str, **params: object) -> str:
    """A sentence of `words` in the language of the screen, filled."""
    return word(text).format_map(params)


def error_text(error: ExpectedError) -> str:
    """What happened and what to do about it."""
    return sentences(words.ERRORS[error.code.value], error.params)


def error_fact(error: ExpectedError) -> str:
    """What happened, where what to do about it is offered beside."""
    return sentences(words.Words(words.ERRORS[error.code.value].text, ""), error.params)


def frame_refusal_text(reason: str) -> str:
    """A few words for a reason of `FrameRefusal`."""
    return word(words.FRAME_REFUSALS[reason])


def inbox_state_text(state: InboxState) -> str:
    """How a file of the inbox stands."""
    return word(words.INBOX_STATES[state.value])


def inbox_doubts_text(doubts: Sequence[InboxDoubt]) -> str:
    """Why a file of the inbox waits for a person."""
    said = (words.INBOX_DOUBTS[doubt.value].text for doubt in doubts)
    return _gap().join(word(text) for text in said)


def inbox_doubts_hint(doubts: Sequence[InboxDoubt]) -> str:
    """What to do about it, each thing once."""
    hints = dict.fromkeys(words.INBOX_DOUBTS[doubt.value].hint for doubt in doubts)
    return _gap().join(word(text) for text in hints)


def _gap() -> str:
    """What stands between two sentences."""
    return "" if QLocale().language() == QLocale.Language.Japanese else " "


def doubts_text(doubts: Sequence[WeightDoubt]) -> str:
    """Why a weight is asked again, a line each, and then once what to do about it."""
    said = [(words.DOUBTS[d.doubt.value], d.params) for d in doubts]
    reasons = [sentences(words.Words(w.text, ""), params) for w, params in said]
    return "\n".join([*reasons, *dict.fromkeys(word(w.hint) for w, _ in said)])


def instruction_text(instruction: Instruction) -> str:
    """One thing to do, said to who sits before the camera."""
    return word(words.INSTRUCTIONS[instruction.value])


def trouble_text(trouble: Trouble) -> str:
    """What went wrong with a recording, and the one thing to do."""
    return sentences(words.TROUBLES[trouble.value], {})


def recording_text(capture: Capture) -> str:
    """That a recording was cut short, or nothing where it is whole."""
    if capture.whole:
        return ""
    if capture.recovered:
        return QCoreApplication.translate("capture", "Incomplete, recovered")
    return QCoreApplication.translate("capture", "Incomplete")


def likeness_percent(p_edema: float) -> int:
    """The probability of the likelier phase; never certain."""
    return min(round(100 * max(p_edema, 1 - p_edema)), 99)


def likeness_text(p_edema: float) -> str:
    """Which phase the face is like, with its probability: never a finding of edema."""
    percent = likeness_percent(p_edema)
    if p_edema >= 0.5:
        return QCoreApplication.translate("phrases", "Face as before dialysis, {percent} %").format(
            percent=percent
        )
    return QCoreApplication.translate("phrases", "Face as after dialysis, {percent} %").format(
        percent=percent
    )


def tare_text(grams: int) -> str:
    """Kilograms as they would be typed, without loss: 12.4, 0.35."""
    return f"{grams / 1000:g}"


def hours_text(hours: float | None) -> str:
    """Hours as they would be typed; nothing where they are not known."""
    return "" if hours is None else f"{round(hours, 2):g}"


def recent_day_text(day: date, today: date) -> str:
    """A day of the last week by its weekday, an earlier one by its date."""
    if 0 < (today - day).days < 7:
        return QLocale().standaloneDayName(day.weekday() + 1, QLocale.FormatType.LongFormat)
    return short_day_text(day)


def weekday_text(weekday: int) -> str:
    """A weekday in little room: Mon; 月. Monday is 0."""
    return QLocale().standaloneDayName(weekday + 1, QLocale.FormatType.ShortFormat)


def schedule_text(schedule: Schedule) -> str:
    """Weekdays and shift, or a dash."""
    if not schedule.weekdays:
        return "–"
    japanese = QLocale().language() == QLocale.Language.Japanese
    days = ("・" if japanese else " ").join(weekday_text(d) for d in schedule.weekdays)
    return f"{days} · {shift_text(schedule.shift)}"


def age_text(born: date, today: date) -> str:
    """Age in whole years."""
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return str(years)


def left_text(left_s: float | None) -> str:
    """How long something still takes."""
    if left_s is None:
        return ""
    if left_s >= 90:
        minutes = round(left_s / 60)
        said = QCoreApplication.translate("phrases", "about {minutes} min to go")
        return said.format(minutes=minutes)
    said = QCoreApplication.translate("phrases", "about {seconds} s to go")
    return said.format(seconds=max(round(left_s), 1))


def origin_word(origin: str) -> str:
    """Where a person comes from, where there is little room; empty for the clinic's own."""
    if origin == DEMO_ORIGIN:
        return QCoreApplication.translate("phrases", "Made up")
    return "" if origin == CLINIC_ORIGIN else origin


def working_text(what: str, left_s: float | None) -> str:
    """What long work is doing, and how long it takes still, once that is known."""
    left = left_text(left_s)
    return f"{step_text(what)} · {left}" if left else step_text(what)


def step_text(what: str) -> str:
    """What long work is doing, for a key of `Progress.what`."""
    if what == "analyse":
        return QCoreApplication.translate("phrases", "Looking at the clip")
    if what == "copy":
        return QCoreApplication.translate("phrases", "Copying the file")
    if what == "gather":
        return QCoreApplication.translate("phrases", "Reading the courses")
    if what == "export":
        return QCoreApplication.translate("phrases", "Exporting")
    if what == "store":
        return QCoreApplication.translate("phrases", "Storing the clip")
    return QCoreApplication.translate("phrases", "Working")
