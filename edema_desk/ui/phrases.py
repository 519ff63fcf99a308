"""Codes, days and numbers in the words of the person at the screen."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from edema_desk import words
from edema_desk.domain.capture_view import Instruction, Trouble
from edema_desk.domain.estimate import FEWEST_FRAMES, IntervalKind, Refusal
from edema_desk.domain.inbox import InboxDoubt, InboxState
from edema_desk.domain.moment import Moment
from edema_desk.domain.records import CLINIC_ORIGIN, DEMO_ORIGIN, Capture, Phase, Schedule
from edema_desk.domain.trend import PhaseEntry
from edema_desk.domain.weights import WeightDoubt, kg_text
from edema_desk.errors import ExpectedError

MINUS = "−"


def _word(text: str) -> str:
    return QCoreApplication.translate("words", text) if text else ""


def _sentences(said: words.Words, params: Mapping[str, object]) -> str:
    gap = "" if QLocale().language() == QLocale.Language.Japanese else " "
    whole = gap.join(part for part in (_word(said.text), _word(said.hint)) if part)
    return whole.format_map(params)


def said_text(text: str, **params: object) -> str:
    """A sentence of `words` in the language of the screen, filled."""
    return _word(text).format_map(params)


def error_text(error: ExpectedError) -> str:
    """What happened and what to do about it."""
    return _sentences(words.ERRORS[error.code.value], error.params)


def error_fact(error: ExpectedError) -> str:
    """What happened, where what to do about it is offered beside."""
    return _sentences(words.Words(words.ERRORS[error.code.value].text, ""), error.params)


def refusal_text(refusal: Refusal) -> str:
    """Why a capture has no estimate and what to do about it."""
    return _sentences(words.CAPTURE_REFUSALS[refusal.value], {"limit": FEWEST_FRAMES})


def frame_refusal_text(reason: str) -> str:
    """A few words for a reason of `FrameRefusal`."""
    return _word(words.FRAME_REFUSALS[reason])


def inbox_state_text(state: InboxState) -> str:
    """How a file of the inbox stands."""
    return _word(words.INBOX_STATES[state.value])


def inbox_doubts_text(doubts: Sequence[InboxDoubt]) -> str:
    """Why a file of the inbox waits for a person."""
    said = (words.INBOX_DOUBTS[doubt.value].text for doubt in doubts)
    return _gap().join(_word(text) for text in said)


def inbox_doubts_hint(doubts: Sequence[InboxDoubt]) -> str:
    """What to do about it, each thing once."""
    hints = dict.fromkeys(words.INBOX_DOUBTS[doubt.value].hint for doubt in doubts)
    return _gap().join(_word(text) for text in hints)


def _gap() -> str:
    """What stands between two sentences."""
    return "" if QLocale().language() == QLocale.Language.Japanese else " "


def doubts_text(doubts: Sequence[WeightDoubt]) -> str:
    """Why a weight is asked again, a line each, and then once what to do about it."""
    said = [(words.DOUBTS[d.doubt.value], d.params) for d in doubts]
    reasons = [_sentences(words.Words(w.text, ""), params) for w, params in said]
    return "\n".join([*reasons, *dict.fromkeys(_word(w.hint) for w, _ in said)])


def instruction_text(instruction: Instruction) -> str:
    """One thing to do, said to who sits before the camera."""
    return _word(words.INSTRUCTIONS[instruction.value])


def trouble_text(trouble: Trouble) -> str:
    """What went wrong with a recording, and the one thing to do."""
    return _sentences(words.TROUBLES[trouble.value], {})


def recording_text(capture: Capture) -> str:
    """That a recording was cut short, or nothing where it is whole."""
    if capture.whole:
        return ""
    if capture.recovered:
        return QCoreApplication.translate("capture", "Incomplete, recovered")
    return QCoreApplication.translate("capture", "Incomplete")


def research_note() -> str:
    """Research use, not for diagnosis."""
    return _word(words.RESEARCH_NOTE)


def interval_note(kind: IntervalKind = IntervalKind.SPREAD) -> str:
    """What the width of an estimate's interval rests on, and whether it promises anything."""
    return _word(words.INTERVAL_NOTES[kind.value])


def interval_word(kind: IntervalKind) -> str:
    """A spread promises nothing, an interval does."""
    if kind is IntervalKind.SPREAD:
        return QCoreApplication.translate("phrases", "spread")
    return QCoreApplication.translate("phrases", "interval")


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


def weekday_text(weekday: int) -> str:
    """A weekday in little room: Mon; 月. Monday is 0."""
    return QLocale().standaloneDayName(weekday + 1, QLocale.FormatType.ShortFormat)


def shift_text(shift: int) -> str:
    """Which shift."""
    return QCoreApplication.translate("phrases", "Shift {number}").format(number=shift)


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


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def origin_word(origin: str) -> str:
    """Where a person comes from, where there is little room; empty for the clinic's own."""
    if origin == DEMO_ORIGIN:
        return QCoreApplication.translate("phrases", "Made up")
    return "" if origin == CLINIC_ORIGIN else origin


def step_text(what: str) -> str:
    """What long work is doing, for a key of `Progress.what`."""
    if what == "analyse":
        return QCoreApplication.translate("phrases", "Looking at the clip")
    if what == "copy":
        return QCoreApplication.translate("phrases", "Copying the file")
    if what == "store":
        return QCoreApplication.translate("phrases", "Storing the clip")
    return QCoreApplication.translate("phrases", "Working")


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
