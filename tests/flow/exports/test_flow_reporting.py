"""Pages of reports from a real database, and that each is on record and somebody's right."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

import pytest

from edema_desk.domain.course.exporting import Period
from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.keeping.record_of_acts import ActFilter
from edema_desk.domain.reporting import (
    AgreementPage,
    PatientPage,
    ReportKind,
    ReportMade,
    ReportWay,
    ReportWish,
    ReviewPage,
    patients_about,
)
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.people import LOCAL, Actor, Role
from edema_desk.domain.terms.records import Phase, Schedule, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import base_model
from edema_desk.flow.base.progress import Cancel, Progress, unheard
from edema_desk.flow.base.sitting import Sitting
from edema_desk.flow.estimates.agreement_desk import AgreementDesk
from edema_desk.flow.exports.reporting import ReportDesk, page_maker, report_pages
from edema_desk.store.audit.reading import acts
from edema_desk.store.base.clinic_settings import set_clinic_setting
from edema_desk.store.captures.notes import add_note
from edema_desk.store.people.patients import set_dry_weight
from edema_desk.store.people.schedules import set_schedule
from tests.flow.exports.export_samples import DAY, Person, add_clip, add_person, add_session, at

TODAY = DAY + timedelta(days=14)
NURSE = Actor("nurse-7", frozenset({Role.NURSE}), "Mori")
ADMINISTRATOR = Actor("admin-1", frozenset({Role.ADMINISTRATOR}), "Abe")
CLINICIAN = Actor("clinician-3", frozenset({Role.CLINICIAN}), "Ito")


@pytest.fixture
def patient(clinic: Clinic) -> Person:
    """Three sessions with a clip before each: 2.5, 2.1 and 3.1 kg in excess of 50 kg."""
    one = add_person(clinic, "1001", Purpose.CARE, Purpose.RESEARCH)
    for number, pre_g in enumerate((52_500, 52_100, 53_100)):
        day = DAY + timedelta(days=2 * number)
        session_id = add_session(clinic, one, day, pre_g, 50_200)
        add_clip(clinic, one, session_id, Phase.PRE, at(day, 9, 5), pre_g / 1000 - 50)
    return one


@pytest.fixture
def signed() -> list[str]:
    return []


@pytest.fixture
def desk(clinic: Clinic, signed: list[str]) -> Iterator[ReportDesk]:
    sitting = Sitting(clinic.database)
    agreement = AgreementDesk(clinic, sitting)
    opened = ReportDesk(clinic, sitting, agreement, lambda: signed.append("head"))
    yield opened
    opened.close()
    agreement.close()
    sitting.close()


def wish_of(kind: ReportKind, *people: Person, period: Period | None = None) -> ReportWish:
    ids = tuple(person.patient_id for person in people)
    return ReportWish(kind, TODAY, ids, period=period or Period())


def test_a_patients_page_counts_only_the_period_but_gains_reach_back(
    clinic: Clinic, patient: Person
) -> None:
    wish = wish_of(ReportKind.PATIENT, patient, period=Period(DAY + timedelta(days=2)))
    (page,) = report_pages(clinic.database, wish, unheard, Cancel())
    assert isinstance(page, PatientPage)
    first, second = page.subject.trend.sessions
    assert first.gain_g == 52_100 - 50_200
    assert second.uf_rate_ml_kg_h == pytest.approx(2900 / 50.2 / 4)
    assert page.quality.captures == 2
    assert page.subject.named
    (model,) = page.models
    assert (model.model_id, model.known) == (clinic.model.model_id, False)  # never installed
    assert (page.limits.uf_rate_ml_kg_h, page.limits.gain_percent) == (13.0, 6.0)


def test_a_model_is_told_as_its_card_tells_it(clinic: Clinic) -> None:
    card = base_model().card
    (model,) = page_maker(clinic.database).models((card.model_id,))
    learned = card.trained_on
    assert model.known
    assert (model.patients, model.captures) == (learned.patients, learned.captures)
    assert model.made_up == learned.made_up


def test_limits_are_those_of_the_clinics_settings(clinic: Clinic, patient: Person) -> None:
    clinic.database.call(
        lambda store: set_clinic_setting(store.by(LOCAL), new_id(), "uf_rate_limit_ml_kg_h", 11.0)
    )
    wish = wish_of(ReportKind.PATIENT, patient)
    (page,) = report_pages(clinic.database, wish, unheard, Cancel())
    assert isinstance(page, PatientPage)
    assert page.limits.uf_rate_ml_kg_h == 11.0


def test_a_review_holds_all_dry_weights_and_the_notes_of_its_days(
    clinic: Clinic, patient: Person
) -> None:
    who = patient.patient_id
    clinic.database.call(
        lambda store: set_dry_weight(store, new_id(), who, 49_500, DAY + timedelta(days=3), "less")
    )
    clinic.database.call(lambda store: add_note(store, new_id(), who, None, "swollen ankles"))
    wish = ReportWish(ReportKind.SHEET, date.today(), (who,))
    (page,) = report_pages(clinic.database, wish, unheard, Cancel())
    assert isinstance(page, ReviewPage)
    assert [step.weight_g for step in page.subject.trend.dry_weights] == [50_000, 49_500]
    assert [thread.now.text for thread in page.notes] == ["swollen ankles"]
    hidden = ReportWish(ReportKind.SHEET, date.today(), (who,), pseudonymous=True)
    (coded,) = report_pages(clinic.database, hidden, unheard, Cancel())
    assert isinstance(coded, ReviewPage)
    assert coded.notes == ()
    assert not coded.subject.named
    earlier = ReportWish(ReportKind.SHEET, DAY, (who,))
    (before,) = report_pages(clinic.database, earlier, unheard, Cancel())
    assert isinstance(before, ReviewPage)
    assert len(before.recent.sessions) == 1
    assert [step.weight_g for step in before.subject.trend.dry_weights] == [50_000]


def test_sheets_of_a_shift_follow_the_beds(clinic: Clinic, patient: Person) -> None:
    people = [patient, *(add_person(clinic, str(number), Purpose.CARE) for number in (2, 3, 4))]
    plans = (((0,), 1, "B2"), ((0,), 1, "A1"), ((0,), 2, "A1"), ((), 1, "A0"))
    for one, (days, shift, bed) in zip(people, plans, strict=True):
        plan = Schedule(days, shift, bed)
        act = partial(set_schedule, act_id=new_id(), patient_id=one.patient_id, schedule=plan)
        clinic.database.call(act)
    told: list[Progress] = []
    wish = ReportWish(ReportKind.SHEET, TODAY, shift=1)
    pages = report_pages(clinic.database, wish, told.append, Cancel())
    assert patients_about(pages, wish) == (people[1].patient_id, people[0].patient_id)
    everybody = report_pages(
        clinic.database, ReportWish(ReportKind.SHEET, TODAY), unheard, Cancel()
    )
    assert len(everybody) == 3


def test_nobody_in_a_shift_is_said(clinic: Clinic) -> None:
    with pytest.raises(ExpectedError) as caught:
        report_pages(
            clinic.database, ReportWish(ReportKind.SHEET, TODAY, shift=4), unheard, Cancel()
        )
    assert caught.value.code is ErrorCode.REPORT_NOBODY


def test_agreement_is_of_those_asked_for(clinic: Clinic, patient: Person) -> None:
    other = add_person(clinic, "2", Purpose.CARE)
    session_id = add_session(clinic, other, DAY)
    add_clip(clinic, other, session_id, Phase.PRE, at(DAY, 9, 5), 2.0)
    (all_,) = report_pages(clinic.database, wish_of(ReportKind.AGREEMENT), unheard, Cancel())
    (one,) = report_pages(
        clinic.database, wish_of(ReportKind.AGREEMENT, patient), unheard, Cancel()
    )
    assert isinstance(all_, AgreementPage)
    assert isinstance(one, AgreementPage)
    assert all_.view.captures + all_.view.refused == 4
    assert one.view.captures + one.view.refused == 3
    assert one.names.patient == "Name 1001 1001"


def test_a_report_is_cancelled_between_pages(clinic: Clinic, patient: Person) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(ExpectedError) as caught:
        report_pages(clinic.database, wish_of(ReportKind.PATIENT, patient), unheard, cancel)
    assert caught.value.code is ErrorCode.CANCELLED


@pytest.mark.parametrize(
    ("actor", "kind", "allowed"),
    [
        (NURSE, ReportKind.PATIENT, False),
        (NURSE, ReportKind.SHEET, False),
        (NURSE, ReportKind.AGREEMENT, False),
        (ADMINISTRATOR, ReportKind.PATIENT, False),
        (ADMINISTRATOR, ReportKind.SHEET, False),
        (ADMINISTRATOR, ReportKind.AGREEMENT, True),
        (CLINICIAN, ReportKind.PATIENT, True),
        (CLINICIAN, ReportKind.SHEET, True),
        (CLINICIAN, ReportKind.AGREEMENT, True),
    ],
)
def test_who_may_have_which(
    clinic: Clinic, patient: Person, actor: Actor, kind: ReportKind, allowed: bool
) -> None:
    door = clinic.database.acting_as(actor)
    wish = wish_of(kind, patient)
    if allowed:
        assert len(report_pages(door, wish, unheard, Cancel())) == 1
        return
    with pytest.raises(ExpectedError) as caught:
        report_pages(door, wish, unheard, Cancel())
    assert caught.value.code is ErrorCode.NOT_ALLOWED


def test_what_was_made_is_on_record_once_and_a_head_is_signed(
    clinic: Clinic, desk: ReportDesk, patient: Person, signed: list[str]
) -> None:
    wish = wish_of(ReportKind.PATIENT, patient)
    pages = desk.pages(wish, unheard, Cancel()).result(30)
    made = ReportMade(wish, patients_about(pages, wish), 1, ReportWay.PRINTER, "ja")
    act_id = new_id()
    for _ in range(2):
        desk.note_made(act_id, made).result(30)
    (noted,) = clinic.database.call(lambda store: acts(store, ActFilter(kind=ActKind.MAKE_REPORT)))
    assert noted.patient_id == patient.patient_id
    assert noted.details["way"] == "printer"
    assert signed


def test_the_desk_refuses_and_agrees_as_the_command_does(
    clinic: Clinic, desk: ReportDesk, patient: Person
) -> None:
    (page,) = desk.pages(wish_of(ReportKind.AGREEMENT), unheard, Cancel()).result(30)
    assert isinstance(page, AgreementPage)
    assert page.view.captures + page.view.refused == 3
    clinic.database.seat.take(NURSE)
    with pytest.raises(ExpectedError) as caught:
        desk.pages(wish_of(ReportKind.AGREEMENT), unheard, Cancel()).result(30)
    assert caught.value.code is ErrorCode.NOT_ALLOWED
    clinic.database.seat.take(LOCAL)
    assert threading.active_count() < 20
