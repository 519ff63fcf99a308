"""The figures of reports, page by page, and that a report was made. What draws them lies above."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from edema_desk import __version__
from edema_desk.domain.course.agreement_view import (
    AgreementChoice,
    agreement_of,
    agreement_view,
    rows_meant,
)
from edema_desk.domain.course.belief import believe
from edema_desk.domain.course.clinic_course import ClinicCourse
from edema_desk.domain.course.course_rows import gathered
from edema_desk.domain.course.drift_view import drift_of
from edema_desk.domain.course.exporting import Period, exported, study_code
from edema_desk.domain.models.card import ModelCard
from edema_desk.domain.reporting import (
    AgreementPage,
    ChoiceNames,
    Limits,
    ModelFacts,
    Page,
    PatientPage,
    ReportKind,
    ReportMade,
    ReportWish,
    ReviewPage,
    beliefs_of,
    choice_of,
    models_used,
    quality_of,
)
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.notes import NoteThread, note_threads
from edema_desk.domain.terms.people import NOBODY
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.database import DatabaseDoor
from edema_desk.flow.base.model_registry import list_models
from edema_desk.flow.base.progress import Cancel, Listener, Stopwatch
from edema_desk.flow.base.sitting import Sitting
from edema_desk.flow.estimates.agreement_desk import AgreementDesk, gather_course
from edema_desk.flow.exports.files import CheckTold
from edema_desk.store.base.clinic_settings import clinic_settings
from edema_desk.store.base.database import Store
from edema_desk.store.leaving.reporting import (
    ReportGround,
    note_report,
    patients_who_come,
    report_ground,
)


class ReportDesk:
    """A part of the `Desk`: one report at a time, on a thread of its own. Futures as there."""

    def __init__(
        self,
        clinic: Clinic,
        sitting: Sitting,
        agreement: AgreementDesk,
        sign_head: Callable[[], object],
        check_told: CheckTold = lambda store, patient_ids, period: None,
    ) -> None:
        self._check_told = check_told
        self._clinic, self._sitting = clinic, sitting
        self._agreement, self._sign_head = agreement, sign_head
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reports")
        self._cancels: list[Cancel] = []

    def pages(
        self, wish: ReportWish, listener: Listener, cancel: Cancel
    ) -> Future[tuple[Page, ...]]:
        """The figures of each page; progress `report` by pages. Fails with NOT_ALLOWED,
        UNKNOWN_PATIENT, REPORT_NOBODY, LEAVES_JUDGE_FIRST, CANCELLED."""
        who = [NOBODY]
        self._cancels = [*(c for c in self._cancels if not c.asked), cancel]

        def allowed(store: Store) -> None:
            store.require(wish.act)
            if wish.kind is not ReportKind.AGREEMENT:
                sheet = wish.kind is ReportKind.SHEET
                whom = wish.patient_ids or patients_who_come(store, wish.shift)
                self._check_told(store, whom, Period(None, wish.day) if sheet else wish.period)
            who[0] = store.actor

        def work() -> tuple[Page, ...]:
            door = self._clinic.database.acting_as(who[0])
            if wish.kind is ReportKind.AGREEMENT:
                course = self._agreement.course(listener, cancel).result()
                return (page_maker(door).agreement(course, wish),)
            return patients_pages(door, wish, listener, cancel)

        return self._sitting.ask_then(self._thread, allowed, work)

    def note_made(self, act_id: str, made: ReportMade) -> Future[None]:
        """Put on record that a report goes out, before it does; a head of the record is signed
        after it. Fails with NOT_ALLOWED, UNKNOWN_PATIENT."""

        def act(store: Store) -> None:
            note_report(store, act_id, made)
            self._sign_head()

        return self._clinic.database.submit(act)

    def close(self) -> None:
        """Stop what is under way."""
        for cancel in self._cancels:
            cancel.set()
        self._thread.shutdown(cancel_futures=True)


def report_pages(
    database: DatabaseDoor, wish: ReportWish, listener: Listener, cancel: Cancel
) -> tuple[Page, ...]:
    """As `ReportDesk.pages`, where there is no desk."""
    database.call(lambda store: store.require(wish.act))
    if wish.kind is not ReportKind.AGREEMENT:
        return patients_pages(database, wish, listener, cancel)
    course = gather_course(database, listener, cancel)
    return (page_maker(database).agreement(course, wish),)


def patients_pages(
    database: DatabaseDoor, wish: ReportWish, listener: Listener, cancel: Cancel
) -> tuple[Page, ...]:
    """Reports or review sheets, one page a patient."""
    patient_ids = wish.patient_ids
    if not patient_ids:
        patient_ids = database.call(lambda store: patients_who_come(store, wish.shift))
    if not patient_ids:
        raise ExpectedError(ErrorCode.REPORT_NOBODY)
    maker = page_maker(database)
    watch = Stopwatch("report", len(patient_ids), listener)
    pages: list[Page] = []
    for number, patient_id in enumerate(patient_ids):
        cancel.check()
        watch.report(number)
        ground = database.call(partial(report_ground, wish=wish, patient_id=patient_id))
        if wish.kind is ReportKind.SHEET:
            pages.append(maker.review(ground, wish))
        else:
            pages.append(maker.patient(ground, wish))
    return tuple(pages)


def _names(course: ClinicCourse, wish: ReportWish, choice: AgreementChoice) -> ChoiceNames:
    number, patient = choice.patient, None
    if wish.patient_ids:
        known = number is not None and 0 <= number < len(course.patients)
        one = course.patients[number] if number is not None and known else None
        named = one is not None and not wish.pseudonymous
        code = study_code(wish.patient_ids[0])
        patient = f"{one.name} {one.chart_number}" if one is not None and named else code
    origin = course.origin_of(choice.origin, number)
    return ChoiceNames(patient, wish.shift, wish.camera, wish.model, origin)


@dataclass(frozen=True, slots=True)
class PageMaker:
    """What all pages of one report share: cards of models by id, limits of the settings, when."""

    cards: Mapping[str, ModelCard | None]
    limits: Limits
    made_at: Moment

    def patient(self, ground: ReportGround, wish: ReportWish) -> PatientPage:
        """A patient in a period."""
        subject = exported(ground.patient, ground.trend, wish.period, named=not wish.pseudonymous)
        entries = subject.trend.entries()
        return PatientPage(
            subject,
            wish.period,
            agreement_view(_rows(ground).rows, AgreementChoice(period=wish.period)),
            beliefs_of(subject.trend),
            quality_of(entries),
            self.models(models_used(entries)),
            self.limits,
            self.made_at,
            __version__,
        )

    def review(self, ground: ReportGround, wish: ReportWish) -> ReviewPage:
        """The facts for a review on a day."""
        until = Period(None, wish.day)
        subject = exported(ground.patient, ground.trend, until, named=not wish.pseudonymous)
        recent = exported(ground.patient, ground.trend, wish.review).trend
        return ReviewPage(
            subject,
            recent,
            wish.review,
            believe(subject.trend, Phase.POST),
            agreement_view(_rows(ground).rows, AgreementChoice(period=until)),
            drift_of(subject.trend),
            quality_of(recent.entries()),
            () if wish.pseudonymous else tuple(_within(ground, wish.review)),
            self.models(models_used(recent.entries())),
            self.limits,
            self.made_at,
            __version__,
        )

    def agreement(self, course: ClinicCourse, wish: ReportWish) -> AgreementPage:
        """What is told of the captures that are asked for."""
        choice = choice_of(course, wish)
        rows = rows_meant(course, choice)
        kept = rows.of(choice.places(rows))
        used = sorted({int(number) for number in kept.model} - {-1})
        return AgreementPage(
            agreement_of(course, choice),
            _names(course, wish, choice),
            choice.period,
            self.models(tuple(course.models[number] for number in used)),
            self.made_at,
            __version__,
        )

    def models(self, model_ids: tuple[str, ...]) -> tuple[ModelFacts, ...]:
        """What their cards say."""
        return tuple(_facts(model_id, self.cards.get(model_id)) for model_id in model_ids)


def page_maker(database: DatabaseDoor) -> PageMaker:
    """As the profile stands now."""
    settings = database.call(clinic_settings)
    cards = {entry.model_id: entry.card for entry in database.call(list_models)}
    limits = Limits(settings.uf_rate_limit_ml_kg_h, settings.gain_limit_percent)
    return PageMaker(cards, limits, Moment.now())


def _rows(ground: ReportGround) -> ClinicCourse:
    return gathered([(ground.patient, ground.rows)])


def _within(ground: ReportGround, review: Period) -> Iterator[NoteThread]:
    """Notes as they stand that were written in the review's days, the newest first."""
    return (t for t in note_threads(ground.notes) if review.holds(t.now.written_at.day))


def _facts(model_id: str, card: ModelCard | None) -> ModelFacts:
    if card is None:
        return ModelFacts(model_id)
    learned = card.trained_on
    return ModelFacts(
        model_id,
        known=True,
        patients=learned.patients,
        captures=learned.captures,
        made_up=learned.made_up,
    )
