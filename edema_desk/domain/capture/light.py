"""Whether the light is that of the patient's earlier captures: light moves the estimate too.

How much was measured with the shipped network on 35 photographs made darker, brighter, warmer
and cooler: nine of ten scores moved by less than about 0.95 kg a unit of ln(luminance), and by
2.4 kg a unit of ln(red / green) or ln(blue / green). Half the light (one stop) is 0.33 of the
former, bulbs for daylight 0.1 to 0.2 of the latter.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from edema_desk.domain.capture.camera import CameraReport
from edema_desk.domain.capture.sight import LightReading
from edema_desk.domain.capture.view import LightChange, LightNote

KG_OF_LUMINANCE = 0.95
KG_OF_COLOUR = 2.4
AS_BEFORE_KG = 0.10
"""Scores move so much between two files of one picture."""
NOTED_FROM_KG = 0.20
UNUSABLE_FROM_KG = 0.45
"""As much as half of the shipped network's error in one capture."""
NO_LIKENESS_KG = 0.60
MOST_EARLIER = 5
_WATCHED_SETTINGS = ("exposure", "gain", "white_balance_k")


@dataclass(frozen=True, slots=True)
class EarlierLight:
    """The light of an earlier capture of the patient and the camera it was made by."""

    day: date
    light: LightReading | None
    report: CameraReport | None = None


@dataclass(frozen=True, slots=True)
class LightMatch:
    """`same_light` from 0 (another room) to 1 (as before), None where nothing is to compare;
    `note` where somebody should know."""

    same_light: float | None = None
    note: LightNote | None = None


def average_light(readings: Sequence[LightReading]) -> LightReading | None:
    """The middle of a capture's readings, each figure by itself; None without any."""
    if not readings:
        return None
    return LightReading(
        median(r.luminance for r in readings),
        median(r.red_green for r in readings),
        median(r.blue_green for r in readings),
    )


def compare_light(
    now: LightReading | None, report: CameraReport | None, earlier: Sequence[EarlierLight]
) -> LightMatch:
    """Compare with the middle of the newest earlier captures, so that one odd one does not
    count. A camera of another name or settings is noted where the light itself is as before."""
    newest = sorted(earlier, key=lambda e: e.day, reverse=True)[:MOST_EARLIER]
    if not newest:
        return LightMatch()
    same: float | None = None
    note: LightNote | None = None
    usual = average_light([e.light for e in newest if e.light is not None and _real(e.light)])
    if now is not None and _real(now) and usual is not None:
        shifts = _shifts_kg(now, usual)
        shift_kg = math.hypot(*(kg for _, kg in shifts))
        same = 1.0 - (shift_kg - AS_BEFORE_KG) / (NO_LIKENESS_KG - AS_BEFORE_KG)
        same = min(max(same, 0.0), 1.0)
        if shift_kg >= NOTED_FROM_KG:
            strongest = max(shifts, key=lambda shift: shift[1])[0]
            note = LightNote(strongest, newest[0].day, shift_kg < UNUSABLE_FROM_KG)
    return LightMatch(same, note or _camera_note(report, newest))


def _shifts_kg(now: LightReading, usual: LightReading) -> tuple[tuple[LightChange, float], ...]:
    """What brightness and colour are likely to move the score by, and which way they went."""
    level = math.log(now.luminance / usual.luminance)
    red = math.log(now.red_green / usual.red_green)
    blue = math.log(now.blue_green / usual.blue_green)
    warmer = red - blue > 0
    return (
        (LightChange.BRIGHTER if level > 0 else LightChange.DARKER, KG_OF_LUMINANCE * abs(level)),
        (
            LightChange.WARMER if warmer else LightChange.COOLER,
            KG_OF_COLOUR * max(abs(red), abs(blue)),
        ),
    )


def _camera_note(report: CameraReport | None, newest: Sequence[EarlierLight]) -> LightNote | None:
    """Against the newest capture whose camera is known."""
    last = next((e for e in newest if e.report is not None), None)
    if report is None or last is None or last.report is None:
        return None
    if _camera(report) != _camera(last.report):
        return LightNote(LightChange.OTHER_CAMERA, last.day, usable=True)
    if _settings_differ(report, last.report):
        return LightNote(LightChange.OTHER_SETTINGS, last.day, usable=True)
    return None


def _camera(report: CameraReport) -> tuple[str, str]:
    """By its name where it has one: a device's number changes with the socket it is in."""
    return report.address.kind.value, report.address.name or report.address.locator


def _settings_differ(one: CameraReport, other: CameraReport) -> bool:
    if (one.mode.width, one.mode.height) != (other.mode.width, other.mode.height):
        return True
    first = {s.name: s.reported for s in one.settings}
    second = {s.name: s.reported for s in other.settings}
    for name in _WATCHED_SETTINGS:
        a, b = first.get(name), second.get(name)
        if a is not None and b is not None and abs(a - b) > 0.15 * max(abs(a), abs(b)):
            return True
    return False


def _real(light: LightReading) -> bool:
    """Whether logarithms of it mean something."""
    figures = (light.luminance, light.red_green, light.blue_green)
    return all(math.isfinite(value) and value > 0.0 for value in figures)
