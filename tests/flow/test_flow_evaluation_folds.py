"""Folds: everybody is tested once, by a network and a prior that never saw the face."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.evaluation_folds import split_for_model, split_people
from tests.flow.evaluation_samples import study

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
