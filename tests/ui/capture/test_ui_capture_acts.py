"""Which buttons a moment of a capture has, what keys do, and where the oval stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QRectF, QSizeF, Qt
from PySide6.QtGui import QKeyEvent

from edema_desk.domain.capture.sight import FacePlace
from edema_desk.domain.capture.view import CaptureView, Stage, Trouble
from edema_desk.domain.terms.estimate import FEWEST_FRAMES
from edema_desk.ui.capture.acts import Act, next_act, offered, space_act
from edema_desk.ui.capture.keys import CaptureKey, key_of
from edema_desk.ui.capture.oval import GuidingOval, head_of
from edema_desk.ui.capture.preview import covering

views = st.builds(
    CaptureView,
    stage=st.sampled_from(Stage),
    accepted=st.integers(0, 100),
    recorded_ms=st.sampled_from([0.0, 700.0, 60_000.0]),
    trouble=st.none() | st.sampled_from(Trouble),
)


@given(views)
def test_one_button_never_loses_anything(view: CaptureView) -> None:
    assert next_act(view) not in (Act.DISCARD, Act.LEAVE)
    assert space_act(view) not in (Act.DISCARD, Act.LEAVE, Act.FINISH)


@given(views)
def test_what_is_recorded_can_always_be_kept_and_thrown_away(view: CaptureView) -> None:
    offer = offered(view)
    acts = (offer.first, offer.second, offer.third)
    in_hand = (Stage.COUNTING, Stage.LOST, Stage.PAUSED, Stage.TROUBLE)
    if view.stage in in_hand and view.recorded_ms > 0:
        assert Act.FINISH in acts
        assert Act.DISCARD in acts
    if view.stage in (Stage.OPENING, Stage.SEARCHING, Stage.HOLDING):
        assert Act.LEAVE in acts
        assert Act.DISCARD not in acts


@given(views)
def test_a_clicker_alone_gets_from_the_first_look_to_the_end(view: CaptureView) -> None:
    """Whatever the moment, one button leads on: only what works by itself has no step."""
    works_alone = (Stage.OPENING, Stage.FINISHING, Stage.DONE, Stage.ENDED)
    no_room = view.trouble is Trouble.DISK_FULL and view.recorded_ms == 0
    if view.stage not in works_alone and not (view.stage is Stage.TROUBLE and no_room):
        assert next_act(view) is not None


def test_a_press_by_mistake_pauses_before_there_are_frames_for_an_estimate() -> None:
    few = CaptureView(Stage.COUNTING, accepted=FEWEST_FRAMES - 1, recorded_ms=3000.0)
    enough = CaptureView(Stage.COUNTING, accepted=FEWEST_FRAMES, recorded_ms=9000.0)
    assert next_act(few) is Act.PAUSE
    assert next_act(enough) is Act.FINISH
    assert next_act(CaptureView(Stage.PAUSED, accepted=3, recorded_ms=3000.0)) is Act.RESUME


@pytest.mark.parametrize("trouble", [Trouble.CAMERA_GONE, Trouble.CAMERA_SILENT])
def test_a_camera_that_is_back_goes_on_as_a_new_take(trouble: Trouble) -> None:
    view = CaptureView(Stage.TROUBLE, recorded_ms=9000.0, trouble=trouble)
    assert offered(view).first is Act.NEW_TAKE
    before = CaptureView(Stage.TROUBLE, trouble=trouble)
    assert offered(before).second is Act.LEAVE  # nothing to finish yet


def press(
    key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers)


def test_the_keys_of_clickers_mean_the_next_step() -> None:
    for key in (Qt.Key.Key_F5, Qt.Key.Key_PageDown, Qt.Key.Key_MediaPlay, Qt.Key.Key_VolumeUp):
        assert key_of(press(key)) is CaptureKey.NEXT_STEP
    assert key_of(press(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)) is CaptureKey.ENTER
    assert key_of(press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)) is None
    assert key_of(press(Qt.Key.Key_A)) is None
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, "", True
    )
    assert key_of(held) is None  # a key that is held is pressed once


@given(
    st.floats(0.5, 3.0),
    st.floats(0.3, 3.0),
)
def test_the_picture_fills_its_room_wholly_and_undistorted(shape: float, room: float) -> None:
    box = QRectF(10, 20, 600 * room, 600)
    shown = covering(QSizeF(400 * shape, 400), box)
    assert shown.adjusted(-0.01, -0.01, 0.01, 0.01).contains(box)
    assert shown.width() / shown.height() == pytest.approx(shape)
    assert min(shown.width() - box.width(), shown.height() - box.height()) == pytest.approx(0)
    assert shown.center().x() == pytest.approx(box.center().x())


def test_the_oval_goes_around_the_face_once_the_pose_holds_and_then_stays() -> None:
    oval, face = GuidingOval(), FacePlace(0.3, 0.5, 0.3)
    waiting = oval.place
    oval.follow(CaptureView(Stage.SEARCHING, face=face))
    assert oval.place == waiting
    for _ in range(60):
        oval.follow(CaptureView(Stage.HOLDING, face=face))
    there = oval.place
    assert there.x == pytest.approx(head_of(face).x, abs=1e-3)
    for _ in range(60):
        oval.follow(CaptureView(Stage.LOST, face=FacePlace(0.8, 0.5, 0.3)))
    assert oval.place.x == pytest.approx(there.x, abs=1e-3)  # who strays comes back to it
    shown = oval.on(QRectF(0, 0, 1000, 500))
    assert shown.center().x() == pytest.approx(700, abs=2)  # mirrored


def test_the_oval_moves_a_little_at_a_time() -> None:
    oval, before = GuidingOval(), GuidingOval().place
    oval.follow(CaptureView(Stage.HOLDING, face=FacePlace(0.1, 0.5, 0.5)))
    assert abs(oval.place.x - before.x) < 0.1


def test_the_oval_follows_who_sits_well_elsewhere() -> None:
    oval, far, near = GuidingOval(), FacePlace(0.5, 0.5, 0.2), FacePlace(0.5, 0.55, 0.42)
    for _ in range(60):
        oval.follow(CaptureView(Stage.HOLDING, face=far))
    small = oval.place.height
    for _ in range(30):
        oval.follow(CaptureView(Stage.COUNTING, face=near))
    assert oval.place.height == pytest.approx(small, abs=0.01)  # not at once
    for _ in range(120):
        oval.follow(CaptureView(Stage.COUNTING, face=near))
    assert oval.place.height == pytest.approx(head_of(near).height, abs=0.01)
