"""Pages of made-up patients, without a database."""

from datetime import date
from functools import cache

from edema_desk.domain.course.course_rows import gathered, rows_of_course
from edema_desk.domain.course.exporting import Period
from edema_desk.domain.reporting import (
    AgreementPage,
    Limits,
    PatientPage,
    ReportKind,
    ReportWish,
    ReviewPage,
)
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.notes import Note
from edema_desk.flow.base.model import base_model
from edema_desk.flow.exports.reporting import PageMaker
from edema_desk.store.leaving.reporting import ReportGround
from tests.ui.made_up_clinic import Clinic, made_up_clinic

TODAY = date(2026, 11, 20)
MADE = Moment.at_clinic(TODAY, 14, 5)
TEN_YEARS, ONE_SESSION, NONE = 3652, 1, -1


@cache
def clinic_of(days: int, patients: int = 1) -> Clinic:
    """Of so many days; not to be changed."""
    made = made_up_clinic(patients, max(days, 0), TODAY)
    if days == NONE:
        made.sessions["p0"], made.captures["p0"] = [], []
    return made


def maker() -> PageMaker:
    base = base_model()
    return PageMaker({base.model_id: base.card}, Limits(13.0, 6.0), MADE)


def ground_of(clinic: Clinic, patient_id: str, *, notes: tuple[Note, ...] = ()) -> ReportGround:
    trend = clinic.trend(patient_id)
    shift = clinic.schedules[patient_id].shift
    return ReportGround(clinic.patients[patient_id], trend, rows_of_course(trend, shift, {}), notes)


def patient_page(
    clinic: Clinic, period: Period | None = None, *, pseudonymous: bool = False
) -> PatientPage:
    wish = ReportWish(
        ReportKind.PATIENT, TODAY, ("p0",), period=period or Period(), pseudonymous=pseudonymous
    )
    return maker().patient(ground_of(clinic, "p0"), wish)


def review_page(
    clinic: Clinic, *, notes: tuple[Note, ...] = (), pseudonymous: bool = False
) -> ReviewPage:
    wish = ReportWish(ReportKind.SHEET, TODAY, ("p0",), pseudonymous=pseudonymous)
    return maker().review(ground_of(clinic, "p0", notes=notes), wish)


def agreement_page(clinic: Clinic, wish: ReportWish | None = None) -> AgreementPage:
    grounds = [ground_of(clinic, patient_id) for patient_id in clinic.patients]
    course = gathered([(ground.patient, ground.rows) for ground in grounds])
    return maker().agreement(course, wish or ReportWish(ReportKind.AGREEMENT, TODAY))
