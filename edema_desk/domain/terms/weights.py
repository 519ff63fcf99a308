"""Weights as they are typed, kept and doubted. All kept weights are integer grams."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ErrorCode, ExpectedError

LOWEST_KG = 20
HIGHEST_KG = 300
CLOCK_TOLERANCE_MIN = 5.0
"""A time typed to the minute, or a clock that was put right a little, is no doubt."""
DOUBTFUL_SHARE = 0.08
"""A weight this share away from the last post or dry weight is asked again (product rules)."""

_NUMBER = re.compile(r"(?P<whole>\d{1,4})(?:[.,](?P<part>\d{1,3}))?\s*(?P<unit>[a-z]*)\.?")
_POUND_UNITS = frozenset({"lb", "lbs", "pound", "pounds"})


def parse_weight_g(entered: str) -> int:
    """Grams from what a person typed, in kilograms.

    Point or comma, full-width digits and a trailing "kg" are accepted. Raises ExpectedError
    when it is no number, in pounds, or outside 20 to 300 kg.
    """
    plain = unicodedata.normalize("NFKC", entered).strip().lower()
    plain = plain.replace("、", ",").replace("。", ".")  # a kana keyboard's point and comma
    match = _NUMBER.fullmatch(plain)
    shown = entered.strip()[:20]
    if match is None or match["unit"] not in {"", "kg", *_POUND_UNITS}:
        raise ExpectedError(ErrorCode.WEIGHT_NOT_A_NUMBER, entered=shown)
    if match["unit"] in _POUND_UNITS:
        raise ExpectedError(ErrorCode.WEIGHT_POUNDS, entered=shown)
    grams = int(match["whole"]) * 1000 + int((match["part"] or "").ljust(3, "0"))
    return checked_weight_g(grams)


def checked_weight_g(grams: int) -> int:
    """`grams` itself when it can be a patient's weight, else ExpectedError."""
    if not LOWEST_KG * 1000 <= grams <= HIGHEST_KG * 1000:
        raise ExpectedError(ErrorCode.WEIGHT_OUT_OF_RANGE, entered=f"{grams / 1000:g}")
    return grams


def kg_text(grams: int, *, signed: bool = False) -> str:
    """Kilograms with one decimal for the screen, rounded half away from zero."""
    tenths = (abs(grams) + 50) // 100
    sign = "" if tenths == 0 else "-" if grams < 0 else "+" if signed else ""
    return f"{sign}{tenths // 10}.{tenths % 10}"


class TareKind(StrEnum):
    """What is weighed with a patient and does not count."""

    WHEELCHAIR = "wheelchair"
    CLOTHES = "clothes"


@dataclass(frozen=True, slots=True)
class Tare:
    """What one kind weighs for one patient. `used` says whether it was on the scale the last
    time; it is offered all the same."""

    kind: TareKind
    weight_g: int
    used: bool = True


@dataclass(frozen=True, slots=True)
class Wheelchair:
    """One of the clinic's wheelchairs, by what stands on it."""

    name: str
    weight_g: int


@dataclass(frozen=True, slots=True)
class TareShelf:
    """The tares that are remembered: the patient's own, and the clinic's wheelchairs."""

    own: tuple[Tare, ...] = ()
    wheelchairs: tuple[Wheelchair, ...] = ()

    def of(self, kind: TareKind) -> Tare | None:
        """The patient's own of a kind."""
        return next((tare for tare in self.own if tare.kind is kind), None)


class Doubt(StrEnum):
    """Why a weight is asked about again before it is taken."""

    FAR_FROM_LAST_POST = "far_from_last_post"
    FAR_FROM_DRY_WEIGHT = "far_from_dry_weight"
    POST_ABOVE_PRE = "post_above_pre"
    IN_FUTURE = "in_future"
    BEFORE_EARLIER = "before_earlier"


@dataclass(frozen=True, slots=True)
class WeightDoubt:
    """A doubt about a weight, with how far it is off where that is the reason."""

    doubt: Doubt
    entered_g: int
    percent: float = 0.0

    @property
    def params(self) -> dict[str, object]:
        """What its sentence in `words.DOUBTS` wants."""
        return {"entered": kg_text(self.entered_g), "percent": f"{self.percent:.0f}"}


def weight_doubts(
    net_g: int,
    *,
    last_post_g: int | None = None,
    dry_weight_g: int | None = None,
    pre_g: int | None = None,
    is_post: bool = False,
) -> tuple[WeightDoubt, ...]:
    """What is doubtful about a net weight, beside what is known of the patient.

    `pre_g` is the weight before the same session; it counts when `is_post`.
    """
    doubts = []
    for doubt, known in (
        (Doubt.FAR_FROM_LAST_POST, last_post_g),
        (Doubt.FAR_FROM_DRY_WEIGHT, dry_weight_g),
    ):
        if known and abs(net_g - known) > DOUBTFUL_SHARE * known:
            doubts.append(WeightDoubt(doubt, net_g, 100 * abs(net_g - known) / known))
    if is_post and pre_g is not None and net_g > pre_g:
        doubts.append(WeightDoubt(Doubt.POST_ABOVE_PRE, net_g))
    return tuple(doubts)


def time_doubts(
    net_g: int, at: Moment, now: Moment, earlier: Sequence[Moment | None]
) -> tuple[WeightDoubt, ...]:
    """What is doubtful about when a weight is said to have been taken: later than now, or before
    what has to come before it, such as the opening of its session or, for a post, the pre."""
    least_h = CLOCK_TOLERANCE_MIN / 60
    doubts = []
    if at.hours_since(now) > least_h:
        doubts.append(WeightDoubt(Doubt.IN_FUTURE, net_g))
    if any(one is not None and one.hours_since(at) > least_h for one in earlier):
        doubts.append(WeightDoubt(Doubt.BEFORE_EARLIER, net_g))
    return tuple(doubts)
