"""Folds: everybody is tested once, by a network and a prior that never saw the face."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.study_folder import StudyReading
from edema_desk.exchange.study_row import StudyRow
from edema_desk.flow.evaluation.captures import captures_of
from edema_desk.flow.evaluation.folds import split_for_model, split_people
from edema_desk.flow.studies.crops import PreparedStudy, StudyFace
from tests.flow.evaluation.evaluation_samples import study

CAPTURES = study(people=12, days=5, side_px=8)
TWINS = study(people=16, days=5, side_px=8)


@given(st.integers(0, 50), st.integers(2, 3))
def test_everybody_is_tested_once_and_the_groups_share_nobody(seed: int, folds: int) -> None:
    split = split_people(CAPTURES, folds, seed)
    everyone = {c.patient_id for c in CAPTURES}
    tested = [name for fold in split for name in fold.tested]
    assert sorted(tested) == sorted(everyone)
    for fold in split:
        groups = (fold.tested, fold.calibrating, fold.learning)
        assert sum(len(group) for group in groups) == len(everyone)
        assert set().union(*groups) == everyone
        assert len(fold.calibrating) >= 2


@given(st.integers(0, 50))
def test_patients_of_one_face_stay_together(seed: int) -> None:
    pairs = [replace(c, face=f"face-{int(c.patient_id[1:]) // 2}") for c in TWINS]
    for fold in split_people(pairs, 2, seed):
        for group in (fold.tested, fold.calibrating, fold.learning):
            assert {f"P{int(name[1:]) ^ 1}" for name in group} == set(group)


@pytest.mark.parametrize("planted_kg", [None, 1.5])
def test_only_a_made_up_study_names_the_person_behind_a_patient(planted_kg: float | None) -> None:
    """Else patients of one camera would be one person, and a patient of two cameras two."""
    faces = []
    for day, source in ((1, "tablet A"), (2, "tablet B")):
        row = StudyRow(
            1,
            "P1",
            date(2026, 3, day),
            Phase.PRE,
            52_000,
            50_000,
            Path("clip"),
            planted_truth_kg=planted_kg,
            extra={"source": source},
        )
        faces.append(StudyFace(row, f"{day}", (b"",), None))
    made = PreparedStudy(StudyReading(Path("study"), (), (), ()), tuple(faces), "0")
    told = [c.face for c in captures_of(made)]
    assert told == (["P1", "P1"] if planted_kg is None else ["tablet A", "tablet B"])


def test_the_seed_decides() -> None:
    assert split_people(CAPTURES, 3, 1) == split_people(CAPTURES, 3, 1)
    assert split_people(CAPTURES, 3, 1) != split_people(CAPTURES, 3, 2)


def test_enough_sessions_calibrate_or_more_people_do() -> None:
    three_days = [c for c in CAPTURES if c.day.day <= 3]
    assert [len(fold.calibrating) for fold in split_people(CAPTURES, 2, 0)] == [2, 2]
    assert [len(fold.calibrating) for fold in split_people(three_days, 2, 0)] == [3, 3]


def test_too_few_people_are_told_how_many_it_takes() -> None:
    two_days = [c for c in CAPTURES if c.day.day <= 2]  # five must calibrate, one is left
    with pytest.raises(ExpectedError) as caught:
        split_people(two_days, 2, 0)
    assert caught.value.code is ErrorCode.STUDY_TOO_SMALL
    assert caught.value.params == {"found": "12 people", "limit": "13 for these folds"}


def test_for_a_given_model_all_others_calibrate_down_to_a_single_person() -> None:
    for fold in split_for_model(CAPTURES, 3, 0):
        assert fold.learning == frozenset()
        assert len(fold.tested) == 4
        assert len(fold.calibrating) == 8
    (alone,) = split_for_model([c for c in CAPTURES if c.patient_id == "P0"], 3, 0)
    assert alone.tested == {"P0"}
    assert alone.calibrating == frozenset()


def test_people_of_one_day_give_nothing_to_judge_by() -> None:
    """Else a fold would learn for an hour and then find nobody to set its intervals by."""
    once = [c for c in CAPTURES if c.day.day == 1 or c.patient_id in {"P0", "P1"}]
    with pytest.raises(ExpectedError) as caught:
        split_people(once, 2, 0)
    assert caught.value.code is ErrorCode.STUDY_TOO_SMALL
