"""Row A4: the clinically important rows of the matrix once more, by hand, so that a slip in
`domain.rights` is seen; and a nurse at the desk, who tries what is not hers."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from datetime import date
from typing import Any

import pytest

from edema_desk.domain.capture.camera import CameraAddress
from edema_desk.domain.capture.camera_address import parse_camera
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import LOCAL
from edema_desk.domain.terms.records import Phase, Schedule, new_id
from edema_desk.domain.terms.schedule import DayPlan
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.desk import Desk
from edema_desk.paths import Profile
from edema_desk.store.base.clinic_settings import set_clinic_setting
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.captures.network_cameras import keep_network_camera
from edema_desk.store.captures.sessions import enter_weighing, open_session
from edema_desk.store.models.models import ModelRecord, register_model
from edema_desk.store.models.use import use_earlier_model, use_model
from edema_desk.store.people.erasing import erase_patient
from edema_desk.store.people.patients import add_patient, set_dry_weight
from edema_desk.store.people.users import add_user, change_user, note_password
from tests.faults.people_of_roles import ADMINISTRATOR, NURSE, PEOPLE
from tests.flow.made_up_worker import MadeUpWorker

AT = Moment(1_772_409_600_000, 540)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    made = Profile(tmp_path_factory.mktemp("by-hand") / "clinic")
    with open_store(made):
        return made


def last_on_record(store: Store) -> tuple[str, str, str]:
    with store.by(LOCAL).reading() as db:
        sql = "select actor, kind, details from audit order by seq desc limit 1"
        return tuple(db.execute(sql).fetchone())


def _patient(store: Store) -> str:
    new = NewPatient(new_id(), "Somebody", dry_weight_g=52_000)
    return add_patient(store.by(LOCAL), new_id(), new).patient_id


def _weigh(store: Store) -> None:
    whole = store.by(LOCAL)
    session_id = open_session(whole, new_id(), _patient(store), AT)
    enter_weighing(store, new_id(), session_id, Phase.PRE, 53_000, 0, AT)


def _add_user(store: Store) -> None:
    add_user(store, new_id(), new_id(), "Name", [ADMINISTRATOR])


def _promote(store: Store) -> None:
    one = add_user(store.by(LOCAL), new_id(), new_id(), "Name", [NURSE])
    change_user(store, new_id(), one.user_id, roles=[ADMINISTRATOR])


def _password(store: Store) -> None:
    one = add_user(store.by(LOCAL), new_id(), new_id(), "Name", [NURSE])
    note_password(store, new_id(), one.user_id)


def _erase(store: Store) -> None:
    new = NewPatient(new_id(), "Somebody")
    patient_id = add_patient(store.by(LOCAL), new_id(), new).patient_id
    erase_patient(store, new_id(), patient_id, new.chart_number, "asked for it")


def _models(store: Store) -> str:
    model_id = new_id()
    register_model(store.by(LOCAL), new_id(), ModelRecord(model_id, "ab" * 32, {"format": 1}))
    return model_id


BY_HAND: dict[str, tuple[Callable[[Store], object], set[str]]] = {
    "a weight": (_weigh, {"nurse", "clinician"}),
    "a dry weight": (
        lambda s: set_dry_weight(s, new_id(), _patient(s), 51_000, date(2026, 3, 1), "edema"),
        {"clinician"},
    ),
    "a session": (
        lambda s: open_session(s, new_id(), _patient(s), AT),
        {"nurse", "clinician", "program"},
    ),
    "a patient": (
        lambda s: add_patient(s, new_id(), NewPatient(new_id(), "Somebody")),
        {"nurse", "clinician", "administrator"},
    ),
    "another model": (
        lambda s: use_model(s, new_id(), _models(s), shipped=True),
        {"administrator"},
    ),
    "the model before": (lambda s: use_earlier_model(s, new_id(), "base"), {"administrator"}),
    "a user": (_add_user, {"administrator"}),
    "another role": (_promote, {"administrator"}),
    "a password": (_password, {"administrator"}),
    "a setting": (
        lambda s: set_clinic_setting(s, new_id(), "lock_after_min", 15),
        {"administrator"},
    ),
    "a camera's password": (
        lambda s: keep_network_camera(s, new_id(), made_up_camera()),
        {"administrator"},
    ),
    "erasing a patient": (_erase, {"administrator", "program"}),
}


def made_up_camera() -> CameraAddress:
    return parse_camera("rtsp://nurse:secret@10.0.0.7/live")


@pytest.mark.parametrize("role", sorted(PEOPLE))
@pytest.mark.parametrize("what", sorted(BY_HAND))
def test_the_clinically_important_rows(blank: Profile, what: str, role: str) -> None:
    do, may = BY_HAND[what]
    with open_store(blank) as opened:
        try:
            do(opened.by(PEOPLE[role]))
        except ExpectedError as error:
            done = error.code is not ErrorCode.NOT_ALLOWED
        else:
            done = True
        assert done == (role in may)
        if not done:
            assert last_on_record(opened)[:2] == (PEOPLE[role].actor_id, ActKind.REFUSED)


# at the desk

CARE, ALONE = {"nurse", "clinician"}, {"administrator"}
DAY = date(2026, 3, 2)
AT_THE_DESK: dict[str, tuple[Callable[[Desk, str], Future[Any]], set[str]]] = {
    "dry weight": (
        lambda desk, one: desk.set_dry_weight(new_id(), one, 51_000, DAY, "edema"),
        {"clinician"},
    ),
    "session": (lambda desk, one: desk.open_session(new_id(), one, AT), CARE),
    "schedule": (
        lambda desk, one: desk.set_schedule(new_id(), one, Schedule((0, 2, 4), 1, "A1")),
        CARE,
    ),
    "away": (
        lambda desk, one: desk.plan_day(new_id(), one, DAY, DayPlan.AWAY, "a journey"),
        CARE,
    ),
    "wheelchair": (lambda desk, _: desk.keep_wheelchair(new_id(), "W1", 12_000), CARE),
    "another model": (lambda desk, _: desk.models.activate(new_id(), "base"), ALONE),
    "the model before": (lambda desk, _: desk.models.back(new_id()), ALONE),
    "setting": (lambda desk, _: desk.clinic_settings.set(new_id(), "lock_after_min", 15), ALONE),
    "camera": (lambda desk, _: desk.network_cameras.keep(new_id(), made_up_camera()), ALONE),
    "user": (
        lambda desk, _: desk.users.add(new_id(), new_id(), "X", [NURSE], "correct horse 1"),
        ALONE,
    ),
    "roles": (lambda desk, one: desk.users.change(new_id(), one, roles=[NURSE]), ALONE),
    "password": (
        lambda desk, one: desk.users.set_password(new_id(), one, "correct horse 1"),
        ALONE,
    ),
    "shutting out": (lambda desk, one: desk.users.disable(new_id(), one), ALONE),
    "recovery code": (lambda desk, _: desk.users.new_recovery_code(), ALONE),
    "erasing": (lambda desk, one: desk.consents.erase(new_id(), one, "made-up", "why"), ALONE),
    "worklist": (lambda desk, _: desk.worklist(DAY), CARE | ALONE),
    "users": (lambda desk, _: desk.users.accounts(), CARE | ALONE),
}


@pytest.fixture
def desk(profile: Profile, model: ModelInUse, worker: MadeUpWorker) -> Iterator[Desk]:
    profile.create()
    made = Desk(Clinic(profile, model=model, worker=worker), ExitStack())
    yield made
    made.close()


@pytest.mark.parametrize("what", sorted(AT_THE_DESK))
def test_who_sits_at_the_desk_does_what_is_theirs_and_nothing_else(desk: Desk, what: str) -> None:
    do, may = AT_THE_DESK[what]
    new = NewPatient(new_id(), "Somebody", dry_weight_g=52_000)
    patient_id = desk.add_patient(new_id(), new).result().patient_id
    for role in ("nobody", "forged", "nurse", "clinician", "administrator"):
        desk.sitting.take(PEOPLE[role])
        error = do(desk, patient_id).exception(timeout=60)
        refused = isinstance(error, ExpectedError) and error.code is ErrorCode.NOT_ALLOWED
        assert refused == (role not in may), (role, error)
        if refused:
            last = desk._clinic.database.call(last_on_record)
            assert last[:2] == (PEOPLE[role].actor_id, ActKind.REFUSED)
    desk.sitting.take(LOCAL)


def test_a_covered_desk_does_nothing_for_anybody(desk: Desk) -> None:
    desk.sitting.take(PEOPLE["clinician"])
    desk.sitting.lock()
    added = desk.add_patient(new_id(), NewPatient(new_id(), "Somebody"))
    error = added.exception(timeout=60)
    assert isinstance(error, ExpectedError)
    assert error.code is ErrorCode.NOT_ALLOWED
    asked = desk.worklist(DAY)
    desk._clinic.database.acting_as(LOCAL).call(last_on_record)
    assert not asked.done()
