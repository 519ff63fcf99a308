"""Trainings that were begun: one at a time, ended once, and kept."""

from dataclasses import replace

import pytest

from edema_desk.domain.models.judging import FEWEST_SESSIONS
from edema_desk.domain.models.training_plan import Learners, TrainingEnd, TrainingPlan
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Store
from edema_desk.store.models.trainings import begin_training, end_training, unfinished_training

PLAN = TrainingPlan("t1", "own", True, ("/a", "/b"), "/c", 90.0, Moment(1_800_000_000_000, 540))


def test_what_was_begun_waits_until_it_ends(store: Store) -> None:
    assert unfinished_training(store) is None
    act = new_id()
    begin_training(store, act, PLAN)
    begin_training(store, act, PLAN)
    assert unfinished_training(store) == PLAN
    end_training(store, new_id(), "t1", TrainingEnd.GIVEN_UP)
    assert unfinished_training(store) is None


def test_one_at_a_time(store: Store) -> None:
    begin_training(store, new_id(), PLAN)
    other = replace(PLAN, training_id="t2")
    with pytest.raises(ExpectedError) as caught:
        begin_training(store, new_id(), other)
    assert caught.value.code is ErrorCode.TRAINING_UNFINISHED
    end_training(store, new_id(), "t1", TrainingEnd.GIVEN_UP)
    end_training(store, new_id(), "t1", TrainingEnd.GIVEN_UP)  # a second try changes nothing
    begin_training(store, new_id(), other)
    assert unfinished_training(store) == other


def test_the_end_of_what_never_began_is_refused(store: Store) -> None:
    with pytest.raises(ExpectedError) as caught:
        end_training(store, new_id(), "t1", TrainingEnd.GIVEN_UP)
    assert caught.value.code is ErrorCode.TRAINING_NONE


def test_the_record_names_no_folder(store: Store) -> None:
    begin_training(store, new_id(), PLAN)
    with store.reading() as db:
        (row,) = db.query("select details from audit where kind = 'train_model'")
    assert "/a" not in row["details"]
    assert "/c" not in row["details"]


def test_what_is_enough_to_learn_from_and_to_judge_on() -> None:
    few = Learners(4, 400, 800, 1, FEWEST_SESSIONS)
    assert not few.enough
    assert few.judges
    many = Learners(5, 500, 1000, 1, FEWEST_SESSIONS - 1)
    assert many.enough
    assert not many.judges
