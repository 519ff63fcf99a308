"""Judging faces: nothing on the page tells a figure before, and everything stands there after."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.veil import Veil, judges_first_since, veiled_trend
from edema_desk.domain.terms.judgement import Confidence, Judgement, NewJudgement
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import LOCAL, Actor, Role
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.settings import Settings
from edema_desk.ui.main_window import MainWindow
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.patient.latest import LatestCard
from edema_desk.ui.pieces.clip_result import ClipResult
from edema_desk.ui.session.page import SessionPage
from edema_desk.ui.settings.judging_card import OFF, ON, JudgingChoiceCard
from tests.ui.patient.trend_kit import CourseDesk, session_page_on_screen
from tests.ui.trend_data import make_course, make_pair

COURSE = make_course(36)
PAIR = make_pair(COURSE, 35)
PRE, POST = "c-s35-pre", "c-s35-post"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CourseDesk]:
    """One patient with 36 sessions; who sits there judges first."""
    made = CourseDesk(COURSE, tmp_path)
    made.notes.since_ms = 0
    yield made
    made.close()


@pytest.fixture
def page(jobs: DeskJobs, theme: Theme, qtbot: QtBot, settled: Callable[[], None]) -> SessionPage:
    """The newest session."""
    return session_page_on_screen(jobs, theme, qtbot, settled)


def everything_said(root: QWidget) -> str:
    """All words of a page, hidden ones, tips and names for screen readers too."""
    said = []
    for one in (root, *root.findChildren(QWidget)):
        said += [one.toolTip(), one.accessibleName(), one.accessibleDescription()]
        said += [one.statusTip(), one.whatsThis(), one.windowTitle()]
        if isinstance(one, QLabel | QAbstractButton | QLineEdit):
            said.append(one.text())
    return "\n".join(said)


def figures() -> list[str]:
    """How the page would write what is to be kept back."""
    shown = []
    for entry in (PAIR.entry.pre, PAIR.entry.post):
        assert entry is not None
        assert entry.net_g is not None
        assert entry.estimate is not None
        assert entry.scale_excess_kg is not None
        shown.append(f"{entry.net_g / 1000:.1f}")
        for kg in (entry.estimate.excess_kg or 0.0, entry.scale_excess_kg):
            shown.append(f"{kg:+.1f}".replace("-", "−"))
    return shown


def told_figures(said: str) -> list[str]:
    """Which of the figures stand there."""
    return [f for f in figures() if re.search(rf"(?<![\d.]){re.escape(f)}(?![\d.])", said)]


def choose(page: SessionPage, phase: Phase, edema: str, sure: str = "", kg: str = "") -> None:
    """Click what is meant."""
    form = page.judging.forms[phase]
    for chips, key in ((form.edema, edema), (form.confidence, sure)):
        if key:
            chips._buttons[key].click()
    form.kg_edit.setText(kg)


def test_nothing_on_the_page_tells_a_figure(page: SessionPage) -> None:
    said = everything_said(page)
    assert not told_figures(said)
    assert "±" not in said
    for card in (page.results, page.weights, page.notes):
        assert not card.isVisible()
    assert page.judging.title.text() == "Judge first"
    assert page.judging.form_open


def test_the_test_above_can_fail(
    page: SessionPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    desk.notes.since_ms = None
    page.refresh()
    settled()
    assert told_figures(everything_said(page)) == figures()
    desk.notes.since_ms = 0
    page.refresh()
    settled()
    assert not told_figures(everything_said(page))


def test_after_judging_all_stand_beside_each_other(
    page: SessionPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    choose(page, Phase.PRE, "yes", "high", "2,5")
    choose(page, Phase.POST, "no", "medium")
    page.judging.save.click()
    settled()
    settled()
    assert [j.said for j in desk.notes.judged] == [
        NewJudgement(PRE, True, Confidence.HIGH, 2.5),
        NewJudgement(POST, False, Confidence.MEDIUM),
    ]
    assert page.results.isVisible()
    assert page.weights.isVisible()
    values = page.judging.table.values()
    assert values["Scale excess"] == page.results.values()["Scale excess"]
    assert values["on this PC"] == ("Edema +2.5", "No edema")
    assert values["Estimate"][0] == "+2.0"
    told = page.judging.lines.text()
    assert "before the estimate was shown" in told
    assert "Before dialysis: Sure" in told
    assert "After dialysis: Fairly sure" in told
    assert not page.judging.form_open


def test_what_is_missing_is_said_where_it_is_missing(page: SessionPage, desk: CourseDesk) -> None:
    choose(page, Phase.PRE, "yes")
    choose(page, Phase.POST, "unclear", kg="30")
    page.judging.save.click()
    assert desk.acts == []
    assert page.judging.forms[Phase.PRE]._wrong.isVisible()
    assert page.judging.forms[Phase.POST].kg.wrong.isVisible()
    assert not page.judging.forms[Phase.POST].confidence.isVisible()


def test_cannot_tell_needs_nothing_else(
    page: SessionPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    choose(page, Phase.PRE, "yes", "low")
    choose(page, Phase.PRE, "unclear")  # thought again: how sure one was of edema is left out
    choose(page, Phase.POST, "unclear", kg="-0.5")
    page.judging.save.click()
    settled()
    assert [j.said for j in desk.notes.judged] == [
        NewJudgement(PRE),
        NewJudgement(POST, None, None, -0.5),
    ]


def test_who_does_not_judge_says_why(
    page: SessionPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    assert not page.judging.reason.isVisible()
    page.judging.skip.click()
    page.judging.show_now.click()
    assert desk.acts == []
    assert page.judging.reason.wrong.isVisible()
    page.judging.reason_edit.setText("acute, no time")
    page.judging.show_now.click()
    settled()
    settled()
    assert {(j.capture_id, j.said.skipped) for j in desk.notes.judged} == {
        (PRE, "acute, no time"),
        (POST, "acute, no time"),
    }
    assert page.results.isVisible()
    assert "without judging: acute, no time" in page.judging.lines.text()


def test_a_failure_keeps_what_was_chosen_and_the_same_act_is_tried_again(
    page: SessionPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    choose(page, Phase.PRE, "no", "low")
    choose(page, Phase.POST, "no", "low")
    desk.faults.errors["judge"] = ExpectedError(ErrorCode.DISK_FULL)
    page.judging.save.click()
    settled()
    assert page.judging.failure.isVisible()
    assert page.pair is not None
    assert page.pair.veiled
    desk.faults.errors.clear()
    page.judging.save.click()
    settled()
    settled()
    assert len({act_id for name, act_id in desk.acts if name == "judge"}) == 1
    assert len(desk.notes.judged) == 2


def test_only_the_face_that_is_left_is_asked_for(
    page: SessionPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    said = NewJudgement(PRE, True, Confidence.LOW)
    desk.notes.judged = [Judgement("j", said, True, Moment.now(), LOCAL.actor_id)]
    page.show_session("s34")
    settled()
    page.show_session("s35")
    settled()
    assert page.pair is not None
    assert page.pair.veiled
    assert not page.judging.forms[Phase.PRE].isVisible()
    assert page.judging.forms[Phase.POST].isVisible()
    assert not page.judging.table.isVisible()


def test_keys_do_not_lead_round_the_veil(page: SessionPage, desk: CourseDesk, qtbot: QtBot) -> None:
    page.activateWindow()
    page.setFocus()
    with qtbot.assertNotEmitted(page.note_wanted, wait=50):
        QTest.keyClick(page.faces, Qt.Key.Key_N)
    QTest.keyClick(page.faces, Qt.Key.Key_A)
    assert page.faces.mode == "beside"
    assert "attribution" not in desk.asked
    QTest.keyClick(page.faces, Qt.Key.Key_J)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused in page.judging.forms[Phase.PRE].edema.findChildren(QWidget)
    QTest.keyClick(focused, Qt.Key.Key_Space)
    assert page.judging.forms[Phase.PRE].edema.choice == "yes"


def test_tab_never_stops_at_what_is_hidden(page: SessionPage) -> None:
    page.activateWindow()
    page.faces.setFocus()
    seen = set()
    for _ in range(80):
        page.focusNextChild()
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.isVisible()
        seen.add(focused)
    for card in (page.results, page.weights, page.notes):
        assert not seen & set(card.findChildren(QWidget))
    assert page.judging.save in seen


def test_without_the_wish_judging_is_offered_and_says_that_it_was_known(
    page: SessionPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    desk.notes.since_ms = None
    page.refresh()
    settled()
    assert not page.judging.form_open
    page.judging.begin.click()
    choose(page, Phase.PRE, "yes", "low")
    choose(page, Phase.POST, "no", "low")
    page.judging.save.click()
    settled()
    settled()
    assert "with the estimate known" in page.judging.lines.text()
    page.judging.begin.click()
    page.judging.cancel.click()
    assert not page.judging.form_open


def test_a_nurse_reads_judgements_and_gives_none(
    page: SessionPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    desk.notes.since_ms = None
    desk.sitting.take(Actor("n", frozenset({Role.NURSE})))
    page.refresh()
    settled()
    assert not page.judging.isVisible()
    said = NewJudgement(PRE, True, Confidence.LOW)
    desk.notes.judged = [Judgement("j", said, True, Moment.now(), "somebody")]
    page.refresh()
    settled()
    assert page.judging.isVisible()
    assert not page.judging.begin.isVisible()
    QTest.keyClick(page.faces, Qt.Key.Key_J)
    assert not page.judging.form_open


def test_a_session_from_before_the_wish_says_that_it_is_not_blind(
    page: SessionPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    assert "does not count as blind" not in page.judging.intro.text()
    desk.notes.since_ms = PAIR.entry.session.opened_at.utc_ms
    page.refresh()
    settled()
    assert "does not count as blind" in page.judging.intro.text()


# the other places that an estimate is shown


def test_the_patients_page_and_a_clips_end_say_that_it_is_hidden(
    theme: Theme, qtbot: QtBot
) -> None:
    veiled = veiled_trend(COURSE.trend(), Veil(0, frozenset()))
    latest, result = LatestCard(theme), ClipResult(theme)
    capture = next(c for c in COURSE.captures if c.capture_id == POST)
    for part in (latest, result):
        qtbot.addWidget(part)
    latest.show_trend(veiled)
    result.show_capture(capture, veiled)
    for part in (latest, result):
        said = everything_said(part)
        assert "Hidden until you judge this session." in said
        assert not told_figures(said)
        assert "±" not in said
    latest.show_trend(COURSE.trend())
    result.show_capture(capture, COURSE.trend())
    for part in (latest, result):
        assert "Hidden" not in everything_said(part)
        assert told_figures(everything_said(part))


# the wish


def test_the_wish_is_kept_for_each_user_and_told_to_the_desk(
    page: SessionPage, jobs: DeskJobs, desk: CourseDesk, qtbot: QtBot
) -> None:
    card = JudgingChoiceCard(jobs, Settings())
    qtbot.addWidget(card)
    card.show()
    assert card.choice.choice == OFF
    with qtbot.waitSignal(card.chosen) as chosen:
        card.choice._buttons[ON].click()
    settings: Settings = chosen.args[0]
    assert judges_first_since(settings.judge_first, LOCAL.actor_id) is not None
    assert judges_first_since(settings.judge_first, "another") is None
    page.adopt(settings)
    page.adopt(settings)
    since_ms = judges_first_since(settings.judge_first, LOCAL.actor_id)
    assert desk.notes.asked_for == [(LOCAL.actor_id, since_ms)]
    card.follow(settings)
    with qtbot.waitSignal(card.chosen) as chosen:
        card.choice._buttons[OFF].click()
    page.adopt(chosen.args[0])
    assert desk.notes.asked_for[-1] == (LOCAL.actor_id, None)
    desk.sitting.take(Actor("n", frozenset({Role.NURSE})))
    card.refresh()
    assert not card.isVisible()


def test_the_window_tells_the_desk_before_it_asks_for_anything(
    jobs: DeskJobs, desk: CourseDesk, theme: Theme, qtbot: QtBot
) -> None:
    settings = Settings(judge_first=f"{LOCAL.actor_id}:5 another:6")
    window = MainWindow(jobs, theme, settings)
    qtbot.addWidget(window)
    assert desk.notes.asked_for == [(LOCAL.actor_id, 5)]
    window.settings.chosen.emit(Settings())
    assert desk.notes.asked_for == [(LOCAL.actor_id, 5), (LOCAL.actor_id, None)]
    window.guard.close()
