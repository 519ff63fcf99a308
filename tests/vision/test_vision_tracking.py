"""When the whole picture is looked at, and when a face is only followed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from edema_desk.domain.capture.clips import Image
from edema_desk.vision.detector import DetectedFace
from edema_desk.vision.tracking import DETECT_EVERY, FaceTracker

PICTURE = np.zeros((100, 100, 3), np.uint8)
SHAPE = np.array([[-0.5, 0.0], [0.5, 0.0], [0.0, 0.55], [-0.4, 1.1], [0.4, 1.1]])


def a_face(size: float = 100.0, x: float = 300.0) -> DetectedFace:
    half = size / 2
    box = np.array([x - half, 300 - half, x + half, 300 + half])
    return DetectedFace(box, SHAPE * size / 3 + (x, 280), 1.0)


@dataclass
class ScriptedDetector:
    """Finds what it is told to and notes what it was asked."""

    there: Sequence[DetectedFace] = ()
    can_follow: bool = True
    followed_as: DetectedFace | None = None
    asked: list[str] = field(default_factory=list)
    smallest: list[float] = field(default_factory=list)

    def detect(self, image: Image, smallest_px: float = 0.0) -> tuple[DetectedFace, ...]:
        self.asked.append("detect")
        self.smallest.append(smallest_px)
        return tuple(f for f in self.there if f.side_px >= smallest_px)

    def follow(self, image: Image, face: DetectedFace) -> DetectedFace | None:
        self.asked.append("follow")
        return (self.followed_as or face) if self.can_follow else None


def test_a_single_face_is_followed_and_looked_for_anew_every_so_often() -> None:
    detector = ScriptedDetector([a_face()])
    tracker = FaceTracker(detector)
    for _ in range(2 * DETECT_EVERY + 1):
        assert len(tracker.faces(PICTURE)) == 1
    assert detector.asked.count("detect") == 3
    assert detector.asked.count("follow") == 2 * DETECT_EVERY
    assert detector.asked[0] == "detect"
    assert detector.asked[DETECT_EVERY + 1] == "detect"


def test_a_lost_face_is_looked_for_at_once() -> None:
    detector = ScriptedDetector([a_face()])
    tracker = FaceTracker(detector)
    tracker.faces(PICTURE)
    detector.can_follow, detector.there = False, []
    assert tracker.faces(PICTURE) == ()
    assert detector.asked == ["detect", "follow", "detect"]
    assert tracker.faces(PICTURE) == ()
    assert detector.asked[3:] == ["detect"]
    assert detector.smallest == [0.0, 0.0, 0.0]


def test_a_face_that_jumps_in_size_is_not_believed() -> None:
    detector = ScriptedDetector([a_face()])
    tracker = FaceTracker(detector)
    tracker.faces(PICTURE)
    detector.followed_as = a_face(160.0)
    tracker.faces(PICTURE)
    assert detector.asked == ["detect", "follow", "detect"]


def test_a_second_person_is_noticed_at_the_next_look() -> None:
    detector = ScriptedDetector([a_face()])
    tracker = FaceTracker(detector)
    tracker.faces(PICTURE)
    detector.there = [a_face(), a_face(80.0, x=600)]
    counts = [len(tracker.faces(PICTURE)) for _ in range(DETECT_EVERY)]
    assert counts == [1] * (DETECT_EVERY - 1) + [2]


def test_while_there_are_two_every_picture_is_looked_at_as_a_whole() -> None:
    detector = ScriptedDetector([a_face(), a_face(80.0, x=600)])
    tracker = FaceTracker(detector)
    assert [len(tracker.faces(PICTURE)) for _ in range(3)] == [2, 2, 2]
    assert detector.asked == ["detect"] * 3
    detector.there = [a_face()]
    assert len(tracker.faces(PICTURE)) == 1


def test_people_across_the_ward_do_not_count() -> None:
    detector = ScriptedDetector([a_face(100.0), a_face(39.0, x=600), a_face(20.0, x=700)])
    (face,) = FaceTracker(detector).faces(PICTURE)
    assert face.side_px == 100.0
    detector.there = [a_face(100.0), a_face(41.0, x=600)]
    assert len(FaceTracker(detector).faces(PICTURE)) == 2
