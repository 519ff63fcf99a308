"""What went before a spot capture: said with it, put right later, and never lost."""

import json
from datetime import date

import pytest

from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.terms.records import CaptureState, Phase, new_id
from edema_desk.domain.terms.spot_event import LONGEST, SpotEvent, tidy_event
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Store
from edema_desk.store.captures.captures import (
    begin_capture,
    complete_capture,
    mark_capture,
    reassign_capture,
)
from edema_desk.store.captures.cards import patient_card
from edema_desk.store.captures.removals import remove_capture, take_capture_back
from edema_desk.store.captures.spot_events import event_before, say_event
from tests.store.store_samples import at, session_on, some_patient, stored_capture

DAY = date(2026, 3, 2)


def spot(store: Store, patient_id: str, event: str = "") -> str:
    """A spot capture at six in the evening that was told with an event."""
    capture_id = new_id()
    slot = (capture_id, patient_id, None, Phase.SPOT, at(DAY, 18), "file", event)
    begin_capture(store, new_id(), *slot)
    complete_capture(store, new_id(), capture_id, new_id() * 2, 30_000)
    return capture_id


def events(card: PatientCard) -> dict[str, str]:
    """As a plain dict."""
    return dict(card.events)


def test_what_was_said_last_counts_and_what_was_said_before_stays(store: Store) -> None:
    patient_id = some_patient(store)
    capture_id = spot(store, patient_id, SpotEvent.MEAL)
    silent = spot(store, patient_id)
    assert events(patient_card(store, patient_id)) == {capture_id: "meal"}
    say_event(store, new_id(), capture_id, "  after   a walk\n")
    say_event(store, new_id(), silent, SpotEvent.TOILET)
    assert events(patient_card(store, patient_id)) == {
        capture_id: "after a walk",
        silent: "toilet",
    }
    say_event(store, new_id(), capture_id, "")
    assert events(patient_card(store, patient_id)) == {silent: "toilet"}
    assert event_before(store, capture_id) == ""
    with store.reading() as db:
        kept = db.query("select details from event where capture_id = ?", [capture_id])
        said = [json.loads(row["details"])["said"] for row in kept]
    assert said == ["meal", "after a walk", ""]


def test_the_same_act_says_it_once(store: Store) -> None:
    capture_id, act_id = spot(store, some_patient(store)), new_id()
    for _ in range(2):
        say_event(store, act_id, capture_id, "meal")
    with store.reading() as db:
        assert len(list(db.query("select 1 from event"))) == 1


def test_the_record_of_acts_holds_no_words_of_a_person(store: Store) -> None:
    say_event(store, new_id(), spot(store, some_patient(store)), "tea with the Zyxwvuts family")
    with store.reading() as db:
        told = " ".join(str(row["details"]) for row in db.query("select details from audit"))
    assert "Zyxwvuts" not in told
    assert "event 1 " in told  # the seal of the row


def test_an_event_goes_with_the_capture_and_is_only_of_spots(store: Store) -> None:
    wrong, right = some_patient(store), some_patient(store, "1002")
    capture_id = spot(store, wrong, "rising")
    reassign_capture(store, new_id(), capture_id, right, None, Phase.SPOT, "twin")
    assert events(patient_card(store, wrong)) == {}
    assert events(patient_card(store, right)) == {capture_id: "rising"}
    session_id = session_on(store, right, DAY)
    reassign_capture(store, new_id(), capture_id, right, session_id, Phase.PRE, "before")
    assert events(patient_card(store, right)) == {}
    assert event_before(store, capture_id) == "rising"


def test_a_deleted_spot_is_told_and_can_be_taken_back(store: Store) -> None:
    patient_id = some_patient(store)
    capture_id = spot(store, patient_id, "meal")
    kept = stored_capture(store, patient_id, None, Phase.SPOT, at(DAY, 20)).capture_id
    in_session = stored_capture(
        store, patient_id, session_on(store, patient_id, DAY), Phase.PRE, at(DAY, 9)
    ).capture_id
    for one in (capture_id, in_session):  # what is still worked on cannot be deleted
        mark_capture(store, new_id(), one, CaptureState.REFUSED)
    remove_capture(store, new_id(), capture_id, "another's face")
    remove_capture(store, new_id(), in_session, "blurred")
    card = patient_card(store, patient_id)
    assert [s.capture.capture_id for s in card.trend.spots if s.capture] == [kept]
    assert events(card) == {}
    assert [(one.capture.capture_id, one.reason) for one in card.removed_spots] == [
        (capture_id, "another's face")
    ]
    with pytest.raises(ExpectedError) as refused:
        say_event(store, new_id(), capture_id, "toilet")
    assert refused.value.code is ErrorCode.CAPTURE_REMOVED
    take_capture_back(store, new_id(), capture_id, "hers after all")
    card = patient_card(store, patient_id)
    assert (events(card), card.removed_spots) == ({capture_id: "meal"}, ())


def test_free_words_are_one_short_line() -> None:
    assert tidy_event("  a\tb \n c ") == "a b c"
    assert tidy_event("x" * 79 + " yz") == "x" * 79  # never a space at the end
    assert len(tidy_event("y" * 200)) == LONGEST
