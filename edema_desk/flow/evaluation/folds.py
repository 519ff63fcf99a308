"""Who is tested, who learns, and who sets the intervals: patients in folds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from edema_desk.domain.models.judging import FEWEST_SESSIONS, sessions_to_judge
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.evaluation.captures import StudyCapture

CALIBRATING_SHARE = 0.2
"""Of those not tested. A network is too sure of the people it learned from, so that what a
patient starts from and how wide the intervals are come from people it never saw."""
FEWEST_CALIBRATING = 2
FEWEST_LEARNING = 2


@dataclass(frozen=True, slots=True)
class Fold:
    """Three groups of patients that share nobody, by patient_id."""

    number: int
    tested: frozenset[str]
    calibrating: frozenset[str]
    learning: frozenset[str]


def split_people(captures: Sequence[StudyCapture], folds: int, seed: int) -> tuple[Fold, ...]:
    """Everyone is tested once. Patients made from the same face stay together.

    Raises STUDY_TOO_SMALL.
    """
    people = _people(captures)
    groups = _tested_groups(people, folds, seed)
    return tuple(_fold(number, group, people, seed) for number, group in enumerate(groups))


def split_for_model(captures: Sequence[StudyCapture], folds: int, seed: int) -> tuple[Fold, ...]:
    """The same for a model that was trained elsewhere: nobody learns, all others calibrate."""
    people = _people(captures)
    groups = [_patients(people, group) for group in _tested_groups(people, folds, seed)]
    everyone = _patients(people, list(people))
    return tuple(
        Fold(number, group, everyone - group, frozenset())
        for number, group in enumerate(groups)
        if group
    )


@dataclass(frozen=True, slots=True)
class _Person:
    """One face: its patients, and how many of their sessions a network can be judged by."""

    patients: frozenset[str]
    sessions: int


def _tested_groups(people: dict[str, "_Person"], folds: int, seed: int) -> list[list[str]]:
    names = sorted(people)
    order = [names[i] for i in np.random.default_rng([seed, 11]).permutation(len(names))]
    return [order[number::folds] for number in range(folds)]


def _people(captures: Sequence[StudyCapture]) -> dict[str, _Person]:
    patients: dict[str, set[str]] = {}
    seen: dict[str, list[tuple[str, object, Phase]]] = {}
    for capture in captures:
        patients.setdefault(capture.face, set()).add(capture.patient_id)
        if capture.crops:
            found = (capture.patient_id, capture.day, capture.phase)
            seen.setdefault(capture.face, []).append(found)
    return {
        face: _Person(frozenset(names), sessions_to_judge(seen.get(face, [])))
        for face, names in patients.items()
    }


def _fold(number: int, tested: Sequence[str], people: dict[str, _Person], seed: int) -> Fold:
    others = sorted(set(people) - set(tested))
    order = [others[i] for i in np.random.default_rng([seed, 12, number]).permutation(len(others))]
    count = max(FEWEST_CALIBRATING, math.floor(CALIBRATING_SHARE * len(order) + 0.5))
    while count < len(order) and _sessions(people, order[:count]) < FEWEST_SESSIONS:
        count += 1
    if not tested or len(order) - count < FEWEST_LEARNING:
        raise ExpectedError(
            ErrorCode.STUDY_TOO_SMALL,
            found=f"{len(people)} people",
            limit=f"{len(people) + max(1, count + FEWEST_LEARNING - len(order))} for these folds",
        )
    return Fold(
        number,
        _patients(people, tested),
        _patients(people, order[:count]),
        _patients(people, order[count:]),
    )


def _sessions(people: dict[str, _Person], faces: Sequence[str]) -> int:
    return sum(people[face].sessions for face in faces)


def _patients(people: dict[str, _Person], faces: Sequence[str]) -> frozenset[str]:
    return frozenset(name for face in faces for name in people[face].patients)
