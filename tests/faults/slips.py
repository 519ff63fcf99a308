"""Slips of a finger at the scale: what is typed in place of a weight."""

import random
from dataclasses import dataclass
from enum import StrEnum

from edema_desk.domain.terms.weights import DOUBTFUL_SHARE, parse_weight_g
from edema_desk.errors import ExpectedError

POUND_KG = 0.45359237
_FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


class Slip(StrEnum):
    """What went wrong."""

    POUNDS = "pounds"
    POUNDS_SAID = "pounds_said"
    POINT_LOST = "point_lost"
    POINT_MOVED = "point_moved"
    DIGIT_LOST = "digit_lost"
    DIGIT_TWICE = "digit_twice"
    DIGIT_OTHER = "digit_other"
    DIGITS_EXCHANGED = "digits_exchanged"
    OTHER_PATIENT = "other_patient"


@dataclass(frozen=True)
class Slipped:
    """What was typed in place of `true_g`, and what it is read as; None: it is no weight."""

    slip: Slip
    typed: str
    true_g: int
    read_g: int | None


def slips(seed: int, true_g: int, near_g: tuple[int, ...], count: int) -> list[Slipped]:
    """So many slips of a weight that a patient cannot weigh: more than eight per cent away from
    one of `near_g`, or no weight at all. Others no rule can tell from a weight."""
    draw, found = random.Random(seed), list[Slipped]()
    while len(found) < count:
        slip = draw.choice(list(Slip))
        typed = _typed(draw, slip, f"{true_g / 1000:.1f}")
        made = Slipped(slip, _written(draw, typed), true_g, _read(typed))
        if made.read_g is None or any(_far(made.read_g, near) for near in near_g):
            found.append(made)
    return found


def _typed(draw: random.Random, slip: Slip, plain: str) -> str:
    digits = [i for i, sign in enumerate(plain) if sign.isdigit()]
    at = draw.choice(digits)
    kg = float(plain)
    if slip in (Slip.POUNDS, Slip.POUNDS_SAID):
        return f"{kg / POUND_KG:.1f}" + (" lb" if slip is Slip.POUNDS_SAID else "")
    if slip is Slip.POINT_LOST:
        return plain.replace(".", "")
    if slip is Slip.POINT_MOVED:
        return f"{kg / 10:.2f}" if draw.random() < 0.5 else f"{kg * 10:.0f}"
    if slip is Slip.DIGIT_LOST:
        return plain[:at] + plain[at + 1 :]
    if slip is Slip.DIGIT_TWICE:
        return plain[:at] + plain[at] + plain[at:]
    if slip is Slip.DIGIT_OTHER:
        return plain[:at] + draw.choice("0123456789") + plain[at + 1 :]
    if slip is Slip.DIGITS_EXCHANGED:
        return plain[1] + plain[0] + plain[2:]
    return f"{draw.uniform(30, 140):.1f}"


def _written(draw: random.Random, typed: str) -> str:
    """With comma or point, in either width, with the unit or without."""
    if draw.random() < 0.4:
        typed = typed.replace(".", ",")
    if draw.random() < 0.3 and "lb" not in typed:
        typed += draw.choice(("kg", " kg"))
    return typed.translate(_FULL_WIDTH) if draw.random() < 0.3 else typed


def _read(typed: str) -> int | None:
    try:
        return parse_weight_g(typed)
    except ExpectedError:
        return None


def _far(grams: int, near_g: int) -> bool:
    return abs(grams - near_g) > DOUBTFUL_SHARE * near_g
