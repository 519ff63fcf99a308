"""The cards of the patient page: what they say of the newest entry, of estimates and limits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.belief import believe
from edema_desk.domain.course.trend import PhaseEntry, SessionEntry, Trend
from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.terms.estimate import IntervalKind, Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import CaptureState, DialysisSession, Phase
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.settings import ClinicSettings, Settings
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.patient.page import PatientPage
from edema_desk.ui.pieces.patient_figures import latest_entry, session_of, uf_rate
from edema_desk.words import INTERVAL_NOTES, RESEARCH_NOTE, SPREAD_NOTE
from tests.ui.patient.trend_kit import CourseDesk
from tests.ui.trend_data import (
    FIRST_DAY,
    PATIENT,
    Course,
    make_card,
    make_course,
)

LIMITS = Settings(clinic=ClinicSettings(uf_rate_limit_ml_kg_h=13.0, gain_limit_percent=6.0))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CourseDesk]:
    """One patient with 36 sessions."""
    made = CourseDesk(make_course(36), tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(jobs: DeskJobs, theme: Theme, qtbot: QtBot) -> PatientPage:
    """Shown, and empty."""
    made = PatientPage(jobs, theme, LIMITS)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    qtbot.waitExposed(made)
    return made


def card_of(course: Course) -> PatientCard:
    """A card without a desk."""
    return replace(make_card(1), trend=course.trend())


def course_with(
    pre_g: int | None, estimate_kg: float | None, refusal: Refusal | None = None
) -> Course:
    """Three sessions; the newest has only a pre, as given."""
    course = make_course(3)
    day = FIRST_DAY + timedelta(days=30)
    course.add_session(day, "new")
    if pre_g is not None:
        course.add_weight("new", day, Phase.PRE, pre_g)
    if estimate_kg is not None or refusal is not None:
        course.add_capture("new", day, Phase.PRE, estimate_kg, refusal, 0.4)
    return course


# figures without a widget


def test_the_newest_entry_may_be_a_spot_capture() -> None:
    course = make_course(3)
    assert session_of(course.trend(), newest(course.trend())) == "s2"
    course.add_capture(None, FIRST_DAY + timedelta(days=40), Phase.SPOT, 1.0)
    trend = course.trend()
    assert newest(trend).phase is Phase.SPOT
    assert session_of(trend, newest(trend)) is None
    assert latest_entry(Trend((), (), ())) is None


def newest(trend: Trend) -> PhaseEntry:
    """The newest entry, which is there."""
    found = latest_entry(trend)
    assert found is not None
    return found


def test_the_uf_rate_is_planned_until_there_is_a_weight_after_dialysis() -> None:
    entry = make_course(3).trend().sessions[-1]
    assert entry.uf_rate_ml_kg_h is not None
    done = uf_rate(entry)
    assert done is not None
    assert (done.ml_kg_h, done.hours, done.planned) == (entry.uf_rate_ml_kg_h, 4.0, False)
    session = replace(entry.session, planned_removal_ml=2_000)
    before = SessionEntry(session, entry.pre, None, 52_000, None, None, None, None)
    planned = uf_rate(before)
    assert planned is not None
    assert planned.planned
    assert entry.pre is not None
    assert entry.pre.net_g is not None
    assert planned.ml_kg_h == pytest.approx(2_000 / ((entry.pre.net_g - 2_000) / 1000) / 4)
    assert uf_rate(replace(before, session=replace(session, planned_hours=None))) is None
    assert uf_rate(replace(before, session=replace(session, planned_removal_ml=None))) is None


# the newest entry


@pytest.mark.parametrize(
    ("pre_g", "estimate_kg", "words"),
    [
        (54_100, 2.4, "The estimate is 0.3 kg above the scale, within its spread."),
        (54_100, 1.2, "The estimate is 0.9 kg below the scale, outside its spread."),
        (54_100, 2.54, "The estimate is 0.4 kg above the scale, within its spread."),
        (54_100, 2.56, "The estimate is 0.5 kg above the scale, outside its spread."),
        (54_100, 2.12, "The estimate and the scale agree to 0.1 kg."),
        (54_140, 1.86, "The estimate is 0.2 kg below the scale, within its spread."),
        (None, 2.4, "No weight yet to compare the estimate with."),
        (54_100, None, "No clip yet, so there is no estimate."),
    ],
)
def test_the_newest_entry_is_told_as_facts(
    page: PatientPage, pre_g: int | None, estimate_kg: float | None, words: str
) -> None:
    page.show_card(card_of(course_with(pre_g, estimate_kg)))
    latest = page.latest
    assert latest.heading.text() == "31 Dec 2025 · Before dialysis"
    assert latest.said.text() == words
    assert latest.scale.text() == ("+2.1" if pre_g else "–")
    if estimate_kg == 2.4:
        assert latest.estimate.text() == "+2.4"
        assert latest.interval.text() == "estimate, kg (+2.0 to +2.8)"


def test_an_entry_of_today_is_called_so(page: PatientPage) -> None:
    now = PhaseEntry(Phase.PRE, Moment.now(), 54_000, 52_000, None, None)
    session = DialysisSession("s", PATIENT.patient_id, now.at.day, now.at)
    entry = SessionEntry(session, now, None, 52_000, None, None, None, None)
    page.show_card(replace(make_card(1), trend=Trend((entry,), (), ())))
    assert page.latest.heading.text() == "Today · Before dialysis"
    assert page.latest.scale.text() == "+2.0"


def test_the_notes_go_with_every_number(page: PatientPage) -> None:
    page.show_card(card_of(course_with(54_100, 2.4)))
    notes = page.latest._notes.text()
    assert SPREAD_NOTE in notes
    assert RESEARCH_NOTE in notes
    assert "probab" not in page.latest.said.text().lower()


def test_a_refused_clip_has_its_reason_and_no_number(page: PatientPage) -> None:
    page.show_card(card_of(course_with(54_100, None, Refusal.BLURRED)))
    assert page.latest.estimate.text() == "–"
    assert page.latest.said.text().startswith("No estimate. The picture is blurred.")
    assert "hold still" in page.latest.said.text()


def test_a_clip_on_its_way_says_so(page: PatientPage) -> None:
    course = course_with(54_100, 2.4)
    course.estimates.clear()
    course.captures[-1] = replace(course.captures[-1], state=CaptureState.STORED)
    page.show_card(card_of(course))
    assert page.latest.said.text() == "The clip is being analysed."


@pytest.mark.parametrize(
    ("kind", "width", "p_edema", "likeness"),
    [
        (IntervalKind.SPREAD, "spread", 0.957, "Face as before dialysis, 96 %"),
        (IntervalKind.POOLED, "interval", 0.29, "Face as after dialysis, 71 %"),
        (IntervalKind.OWN, "interval", 1.0, "Face as before dialysis, 99 %"),
    ],
)
def test_a_width_is_named_by_what_it_rests_on_and_the_face_by_what_it_is_like(
    page: PatientPage, kind: IntervalKind, width: str, p_edema: float, likeness: str
) -> None:
    course = course_with(54_100, 2.4)
    made = course.estimates["c-new-pre"]
    course.estimates["c-new-pre"] = replace(made, interval_kind=kind, p_edema=p_edema)
    page.show_card(card_of(course))
    said = f"The estimate is 0.3 kg above the scale, within its {width}."
    assert page.latest.said.text() == f"{likeness}\n{said}"
    notes = [label.text() for label in page.latest.findChildren(QLabel)]
    assert any(INTERVAL_NOTES[kind.value] in note for note in notes)


def test_what_is_missing_can_be_added_from_the_newest_entry(
    page: PatientPage, qtbot: QtBot
) -> None:
    page.show_card(card_of(course_with(54_100, None)))
    with qtbot.waitSignal(page.clip_wanted) as clip:
        page.latest._act.click()
    assert clip.args == [PATIENT.patient_id, "new", Phase.PRE]
    page.show_card(card_of(course_with(None, 2.4)))
    with qtbot.waitSignal(page.weight_wanted) as weight:
        page.latest._act.click()
    assert weight.args == [PATIENT.patient_id, "new", Phase.PRE]


# belief and strip


def test_belief_shows_the_figures_of_the_domain(page: PatientPage) -> None:
    card = make_card(36)
    page.show_card(card)
    for phase in (Phase.PRE, Phase.POST):
        belief = believe(card.trend, phase)
        assert belief is not None
        shown = page.belief.phases[phase]
        assert shown.values[0].text() == f"{belief.estimate_error_kg:.2f} kg"
        assert shown.values[1].text() == f"{belief.usual_error_kg:.2f} kg"
        assert f"in {belief.closer} of {belief.sessions} sessions" in shown.said.text()
        assert ("adds nothing" in shown.said.text()) is not belief.beats_usual
    assert page.belief.phases[Phase.PRE].said.text() != page.belief.phases[Phase.POST].said.text()
    source = page.belief.source.text()
    assert "Model base-2026.1, trained on made-up swelling." in source
    assert "within the estimate's ± in 66 of 67 captures" in source


def test_belief_without_an_estimate_says_what_it_needs(page: PatientPage) -> None:
    page.show_card(make_card(1))
    assert "no estimate yet" in page.belief.lead.text()
    assert not page.belief.phases[Phase.PRE].isVisible()
    assert not page.belief.source.isVisible()


def test_few_sessions_are_said_to_say_little(page: PatientPage) -> None:
    page.show_card(make_card(4))
    assert "So few sessions say little." in page.belief.phases[Phase.PRE].said.text()
    page.show_card(make_card(20))
    assert "little" not in page.belief.phases[Phase.PRE].said.text()


def test_the_strip_tells_the_newest_session_beside_its_limits(page: PatientPage) -> None:
    course = course_with(54_100, 2.4)
    course.add_weight("new", FIRST_DAY + timedelta(days=30), Phase.POST, 51_900)
    page.show_card(card_of(course))
    strip, entry = page.strip, course.trend().sessions[-1]
    assert entry.gain_g is not None
    assert entry.uf_rate_ml_kg_h is not None
    assert strip.gain.value.text() == f"{entry.gain_g / 1000:.1f}"
    assert strip.gain.note.text().endswith("% of dry weight")
    assert strip.rate.caption.text() == "UF rate"
    assert strip.rate.value.text() == f"{entry.uf_rate_ml_kg_h:.1f}"
    assert strip.rate.note.text() == "in 4 h · limit 13"
    assert (strip.gap.value.text(), strip.gap.unit.text()) == ("26", "days")
    assert strip.gap.note.text() == "before 31 Dec 2025"


def test_a_limit_that_is_passed_is_told_by_a_shape_and_a_word(page: PatientPage) -> None:
    course = course_with(56_000, 4.0)
    course.add_weight("new", FIRST_DAY + timedelta(days=30), Phase.POST, 52_000)
    page.show_card(card_of(course))
    assert page.strip.rate.note.text() == "in 4 h · ▲ over 13"
    assert "▲" in page.strip.gain.note.text()
    assert page.strip.rate.note.property("role") == "attention"
    page.set_settings(
        Settings(clinic=ClinicSettings(uf_rate_limit_ml_kg_h=30.0, gain_limit_percent=20.0))
    )
    assert page.strip.rate.note.text() == "in 4 h · limit 30"
    assert page.strip.rate.note.property("role") == "caption"
    assert "▲" not in page.strip.gain.note.text()


def test_no_session_leaves_dashes(page: PatientPage) -> None:
    page.show_card(card_of(Course()))
    for figure in (page.strip.gain, page.strip.rate, page.strip.gap, page.strip.error):
        assert figure.value.text() == "–"
        assert figure.note.text() == "no session yet"
