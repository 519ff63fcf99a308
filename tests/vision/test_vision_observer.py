"""A clip from its first frame to the chosen crops, and every fault by its right name."""

import itertools
from collections import Counter
from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import Frame, Image
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.quality import SCORE_NAMES, FrameRefusal
from edema_desk.vision import observer as observing
from edema_desk.vision.detector import MtcnnDetector
from edema_desk.vision.observer import ClipObserver, ObservedClip
from tests.vision.conftest import Place


def observed(detector: MtcnnDetector, pictures: Sequence[Image]) -> ObservedClip:
    observer = ClipObserver(detector)
    for i, picture in enumerate(pictures):
        observer.observe(Frame(40.0 * i, picture))
    return observer.finish(40.0 * len(pictures))


def drawn(crop: bytes) -> NDArray[np.float64]:
    """A stored crop as a picture."""
    picture = cv2.imdecode(np.frombuffer(crop, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return np.asarray(picture, np.float64)


def refusal(detector: MtcnnDetector, picture: Image) -> FrameRefusal | None:
    return ClipObserver(detector).observe(Frame(0.0, np.ascontiguousarray(picture))).refusal


def moving(place: Place, count: int) -> list[Image]:
    return [place((0.6, 480 + 3.0 * i, 270 + 1.5 * (i % 3))) for i in range(count)]


def test_a_good_clip_gives_every_frame(detector: MtcnnDetector, place: Place) -> None:
    clip = observed(detector, moving(place, 10))
    assert (clip.frames_seen, clip.faces_found, len(clip.crops)) == (10, 10, 10)
    assert clip.refused == {}
    assert clip.refusal is None
    assert clip.t_ms.tolist() == [40.0 * i for i in range(10)]
    assert clip.frame_scores.shape == (10, len(SCORE_NAMES))
    assert np.isfinite(clip.frame_scores).all()
    assert drawn(clip.crops[0]).shape == (256, 256, 3)


def test_the_crops_of_a_moving_face_lie_on_each_other(
    detector: MtcnnDetector, place: Place
) -> None:
    crops = [drawn(c) for c in observed(detector, moving(place, 8)).crops]
    inside = (slice(64, 200), slice(70, 186))
    differences = [np.abs(a - b)[inside].mean() for a, b in itertools.pairwise(crops)]
    assert max(differences) < 3.0


def test_the_same_clip_gives_the_same_to_the_bit(place: Place) -> None:
    pictures = [*moving(place, 6), place(), *moving(place, 6)]
    first, second = (observed(MtcnnDetector(), pictures) for _ in range(2))
    assert first.crops == second.crops
    assert np.array_equal(first.t_ms, second.t_ms)
    assert np.array_equal(first.frame_scores, second.frame_scores)
    assert first.refused == second.refused == {"no_face": 1}


def test_everything_seen_is_counted_once(detector: MtcnnDetector, place: Place) -> None:
    pictures = [
        *moving(place, 5),
        place(),
        place(),
        place((0.5, 250, 270), (0.5, 700, 270)),
        *moving(place, 4),
    ]
    clip = observed(detector, pictures)
    assert clip.frames_seen == sum(clip.refused.values()) + len(clip.crops) == 12
    assert clip.faces_found == 10
    assert clip.refused == {"no_face": 2, "several_faces": 1}


@pytest.mark.parametrize(
    ("gain", "expected"),
    [
        (0.02, FrameRefusal.TOO_DARK),
        (0.1, FrameRefusal.TOO_DARK),
        (2.6, FrameRefusal.TOO_BRIGHT),
        (6.0, FrameRefusal.TOO_BRIGHT),
        (0.6, None),
        (1.0, None),
    ],
)
def test_light_is_called_by_its_name(
    detector: MtcnnDetector, place: Place, gain: float, expected: FrameRefusal | None
) -> None:
    picture = np.clip(place((0.7, 480, 270)) * gain, 0, 255).astype(np.uint8)
    assert refusal(detector, picture) == expected


def test_a_lit_half_is_uneven_light(detector: MtcnnDetector, place: Place) -> None:
    picture = place((0.7, 480, 270))
    picture[:, :480] = (picture[:, :480] * 0.3).astype(np.uint8)
    assert refusal(detector, picture) == FrameRefusal.UNEVEN_LIGHT


def test_faults_of_place_and_sharpness(detector: MtcnnDetector, place: Place) -> None:
    assert refusal(detector, place()) == FrameRefusal.NO_FACE
    assert refusal(detector, place((0.2, 480, 270))) == FrameRefusal.FACE_TOO_SMALL
    assert refusal(detector, place((0.7, 15, 270))) in {
        FrameRefusal.FACE_CUT_OFF,
        FrameRefusal.NO_FACE,
    }
    assert refusal(detector, place((0.7, 70, 270))) == FrameRefusal.FACE_CUT_OFF
    two = place((0.5, 250, 270), (0.4, 700, 270))
    assert refusal(detector, two) == FrameRefusal.SEVERAL_FACES
    blurred = cv2.GaussianBlur(place((0.7, 480, 270)), (0, 0), 6.0)
    assert refusal(detector, np.asarray(blurred, np.uint8)) == FrameRefusal.BLURRED


@pytest.mark.parametrize("roll_deg", [28.0, -28.0])
def test_a_tilted_head(detector: MtcnnDetector, place: Place, roll_deg: float) -> None:
    room = place((0.6, 480, 270))
    turn = cv2.getRotationMatrix2D((480, 270), roll_deg, 1.0)
    tilted = cv2.warpAffine(room, turn, (960, 540), borderMode=cv2.BORDER_REPLICATE)
    assert refusal(detector, np.asarray(tilted, np.uint8)) == FrameRefusal.HEAD_TILTED


def test_an_upside_down_face_is_not_used(detector: MtcnnDetector, place: Place) -> None:
    assert refusal(detector, place((0.7, 480, 270))[::-1]) is not None


def test_the_capture_is_refused_for_what_was_wrong(detector: MtcnnDetector, place: Place) -> None:
    good, small, dark = moving(place, 9), place((0.2, 480, 270)), place((0.7, 480, 270)) // 12
    assert observed(detector, []).refusal == Refusal.TOO_FEW_FRAMES
    assert observed(detector, [place()] * 3).refusal == Refusal.NO_FACE
    assert observed(detector, [small] * 9).refusal == Refusal.FACE_TOO_SMALL
    assert observed(detector, [dark] * 3).refusal == Refusal.BAD_LIGHT
    assert observed(detector, good[:7]).refusal == Refusal.TOO_FEW_FRAMES
    assert observed(detector, good[:8]).refusal is None


def test_memory_stays_bounded(
    detector: MtcnnDetector, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observing, "MOST_CROPS_KEPT", 12)
    observer = ClipObserver(detector)
    kept = []
    for i, picture in enumerate(moving(place, 10) * 3):
        blurred = np.asarray(cv2.GaussianBlur(picture, (0, 0), 1.5), np.uint8)
        observer.observe(Frame(40.0 * i, blurred if i % 2 == 0 else picture))
        kept.append(len(observer._crops))
    clip = observer.finish(1200.0)
    assert max(kept) <= 13
    assert len(clip.crops) == kept[-1] > 6
    assert Counter(clip.refused) == {"not_needed": 30 - len(clip.crops)}
    assert clip.t_ms[0] < 200
    assert all(t_ms % 80 == 40 for t_ms in clip.t_ms if t_ms < 900)  # the sharp ones
    assert clip.t_ms[-1] > 1000
