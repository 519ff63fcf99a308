"""Where the oval stands that a head shall stay in: waiting in the middle, then around the face."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from edema_desk.domain.capture.sight import FacePlace
from edema_desk.domain.capture.view import CaptureView, Stage

ASPECT = 0.77
"""Width over height of a head."""
_HEAD_PER_FACE, _MIDDLE_ABOVE = 1.75, 0.10
"""Height of a head with some room, and how far its middle lies above that of its face: both in
heights from brow to chin."""
_SMALLEST, _LARGEST = 0.36, 0.84
_EASE = 0.2
"""How much of its way the oval goes with each picture."""
_APART, _FOLLOWED_AFTER = 0.25, 60
"""A head that is so far from its oval, in heights of the oval, for so many pictures while frames
count, sits elsewhere: some two seconds."""
_WAITING = (Stage.OPENING, Stage.SEARCHING)


@dataclass(frozen=True, slots=True)
class HeadPlace:
    """Middle and height of the oval, in shares of the picture as the camera sees it."""

    x: float = 0.5
    y: float = 0.5
    height: float = 0.74

    def apart(self, other: "HeadPlace") -> float:
        """How far another place is away, or how much larger or smaller, in heights of this."""
        away = max(abs(other.x - self.x), abs(other.y - self.y), abs(other.height - self.height))
        return away / self.height

    def towards(self, other: "HeadPlace", share: float) -> "HeadPlace":
        """A share of the way to another place."""
        return HeadPlace(
            self.x + share * (other.x - self.x),
            self.y + share * (other.y - self.y),
            self.height + share * (other.height - self.height),
        )


def head_of(face: FacePlace) -> HeadPlace:
    """The oval around a face."""
    height = min(max(_HEAD_PER_FACE * face.height, _SMALLEST), _LARGEST)
    return HeadPlace(face.x, face.y - _MIDDLE_ABOVE * face.height, height)


class GuidingOval:
    """Goes around the face when the pose first holds, and stays there: who strays comes back
    to it. Only who sits well elsewhere for a while is followed. It moves a little with each
    picture, never at once."""

    def __init__(self) -> None:
        self._goal: HeadPlace | None = None
        self._elsewhere = 0
        self.place = HeadPlace()

    def follow(self, view: CaptureView) -> None:
        """Take note of the newest view."""
        if view.stage in _WAITING:
            self._goal = None
        elif view.face is not None:
            self._follow_face(head_of(view.face), counting=view.stage is Stage.COUNTING)
        self.place = self.place.towards(self._goal or HeadPlace(), _EASE)

    def _follow_face(self, head: HeadPlace, *, counting: bool) -> None:
        elsewhere = counting and self._goal is not None and self._goal.apart(head) > _APART
        self._elsewhere = self._elsewhere + 1 if elsewhere else 0
        if self._goal is None or self._elsewhere > _FOLLOWED_AFTER:
            self._goal, self._elsewhere = head, 0

    def on(self, shown: QRectF) -> QRectF:
        """The oval on a picture that lies mirrored at `shown`."""
        height = self.place.height * shown.height()
        size = QSizeF(ASPECT * height, height)
        middle = QPointF(
            shown.right() - self.place.x * shown.width(),
            shown.top() + self.place.y * shown.height(),
        )
        return QRectF(middle - QPointF(size.width() / 2, size.height() / 2), size)
