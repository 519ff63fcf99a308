"""Consent through the inbox, and the figures of others that an interval may rest on."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.inbox.filing import InboxDoubt, InboxState
from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.capturing.desk import CaptureDesk
from edema_desk.flow.records.consent_desk import ConsentDesk
from edema_desk.flow.records.consent_texts import shipped_text, texts_in_use
from edema_desk.store.base.database import Store
from edema_desk.store.captures.analyses import record_analysis
from edema_desk.store.captures.captures import capture_states
from edema_desk.store.captures.residuals import normalised_residuals_of
from edema_desk.store.people.consents import keep_consent_text, set_consent
from edema_desk.store.people.patients import add_patient
from tests.flow.inbox.watched_folder import Folder
from tests.flow.made_up_station import Station
from tests.store.store_samples import (
    MODEL,
    analysis,
    at,
    estimate,
    know_model,
    session_on,
    some_patient,
    stored_capture,
    weigh,
)

DAY = date(2026, 3, 2)


class NoCaptures(CaptureDesk):
    """Nobody records."""

    def __init__(self) -> None:
        pass

    def end_for(self, patient_id: str, *, discard: bool) -> bool:
        del patient_id, discard
        return False


def test_a_file_waits_for_consent_and_goes_on_by_itself(clinic: Clinic, tmp_path: Path) -> None:
    folder = Folder(clinic, tmp_path / "tablet")
    new = NewPatient("104-333", "Mori Jun")
    patient_id = clinic.database.call(lambda s: add_patient(s, new_id(), new)).patient_id
    name = "104-333_2026-03-02_pre.mp4"
    folder.put(name)
    folder.settle()
    item = folder.item(name)
    assert (item.state, item.doubts) == (InboxState.WAITING, (InboxDoubt.NO_CONSENT,))
    assert item.target.patient_id == patient_id
    assert clinic.database.call(capture_states) == {}
    desk = ConsentDesk(clinic, NoCaptures(), lambda change: None, clinic.database.submit)
    try:
        desk.give(new_id(), patient_id, Purpose.RESEARCH, DAY).result()
        assert folder.item(name).state is InboxState.WAITING
        desk.give(new_id(), patient_id, Purpose.CARE, DAY).result()
    finally:
        desk.close()
    folder.settle()
    assert folder.item(name).state is InboxState.TAKEN_IN
    assert len(clinic.database.call(capture_states)) == 1


def test_what_is_told_of_a_patient_is_all_there_is(station: Station) -> None:
    clinic = station.clinic
    desk = ConsentDesk(clinic, station.desk, lambda change: None, clinic.database.submit)
    try:
        desk.give(new_id(), station.patient_id, Purpose.TRAINING, DAY, "paper 7", 0).result()
        told = desk.of(station.patient_id).result()
        assert [e.purpose for e in told.entries] == [Purpose.CARE, Purpose.TRAINING]
        assert told.entries[1].text_version == 0
        assert told.standings[Purpose.TRAINING].allowed
        assert told.models == ()
        assert desk.erased().result() == ()
        assert desk.leaving().result() == ()
    finally:
        desk.close()


def test_the_clinics_text_takes_the_place_of_the_shipped_one(clinic: Clinic) -> None:
    texts = clinic.database.call(texts_in_use)
    assert texts == {purpose: shipped_text(purpose) for purpose in Purpose}
    assert all(len(text.en) > 200 and len(text.ja) > 100 for text in texts.values())
    clinic.database.call(lambda s: keep_consent_text(s, new_id(), Purpose.CARE, "Ours.", "当院の"))
    texts = clinic.database.call(texts_in_use)
    assert texts[Purpose.CARE].en == "Ours."
    assert texts[Purpose.RESEARCH] == shipped_text(Purpose.RESEARCH)


@pytest.mark.parametrize("purpose", [Purpose.TRAINING, Purpose.CARE])
def test_no_interval_rests_on_who_withdrew(clinic: Clinic, purpose: Purpose) -> None:
    def fill(store: Store) -> tuple[str, str]:
        know_model(store)
        return _estimated(store, "1001"), _estimated(store, "1002")

    one, other = clinic.database.call(fill)
    assert _pool(clinic, one) == {one, other}
    clinic.database.call(
        lambda s: set_consent(s, new_id(), other, purpose, DAY, given=False, remark="a letter")
    )
    assert _pool(clinic, one) == {one}
    if purpose is Purpose.TRAINING:
        assert _pool(clinic, other) == {one, other}, "the own figures are care"


def _pool(clinic: Clinic, patient_id: str) -> set[str]:
    kind = TransferKind.REFERENCE
    found = clinic.database.call(
        lambda s: normalised_residuals_of(s, patient_id, MODEL, kind, but="none")
    )
    return set(found)


def _estimated(store: Store, number: str) -> str:
    patient_id = some_patient(store, number)
    session_id = session_on(store, patient_id, DAY)
    weigh(store, session_id, Phase.PRE, 53_000, at(DAY))
    made = stored_capture(store, patient_id, session_id, Phase.PRE, at(DAY))
    said = replace(estimate(made.capture_id), sd_kg=0.3, transfer=TransferKind.REFERENCE)
    record_analysis(store, new_id(), made.capture_id, analysis(), said)
    return patient_id
