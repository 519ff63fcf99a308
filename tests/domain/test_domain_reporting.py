"""What stands on paper, worked out by hand."""

from datetime import date

import pytest

from edema_desk.domain.course.agreement_view import AgreementChoice
from edema_desk.domain.course.clinic_course import ClinicCourse
from edema_desk.domain.course.clinic_rows import no_rows
from edema_desk.domain.course.exporting import Period
from edema_desk.domain.course.trend import PhaseEntry, SessionEntry
from edema_desk.domain.reporting import (
    ReportKind,
    ReportWish,
    agreement_wish,
    choice_of,
    estimate_after_kg,
    models_used,
    quality_of,
    scale_after_kg,
    spread_of,
)
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import (
    Capture,
    CaptureState,
    DialysisSession,
    Patient,
    Phase,
    StoredEstimate,
)

DAY = date(2026, 11, 20)
AT = Moment.at_clinic(DAY, 9, 0)
COURSE = ClinicCourse(
    no_rows(),
    (Patient("p0", "1", "One"), Patient("p1", "2", "Two")),
    ("base-1", "own-2"),
    ("desk camera", "tablet"),
)


def entry(
    name: str,
    excess_kg: float | None,
    *,
    net_g: int | None = None,
    refusal: Refusal | None = None,
    whole: bool = True,
    state: CaptureState = CaptureState.ANALYSED,
    model: str = "base-1",
) -> PhaseEntry:
    sha256 = None if state is CaptureState.INCOMPLETE else "0" * 64
    capture = Capture(name, "p0", "s", Phase.POST, AT, state, "file", sha256, whole=whole)
    said = StoredEstimate(name, name, model, AT, excess_kg, 0.4, refusal)
    return PhaseEntry(Phase.POST, AT, net_g, 50_000, capture, said)


def session(post: PhaseEntry | None) -> SessionEntry:
    return SessionEntry(
        DialysisSession("s", "p0", DAY, AT, 4.0), None, post, 50_000, None, None, None, None
    )


def test_refusals_are_counted_by_reason_the_commonest_first() -> None:
    entries = (
        entry("a", 1.0),
        entry("b", None, refusal=Refusal.BLURRED),
        entry("c", None, refusal=Refusal.BAD_LIGHT),
        entry("d", None, refusal=Refusal.BAD_LIGHT, whole=False),
        entry("e", None, state=CaptureState.INCOMPLETE),  # given up: nothing is left of it
        PhaseEntry(Phase.POST, AT, 50_100, 50_000, None, None),
    )
    found = quality_of(entries)
    assert found.captures == 4
    assert list(found.refused.items()) == [(Refusal.BAD_LIGHT, 2), (Refusal.BLURRED, 1)]
    assert (found.refused_count, found.incomplete) == (3, 1)
    assert quality_of(()).captures == 0


def test_a_spread_is_of_what_is_there() -> None:
    assert spread_of([None, None]) is None
    found = spread_of([1.0, None, -0.5, 2.5])
    assert found is not None
    assert (found.count, found.mean, found.low, found.high) == (3, 1.0, -0.5, 2.5)


def test_after_dialysis_scale_and_estimate_are_told_each_from_its_own() -> None:
    sessions = (
        session(entry("a", 0.4, net_g=50_200)),
        session(entry("b", None, net_g=49_800, refusal=Refusal.BLURRED)),
        session(entry("c", 1.0)),
        session(None),
    )
    scale, said = scale_after_kg(sessions), estimate_after_kg(sessions)
    assert scale is not None
    assert said is not None
    assert (scale.count, said.count) == (2, 2)
    assert scale.mean == pytest.approx(0.0)
    assert said.mean == pytest.approx(0.7)
    assert estimate_after_kg(sessions[3:]) is None


def test_models_stand_in_the_order_of_their_first_use() -> None:
    entries = [entry("a", 1.0, model="own-2"), entry("b", 1.0), entry("c", 1.0, model="own-2")]
    assert models_used(entries) == ("own-2", "base-1")


def test_a_review_looks_back_over_28_days_its_own_included() -> None:
    review = ReportWish(ReportKind.SHEET, DAY).review
    assert (review.first, review.last) == (date(2026, 10, 24), DAY)


def test_each_kind_is_its_own_act() -> None:
    acts = {kind: ReportWish(kind, DAY).act for kind in ReportKind}
    assert acts == {
        ReportKind.PATIENT: ActKind.MAKE_REPORT,
        ReportKind.SHEET: ActKind.MAKE_REPORT,
        ReportKind.AGREEMENT: ActKind.MAKE_AGREEMENT_REPORT,
    }


def test_a_choice_of_the_screen_means_the_same_in_another_course() -> None:
    period = Period(date(2026, 1, 1), DAY)
    chosen = AgreementChoice(1, 2, 1, 0, period)
    wish = agreement_wish(COURSE, chosen, DAY)
    assert choice_of(COURSE, wish) == chosen
    other = ClinicCourse(
        no_rows(),
        (Patient("p1", "2", "Two"), Patient("p9", "9", "New")),
        ("new-3", "base-1"),
        ("tablet",),
    )
    assert choice_of(other, wish) == AgreementChoice(0, 2, 0, 1, period)
    open_wish = agreement_wish(COURSE, AgreementChoice(), DAY)
    assert choice_of(other, open_wish) == AgreementChoice()


def test_who_is_not_in_a_course_is_never_mistaken_for_everybody() -> None:
    wish = ReportWish(ReportKind.AGREEMENT, DAY, ("gone",), camera="gone", model="gone")
    found = choice_of(COURSE, wish)
    assert None not in (found.patient, found.camera, found.model)
    assert not {found.patient, found.camera, found.model} & {-1, 0, 1}
