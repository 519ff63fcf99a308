"""The camera passport: what a two-minute test of a camera in its room found, item by item."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from edema_desk.domain.capture.camera import CameraAddress, CameraKind, CameraReport
from edema_desk.domain.capture.passport_measures import Edges, Following, Levels, Pace
from edema_desk.domain.capture.take import NOTED_GAP_MS
from edema_desk.domain.terms.moment import Moment


class PassportItem(StrEnum):
    """What is tested."""

    RATE = "rate"
    LOCK = "lock"
    NOISE = "noise"
    DRIFT = "drift"
    RESOLUTION = "resolution"


class ItemVerdict(StrEnum):
    """UNKNOWN: it could not be measured."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"
    UNKNOWN = "unknown"


class Cause(StrEnum):
    """What an item's verdict rests on; there is one sentence and one thing to do for each."""

    FINE = "fine"
    SLOW = "slow"
    GAPS = "gaps"
    SILENT_DRIVER = "silent_driver"
    FOLLOWS_LIGHT = "follows_light"
    FOLLOWS_COLOUR = "follows_colour"
    NO_PAPER = "no_paper"
    NOISY = "noisy"
    NO_CHANGE = "no_change"
    LEVEL_DRIFTS = "level_drifts"
    COLOUR_DRIFTS = "colour_drifts"
    FLICKERS = "flickers"
    COARSE = "coarse"
    NO_EDGES = "no_edges"
    NO_FULL_PICTURE = "no_full_picture"
    TOO_SHORT = "too_short"


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One item. `figures` are what was measured, by names with their units."""

    item: PassportItem
    verdict: ItemVerdict
    cause: Cause
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class CameraPassport:
    """A test of one camera. `results` has each item once."""

    passport_id: str
    report: CameraReport
    made_at: Moment
    results: tuple[ItemResult, ...]

    @property
    def passed(self) -> bool:
        """Whether captures made with it can be compared with one another: nothing is bad, and
        the lock was seen to hold."""
        bad = any(r.verdict is ItemVerdict.BAD for r in self.results)
        unknown = {r.item for r in self.results if r.verdict is ItemVerdict.UNKNOWN}
        return not bad and not unknown & {PassportItem.LOCK, PassportItem.RATE, PassportItem.DRIFT}


def camera_key(address: CameraAddress) -> str:
    """How a passport knows its camera again, without any password. A camera at this computer
    goes by its name, for its number changes with the socket."""
    known = address.public
    local = known.kind is CameraKind.LOCAL
    return f"{known.kind.value}:{(known.name if local else '') or known.locator}"


GOOD_FPS, FAIR_FPS = 24.0, 15.0
FAIR_GAP_MS = 1_000.0
GOOD_FOLLOWING, FAIR_FOLLOWING = 0.03, 0.06
"""Of brightness, as a share. Six hundredths move a score by 0.06 kg (see `light`)."""
GOOD_COLOUR_FOLLOWING, FAIR_COLOUR_FOLLOWING = 0.015, 0.03
GOOD_NOISE, FAIR_NOISE = 3.0, 6.0
"""Grey levels from picture to picture; a hundred frames make a tenth of it."""
STILL_NOISE = 0.02
GOOD_DRIFT, FAIR_DRIFT = 0.05, 0.12
GOOD_COLOUR_DRIFT, FAIR_COLOUR_DRIFT = 0.02, 0.05
GOOD_FLICKER, FAIR_FLICKER = 0.015, 0.04
GOOD_HEIGHT_PX, FAIR_HEIGHT_PX = 600.0, 400.0
"""A face at 0.9 m has 65 and 43 px between the pupils then; models read 68."""


def judge_rate(pace: Pace | None) -> ItemResult:
    """Whether pictures come often and evenly enough."""
    if pace is None:
        return _result(PassportItem.RATE, ItemVerdict.UNKNOWN, Cause.TOO_SHORT, {})
    slow = _verdict(-pace.fps, -GOOD_FPS, -FAIR_FPS)
    gaps = _verdict(pace.longest_gap_ms, NOTED_GAP_MS, FAIR_GAP_MS)
    figures = {
        "fps": pace.fps,
        "jitter_ms": pace.jitter_ms,
        "longest_gap_ms": pace.longest_gap_ms,
    }
    return _worst(PassportItem.RATE, figures, (slow, Cause.SLOW), (gaps, Cause.GAPS))


def judge_lock(following: Following | None, report: CameraReport) -> ItemResult:
    """Whether the picture stays as it is while white paper is held into it, and whether the
    driver says so."""
    asked = [s for s in report.settings if s.asked is not None]
    held = float(bool(asked) and all(s.held for s in asked))
    if following is None:
        unseen = {"driver_holds": held}
        return _result(PassportItem.LOCK, ItemVerdict.UNKNOWN, Cause.NO_PAPER, unseen)
    level = _verdict(following.level, GOOD_FOLLOWING, FAIR_FOLLOWING)
    colour = _verdict(following.colour, GOOD_COLOUR_FOLLOWING, FAIR_COLOUR_FOLLOWING)
    silent = ItemVerdict.GOOD if held else ItemVerdict.FAIR
    figures = {
        "level_percent": 100 * following.level,
        "colour_percent": 100 * following.colour,
        "driver_holds": held,
    }
    return _worst(
        PassportItem.LOCK,
        figures,
        (level, Cause.FOLLOWS_LIGHT),
        (colour, Cause.FOLLOWS_COLOUR),
        (silent, Cause.SILENT_DRIVER),
    )


def judge_noise(noise: float | None) -> ItemResult:
    """Whether single pictures are calm. None: no full picture was there to measure it on."""
    if noise is None:
        return _result(PassportItem.NOISE, ItemVerdict.UNKNOWN, Cause.NO_FULL_PICTURE, {})
    figures = {"noise_levels": noise}
    if noise < STILL_NOISE:
        return _result(PassportItem.NOISE, ItemVerdict.UNKNOWN, Cause.NO_CHANGE, figures)
    return _worst(
        PassportItem.NOISE, figures, (_verdict(noise, GOOD_NOISE, FAIR_NOISE), Cause.NOISY)
    )


def judge_drift(levels: Levels | None) -> ItemResult:
    """Whether brightness and colour stay the same over the test."""
    if levels is None:
        return _result(PassportItem.DRIFT, ItemVerdict.UNKNOWN, Cause.TOO_SHORT, {})
    figures = {
        "level_percent": 100 * levels.drift,
        "colour_percent": 100 * levels.colour_drift,
        "flicker_percent": 100 * levels.flicker,
    }
    return _worst(
        PassportItem.DRIFT,
        figures,
        (_verdict(levels.drift, GOOD_DRIFT, FAIR_DRIFT), Cause.LEVEL_DRIFTS),
        (
            _verdict(levels.colour_drift, GOOD_COLOUR_DRIFT, FAIR_COLOUR_DRIFT),
            Cause.COLOUR_DRIFTS,
        ),
        (_verdict(levels.flicker, GOOD_FLICKER, FAIR_FLICKER), Cause.FLICKERS),
    )


def judge_resolution(edges: Edges | None, *, full_picture: bool = True) -> ItemResult:
    """Whether the picture shows what its number of pixels promises, and whether that is enough."""
    if edges is None:
        cause = Cause.NO_EDGES if full_picture else Cause.NO_FULL_PICTURE
        return _result(PassportItem.RESOLUTION, ItemVerdict.UNKNOWN, cause, {})
    figures = {
        "height_px": float(edges.height_px),
        "edge_px": edges.width_px,
        "effective_height_px": edges.effective_height_px,
    }
    verdict = _verdict(-edges.effective_height_px, -GOOD_HEIGHT_PX, -FAIR_HEIGHT_PX)
    return _worst(PassportItem.RESOLUTION, figures, (verdict, Cause.COARSE))


def _verdict(value: float, good: float, fair: float) -> ItemVerdict:
    if value <= good:
        return ItemVerdict.GOOD
    return ItemVerdict.FAIR if value <= fair else ItemVerdict.BAD


_ORDER = (ItemVerdict.GOOD, ItemVerdict.FAIR, ItemVerdict.BAD)


def _worst(
    item: PassportItem, figures: Mapping[str, float], *found: tuple[ItemVerdict, Cause]
) -> ItemResult:
    verdict, cause = max(found, key=lambda each: _ORDER.index(each[0]))
    return _result(item, verdict, Cause.FINE if verdict is ItemVerdict.GOOD else cause, figures)


def _result(
    item: PassportItem, verdict: ItemVerdict, cause: Cause, figures: Mapping[str, float]
) -> ItemResult:
    return ItemResult(item, verdict, cause, {name: round(v, 2) for name, v in figures.items()})
