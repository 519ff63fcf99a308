"""Which two people may be taken for each other by what is on the screen of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from edema_desk.domain.terms.records import Patient
from edema_desk.domain.terms.search import search_key

_SHORTEST_NEAR = 6
"""Letters a name must have for one slip in it to be no other name: a name is written in two to
five Chinese characters, of which one other makes another name."""


class Alike(StrEnum):
    """In what two people are the same, or nearly."""

    NAME = "name"
    KANA = "kana"
    BIRTHDAY = "birthday"
    NEAR_NAME = "near_name"
    NEAR_NUMBER = "near_number"


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Somebody else who may be meant, and why."""

    patient: Patient
    ways: frozenset[Alike]

    @property
    def same_name(self) -> bool:
        """Whether the name or how it is read is the very same."""
        return bool(self.ways & {Alike.NAME, Alike.KANA})


def ways_alike(one: Patient, other: Patient) -> frozenset[Alike]:
    """In what two people may be mistaken. Width, case, spaces and kind of kana do not count."""
    name, kana = search_key(one.name), search_key(one.kana)
    their_name, their_kana = search_key(other.name), search_key(other.kana)
    ways = set()
    if name == their_name:
        ways.add(Alike.NAME)
    if kana and kana == their_kana:
        ways.add(Alike.KANA)
    if one.birth_date is not None and one.birth_date == other.birth_date:
        ways.add(Alike.BIRTHDAY)
    if not ways & {Alike.NAME, Alike.KANA} and (
        _near_name(one.name, other.name) or _near_name(one.kana, other.kana)
    ):
        ways.add(Alike.NEAR_NAME)
    if one_slip_apart(search_key(one.chart_number), search_key(other.chart_number)):
        ways.add(Alike.NEAR_NUMBER)
    return frozenset(ways)


def look_alikes(of: Patient, everyone: Iterable[Patient]) -> tuple[LookAlike, ...]:
    """Everybody who is worth a warning beside a patient, the likest first.

    A chart number one digit away is no warning by itself: where numbers are given in turn nearly
    everybody has such a neighbour. It is told of those who are alike in something else.
    """
    found = [
        LookAlike(other, ways_alike(of, other))
        for other in everyone
        if other.patient_id != of.patient_id
    ]
    warned = [one for one in found if one.ways - {Alike.NEAR_NUMBER}]
    return tuple(sorted(warned, key=lambda one: (not one.same_name, -len(one.ways))))


def one_slip_apart(one: str, other: str) -> bool:
    """Whether one letter more, less or other, or two neighbours exchanged, makes them the same."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    rest, their_rest = one[start:], other[start:]
    if len(rest) > len(their_rest):
        return rest[1:] == their_rest
    if len(rest) < len(their_rest):
        return rest == their_rest[1:]
    swapped = rest[:2] == their_rest[:2][::-1] and rest[2:] == their_rest[2:]
    return rest[1:] == their_rest[1:] or swapped


def _near_name(one: str, other: str) -> bool:
    """Whether one slip, or the order of the parts, makes two names of some length the same."""
    key, their_key = search_key(one), search_key(other)
    if min(len(key), len(their_key)) < _SHORTEST_NEAR:
        return False
    parts = sorted(search_key(part) for part in one.split())
    turned = len(parts) > 1 and parts == sorted(search_key(part) for part in other.split())
    return turned or one_slip_apart(key, their_key)
