"""A6: a correction overwrites nothing: old value, new value, who, when and why stay readable."""

import time
from datetime import date
from pathlib import Path

import pytest

from edema_desk.domain.keeping.record_of_acts import ActEntry, ActFilter, WhatChanged
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import LOCAL, Actor, Role
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.audit.reading import act_told, acts
from edema_desk.store.audit.verifying import verify_audit
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.captures.analyses import record_analysis
from edema_desk.store.captures.captures import reassign_capture
from edema_desk.store.captures.removals import remove_capture, take_capture_back
from edema_desk.store.captures.sessions import enter_weighing
from edema_desk.store.people.patients import patient, set_dry_weight
from tests.store.store_samples import (
    analysis,
    at,
    estimate,
    know_model,
    session_on,
    some_patient,
    stored_capture,
    weigh,
)

DAY = date(2026, 11, 20)
CLINICIAN = Actor("clinician-3", frozenset({Role.CLINICIAN}), "Mori")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(Profile(tmp_path / "clinic"))


def newest(store: Store, kind: ActKind) -> ActEntry:
    """The newest act of a kind, with what it changed, as an administrator reads it."""
    (entry,) = acts(store.by(LOCAL), ActFilter(kind=kind), None, 1)
    now_ms = time.time() * 1000
    assert now_ms - 60_000 < entry.at.utc_ms <= now_ms
    assert entry.actor_id == CLINICIAN.actor_id
    return act_told(store.by(LOCAL), entry.row)


def test_a_weight(store: Store) -> None:
    session_id = session_on(store, some_patient(store), DAY)
    weigh(store, session_id, Phase.PRE, 54_000, at(DAY))
    mine = store.by(CLINICIAN)
    with pytest.raises(ExpectedError) as refused:
        enter_weighing(mine, new_id(), session_id, Phase.PRE, 55_500, 2_000, at(DAY))
    assert refused.value.code is ErrorCode.REASON_NEEDED
    enter_weighing(mine, new_id(), session_id, Phase.PRE, 55_500, 2_000, at(DAY), "slip")
    told = newest(store, ActKind.ENTER_WEIGHING)
    assert told.changed == (WhatChanged("net_g", 54_000, 53_500, "slip"),)
    enter_weighing(mine, new_id(), session_id, Phase.PRE, 55_600, 2_000, at(DAY), "again")
    told = newest(store, ActKind.ENTER_WEIGHING)
    assert told.changed == (WhatChanged("net_g", 53_500, 53_600, "again"),)
    assert verify_audit(store).sound


def test_a_dry_weight(store: Store) -> None:
    patient_id = some_patient(store)
    mine = store.by(CLINICIAN)
    set_dry_weight(mine, new_id(), patient_id, 51_500, DAY, "less appetite")
    told = newest(store, ActKind.SET_DRY_WEIGHT)
    assert told.changed == (WhatChanged("dry_weight_g", 52_000, 51_500, "less appetite"),)
    set_dry_weight(mine, new_id(), patient_id, 51_600, DAY, "slip")
    told = newest(store, ActKind.SET_DRY_WEIGHT)
    assert told.changed == (WhatChanged("dry_weight_g", 51_500, 51_600, "slip"),)


def test_a_clip_that_is_moved_to_another_patient_and_session(store: Store) -> None:
    wrong, right = some_patient(store, "1001"), some_patient(store, "1002")
    wrong_session = session_on(store, wrong, DAY)
    right_session = session_on(store, right, date(2026, 11, 18))
    one = stored_capture(store, wrong, wrong_session, Phase.PRE, at(DAY))
    names = {
        i: f"{patient(store, i).chart_number} {patient(store, i).name}" for i in (wrong, right)
    }
    mine = store.by(CLINICIAN)
    reassign_capture(
        *(mine, new_id(), one.capture_id, right, right_session, Phase.POST), "wrong bed"
    )
    told = newest(store, ActKind.REASSIGN_CAPTURE)
    assert set(told.changed) == {
        WhatChanged("patient", names[wrong], names[right], "wrong bed"),
        WhatChanged("session_day", "2026-11-20", "2026-11-18", "wrong bed"),
        WhatChanged("phase", "pre", "post", "wrong bed"),
    }
    for patient_id in (wrong, right):
        about = acts(store, ActFilter(patient_id=patient_id))
        assert told.row in [entry.row for entry in about]
    assert verify_audit(store).sound


def test_a_clip_that_is_deleted_and_taken_back(store: Store) -> None:
    patient_id = some_patient(store)
    session_id = session_on(store, patient_id, DAY)
    one = stored_capture(store, patient_id, session_id, Phase.PRE, Moment.now())
    know_model(store)
    record_analysis(store, new_id(), one.capture_id, analysis(), estimate(one.capture_id))
    mine = store.by(CLINICIAN)
    with pytest.raises(ExpectedError):
        remove_capture(mine, new_id(), one.capture_id, "")
    remove_capture(mine, new_id(), one.capture_id, "coughing")
    told = newest(store, ActKind.REMOVE_CAPTURE)
    assert told.changed == (WhatChanged("capture", "kept", "deleted", "coughing"),)
    assert told.patient_id == patient_id
    take_capture_back(mine, new_id(), one.capture_id, "good enough")
    told = newest(store, ActKind.TAKE_CAPTURE_BACK)
    assert told.changed == (WhatChanged("capture", "deleted", "kept", "good enough"),)
    removed = act_told(store, acts(store, ActFilter(kind=ActKind.REMOVE_CAPTURE))[0].row)
    assert removed.changed[0].why == "coughing"
    assert verify_audit(store).sound
