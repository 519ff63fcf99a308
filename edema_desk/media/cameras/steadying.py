"""Exposure and white balance held still, so that light of the room is not mistaken for skin.

Automatic control settles first and is then switched off. Cameras differ in whether they tell
what it settled at: many report the value that was last set by hand instead. So the picture
itself is the judge: after each lock its brightness and colour must be what they were before,
and where that cannot be had, automatic control is given back and the report says so.
"""

import math
import time
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.capture.camera import Setting
from edema_desk.media.cameras.video_source import SourceReader, VideoSource

SETTLE_S = 1.0
_LONGEST_SETTLE_S = 3.0
_CALM = 0.02
_LOOKED_AT = 5
_LAG_FRAMES = 6
"""Frames on the way when a setting changes."""
_WAIT_S = 2.0
_COLOUR_SHIFT = 0.06
_STEPS = 6
_GAMMA = 2.2


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one back end of OpenCV speaks of settings.

    `manual` is the value that switches automatic exposure off; None where writing an exposure
    does so, and writing "off" would write an exposure of zero besides (Media Foundation).
    `linear`: exposure counts time, otherwise its logarithm to base 2. `tolerance` is how far
    brightness may be off, `unknown` what is returned for a setting the camera does not have; on
    Windows that is 0, so that a setting that is 0 there counts as not told.
    """

    auto: float
    manual: float | None
    linear: bool
    tolerance: float
    unknown: frozenset[float]


V4L2 = Dialect(3.0, 1.0, True, 0.06, frozenset({-1.0}))
WINDOWS = Dialect(1.0, None, False, 0.2, frozenset({0.0}))
APPLE = Dialect(1.0, None, False, 0.2, frozenset({0.0, -1.0}))
DIALECTS = {cv2.CAP_V4L2: V4L2, cv2.CAP_AVFOUNDATION: APPLE}

_TOLD = (
    ("gain", cv2.CAP_PROP_GAIN),
    ("autofocus", cv2.CAP_PROP_AUTOFOCUS),
    ("focus", cv2.CAP_PROP_FOCUS),
    ("brightness", cv2.CAP_PROP_BRIGHTNESS),
    ("contrast", cv2.CAP_PROP_CONTRAST),
    ("saturation", cv2.CAP_PROP_SATURATION),
    ("sharpness", cv2.CAP_PROP_SHARPNESS),
    ("backlight", cv2.CAP_PROP_BACKLIGHT),
)


def dialect_of(backend: int) -> Dialect:
    """The dialect of one of OpenCV's back ends."""
    return DIALECTS.get(backend, WINDOWS)


def steady(reader: SourceReader, dialect: Dialect, *, lock: bool) -> tuple[Setting, ...]:
    """Let automatic control settle, lock it if asked to, and say what was asked and reported."""
    source = reader.source
    source.set(cv2.CAP_PROP_AUTO_EXPOSURE, dialect.auto)
    source.set(cv2.CAP_PROP_AUTO_WB, 1.0)
    before = _settled(reader)
    asked: dict[int, float] = {}
    if lock and before is not None:
        asked |= _lock_exposure(reader, dialect, before)
        asked |= _lock_white_balance(reader, dialect)
    locked = (
        ("auto_exposure", cv2.CAP_PROP_AUTO_EXPOSURE),
        ("exposure", cv2.CAP_PROP_EXPOSURE),
        ("auto_white_balance", cv2.CAP_PROP_AUTO_WB),
        ("white_balance_k", cv2.CAP_PROP_WB_TEMPERATURE),
    )
    return tuple(
        Setting(name, asked.get(prop), _reported(source, prop, dialect))
        for name, prop in (*locked, *_TOLD)
    )


def _reported(source: VideoSource, prop: int, dialect: Dialect) -> float | None:
    value = source.get(prop)
    return value if math.isfinite(value) and value not in dialect.unknown else None


def _settled(reader: SourceReader) -> NDArray[np.float64] | None:
    """Read on until brightness is calm; the colours then, or None when nothing came."""
    began_s = time.monotonic()
    last = reader.colours(_LOOKED_AT, _WAIT_S)
    while last is not None:
        now = reader.colours(_LOOKED_AT, _WAIT_S)
        took_s = time.monotonic() - began_s
        if now is None:
            return None
        calm = abs(now.mean() - last.mean()) <= _CALM * max(float(now.mean()), 1.0)
        if took_s >= _LONGEST_SETTLE_S or (calm and took_s >= SETTLE_S):
            return now
        last = now
    return last


def _after_change(reader: SourceReader) -> NDArray[np.float64] | None:
    for _ in range(_LAG_FRAMES):
        reader.wait(_WAIT_S)
    return reader.colours(_LOOKED_AT, _WAIT_S)


def _lock_exposure(
    reader: SourceReader, dialect: Dialect, before: NDArray[np.float64]
) -> dict[int, float]:
    """Switch automatic exposure off at the brightness it had; what was asked in the end."""
    source = reader.source
    asked = source.get(cv2.CAP_PROP_EXPOSURE)
    known = _reported(source, cv2.CAP_PROP_EXPOSURE, dialect) is not None
    if dialect.manual is not None:
        known = source.set(cv2.CAP_PROP_AUTO_EXPOSURE, dialect.manual) and known
    if not known:
        source.set(cv2.CAP_PROP_AUTO_EXPOSURE, dialect.auto)
        return {}
    for _ in range(_STEPS):
        source.set(cv2.CAP_PROP_EXPOSURE, asked)
        now = _after_change(reader)
        if now is None:
            break
        ratio = (float(before.mean()) + 1.0) / (float(now.mean()) + 1.0)
        if abs(ratio - 1.0) <= dialect.tolerance:
            held = {} if dialect.manual is None else {cv2.CAP_PROP_AUTO_EXPOSURE: dialect.manual}
            return held | {cv2.CAP_PROP_EXPOSURE: asked}
        asked = _next_exposure(asked, ratio, linear=dialect.linear)
    source.set(cv2.CAP_PROP_AUTO_EXPOSURE, dialect.auto)
    return {} if dialect.manual is None else {cv2.CAP_PROP_AUTO_EXPOSURE: dialect.manual}


def _next_exposure(exposure: float, ratio: float, *, linear: bool) -> float:
    """What makes a picture brighter by `ratio`, as its gamma has it."""
    times = min(max(ratio**_GAMMA, 1 / 8), 8.0)
    if not linear:
        return float(round(exposure + math.log2(times)))
    moved = round(exposure * times)
    if moved == round(exposure):
        moved += 1 if times > 1 else -1
    return float(max(moved, 1))


def _lock_white_balance(reader: SourceReader, dialect: Dialect) -> dict[int, float]:
    """Switch automatic white balance off where that leaves the colours as they are."""
    source = reader.source
    before = reader.colours(_LOOKED_AT, _WAIT_S)
    settled = source.get(cv2.CAP_PROP_WB_TEMPERATURE)
    asked: dict[int, float] = {}
    if dialect.manual is not None:
        if not source.set(cv2.CAP_PROP_AUTO_WB, 0.0):
            return {}
        asked[cv2.CAP_PROP_AUTO_WB] = 0.0
        if _same_colour(before, _after_change(reader)):
            return asked
    if _reported(source, cv2.CAP_PROP_WB_TEMPERATURE, dialect) is not None:
        asked[cv2.CAP_PROP_WB_TEMPERATURE] = settled
        held = source.set(cv2.CAP_PROP_WB_TEMPERATURE, settled)
        if held and _same_colour(before, _after_change(reader)):
            return asked
    source.set(cv2.CAP_PROP_AUTO_WB, 1.0)
    return asked


def _same_colour(before: NDArray[np.float64] | None, after: NDArray[np.float64] | None) -> bool:
    if before is None or after is None:
        return False
    shift = np.log((after + 1) / (after[1] + 1)) - np.log((before + 1) / (before[1] + 1))
    return bool(np.abs(shift).max() <= _COLOUR_SHIFT)
