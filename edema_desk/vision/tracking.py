"""The faces of a clip, frame by frame: found by the pyramid now and then, followed in between."""

from edema_desk.domain.capture.clips import Image
from edema_desk.domain.terms.geometry import face_size_px
from edema_desk.vision.detector import DetectedFace, FaceDetector

DETECT_EVERY = 15
"""Frames from one look at the whole picture to the next, counted, so that a clip always gives
the same."""
COUNTING_SIDE_SHARE = 0.4
"""A second face counts from this share of the largest one's side: people across the ward do not."""
_MOST_SIZE_CHANGE = 1.35


class FaceTracker:
    """Finds the faces of one clip's frames, which must come in their order."""

    def __init__(self, detector: FaceDetector) -> None:
        self._detector = detector
        self._last: DetectedFace | None = None
        self._followed = 0

    def faces(self, image: Image) -> tuple[DetectedFace, ...]:
        """The faces that count in the next frame, the largest first."""
        face = self._follow(image)
        if face is None:
            found = self._detector.detect(image)
        elif self._followed < DETECT_EVERY:
            found = (face,)
        else:
            found = self._detector.detect(image, COUNTING_SIDE_SHARE * face.side_px)
            found = found or self._detector.detect(image)
        if face is None or self._followed >= DETECT_EVERY:
            self._followed = 0
        counting = tuple(f for f in found if f.side_px >= COUNTING_SIDE_SHARE * found[0].side_px)
        self._last = counting[0] if len(counting) == 1 else None
        return counting

    def _follow(self, image: Image) -> DetectedFace | None:
        if self._last is None:
            return None
        self._followed += 1
        face = self._detector.follow(image, self._last)
        if face is None:
            return None
        change = face_size_px(face.points) / face_size_px(self._last.points)
        return face if 1 / _MOST_SIZE_CHANGE < change < _MOST_SIZE_CHANGE else None
