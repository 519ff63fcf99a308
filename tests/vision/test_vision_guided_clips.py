"""What real people before a camera would be told."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from edema_desk.domain.capture.clips import ClipSource, Frame, Image
from edema_desk.domain.capture.guidance import GuideState, first_state, start_now, step
from edema_desk.domain.capture.guidance_needs import TO_BEGIN, need
from edema_desk.domain.capture.sight import Sight
from edema_desk.domain.capture.view import Instruction, Stage
from edema_desk.media.decode import open_clip
from edema_desk.vision.detector import MtcnnDetector
from edema_desk.vision.observer import ClipObserver

pytestmark = pytest.mark.media

LOOK_GAP_MS = 125.0


def seen(observer: ClipObserver, frame: Frame) -> Sight:
    look = observer.look(frame)
    return Sight(look.observation, look.face, look.light)


def guided(
    path: Path, detector: MtcnnDetector, until_ms: float, *, pressed: bool = False
) -> list[GuideState]:
    """The states after each of eight looks a second. `pressed`: somebody does not wait."""
    observer, state = ClipObserver(detector), first_state()
    state = start_now(state, 0.0) if pressed else state
    states: list[GuideState] = []
    with open_clip(ClipSource(path)) as clip:
        for frame in clip.frames:
            if frame.t_ms > until_ms:
                break
            if frame.t_ms >= len(states) * LOOK_GAP_MS:
                state = step(state, seen(observer, frame), frame.t_ms)
                states.append(state)
    return states


def test_a_man_who_sits_well_is_counted_until_he_leaves(
    media_dir: Path, detector: MtcnnDetector
) -> None:
    states = guided(media_dir / "clips" / "man_leaves_view.mov", detector, 5_000, pressed=True)
    assert list(dict.fromkeys(s.stage for s in states)) == [Stage.COUNTING, Stage.LOST]
    assert states[-1].instruction is Instruction.FIND_FACE
    assert states[-1].accepted == max(s.accepted for s in states) >= 4


def test_a_woman_too_near_is_asked_back(media_dir: Path, detector: MtcnnDetector) -> None:
    states = guided(media_dir / "clips" / "pexels_woman.mp4", detector, 1_500)
    assert {s.stage for s in states} == {Stage.SEARCHING}
    assert states[-1].instruction is Instruction.MOVE_BACK


@pytest.fixture(scope="module")
def sitting(media_dir: Path) -> Image:
    """A man who sits well, 660 x 498, and room around him: 1280 x 720."""
    with open_clip(ClipSource(media_dir / "clips" / "man_light_75.mp4")) as clip:
        return next(iter(clip.frames)).image


def put(picture: Image, scale: float, left: int, top: int) -> Image:
    """A picture made smaller, in a grey room of 1280 x 720; what is outside is cut off."""
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    move = np.array([[1.0, 0.0, left], [0.0, 1.0, top]])
    room = cv2.warpAffine(small, move, (1280, 720), borderValue=(110, 110, 110))
    return np.ascontiguousarray(room, np.uint8)


def well_placed(picture: Image) -> Image:
    return put(picture, 0.6, 130, -150)


def dark(picture: Image) -> Image:
    return (well_placed(picture) * 0.12).astype(np.uint8)


def from_one_side(picture: Image) -> Image:
    placed = well_placed(picture).astype(np.float32)
    placed[:, 634:] *= 0.25
    return placed.astype(np.uint8)


def tilted(picture: Image) -> Image:
    turn = cv2.getRotationMatrix2D((634.0, 400.0), 18.0, 1.0)
    return np.ascontiguousarray(cv2.warpAffine(well_placed(picture), turn, (1280, 720)), np.uint8)


def shaken(picture: Image) -> Image:
    return np.ascontiguousarray(cv2.blur(well_placed(picture), (23, 1)), np.uint8)


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        (well_placed, None),
        (lambda p: put(p, 0.2, 460, 200), Instruction.COME_CLOSER),
        (lambda p: put(p, 0.5, -300, 0), Instruction.MOVE_LEFT),
        (lambda p: put(p, 0.5, 700, 0), Instruction.MOVE_RIGHT),
        (lambda p: put(p, 0.5, 220, 200), Instruction.MOVE_UP),
        (dark, Instruction.MORE_LIGHT),
        (from_one_side, Instruction.LIGHT_FROM_FRONT),
        (tilted, Instruction.HEAD_UPRIGHT),
        (shaken, Instruction.HOLD_STILL),
    ],
)
def test_what_is_wrong_with_a_picture_is_what_is_asked(
    sitting: Image,
    detector: MtcnnDetector,
    change: Callable[[Image], Image],
    asked: Instruction | None,
) -> None:
    sight = seen(ClipObserver(detector), Frame(0.0, change(sitting)))
    assert need(sight, TO_BEGIN) is asked
