"""Consent by purpose: what was answered, what counts, and what is refused without it."""

from datetime import date, timedelta

import pytest

from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.keeping.consent import SHIPPED_TEXT, ConsentState, Purpose
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import NOBODY, Actor, Role
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Store
from edema_desk.store.captures.captures import begin_capture, reassign_capture
from edema_desk.store.people.consents import (
    consent_entries,
    consent_texts,
    keep_consent_text,
    patients_consenting,
    set_consent,
    standings_of,
)
from edema_desk.store.people.patients import add_patient
from tests.store.store_samples import at, person, some_patient, stored_capture

DAY = date(2026, 3, 2)


def unasked(store: Store, number: str = "2001", origin: str = "clinic") -> str:
    return add_patient(store, new_id(), NewPatient(number, "N", origin=origin)).patient_id


def spot(store: Store, patient_id: str) -> None:
    begin_capture(store, new_id(), new_id(), patient_id, None, Phase.SPOT, at(DAY), "file")


def test_the_answer_entered_last_counts_and_all_stay(store: Store) -> None:
    patient_id = unasked(store)
    assert standings_of(store, patient_id)[Purpose.CARE].state is ConsentState.NEVER_ASKED
    set_consent(store, new_id(), patient_id, Purpose.CARE, DAY, given=True, text_version=0)
    earlier = DAY - timedelta(days=9)
    told = "on the telephone"
    set_consent(store, new_id(), patient_id, Purpose.CARE, earlier, given=False, remark=told)
    standing = standings_of(store, patient_id)[Purpose.CARE]
    assert standing.state is ConsentState.WITHDRAWN
    assert not standing.allowed
    assert [e.given for e in consent_entries(store, patient_id)] == [True, False]
    first = consent_entries(store, patient_id)[0]
    assert first.text_version == SHIPPED_TEXT
    assert first.entered_at is not None
    assert standings_of(store, patient_id)[Purpose.TRAINING].state is ConsentState.NEVER_ASKED


def test_a_withdrawal_says_how_it_was_told_and_no_day_lies_ahead(store: Store) -> None:
    patient_id = some_patient(store)
    with pytest.raises(ExpectedError) as refused:
        set_consent(store, new_id(), patient_id, Purpose.CARE, DAY, given=False)
    assert refused.value.code is ErrorCode.REASON_NEEDED
    ahead = Moment.now().day + timedelta(days=2)
    with pytest.raises(ExpectedError) as refused:
        set_consent(store, new_id(), patient_id, Purpose.CARE, ahead, given=True)
    assert refused.value.code is ErrorCode.DATE_INVALID
    with pytest.raises(ExpectedError) as refused:
        set_consent(store, new_id(), "nobody", Purpose.CARE, DAY, given=True)
    assert refused.value.code is ErrorCode.UNKNOWN_PATIENT
    assert len(consent_entries(store, patient_id)) == 1


def test_nothing_is_recorded_without_consent(store: Store) -> None:
    patient_id = unasked(store)
    with pytest.raises(ExpectedError) as refused:
        spot(store, patient_id)
    assert refused.value.code is ErrorCode.CONSENT_MISSING
    set_consent(store, new_id(), patient_id, Purpose.RESEARCH, DAY, given=True)
    with pytest.raises(ExpectedError):
        spot(store, patient_id)  # one purpose does not stand for another
    set_consent(store, new_id(), patient_id, Purpose.CARE, DAY, given=True)
    spot(store, patient_id)
    set_consent(store, new_id(), patient_id, Purpose.CARE, DAY, given=False, remark="said so")
    with pytest.raises(ExpectedError) as refused:
        spot(store, patient_id)
    assert refused.value.code is ErrorCode.CONSENT_WITHDRAWN


def test_a_capture_is_not_moved_to_somebody_who_did_not_agree(store: Store) -> None:
    made = stored_capture(store, some_patient(store), None, Phase.SPOT, at(DAY))
    other = unasked(store)
    with pytest.raises(ExpectedError) as refused:
        reassign_capture(store, new_id(), made.capture_id, other, None, Phase.SPOT, "twin")
    assert refused.value.code is ErrorCode.CONSENT_MISSING


def test_people_of_a_study_agreed_there_until_they_withdraw_here(store: Store) -> None:
    patient_id = unasked(store, origin="seven days")
    spot(store, patient_id)
    assert standings_of(store, patient_id)[Purpose.RESEARCH].state is ConsentState.BY_STUDY
    remark = "a letter"
    set_consent(store, new_id(), patient_id, Purpose.RESEARCH, DAY, given=False, remark=remark)
    assert patient_id not in patients_consenting(store, Purpose.RESEARCH)
    assert patient_id in patients_consenting(store, Purpose.TRAINING)


def test_who_consents_is_who_is_listed(store: Store) -> None:
    asked = some_patient(store)
    assert patients_consenting(store, Purpose.CARE) == {asked}
    assert patients_consenting(store, Purpose.TRAINING) == frozenset()


def test_texts_have_versions_and_only_an_administrator_changes_them(store: Store) -> None:
    assert consent_texts(store) == {}
    one = keep_consent_text(store, new_id(), Purpose.CARE, "We film your face.", "顔を撮影します。")
    two = keep_consent_text(store, new_id(), Purpose.CARE, "We film it.", "撮影します。")
    assert consent_texts(store)[Purpose.CARE].version == two > one
    nurse = store.by(Actor("n", frozenset({Role.NURSE})))
    with pytest.raises(ExpectedError) as refused:
        keep_consent_text(nurse, new_id(), Purpose.CARE, "x", "x")
    assert refused.value.code is ErrorCode.NOT_ALLOWED
    with pytest.raises(ExpectedError):
        keep_consent_text(store, new_id(), Purpose.CARE, "only English", " ")
    patient_id = some_patient(store)
    set_consent(nurse, new_id(), patient_id, Purpose.CARE, DAY, given=True, text_version=one)
    with pytest.raises(LookupError):
        set_consent(
            nurse, new_id(), patient_id, Purpose.TRAINING, DAY, given=True, text_version=one
        )


def test_nobody_at_a_locked_desk_may_answer_for_a_patient(store: Store) -> None:
    patient_id = some_patient(store)
    with pytest.raises(ExpectedError) as refused:
        set_consent(store.by(NOBODY), new_id(), patient_id, Purpose.CARE, DAY, given=True)
    assert refused.value.code is ErrorCode.NOT_ALLOWED


def test_consent_given_with_a_new_patient_is_one_act(store: Store) -> None:
    patient_id = add_patient(store, new_id(), person("3001")).patient_id
    (entry,) = consent_entries(store, patient_id)
    assert entry.purpose is Purpose.CARE
    assert entry.given
