"""One row of a study's table: what it must hold, and what refuses it."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path, PureWindowsPath

from edema_desk.domain.terms.records import Phase
from edema_desk.domain.terms.weights import checked_weight_g, parse_weight_g
from edema_desk.errors import ErrorCode, ExpectedError

LONGEST_ID = 64
_SHOWN = 20
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}")
_KILOGRAMS = re.compile(r"[0-9]{1,4}(\.[0-9]{1,20})?")
_POUNDS_RATIO = (2.0, 2.45)
"""A weight this many times the dry weight was read in pounds (2.2046 of them make 1 kg)."""


@dataclass(frozen=True, slots=True)
class StudyRow:
    """One capture of a study. `clip` is its whole path.

    `planted_truth_kg` is the fluid put into a made-up study: it may be compared with, never
    trained on or estimated from. `extra` holds the columns that are not of the format.
    """

    line: int
    patient_id: str
    day: date
    phase: Phase
    weight_g: int | None
    dry_weight_g: int
    clip: Path
    at: time | None = None
    planted_truth_kg: float | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def slot(self) -> tuple[str, ...]:
        """What there may be only once: pre and post of a day, a spot at its time."""
        when = self.at.isoformat() if self.at and self.phase is Phase.SPOT else ""
        return self.patient_id, self.day.isoformat(), self.phase.value, when

    def as_fields(self, folder: Path) -> dict[str, str]:
        """The row by column, with the clip named relative to `folder`."""
        truth = self.planted_truth_kg
        return {
            **self.extra,
            "patient_id": self.patient_id,
            "date": self.day.isoformat(),
            "phase": self.phase.value,
            "weight_kg": "" if self.weight_g is None else f"{self.weight_g / 1000:.3f}",
            "dry_weight_kg": f"{self.dry_weight_g / 1000:.3f}",
            "clip": self.clip.relative_to(folder).as_posix(),
            "time": self.at.strftime("%H:%M") if self.at else "",
            "true_excess_kg": "" if truth is None else repr(truth),
        }


_OWN = ("patient_id", "date", "phase", "weight_kg", "dry_weight_kg", "clip", "time")


def parse_row(line: int, fields: Mapping[str, str], folder: Path) -> StudyRow:
    """A row from its fields by column. Raises ExpectedError with the first fault."""
    given = {name: fields.get(name, "").strip() for name in (*_OWN, "true_excess_kg")}
    phase = _phase(given["phase"])
    dry_g = _weight_g("dry_weight_kg", given["dry_weight_kg"])
    weight_g = None
    if given["weight_kg"] or phase is not Phase.SPOT:
        weight_g = _weight_g("weight_kg", given["weight_kg"])
        if _POUNDS_RATIO[0] <= weight_g / dry_g <= _POUNDS_RATIO[1]:
            raise ExpectedError(ErrorCode.WEIGHT_POUNDS, entered=given["weight_kg"][:_SHOWN])
    return StudyRow(
        line=line,
        patient_id=_patient_id(given["patient_id"]),
        day=_day(given["date"]),
        phase=phase,
        weight_g=weight_g,
        dry_weight_g=dry_g,
        clip=_clip(given["clip"], folder),
        at=_time(given["time"]),
        planted_truth_kg=_truth(given["true_excess_kg"]),
        extra={name: text for name, text in fields.items() if name and name not in given},
    )


def _patient_id(text: str) -> str:
    if not text:
        raise ExpectedError(ErrorCode.FIELD_EMPTY, field="patient_id")
    if len(text) > LONGEST_ID:
        raise ExpectedError(ErrorCode.FIELD_TOO_LONG, field="patient_id", limit=LONGEST_ID)
    return text


def _day(text: str) -> date:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ExpectedError(ErrorCode.DATE_INVALID, entered=text[:_SHOWN])


def _phase(text: str) -> Phase:
    try:
        return Phase(text)
    except ValueError as error:
        raise ExpectedError(ErrorCode.ROW_PHASE, entered=text[:_SHOWN]) from error


def _time(text: str) -> time | None:
    if not text:
        return None
    try:
        if _TIME.fullmatch(text):
            return time.fromisoformat(text)
    except ValueError:
        pass
    raise ExpectedError(ErrorCode.ROW_TIME, entered=text[:_SHOWN])


def _weight_g(column: str, text: str) -> int:
    """Grams from kilograms with a point; what the window forgives is refused in a file."""
    if not text:
        raise ExpectedError(ErrorCode.FIELD_EMPTY, field=column)
    if _KILOGRAMS.fullmatch(text):
        return checked_weight_g(round(float(text) * 1000))
    parse_weight_g(text)  # says what is wrong where it knows, such as pounds
    raise ExpectedError(ErrorCode.WEIGHT_NOT_A_NUMBER, entered=text[:_SHOWN])


def _truth(text: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ExpectedError(ErrorCode.WEIGHT_NOT_A_NUMBER, entered=text[:_SHOWN])
    return value


def _clip(text: str, folder: Path) -> Path:
    """The clip's path. Either slash divides; drives, roots, `..` and links outward are refused."""
    if not text:
        raise ExpectedError(ErrorCode.FIELD_EMPTY, field="clip")
    named = PureWindowsPath(text)
    if named.drive or named.root or ".." in named.parts or "\0" in text:
        raise ExpectedError(ErrorCode.ROW_CLIP_OUTSIDE)
    path = folder.joinpath(*named.parts)
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
        there = path.is_file()
    except (OSError, RuntimeError) as error:  # a name too long, or links in a circle
        raise ExpectedError(ErrorCode.ROW_CLIP_MISSING) from error
    if not inside:
        raise ExpectedError(ErrorCode.ROW_CLIP_OUTSIDE)
    if not there:
        raise ExpectedError(ErrorCode.ROW_CLIP_MISSING)
    return path
