"""Pages of the record of acts: every act once, newest first, by person, patient, kind and day."""

from datetime import date, timedelta
from itertools import product

import pytest

from edema_desk.domain.keeping.record_of_acts import ActEntry, ActFilter
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import LOCAL, Actor, Role
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.audit.reading import act_told, actors, acts
from edema_desk.store.base.database import Store
from edema_desk.store.base.noting import note_export, note_view
from edema_desk.store.captures.captures import reassign_capture
from edema_desk.store.people.schedules import set_schedule
from tests.store.store_samples import at, person, session_on, some_patient, stored_capture

DAY = date(2026, 3, 2)
NURSE = Actor("nurse-7", frozenset({Role.NURSE}))


def pages(store: Store, wanted: ActFilter, most: int) -> list[ActEntry]:
    found: list[ActEntry] = []
    while page := acts(store, wanted, found[-1].row if found else None, most):
        assert len(page) <= most
        found.extend(page)
    return found


@pytest.fixture
def two(store: Store) -> tuple[str, str]:
    one, other = some_patient(store, "1001"), some_patient(store, "1002")
    for actor, patient_id in product((NURSE, LOCAL), (one, other)):
        for _ in range(3):
            note_view(store.by(actor), patient_id)
    return one, other


@pytest.mark.parametrize("most", [1, 3, 7, 200])
def test_every_act_comes_once_and_fits(store: Store, two: tuple[str, str], most: int) -> None:
    everything = pages(store, ActFilter(), most)
    assert [entry.row for entry in everything] == list(range(16, 0, -1))
    for actor, patient, kind in product(
        (None, "nurse-7", "nobody"), (None, two[0]), (None, ActKind.VIEW_PATIENT, ActKind.EXPORT)
    ):
        found = pages(store, ActFilter(actor, patient, None, kind), most)
        assert found == [
            entry
            for entry in everything
            if actor in (None, entry.actor_id)
            and patient in (None, entry.patient_id)
            and kind in (None, entry.kind)
        ]


def test_a_patient_is_asked_for_by_chart_number(store: Store, two: tuple[str, str]) -> None:
    by_number = acts(store, ActFilter(chart_number=" １００１ "))
    assert by_number == acts(store, ActFilter(patient_id=two[0]))
    assert {entry.patient for entry in by_number} == {"1001 山田 花子"}
    assert acts(store, ActFilter(chart_number="9")) == ()


def test_a_period_holds_both_its_days(store: Store, two: tuple[str, str]) -> None:
    today = Moment.now().day
    one = timedelta(days=1)
    everything = acts(store, ActFilter())
    for first, last, there in (
        (today, today, True),
        (today, None, True),
        (None, today, True),
        (today - one, today + one, True),
        (today + one, None, False),
        (None, today - one, False),
    ):
        found = acts(store, ActFilter(first_day=first, last_day=last))
        assert found == (everything if there else ())


def test_what_was_moved_away_is_found_from_both_sides_page_by_page(
    store: Store, two: tuple[str, str]
) -> None:
    one, other = two
    capture = stored_capture(store, one, session_on(store, one, DAY), Phase.PRE, at(DAY))
    target = session_on(store, other, DAY)
    reassign_capture(store, new_id(), capture.capture_id, other, target, Phase.PRE, "wrong bed")
    for patient_id in two:
        wanted = ActFilter(patient_id=patient_id)
        kinds = [entry.kind for entry in pages(store, wanted, 2)]
        assert kinds.count(ActKind.REASSIGN_CAPTURE) == 1
        rows = [entry.row for entry in pages(store, wanted, 2)]
        assert rows == sorted(set(rows), reverse=True)


def test_a_schedule_tells_what_it_was(store: Store, two: tuple[str, str]) -> None:
    schedule = person().schedule
    set_schedule(store, new_id(), two[0], type(schedule)((1, 3), 2, "B1"))
    told = act_told(store, acts(store, ActFilter(), None, 1)[0].row)
    changed = {change.what: (change.old, change.new) for change in told.changed}
    assert changed["weekdays"] == ("024", "13")
    assert changed["shift"] == (1, 2)


def test_who_did_something_is_known_and_an_unknown_row_is_not(
    store: Store, two: tuple[str, str]
) -> None:
    assert actors(store) == ("local", "nurse-7")
    with pytest.raises(LookupError):
        act_told(store, 99)


def test_an_export_tells_of_one_of_several_or_of_all(store: Store, two: tuple[str, str]) -> None:
    note_export(store, "report", [two[0]], 3)
    note_export(store, "study", two, 8)
    note_export(store, "study", None, 40)
    everybody, several, one = acts(store, ActFilter(kind=ActKind.EXPORT))
    assert (one.patient_id, one.details["count"]) == (two[0], 3)
    assert several.details["patient_ids"] == list(two)
    assert (everybody.patient_id, everybody.details["patient_ids"]) == (None, None)


def test_only_an_administrator_is_answered(store: Store, two: tuple[str, str]) -> None:
    for role in (Role.NURSE, Role.CLINICIAN, Role.PROGRAM):
        mine = store.by(Actor("x", frozenset({role})))
        for ask in (lambda s: acts(s, ActFilter()), lambda s: act_told(s, 1), actors):
            with pytest.raises(ExpectedError) as refused:
                ask(mine)
            assert refused.value.code is ErrorCode.NOT_ALLOWED
