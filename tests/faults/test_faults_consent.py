"""C1: without consent nothing is recorded, and a withdrawal ends what runs and every later use."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import CaptureState, Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.estimates.intake import Slot, take_in
from edema_desk.flow.records.consent_desk import ConsentDesk
from edema_desk.media.keys import CaptureKeys
from edema_desk.store.base.database import Done, Store
from edema_desk.store.captures.captures import capture, capture_states
from edema_desk.store.captures.rescoring import captures_not_by
from edema_desk.store.people.consents import insert_consent, patients_consenting, set_consent
from edema_desk.store.people.patients import add_patient, insert_patient
from tests.faults.rounds import rounds
from tests.flow.made_up_station import Station, kept, recorded
from tests.flow.made_up_worker import MadeUpWorker, clip_file

DAY = date(2026, 3, 2)
WAIT_S = 20.0


@pytest.fixture
def consents(station: Station) -> Iterator[ConsentDesk]:
    clinic = station.clinic
    made = ConsentDesk(clinic, station.desk, lambda change: None, clinic.database.submit)
    yield made
    made.close()


def unasked(clinic: Clinic, number: str = "2001") -> str:
    new = NewPatient(number, "Kato Jiro")
    return clinic.database.call(lambda store: add_patient(store, new_id(), new)).patient_id


def withdraw(consents: ConsentDesk, patient_id: str, *, destroy: bool) -> tuple[bool, int]:
    act = consents.withdraw(
        *(new_id(), patient_id, Purpose.CARE, DAY, "said so at the bed"), destroy=destroy
    )
    done = act.result(WAIT_S)
    return done.capture_ended, done.destroyed


def clips(clinic: Clinic) -> list[str]:
    return sorted(path.name for path in clinic.profile.clips.iterdir())


def test_nobody_is_recorded_who_was_not_asked(station: Station) -> None:
    station.patient_id = unasked(station.clinic)
    live = station.begin()
    with pytest.raises(ExpectedError) as refused:
        live.result.result(timeout=WAIT_S)
    assert refused.value.code is ErrorCode.CONSENT_MISSING
    assert station.cameras_opened == 0
    assert station.ask(capture_states) == {}
    assert clips(station.clinic) == []


def test_no_file_of_somebody_who_was_not_asked_is_even_looked_at(
    clinic: Clinic, worker: MadeUpWorker, tmp_path: Path
) -> None:
    slot = Slot(unasked(clinic), None, Phase.PRE, Moment.now())
    with pytest.raises(ExpectedError) as refused:
        take_in(clinic, new_id(), clip_file(tmp_path, "1.mp4"), slot, unheard, Cancel())
    assert refused.value.code is ErrorCode.CONSENT_MISSING
    assert worker.analysed == 0
    assert clips(clinic) == []
    assert clinic.database.call(capture_states) == {}


@pytest.mark.parametrize("round_", range(rounds(10)))
def test_a_withdrawal_ends_a_take_and_destroys_it(
    station: Station, consents: ConsentDesk, round_: int
) -> None:
    live = station.begin()
    recorded(live, 0.3 + 0.05 * round_)
    capture_id = live.capture_id
    assert withdraw(consents, station.patient_id, destroy=True) == (True, 1)
    assert live.result.result(timeout=WAIT_S) is None
    assert clips(station.clinic) == []
    keys = CaptureKeys(station.clinic.profile.capture_keys, station.clinic.entered.data_key)
    assert capture_id not in keys.ids()
    assert station.state(capture_id) is CaptureState.INCOMPLETE


def test_a_withdrawal_ends_a_take_and_keeps_it_unused(
    station: Station, consents: ConsentDesk
) -> None:
    live = station.begin()
    recorded(live, 0.5)
    capture_id = live.capture_id
    assert withdraw(consents, station.patient_id, destroy=False) == (True, 0)
    live.result.exception(timeout=WAIT_S)
    assert station.clinic.library.has_clip(capture_id)
    assert station.state(capture_id) is CaptureState.STORED
    assert station.clip_worker.analysed == 0
    again = station.begin()
    with pytest.raises(ExpectedError) as refused:
        again.result.result(timeout=WAIT_S)
    assert refused.value.code is ErrorCode.CONSENT_WITHDRAWN


def test_what_is_kept_of_who_withdrew_is_used_for_nothing(
    station: Station, consents: ConsentDesk
) -> None:
    live = station.begin()
    recorded(live, 0.5)
    live.finish()
    made = kept(live)
    assert made.state is CaptureState.ANALYSED
    assert station.ask(lambda store: len(captures_not_by(store, "another"))) == 1
    withdraw(consents, station.patient_id, destroy=False)
    assert station.ask(lambda store: len(captures_not_by(store, "another"))) == 0
    withdraw(consents, station.patient_id, destroy=True)
    assert clips(station.clinic) == []


def test_pictures_are_not_destroyed_while_the_consent_stands(
    station: Station, consents: ConsentDesk
) -> None:
    live = station.begin()
    recorded(live, 0.3)
    live.finish()
    made = kept(live)
    act = consents.withdraw(
        *(new_id(), station.patient_id, Purpose.TRAINING, DAY, "no models"), destroy=True
    )
    assert act.result(WAIT_S).destroyed == 0
    assert station.clinic.library.has_clip(made.capture_id)
    found = station.clinic.database.call(lambda store: capture(store, made.capture_id))
    assert found.state is CaptureState.ANALYSED


def test_research_leaves_out_who_did_not_agree(clinic: Clinic) -> None:
    """Made-up people with made-up histories of answers: 0 of them too many, and none too few."""
    chance, people = random.Random(8), rounds(1000)
    expected: set[str] = set()

    def work(db: Database) -> Done:
        act_id = db.execute("select act_id from act order by rowid desc limit 1").fetchone()[0]
        for number in range(people):
            origin = chance.choice(["clinic", "clinic", "clinic", "demo", "a study"])
            new = NewPatient(f"R{number}", f"Name {number}", origin=origin)
            patient_id = insert_patient(db, act_id, new)
            agrees = origin != "clinic"
            for _ in range(chance.randrange(6)):
                purpose, given = chance.choice(list(Purpose)), chance.random() < 0.5
                insert_consent(db, act_id, patient_id, purpose, DAY, given=given)
                if purpose is Purpose.RESEARCH:
                    agrees = given
            if agrees:
                expected.add(patient_id)
        return Done("")

    clinic.database.call(lambda store: store.act(new_id(), ActKind.IMPORT_SESSION, work))
    found = clinic.database.call(lambda store: patients_consenting(store, Purpose.RESEARCH))
    assert found == expected
    assert 0 < len(expected) < people


def test_a_withdrawal_counts_at_once(clinic: Clinic) -> None:
    patient_id = unasked(clinic)

    def answer(store: Store, *, given: bool) -> frozenset[str]:
        purpose = Purpose.RESEARCH
        set_consent(store, new_id(), patient_id, purpose, DAY, given=given, remark="asked")
        return patients_consenting(store, purpose)

    assert clinic.database.call(lambda store: answer(store, given=True)) == {patient_id}
    assert clinic.database.call(lambda store: answer(store, given=False)) == frozenset()
