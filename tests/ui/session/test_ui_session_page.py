"""The session page: facts of both phases, corrections, what is missing, and how it refreshes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.views import Change, ChangeKind, SessionPair
from edema_desk.domain.terms.quality import SCORE_NAMES, FrameRefusal
from edema_desk.domain.terms.records import CaptureState, Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.pieces.session_facts import (
    faces_found,
    frame_rows,
    result_rows,
    score_rows,
    score_words,
    weight_steps,
)
from edema_desk.ui.session.page import SessionPage
from edema_desk.ui.session.pair_view import BLINK
from edema_desk.words import FRAME_REFUSALS, SPREAD_NOTE
from tests.ui.patient.trend_kit import CourseDesk, session_page_on_screen
from tests.ui.trend_data import MODEL, PATIENT, Course, corrected, make_course, make_pair


@pytest.fixture
def course() -> Course:
    """36 sessions; the weight before the newest one was corrected."""
    made = make_course(36)
    first = made.weighings["s35"][0]
    made.weighings["s35"].append(corrected(first, first.net_g - 600, "wrong slip"))
    return made


@pytest.fixture
def desk(course: Course, tmp_path: Path) -> Iterator[CourseDesk]:
    """One patient with this course."""
    made = CourseDesk(course, tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(jobs: DeskJobs, theme: Theme, qtbot: QtBot, settled: Callable[[], None]) -> SessionPage:
    """The newest session."""
    return session_page_on_screen(jobs, theme, qtbot, settled)


def without_post(pair: SessionPair) -> SessionPair:
    """A session that is half done."""
    return replace(pair, post=None, entry=replace(pair.entry, post=None))


# facts without a widget


def test_results_stand_beside_each_other(course: Course) -> None:
    pair = make_pair(course, 35)
    rows = {row.name: (row.before, row.after) for row in result_rows(pair)}
    assert pair.entry.pre is not None
    assert pair.entry.pre.net_g is not None
    assert rows["Weight"][0] == f"{pair.entry.pre.net_g / 1000:.1f}"
    assert rows["Dry weight"] == ("51.5", "51.5")
    assert rows["Scale excess"][0] == "+1.1"  # the corrected weight counts
    assert rows[f"Estimate, {MODEL}"][0].startswith("+2.0 ±")
    assert rows["Estimate minus scale"][0] == "+0.9"


def test_each_model_has_its_row(course: Course) -> None:
    pair = make_pair(course, 35)
    assert pair.pre is not None
    later = replace(pair.pre.estimates[0], estimate_id="e2", model_id="own-1", excess_kg=1.5)
    more = replace(pair, pre=replace(pair.pre, estimates=(*pair.pre.estimates, later)))
    rows = {row.name: (row.before, row.after) for row in result_rows(more)}
    assert rows["Estimate, own-1"][0].startswith("+1.5 ±")
    assert rows["Estimate, own-1"][1] == "–"
    assert rows[f"Estimate, {MODEL}"][0].startswith("+2.0 ±")


def test_frames_add_up_and_reasons_are_said_in_words(course: Course) -> None:
    pair = make_pair(course, 35)
    assert pair.pre is not None
    rows = {row.name: row.before for row in frame_rows(pair)}
    assert (rows["Seen"], rows["Used"], rows["Not used"]) == ("930", "24", "906")
    assert rows["With a face"] == "918"
    reasons = dict(pair.pre.refused)
    for reason, count in reasons.items():
        assert rows[f"– {FRAME_REFUSALS[reason]}"] == str(count)
    assert sum(reasons.values()) == int(rows["Not used"])
    assert len(rows) == 4 + len(reasons)
    assert (
        faces_found(replace(pair.pre, capture=replace(pair.pre.capture, frames_seen=None))) is None
    )


def test_every_refusal_has_words() -> None:
    assert {reason.value for reason in FrameRefusal} == set(FRAME_REFUSALS)


def test_every_score_is_shown_for_the_frame_shown(course: Course) -> None:
    pair = make_pair(course, 35)
    assert set(score_words()) == set(SCORE_NAMES)
    assert pair.pre is not None
    scores = pair.pre.frame_scores.copy()
    scores[3, SCORE_NAMES.index("HeadPoseYaw_deg")] = -11.6
    scores[3, SCORE_NAMES.index("Sharpness")] = np.nan
    changed = replace(pair, pre=replace(pair.pre, frame_scores=scores))
    rows = {row.name: row for row in score_rows(changed, {Phase.PRE: 3})}
    assert rows["Turned to the side (°)"].before == "−12"
    assert rows["Sharpness"].before == "–"
    assert {row.after for row in rows.values()} == {"–"}


def test_a_correction_names_what_it_replaced(course: Course) -> None:
    steps = weight_steps(make_pair(course, 35).weighings)
    assert [s.phase for s in steps] == [Phase.POST, Phase.PRE, Phase.PRE]
    correction, first = steps[1], steps[2]
    assert correction.old_g == first.new_g
    assert correction.new_g == first.new_g - 600
    assert (correction.actor, correction.reason) == ("Sato", "wrong slip")
    assert first.old_g is None


# the page


def test_a_session_is_fetched_with_its_faces(page: SessionPage, desk: CourseDesk) -> None:
    assert page.stack.currentWidget() is page.stack.content
    assert {len(side.faces) for side in page.faces.sides.values()} == {24}
    assert desk.asked == {"session_pair": 1, "crops": 2}
    assert page.subtitle() == "Friday, 6 March 2026"
    shown = page.results.values()
    assert shown["Scale excess"][0] == "+1.1"
    assert SPREAD_NOTE in page.results.note.text()


def test_weights_tell_old_new_when_who_and_why(page: SessionPage) -> None:
    texts = [(a.text(), b.text()) for a, b in page.weights.lines if a.isVisible()]
    assert texts[1] == (
        "Before: 53.2 kg corrected to 52.6 kg",
        "6 Mar 2026 09:15 · Sato · wrong slip",
    )
    assert texts[2] == (
        "Before: 53.2 kg (54.0 kg less 0.8 kg tare)",
        "6 Mar 2026 09:00 · Mori",
    )
    assert len(texts) == 3


def test_rows_that_are_gone_are_hidden(page: SessionPage, course: Course) -> None:
    before = len([1 for a, _ in page.weights.lines if a.isVisible()])
    page.show_pair(make_pair(course, 11))  # the weight after dialysis was forgotten
    shown = [a.text() for a, _ in page.weights.lines if a.isVisible()]
    assert before == 3
    assert len(shown) == 1
    assert page.results.values()["Weight"][1] == "–"


def test_scores_follow_the_frame_shown(page: SessionPage) -> None:
    pair = page.pair
    assert pair is not None
    assert pair.pre is not None
    yaw = SCORE_NAMES.index("HeadPoseYaw_deg")
    for index in (0, 7):
        page.faces.sides[Phase.PRE].slider.setValue(index)
        expected = f"{pair.pre.frame_scores[index, yaw]:.0f}".replace("-", "−")
        assert page.scores.values()["Turned to the side (°)"][0] == expected


def test_a_refused_clip_says_why_and_what_to_do(page: SessionPage, course: Course) -> None:
    page.show_pair(make_pair(course, 9))
    side = page.faces.sides[Phase.PRE]
    assert side.empty.isVisible()
    assert side.empty.headline.text() == "No usable frame"
    assert side.empty.text.text() == (
        "No estimate. The face is turned away from the camera."
        " Record again with the patient looking at the lens."
    )
    assert not side.empty.act.isVisible()


def test_a_refusal_with_frames_shows_both(page: SessionPage, course: Course) -> None:
    pair = make_pair(course, 0)  # the first session has no reference
    assert pair.pre is not None
    capture = replace(pair.pre.capture, frames_chosen=24, state=CaptureState.ANALYSED)
    page.show_pair(replace(pair, pre=replace(pair.pre, capture=capture)))
    side = page.faces.sides[Phase.PRE]
    assert side.face.isVisible()
    assert "starts with the second session" in side.notice.text.text()


def test_a_missing_phase_offers_to_add_it(page: SessionPage, course: Course, qtbot: QtBot) -> None:
    page.show_pair(without_post(make_pair(course, 35)))
    side = page.faces.sides[Phase.POST]
    assert side.empty.isVisible()
    assert not side.slider.isVisible()
    with qtbot.waitSignal(page.clip_wanted) as clip:
        side.empty.act.click()
    assert clip.args == [PATIENT.patient_id, "s35", Phase.POST]
    assert page.weight_acts[Phase.POST].text() == "Weight after"
    assert page.weight_acts[Phase.PRE].text() == "Correct before"
    with qtbot.waitSignal(page.weight_wanted) as weight:
        page.weight_acts[Phase.POST].click()
    assert weight.args == [PATIENT.patient_id, "s35", Phase.POST]


def test_a_clip_being_analysed_says_so(page: SessionPage, course: Course) -> None:
    pair = make_pair(course, 35)
    assert pair.pre is not None
    capture = replace(pair.pre.capture, state=CaptureState.STORED, frames_chosen=None)
    page.show_pair(replace(pair, pre=replace(pair.pre, capture=capture)))
    assert page.faces.sides[Phase.PRE].empty.headline.text() == "Being analysed"


def test_the_way_back_leads_to_the_patient(page: SessionPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.patient_wanted) as wanted:
        page.back.click()
    assert wanted.args == [PATIENT.patient_id]


def test_a_refresh_keeps_the_frames_and_fetches_no_face_twice(
    page: SessionPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    page.faces.step(5)
    page.refresh()
    settled()
    assert [side.index for side in page.faces.sides.values()] == [5, 5]
    assert desk.asked == {"session_pair": 2, "crops": 2}


def test_another_session_is_not_shown_before_it_came(
    page: SessionPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    page.faces.choose(BLINK)
    desk.faults.delay_s = 0.05
    page.show_session("s34")
    assert page.stack.currentWidget() is not page.stack.content
    assert not page.faces.blink.running
    settled()
    settled()
    assert page.pair is not None
    assert page.pair.entry.session.session_id == "s34"


def test_only_changes_of_this_session_are_fetched(
    page: SessionPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    for change, more in (
        (Change(ChangeKind.SESSION, PATIENT.patient_id, "s3"), 0),
        (Change(ChangeKind.PATIENT, "another"), 0),
        (Change(ChangeKind.SESSION, PATIENT.patient_id, "s35"), 1),
        (Change(ChangeKind.PATIENT, PATIENT.patient_id), 1),
        (Change(ChangeKind.ELSEWHERE), 1),
    ):
        before = desk.asked["session_pair"]
        page.on_change(change)
        settled()
        assert desk.asked["session_pair"] - before == more, change


def test_faces_that_cannot_be_had_are_said_in_place_and_asked_for_again(
    page: SessionPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    desk.faults.errors["crops"] = ExpectedError(ErrorCode.CLIP_KEY_MISSING)
    page.show_session("s34")
    settled()
    settled()
    side = page.faces.sides[Phase.PRE]
    assert "key of a stored clip is gone" in side.notice.text.text()
    assert side.place.text() == ""
    desk.faults.errors.clear()
    page.refresh()
    settled()
    settled()
    assert len(side.faces) == 24
    assert not side.notice.isVisible()


def test_an_unknown_session_is_said_in_place(
    jobs: DeskJobs, desk: CourseDesk, theme: Theme, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    page = SessionPage(jobs, theme)
    qtbot.addWidget(page)
    desk.faults.errors["session_pair"] = ExpectedError(ErrorCode.UNKNOWN_SESSION)
    page.show_session("s35")
    settled()
    assert page.stack.currentWidget() is page.stack.failure
    assert "no such session" in page.stack.failure.text.text()


def test_who_was_erased_is_shown_no_longer(
    page: SessionPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    desk.faults.errors["session_pair"] = ExpectedError(ErrorCode.UNKNOWN_SESSION)
    page.refresh()
    settled()
    assert page.stack.currentWidget() is page.stack.failure
    assert page.pair is None
    assert page.subtitle() == ""


def test_keys_reach_the_faces_from_the_page(page: SessionPage) -> None:
    page.activateWindow()
    page.setFocus()
    assert page.faces.hasFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Right)
    assert [side.index for side in page.faces.sides.values()] == [1, 1]


def test_another_language_rewrites_the_page(page: SessionPage) -> None:
    page.back.setText("old")
    page.results.title.setText("old")
    page.faces.sides[Phase.PRE].place.setText("old")
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    assert page.back.text() == "To the patient"
    assert page.results.title.text() == "Weight and estimate, kg"
    assert page.faces.sides[Phase.PRE].place.text() == "Frame 1 of 24 · 0.4 s · quality 48 %"
    assert page.title() == "Session"


def test_the_page_fits_the_smallest_window(page: SessionPage, course: Course) -> None:
    page.show_pair(without_post(make_pair(course, 35)))
    assert page.minimumSizeHint().width() <= 1280 - 84 - 56
    assert page.minimumSizeHint().height() <= 720 - 80
    page.resize(1280 - 84 - 56, 720 - 80)
    text = page.faces.sides[Phase.POST].empty.text
    assert text.height() >= text.heightForWidth(text.width()) > text.fontMetrics().height() * 1.5
