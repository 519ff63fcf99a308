"""Finding a face, following it, and saying the same both ways."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from edema_desk.domain.capture.clips import Image
from edema_desk.domain.terms.geometry import pupil_distance_px
from edema_desk.vision.detector import DetectedFace, MtcnnDetector
from tests.vision.conftest import Place


def worst_shift(first: DetectedFace, second: DetectedFace) -> float:
    """The mean distance of the points of two faces, in per cent of the pupil distance."""
    apart = np.hypot(*(first.points - second.points).T).mean()
    return float(100 * apart / pupil_distance_px(first.points))


def test_one_face_is_found_with_plain_arrays(detector: MtcnnDetector, face: Image) -> None:
    (found,) = detector.detect(face)
    assert found.points.shape == (5, 2)
    assert found.points.dtype == np.float64
    assert found.box.shape == (4,)
    assert found.box.dtype == np.float64
    assert 0.98 < found.confidence <= 1.0
    left, top, right, bottom = found.box
    assert left < found.points[:, 0].min()
    assert right > found.points[:, 0].max()
    assert top < found.points[:, 1].min()
    assert bottom > found.points[:, 1].max()
    assert found.points[0, 0] < found.points[1, 0]
    assert found.points[3, 0] < found.points[4, 0]


@pytest.mark.parametrize("shape", [(540, 960), (960, 540), (64, 64), (15, 900), (1, 1)])
def test_an_empty_room_holds_no_face(detector: MtcnnDetector, shape: tuple[int, int]) -> None:
    assert detector.detect(np.full((*shape, 3), 90, np.uint8)) == ()


def test_noise_is_not_a_face(detector: MtcnnDetector) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (540, 960, 3)).astype(np.uint8)
    assert detector.detect(noise) == ()


def test_two_people_are_two_faces_the_larger_first(detector: MtcnnDetector, place: Place) -> None:
    faces = detector.detect(place((0.5, 700, 270), (0.7, 250, 270)))
    assert len(faces) == 2
    assert faces[0].side_px > 1.2 * faces[1].side_px
    assert faces[0].points[:, 0].mean() == pytest.approx(250, abs=25)


def test_smaller_faces_may_be_left_out(detector: MtcnnDetector, place: Place) -> None:
    room = place((0.25, 800, 270), (0.7, 250, 270))
    assert len(detector.detect(room)) == 2
    (large,) = detector.detect(room, smallest_px=150.0)
    assert large.points[:, 0].mean() == pytest.approx(250, abs=25)


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(3840, 2160, 1.6), (1080, 1920, 0.8), (360, 288, 0.36), (1920, 1080, 0.5)],
    ids=["4K", "portrait", "small and old", "far away"],
)
def test_a_patient_is_found_at_any_resolution(
    detector: MtcnnDetector, place: Place, width: int, height: int, scale: float
) -> None:
    room = place((scale, width / 2, height / 2), width=width, height=height)
    (found,) = detector.detect(room)
    assert found.points[:, 0].mean() == pytest.approx(width / 2, abs=12 * scale)
    assert pupil_distance_px(found.points) == pytest.approx(125 * scale, rel=0.05)


def test_following_says_what_finding_says(detector: MtcnnDetector, place: Place) -> None:
    """The face moves by a tenth of the pupil distance a frame and comes nearer."""
    last = detector.detect(place((0.6, 400, 250)))[0]
    for step in range(1, 8):
        room = place((0.6 + 0.01 * step, 400 + 8 * step, 250 + 3 * step))
        followed = detector.follow(room, last)
        assert followed is not None
        assert worst_shift(followed, detector.detect(room)[0]) < 1.5
        last = followed


def test_a_face_that_left_is_not_followed(detector: MtcnnDetector, place: Place) -> None:
    found = detector.detect(place((0.6, 250, 270)))[0]
    assert detector.follow(place((0.6, 750, 270)), found) is None
    assert detector.follow(place(), found) is None


def test_the_mirrored_face_bears_mirrored_points(detector: MtcnnDetector, face: Image) -> None:
    plain = detector.detect(face)[0]
    mirrored = detector.detect(np.ascontiguousarray(face[:, ::-1]))[0]
    back = mirrored.points[[1, 0, 2, 4, 3]] * (-1, 1) + (face.shape[1], 0)
    assert worst_shift(plain, DetectedFace(plain.box, back, 1.0)) < 1.0


def test_the_same_picture_gives_the_same_face(face: Image) -> None:
    first, second = MtcnnDetector().detect(face)[0], MtcnnDetector().detect(face)[0]
    assert np.array_equal(first.points, second.points)
    assert first.confidence == second.confidence


@pytest.mark.media
def test_pupils_lie_where_people_marked_them(detector: MtcnnDetector, media_dir: Path) -> None:
    errors = []
    for marks in sorted((media_dir / "faces").glob("*_neutral.csv"))[::17]:
        picture = cv2.imread(str(marks.with_suffix(".jpg")))
        assert picture is not None
        pupils = np.loadtxt(marks, delimiter=",", skiprows=1)[:2]
        (found,) = detector.detect(np.ascontiguousarray(picture[:, :, ::-1], np.uint8))
        distance = np.hypot(*(pupils[1] - pupils[0]))
        errors.append(np.hypot(*(found.points[:2] - pupils).T).max() / distance)
    assert len(errors) >= 6
    assert max(errors) < 0.06
    assert float(np.mean(errors)) < 0.03
