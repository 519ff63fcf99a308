"""Five points of a face in a picture, for whoever needs them without torch."""

from typing import Any

import numpy as np

from edema_desk.vision.detector import FaceDetector
from edema_desk.worker.protocol.framing import Message

CLEARLY_LARGER = 2.0


def face_points(
    request: Message, detector: FaceDetector
) -> tuple[dict[str, Any], tuple[bytes, ...]]:
    """The points (5, 2) of the one face, or of one clearly larger than the others, else None."""
    height, width = int(request.fields["height"]), int(request.fields["width"])
    image = np.frombuffer(request.blobs[0], np.uint8).reshape(height, width, 3)
    faces = detector.detect(image.copy())
    if not faces or (len(faces) > 1 and faces[0].side_px < CLEARLY_LARGER * faces[1].side_px):
        return {"points": None}, ()
    return {"points": faces[0].points.tolist()}, ()
