"""What the guidance of a person before the camera needs to know beside the scores."""

import cv2
import numpy as np

from edema_desk.domain.capture.clips import Image
from edema_desk.domain.capture.sight import FacePlace, LightReading
from edema_desk.domain.terms.mesh import Mesh
from edema_desk.vision.scores import FACE_OVAL

_BROWS, _CHIN = [105, 334], 152
_LUMA = np.array([0.299, 0.587, 0.114])
"""BT.601, as the scores have it."""


def face_place(mesh: Mesh, picture_size: tuple[int, int]) -> FacePlace:
    """Where the face of a mesh is, from brows to chin, in a picture of (height, width)."""
    brow, chin = mesh[_BROWS, :2].mean(axis=0), mesh[_CHIN, :2]
    height, width = picture_size
    x, y = (brow + chin) / 2
    return FacePlace(float(x) / width, float(y) / height, float(np.hypot(*(chin - brow))) / height)


def light_reading(crop: Image) -> LightReading:
    """The light on the skin of an aligned crop (256, 256, 3)."""
    colour = np.array(cv2.mean(crop, mask=FACE_OVAL)[:3])
    red, green, blue = np.maximum(colour, 1.0)
    return LightReading(float(colour @ _LUMA), float(red / green), float(blue / green))
