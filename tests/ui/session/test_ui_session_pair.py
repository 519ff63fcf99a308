"""Faces side by side and blinking: the right frame at the right time, and never unseen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from edema_desk.domain.terms.records import Phase
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.plots.style import LIGHT
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.session.pair_blink import FASTEST_HALF_HZ
from edema_desk.ui.session.pair_frames import KEPT, Faces, decoded
from edema_desk.ui.session.pair_side import PairSide
from edema_desk.ui.session.pair_view import BESIDE, BLINK, PairView
from tests.ui.patient.trend_kit import CourseDesk, picture, shade
from tests.ui.trend_data import make_course, make_pair

COURSE = make_course(36)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CourseDesk]:
    """One patient with 36 sessions."""
    made = CourseDesk(COURSE, tmp_path)
    yield made
    made.close()


@pytest.fixture
def view(jobs: DeskJobs, theme: Theme, qtbot: QtBot, settled: Callable[[], None]) -> PairView:
    """A session with 24 frames on either side."""
    made = PairView(jobs, theme)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    made.show_pair(make_pair(COURSE, 35))
    settled()
    return made


def grey(side: PairSide) -> int:
    """The grey of the face shown."""
    return side.face.image.pixelColor(128, 128).red()


def press(view: PairView, key: Qt.Key) -> None:
    """A key, as if the faces had the focus."""
    QTest.keyClick(view, key)


def test_keys_step_both_sides_and_stop_at_the_ends(view: PairView) -> None:
    sides = list(view.sides.values())
    press(view, Qt.Key.Key_Left)
    assert [side.index for side in sides] == [0, 0]
    for _ in range(3):
        press(view, Qt.Key.Key_Right)
    assert [side.index for side in sides] == [3, 3]
    assert all(abs(grey(side) - shade(3)) <= 1 for side in sides)
    for _ in range(30):
        press(view, Qt.Key.Key_Right)
    assert [side.index for side in sides] == [23, 23]
    assert all(abs(grey(side) - shade(23)) <= 1 for side in sides)


def test_a_slider_moves_its_own_side_alone(view: PairView) -> None:
    view.sides[Phase.POST].slider.setValue(9)
    assert [side.index for side in view.sides.values()] == [0, 9]
    assert view.sides[Phase.POST].place.text().startswith("Frame 10 of 24 · ")


def test_small_faces_are_spread_over_the_clip_and_choose_a_frame(view: PairView) -> None:
    side = view.sides[Phase.PRE]
    shown = side.strip.shown()
    assert shown[0] == 0
    assert shown[-1] == 23
    assert shown == sorted(set(shown))
    assert side.strip.place(len(shown) - 1).right() <= side.strip.width()
    center = side.strip.place(len(shown) - 1).center()
    QTest.mouseClick(side.strip, Qt.MouseButton.LeftButton, pos=center)
    assert side.index == 23
    QTest.mouseClick(side.strip, Qt.MouseButton.LeftButton, pos=QPoint(side.strip.width() - 1, 1))
    assert side.index == 23


def test_the_small_face_of_the_frame_shown_is_framed(view: PairView) -> None:
    side = view.sides[Phase.PRE]
    place = side.strip.place(0)
    edge = QPoint(place.center().x(), place.top())
    ratio = side.strip.grab().devicePixelRatio()
    assert side.strip.grab().toImage().pixelColor(edge * ratio).name() == LIGHT.accent
    side.slider.setValue(23)
    assert side.strip.grab().toImage().pixelColor(edge * ratio).name() != LIGHT.accent


def test_space_blinks_pauses_and_escape_goes_back(view: PairView) -> None:
    states = []
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_Escape):
        press(view, key)
        states.append((view.mode, view.blink.running))
    assert states == [(BLINK, True), (BLINK, False), (BESIDE, False)]
    assert view.modes.choice == BESIDE


def test_escape_is_kept_from_the_window_only_while_blinking(view: PairView) -> None:
    def override() -> bool:
        no_modifier = Qt.KeyboardModifier.NoModifier
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, no_modifier)
        event.ignore()
        view.event(event)
        return event.isAccepted()

    assert not override()
    view.choose(BLINK)
    assert override()


def test_blinking_shows_one_face_after_the_other_in_one_place(view: PairView, qtbot: QtBot) -> None:
    view.sides[Phase.POST].slider.setValue(20)
    view.blink.rate.setValue(FASTEST_HALF_HZ)
    view.choose(BLINK)
    for phase, index in ((Phase.POST, 20), (Phase.PRE, 0), (Phase.POST, 20)):
        with qtbot.waitSignal(view.blink.timer.timeout, timeout=5000):
            pass
        assert view.blink.phase is phase
        assert abs(view.blink.face.image.pixelColor(9, 9).red() - shade(index)) <= 1
        assert view.blink._name.property("role") == phase.value
    view.step(2)
    view.blink.pause()
    view.blink.phase = Phase.POST
    view.blink.change_face()
    assert abs(view.blink.face.image.pixelColor(9, 9).red() - shade(2)) <= 1


def test_the_rate_stays_below_three_flashes_a_second(view: PairView) -> None:
    blink = view.blink
    blink.rate.setValue(999)
    assert blink.timer.interval() == 400
    assert 1000 / blink.timer.interval() < 3
    blink.rate.setValue(1)
    assert blink.timer.interval() == 2000
    assert blink._rate_words.text() == "0.5 changes per second"


def test_nothing_blinks_unseen(view: PairView) -> None:
    timer, running = view.blink.timer, []
    acts: tuple[Callable[[], object], ...] = (
        lambda: view.choose(BLINK),
        view.hide,
        view.blink.start,
        view.show,
        lambda: view.choose(BLINK),
        lambda: view.choose(BESIDE),
    )
    for act in acts:
        act()
        running.append(timer.isActive())
    assert running == [True, False, False, False, True, False]


def test_without_both_faces_there_is_no_blinking(view: PairView) -> None:
    view.choose(BLINK)
    view.show_pair(make_pair(COURSE, 9))  # nothing usable before dialysis
    assert view.mode == BESIDE
    assert not view.blink.running
    assert not view.modes.isVisible()
    press(view, Qt.Key.Key_Space)
    assert view.mode == BESIDE


def test_the_frame_of_the_keys_comes_with_tab_only(view: PairView) -> None:
    middle = QPoint(view.width() // 2, 1)
    for reason, framed in (
        (Qt.FocusReason.MouseFocusReason, False),
        (Qt.FocusReason.TabFocusReason, True),
    ):
        view.focusInEvent(QFocusEvent(QEvent.Type.FocusIn, reason))
        assert (view.grab().toImage().pixelColor(middle).name() == LIGHT.accent) is framed


def test_a_chosen_mode_gives_the_keys_back_to_the_faces(view: PairView) -> None:
    view.activateWindow()
    view.modes.chosen.emit(BLINK)
    assert view.hasFocus()


def test_few_decoded_faces_are_kept() -> None:
    faces = Faces([picture(shade(i % 50)) for i in range(100)])
    for i in range(100):
        assert abs(faces.image(i).pixelColor(0, 0).red() - shade(i % 50)) <= 1
    assert len(faces._kept) == KEPT


def test_small_faces_are_read_small_and_rubbish_is_no_picture() -> None:
    assert decoded(picture(90), 44).width() == 44
    assert decoded(picture(90)).width() == 256
    assert decoded(b"not a picture").isNull()
