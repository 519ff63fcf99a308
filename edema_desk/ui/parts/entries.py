"""Reading what was typed: days, and weights that may be left empty."""

import re
import unicodedata
from datetime import date, datetime

from PySide6.QtCore import QDate, QDateTime, QTime

from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ErrorCode, ExpectedError

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_TARE = re.compile(r"(\d{1,3})(?:[.,](\d{1,3}))?\s*(?:kg)?")
_MOST_TARE_KG = 100
_HOURS = re.compile(r"(\d{1,2})(?:[.,](\d{1,2})|:([0-5]\d))?\s*(?:h|時間)?")
_LEAST_HOURS, _MOST_HOURS = 0.5, 24.0
_EIGHT_FIGURES = re.compile(r"(\d{4})(\d{2})(\d{2})")


def parse_day(entered: str) -> date:
    """A day as 1949-05-17, 1949/5/17, 1949年5月17日 or 19490517, also full-width.

    Raises ExpectedError(DATE_INVALID) for anything else.
    """
    plain = unicodedata.normalize("NFKC", entered).strip().replace(" ", "")
    match = _DAY.fullmatch(plain) or _EIGHT_FIGURES.fullmatch(plain)
    try:
        if match is None:
            raise ValueError("no day")
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise ExpectedError(ErrorCode.DATE_INVALID, entered=entered.strip()[:20]) from None


def parse_birth_date(entered: str, today: date) -> date | None:
    """A birth date, or None when nothing was typed. Not after today, not before 1900."""
    if not entered.strip():
        return None
    day = parse_day(entered)
    if not date(1900, 1, 1) <= day <= today:
        raise ExpectedError(ErrorCode.DATE_INVALID, entered=entered.strip()[:20])
    return day


def to_qt(at: datetime) -> QDateTime:
    """A wall clock time for a Qt editor, whatever the zone."""
    return QDateTime(QDate(at.year, at.month, at.day), QTime(at.hour, at.minute))


def from_qt(shown: QDateTime) -> Moment:
    """The moment at which this computer's clock shows what a Qt editor shows."""
    day, time = shown.date(), shown.time()
    return Moment.at_clinic(date(day.year(), day.month(), day.day()), time.hour(), time.minute())


def parse_tare_g(entered: str) -> int:
    """Grams of wheelchair and clothes; nothing typed is nothing. Up to 100 kg.

    Raises ExpectedError for anything else.
    """
    plain = unicodedata.normalize("NFKC", entered).replace("、", ",").strip().lower()
    match = _TARE.fullmatch(plain)
    if not plain:
        return 0
    if match is None or int(match[1]) >= _MOST_TARE_KG:
        raise ExpectedError(ErrorCode.WEIGHT_NOT_A_NUMBER, entered=entered.strip()[:20])
    return int(match[1]) * 1000 + int((match[2] or "").ljust(3, "0"))


def parse_hours(entered: str) -> float | None:
    """Hours of dialysis as 4, 4.5, 4,5 or 4:30, also full-width; nothing typed is None.

    Raises ExpectedError(HOURS_INVALID) for anything else, and outside 0.5 to 24.
    """
    plain = unicodedata.normalize("NFKC", entered).replace("、", ",").strip().lower()
    if not plain:
        return None
    match = _HOURS.fullmatch(plain)
    if match is None:
        raise ExpectedError(ErrorCode.HOURS_INVALID, entered=entered.strip()[:20])
    rest = int(match[3]) / 60 if match[3] else float(f"0.{match[2] or 0}")
    hours = int(match[1]) + rest
    if not _LEAST_HOURS <= hours <= _MOST_HOURS:
        raise ExpectedError(ErrorCode.HOURS_INVALID, entered=entered.strip()[:20])
    return hours
