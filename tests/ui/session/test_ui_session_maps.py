"""Maps of the face: what they are made of, and what is said where there is none."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from edema_desk.domain.capture.difference import brightness
from edema_desk.domain.course.attribution import Attribution
from edema_desk.domain.course.views import SessionPair
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Cancel, Listener
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.session.pair_frames import Faces
from edema_desk.ui.session.pair_maps import (
    MOST_FRAMES,
    STOPS,
    colours,
    map_alone,
    map_over,
    mean_brightness,
    pixels,
    scale_of,
)
from edema_desk.ui.session.pair_side import frame_merits
from edema_desk.ui.session.pair_view import BESIDE, BLINK, DIFFERENCE, WHERE, PairView
from tests.ui.fakes.notes import FakeAttribution, cheeks
from tests.ui.patient.trend_kit import CourseDesk, picture, shade
from tests.ui.trend_data import make_course, make_pair

COURSE = make_course(36)
PAIR = make_pair(COURSE, 35)


class Slow(FakeAttribution):
    """Answers when the test says so; `listeners` and `cancels` are what it was given."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.cancels: list[Cancel] = []
        self.answers: list[Future[Attribution]] = []

    def of_session(
        self, session_id: str, listener: Listener, cancel: Cancel
    ) -> Future[Attribution]:
        self.asked.append(session_id)
        self.cancels.append(cancel)
        self.answers.append(Future())
        return self.answers[-1]

    def answer(self, name: str = "made-up") -> None:
        self.answers[-1].set_result(Attribution("m" * 64, name, cheeks()))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CourseDesk]:
    """One patient with 36 sessions, and a model that takes its time."""
    made = CourseDesk(COURSE, tmp_path)
    made.attribution = Slow()
    yield made
    made.close()


@pytest.fixture
def slow(desk: CourseDesk) -> Slow:
    assert isinstance(desk.attribution, Slow)
    return desk.attribution


@pytest.fixture
def view(jobs: DeskJobs, theme: Theme, qtbot: QtBot, settled: Callable[[], None]) -> PairView:
    """A session with 24 frames on either side."""
    made = PairView(jobs, theme)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    made.show_pair(PAIR)
    settled()
    return made


def rgb(image: QImage, x: int, y: int) -> tuple[int, int, int]:
    """One pixel."""
    color = image.pixelColor(x, y)
    return color.red(), color.green(), color.blue()


def said(view: PairView) -> str:
    return view.where.notice.text.text() if view.where.stack.currentIndex() == 2 else ""


# pictures


def test_more_and_less_have_colours_whose_grey_differs_too() -> None:
    shades = colours(np.linspace(-1, 1, 41), 1.0)
    assert np.allclose(shades[[0, 10, 20, 30, 40]], STOPS)
    lightness = brightness(shades.round().astype(np.uint8)[None])[0]
    assert (np.diff(lightness) > 0).all()
    assert np.allclose(colours(np.array([-9.0, 9.0]), 1.0), STOPS[[0, 4]])


def test_a_map_shows_the_oval_and_leaves_out_what_is_around() -> None:
    values = np.zeros((256, 256))
    values[:, 128:] = 1.0
    image = map_alone(values, 1.0)
    assert image.pixelColor(2, 2).alpha() == 0
    assert rgb(image, 100, 128) == tuple(STOPS[2])
    assert rgb(image, 160, 128) == tuple(STOPS[4])


def test_the_stronger_the_less_is_seen_of_the_face() -> None:
    face = np.full((256, 256), 0.5)
    values = np.ones((256, 256))
    shown = [rgb(map_over(face, values, 1.0, s), 128, 128) for s in (0.0, 0.5, 1.0)]
    grey = round(255 * 0.5 ** (1 / 2.2))
    assert shown[0] == (grey, grey, grey)
    assert shown[2] == tuple(STOPS[4])
    assert shown[0][0] < shown[1][0] < shown[2][0]
    assert rgb(map_over(face, 0 * values, 1.0, 1.0), 128, 128) == shown[0]


def test_the_mean_is_taken_over_frames_spread_over_the_clip() -> None:
    faces = Faces([picture(shade(i)) for i in range(48)])
    mean = mean_brightness(faces)[128, 128]
    chosen = sorted({round(i) for i in np.linspace(0, 47, MOST_FRAMES)})
    expected = np.mean([(shade(i) / 255) ** 2.2 for i in chosen])
    assert mean == pytest.approx(expected, rel=0.02)


def test_pixels_outlive_their_picture() -> None:
    found = [pixels(Faces([picture(grey)]).image(0)) for grey in (10, 200)]
    assert [int(one[5, 5, 0]) for one in found] == [10, 200]


def test_a_scale_ignores_a_few_wild_pixels() -> None:
    values = np.full((256, 256), 0.5)
    values[128, 128] = 50.0
    assert scale_of(values) == pytest.approx(0.5)
    assert scale_of(np.zeros((256, 256))) > 0


# ways to look


def test_two_captures_that_differ_by_light_alone_have_an_even_map(view: PairView) -> None:
    view.sides[Phase.POST].faces = Faces([picture(90)] * 3)  # another exposure of the same grey
    view.choose(DIFFERENCE)
    assert view.mode == DIFFERENCE
    image = view.difference.map.alone.image
    for x, y in ((128, 128), (94, 104), (150, 170)):
        assert rgb(image, x, y) == tuple(STOPS[2])
    assert "pixels, not fluid" in view.difference.map.note.text()


def test_the_model_is_asked_once_and_named(
    view: PairView, slow: Slow, settled: Callable[[], None]
) -> None:
    view.choose(WHERE)
    assert (slow.asked, view.where.stack.currentIndex()) == (["s35"], 1)
    slow.answer("base-2026.1")
    settled()
    assert view.where.stack.currentIndex() == 0
    assert "base-2026.1" in view.where.map.note.text()
    assert "Not a measurement" in view.where.map.note.text()
    left = rgb(view.where.map.alone.image, 88, 150)
    assert left == pytest.approx(tuple(STOPS[0]), abs=12)  # less fluid in the cheek
    view.choose(BESIDE)
    view.show_pair(PAIR)
    view.choose(WHERE)
    assert slow.asked == ["s35"]
    assert view.where.stack.currentIndex() == 0


def test_strength_is_a_slider(view: PairView, slow: Slow, settled: Callable[[], None]) -> None:
    view.choose(WHERE)
    slow.answer()
    settled()
    places = []
    for strength in (0, 100):
        view.where.map.strength.setValue(strength)
        places.append(rgb(view.where.map.over.image, 88, 150))
    assert places[0][0] == places[0][2]
    assert places[1][2] > places[1][0] + 30


def test_a_worker_that_died_is_one_sentence_and_try_again(
    view: PairView, slow: Slow, settled: Callable[[], None]
) -> None:
    view.choose(WHERE)
    slow.answers[-1].set_exception(ExpectedError(ErrorCode.WORKER_FAILED))
    settled()
    assert said(view)
    assert view.where.notice.act.text() == "Try again"
    view.where.notice.act.click()
    assert view.where.stack.currentIndex() == 1
    slow.answer()
    settled()
    assert view.where.stack.currentIndex() == 0


def test_it_can_be_stopped_and_asked_again(
    view: PairView, slow: Slow, settled: Callable[[], None]
) -> None:
    view.choose(WHERE)
    view.where.stop.click()
    assert slow.cancels[0].asked
    slow.answers[0].set_exception(ExpectedError(ErrorCode.CANCELLED))
    settled()
    assert said(view) == "Stopped before the model answered."
    view.choose(BESIDE)
    view.choose(WHERE)
    slow.answer()
    settled()
    assert len(slow.asked) == 2
    assert view.where.shown is not None


def test_without_both_estimates_nobody_is_asked(view: PairView, slow: Slow) -> None:
    assert PAIR.entry.pre is not None
    without = replace(PAIR, entry=replace(PAIR.entry, pre=replace(PAIR.entry.pre, estimate=None)))
    view.show_pair(without)
    view.choose(WHERE)
    assert slow.asked == []
    assert "no estimate both before and after" in said(view)
    assert not view.where.notice.act.text()


def test_the_answer_for_another_session_is_not_waited_for(
    view: PairView, slow: Slow, settled: Callable[[], None]
) -> None:
    view.choose(WHERE)
    view.show_pair(make_pair(COURSE, 34))
    assert slow.cancels[0].asked
    slow.answers[0].set_result(Attribution("old", "old", cheeks()))
    settled()
    assert view.where.shown is None


def test_before_judging_the_model_is_neither_offered_nor_shown(
    view: PairView, slow: Slow, settled: Callable[[], None]
) -> None:
    view.choose(WHERE)
    slow.answer()
    settled()
    veiled: SessionPair = replace(PAIR, veiled=True)
    view.show_pair(veiled)
    assert view.mode == BESIDE
    assert view.possible() == view.modes.keys == (BESIDE, BLINK, DIFFERENCE)
    assert view.where.shown is None
    view.choose(WHERE)
    assert (view.mode, len(slow.asked)) == (BESIDE, 1)
    view.show_pair(PAIR)
    assert WHERE in view.modes.keys
    assert view.modes.choice == BESIDE


def test_escape_leads_back_from_every_way(view: PairView, slow: Slow) -> None:
    for mode in (BLINK, DIFFERENCE, WHERE):
        view.choose(mode)
        assert view.mode == mode
        QTest.keyClick(view, Qt.Key.Key_Escape)
        assert (view.mode, view.modes.choice) == (BESIDE, BESIDE)
    slow.answer()


# how good the frames are


def test_each_small_face_tells_its_time_and_quality(view: PairView) -> None:
    side = view.sides[Phase.PRE]
    assert side.detail is not None
    merits = frame_merits(side.detail)
    assert len(merits) == 24
    assert all(0 < one < 1 for one in merits)
    percent = round(100 * merits[0])
    assert side.strip.tip_at(0) == f"0.4 s · quality {percent} %"
    assert side.place_words().endswith(f"quality {percent} %")
    assert side.strip.tip_at(999) == ""
    broken = replace(side.detail, frame_scores=np.full_like(side.detail.frame_scores, np.nan))
    assert set(frame_merits(broken)) <= {0.0}
