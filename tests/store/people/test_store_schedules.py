"""Schedules, days unlike them, usual hours and remembered tares: kept, audited, undone."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlcipher3 import dbapi2

from edema_desk.domain.terms.records import Phase, Schedule, new_id
from edema_desk.domain.terms.schedule import DayPlan
from edema_desk.domain.terms.weights import Tare, TareKind, TareShelf, Wheelchair
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Store
from edema_desk.store.captures.cards import patient_card
from edema_desk.store.captures.sessions import (
    enter_weighing,
    open_session,
    session,
    set_planned_hours,
)
from edema_desk.store.captures.worklist import worklist
from edema_desk.store.people.schedules import plan_day, set_schedule
from edema_desk.store.people.tares import keep_wheelchair, tare_shelf
from tests.store.store_samples import at, session_on, some_patient

MONDAY = date(2026, 3, 2)
TUESDAY = MONDAY + timedelta(days=1)
CHAIR, GOWN = Tare(TareKind.WHEELCHAIR, 12_400), Tare(TareKind.CLOTHES, 500)


def last_act(store: Store) -> tuple[str, dict[str, object]]:
    with store.reading() as db:
        row = db.execute("select kind, details from audit order by seq desc limit 1").fetchone()
    return row[0], json.loads(row[1])


def test_another_schedule_shows_and_the_audit_keeps_both(store: Store) -> None:
    patient_id = some_patient(store)
    new = Schedule((1, 3, 5), 2, "B7", 3.5)
    set_schedule(store, new_id(), patient_id, new)
    assert patient_card(store, patient_id).schedule == new
    assert not worklist(store, MONDAY)[0].due
    assert worklist(store, TUESDAY)[0].due
    kind, details = last_act(store)
    assert kind == "set_schedule"
    assert (details["from_weekdays"], details["weekdays"]) == ("024", "135")
    assert (details["from_planned_hours"], details["planned_hours"]) == (None, 3.5)
    assert "B7" not in json.dumps(details)


def test_away_is_said_with_its_reason_and_taken_back(store: Store) -> None:
    patient_id = some_patient(store)
    with pytest.raises(ExpectedError) as caught:
        plan_day(store, new_id(), patient_id, MONDAY, DayPlan.AWAY, " ")
    assert caught.value.code is ErrorCode.REASON_NEEDED
    plan_day(store, new_id(), patient_id, MONDAY, DayPlan.AWAY, "in hospital")
    (row,) = worklist(store, MONDAY)
    assert (row.due, row.away, row.plan_reason) == (True, True, "in hospital")
    assert not worklist(store, MONDAY + timedelta(days=2))[0].away
    assert "hospital" not in json.dumps(last_act(store))
    plan_day(store, new_id(), patient_id, MONDAY, DayPlan.AS_SCHEDULED)
    assert not worklist(store, MONDAY)[0].away


def test_who_is_there_is_not_away(store: Store) -> None:
    patient_id = some_patient(store)
    plan_day(store, new_id(), patient_id, MONDAY, DayPlan.AWAY, "a journey")
    session_on(store, patient_id, MONDAY)
    assert not worklist(store, MONDAY)[0].away


def test_an_extra_day_counts_once(store: Store) -> None:
    patient_id = some_patient(store)
    plan_day(store, new_id(), patient_id, TUESDAY, DayPlan.EXTRA)
    assert worklist(store, TUESDAY)[0].due
    assert not worklist(store, TUESDAY + timedelta(weeks=1))[0].due
    plan_day(store, new_id(), patient_id, TUESDAY, DayPlan.AS_SCHEDULED)
    assert not worklist(store, TUESDAY)[0].due


def test_somebody_who_was_treated_was_due(store: Store) -> None:
    patient_id = some_patient(store)
    session_on(store, patient_id, TUESDAY)
    assert worklist(store, TUESDAY)[0].due


def test_a_session_takes_the_usual_hours_and_may_have_its_own(store: Store) -> None:
    patient_id = some_patient(store)
    usual = replace(patient_card(store, patient_id).schedule, planned_hours=3.5)
    set_schedule(store, new_id(), patient_id, usual)
    first = open_session(store, new_id(), patient_id, at(MONDAY))
    assert session(store, first).planned_hours == 3.5
    other = open_session(store, new_id(), patient_id, at(MONDAY + timedelta(days=2)), 5.0)
    assert session(store, other).planned_hours == 5.0
    act_id = new_id()
    for _ in range(2):  # a retry is the same act
        set_planned_hours(store, act_id, first, 4.5)
    assert session(store, first).planned_hours == 4.5
    _, details = last_act(store)
    assert (details["from_planned_hours"], details["planned_hours"]) == (3.5, 4.5)


def test_the_hours_make_when_the_after_is_due(store: Store) -> None:
    patient_id = some_patient(store)
    opened = open_session(store, new_id(), patient_id, at(MONDAY))
    weighed = at(MONDAY, 9, 10)
    enter_weighing(store, new_id(), opened, Phase.PRE, 54_000, 0, weighed)
    assert worklist(store, MONDAY)[0].post_due is None  # nobody said how long
    set_planned_hours(store, new_id(), opened, 3.25)
    due = worklist(store, MONDAY)[0].post_due
    assert due is not None
    assert due.hours_since(weighed) == 3.25


def test_a_weight_brings_tares_and_hours_in_one_act(store: Store) -> None:
    patient_id = some_patient(store)
    opened = session_on(store, patient_id, MONDAY)
    enter_weighing(
        *(store, new_id(), opened, Phase.PRE, 66_900, 12_900, at(MONDAY)),
        tares=(CHAIR, GOWN),
        planned_hours=5.0,
    )
    assert tare_shelf(store, patient_id) == TareShelf((CHAIR, GOWN))
    assert session(store, opened).planned_hours == 5.0
    kind, details = last_act(store)
    assert kind == "enter_weighing"
    assert (details["wheelchair_g"], details["clothes_g"]) == (12_400, 500)
    walked = replace(CHAIR, used=False)
    enter_weighing(
        *(store, new_id(), opened, Phase.POST, 52_500, 500, at(MONDAY, 13)), tares=(walked, GOWN)
    )
    assert tare_shelf(store, patient_id).of(TareKind.WHEELCHAIR) == walked
    with store.reading() as db:
        assert db.table("patient_tare").count == 3  # the gown was known


def test_a_refused_weight_remembers_nothing(store: Store) -> None:
    patient_id = some_patient(store)
    opened = session_on(store, patient_id, MONDAY)
    with pytest.raises(ExpectedError):
        enter_weighing(
            *(store, new_id(), opened, Phase.PRE, 20_000, 12_400, at(MONDAY)),
            tares=(CHAIR,),
            planned_hours=5.0,
        )
    assert tare_shelf(store, patient_id) == TareShelf()
    assert session(store, opened).planned_hours == 4.0


def test_wheelchairs_belong_to_the_clinic(store: Store) -> None:
    patient_id = some_patient(store)
    for name, weight_g in (("No. 3", 12_400), ("No. 1", 14_000), ("No. 3", 12_600)):
        keep_wheelchair(store, new_id(), f" {name} ", weight_g)
    assert tare_shelf(store, patient_id).wheelchairs == (
        Wheelchair("No. 1", 14_000),
        Wheelchair("No. 3", 12_600),
    )
    keep_wheelchair(store, new_id(), "No. 1", None)
    assert tare_shelf(store, patient_id).wheelchairs == (Wheelchair("No. 3", 12_600),)
    with pytest.raises(ExpectedError) as caught:
        keep_wheelchair(store, new_id(), " ", 12_000)
    assert caught.value.code is ErrorCode.FIELD_EMPTY


@pytest.mark.parametrize("table", ["day_plan", "patient_tare", "wheelchair"])
def test_what_was_said_once_stays(store: Store, table: str) -> None:
    patient_id = some_patient(store)
    plan_day(store, new_id(), patient_id, MONDAY, DayPlan.EXTRA)
    opened = session_on(store, patient_id, MONDAY)
    enter_weighing(
        *(store, new_id(), opened, Phase.PRE, 66_400, 12_400, at(MONDAY)), tares=(CHAIR,)
    )
    keep_wheelchair(store, new_id(), "No. 3", 12_400)
    with pytest.raises(dbapi2.IntegrityError, match="append-only"), store.reading() as db:
        db.execute(f"delete from {table}")  # noqa: S608


def test_two_hundred_people_cost_no_more_questions_than_one(store: Store) -> None:
    def statements() -> int:
        seen: list[str] = []
        with store.reading() as db:
            db.conn.set_trace_callback(seen.append)
        worklist(store, MONDAY)
        with store.reading() as db:
            db.conn.set_trace_callback(None)
        return len(seen)

    def treated(number: str) -> None:
        patient_id = some_patient(store, number)
        for day in (MONDAY - timedelta(days=3), MONDAY):
            session_id = session_on(store, patient_id, day)
            enter_weighing(store, new_id(), session_id, Phase.POST, 52_000, 0, at(day, 13))

    treated("1")
    one = statements()
    for number in range(2, 20):
        treated(str(number))
    assert statements() == one
