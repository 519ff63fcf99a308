"""The JSON file beside a clip that says whom it shows."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from edema_desk.domain.inbox.naming import phase_of_word
from edema_desk.domain.terms.records import Phase

D = TypeVar("D", bound=date)

MOST_BYTES = 64 * 1024
"""A larger file is no sidecar."""


class BrokenSidecarError(Exception):
    """The file beside a clip is not as a sidecar should be."""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What it says; everything may be left out. `at` without an offset is the clinic's time."""

    chart_number: str = ""
    day: date | None = None
    at: datetime | None = None
    phase: Phase | None = None
    event: str = ""


def read_sidecar(data: bytes) -> Sidecar:
    """The sidecar in a JSON file: `chart_number`, `date` or `captured_at`, `phase`, `event`.

    Other keys are left alone. Raises BrokenSidecarError.
    """
    try:
        return _read(data)
    except (ValueError, RecursionError) as error:
        raise BrokenSidecarError from error


def _read(data: bytes) -> Sidecar:
    if len(data) > MOST_BYTES:
        raise ValueError("too long")
    said = json.loads(data.decode("utf-8-sig"))
    if not isinstance(said, dict):
        raise ValueError("not an object")
    day, at, phase = _text(said, "date"), _text(said, "captured_at"), _text(said, "phase")
    return Sidecar(
        chart_number=_text(said, "chart_number"),
        day=_of_our_time(date.fromisoformat(day)) if day else None,
        at=_of_our_time(datetime.fromisoformat(at)) if at else None,
        phase=_phase(phase) if phase else None,
        event=_text(said, "event"),
    )


def _text(said: dict[str, Any], key: str) -> str:
    value = said.get(key, "")
    if isinstance(value, int) and not isinstance(value, bool) and key == "chart_number":
        return str(value)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > 200:
        raise ValueError(key)
    return value.strip()


def _of_our_time(when: D) -> D:
    if not 2000 <= when.year < 2200:
        raise ValueError("year")
    return when


def _phase(word: str) -> Phase:
    phase = phase_of_word(word)
    if phase is None:
        raise ValueError("phase")
    return phase
