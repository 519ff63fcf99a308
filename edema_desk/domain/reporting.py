"""What stands on a sheet of paper, as figures: a patient and a period, an agreement, the facts for
the monthly review of a dry weight."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from statistics import fmean

from edema_desk.domain.course.agreement_view import AgreementChoice, AgreementView
from edema_desk.domain.course.belief import Belief, believe
from edema_desk.domain.course.clinic_course import ClinicCourse
from edema_desk.domain.course.drift_view import Drift
from edema_desk.domain.course.exporting import ExportedPatient, Period
from edema_desk.domain.course.trend import PhaseEntry, SessionEntry, Trend
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.notes import NoteThread
from edema_desk.domain.terms.records import CLINIC_ORIGIN, Phase

_NOBODYS = -2
"""A number that no row bears: -1 stands for having none."""
REVIEW_DAYS = 28
"""A review looks back over four weeks, its own day included."""


class ReportKind(StrEnum):
    """One page a patient and period, one an agreement, one a patient's dry-weight review."""

    PATIENT = "patient"
    AGREEMENT = "agreement"
    SHEET = "sheet"


class ReportWay(StrEnum):
    """How the pages left the program."""

    FILE = "file"
    PRINTER = "printer"


@dataclass(frozen=True, slots=True)
class ReportWish:
    """What shall be put on paper. `patient_ids` for reports and sheets, one page each; sheets
    without them are of everybody who comes, in one `shift` or in any. An agreement is about the
    captures in the period, of one patient, a shift, a camera or a model where that is named, and
    of one `origin` as `AgreementChoice` says it.
    `pseudonymous` pages bear a study code in place of everything that names somebody, and no
    notes. `day` is the last day of a review."""

    kind: ReportKind
    day: date
    patient_ids: tuple[str, ...] = ()
    shift: int | None = None
    period: Period = field(default_factory=Period)
    camera: str | None = None
    model: str | None = None
    pseudonymous: bool = False
    origin: str | None = None

    @property
    def act(self) -> ActKind:
        """The act it is."""
        agreement = self.kind is ReportKind.AGREEMENT
        return ActKind.MAKE_AGREEMENT_REPORT if agreement else ActKind.MAKE_REPORT

    @property
    def review(self) -> Period:
        """The days that a review looks back over."""
        return Period(self.day - timedelta(days=REVIEW_DAYS - 1), self.day)


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """A model that made estimates on a page. Without `known` its card is not on this PC."""

    model_id: str
    known: bool = False
    patients: int = 0
    captures: int = 0
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What the clinic's settings name as high; nothing is judged by them."""

    uf_rate_ml_kg_h: float
    gain_percent: float


@dataclass(frozen=True, slots=True)
class Quality:
    """Captures on a page: how many, how many without an estimate by reason, how many cut short."""

    captures: int
    refused: Mapping[Refusal, int]
    incomplete: int

    @property
    def refused_count(self) -> int:
        """Captures that have a reason instead of an estimate."""
        return sum(self.refused.values())


@dataclass(frozen=True, slots=True)
class PatientPage:
    """One patient in a period. `view` is the agreement of this patient in it."""

    subject: ExportedPatient
    period: Period
    view: AgreementView
    beliefs: tuple[Belief, ...]
    quality: Quality
    models: tuple[ModelFacts, ...]
    limits: Limits
    made_at: Moment
    program_version: str


@dataclass(frozen=True, slots=True)
class ChoiceNames:
    """What the numbers of an `AgreementChoice` stand for; None where nothing was chosen. An
    origin there is always."""

    patient: str | None = None
    shift: int | None = None
    camera: str | None = None
    model: str | None = None
    origin: str = CLINIC_ORIGIN


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """What agreement says of the captures that were chosen."""

    view: AgreementView
    names: ChoiceNames
    period: Period
    models: tuple[ModelFacts, ...]
    made_at: Moment
    program_version: str


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean and ends of some values, and how many there are."""

    count: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The facts of a dry-weight review. `recent` is the subject's course in the review's days,
    the dry weights of `subject` are all there ever were; `belief` and `view` rest on all sessions
    up to then."""

    subject: ExportedPatient
    recent: Trend
    review: Period
    belief: Belief | None
    view: AgreementView
    drift: Drift
    quality: Quality
    notes: tuple[NoteThread, ...]
    models: tuple[ModelFacts, ...]
    limits: Limits
    made_at: Moment
    program_version: str


Page = PatientPage | AgreementPage | ReviewPage


@dataclass(frozen=True, slots=True)
class ReportMade:
    """What goes on record of a report: whom its pages are about, and how it went out."""

    wish: ReportWish
    patient_ids: tuple[str, ...]
    pages: int
    way: ReportWay
    language: str


def quality_of(entries: Sequence[PhaseEntry]) -> Quality:
    """Of the phases and spot captures that have a capture."""
    there = [e for e in entries if e.capture is not None and not e.capture.given_up]
    reasons = Counter(e.estimate.refusal for e in there if e.estimate and e.estimate.refusal)
    cut = sum(1 for e in there if e.capture is not None and not e.capture.whole)
    return Quality(len(there), dict(reasons.most_common()), cut)


def spread_of(values: Sequence[float | None]) -> Spread | None:
    """Of those that are there; None without any."""
    known = [value for value in values if value is not None]
    return Spread(len(known), fmean(known), min(known), max(known)) if known else None


def scale_after_kg(sessions: Sequence[SessionEntry]) -> Spread | None:
    """Excess after dialysis by the scale."""
    return spread_of([s.post.scale_excess_kg for s in sessions if s.post is not None])


def estimate_after_kg(sessions: Sequence[SessionEntry]) -> Spread | None:
    """Excess after dialysis by the face."""
    posts = [s.post for s in sessions if s.post is not None]
    return spread_of([p.estimate.excess_kg for p in posts if p.estimate is not None])


def models_used(entries: Sequence[PhaseEntry]) -> tuple[str, ...]:
    """Ids of the models that made the estimates, in the order in which they were first used."""
    return tuple(dict.fromkeys(e.estimate.model_id for e in entries if e.estimate is not None))


def agreement_wish(course: ClinicCourse, choice: AgreementChoice, day: date) -> ReportWish:
    """A report of an agreement as it is chosen on the screen, by names that outlast the numbers
    of this course."""
    return ReportWish(
        ReportKind.AGREEMENT,
        day,
        () if choice.patient is None else (course.patients[choice.patient].patient_id,),
        choice.shift,
        choice.period,
        None if choice.camera is None else course.cameras[choice.camera],
        None if choice.model is None else course.models[choice.model],
        origin=choice.origin,
    )


def choice_of(course: ClinicCourse, wish: ReportWish) -> AgreementChoice:
    """What a wish asks for, in the numbers of a course. A name that is not in it chooses none."""
    ids = tuple(patient.patient_id for patient in course.patients)
    patient_id = wish.patient_ids[0] if wish.patient_ids else None
    return AgreementChoice(
        _number(ids, patient_id),
        wish.shift,
        _number(course.cameras, wish.camera),
        _number(course.models, wish.model),
        wish.period,
        wish.origin,
    )


def _number(names: Sequence[str], name: str | None) -> int | None:
    if name is None:
        return None
    return names.index(name) if name in names else _NOBODYS


def beliefs_of(trend: Trend) -> tuple[Belief, ...]:
    """Before and after dialysis, as far as there is something to believe."""
    found = (believe(trend, phase) for phase in (Phase.PRE, Phase.POST))
    return tuple(one for one in found if one is not None)


def patients_about(pages: Sequence[Page], wish: ReportWish) -> tuple[str, ...]:
    """Ids of whom the pages are about; none for the agreement of many."""
    if wish.kind is ReportKind.AGREEMENT:
        return wish.patient_ids
    return tuple(p.subject.patient.patient_id for p in pages if not isinstance(p, AgreementPage))
