"""Scores of one face, measured on its aligned crop, so that the camera's resolution does not count.

Names and, where it is said, formulas are those of ISO/IEC 29794-5:2025. The standard measures
inside a contour of many points; here the region is the oval that an average face fills in the
crop. Luminance is the gamma-coded BT.601 luma.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import Image
from edema_desk.domain.terms.geometry import CANONICAL_POINTS, CROP_PX, pupil_distance_px
from edema_desk.domain.terms.mesh import Mesh, frontal_mesh, mesh_crop_matrix, mesh_pose
from edema_desk.domain.terms.quality import SCORE_NAMES
from edema_desk.vision.align import Matrix, picture_places
from edema_desk.vision.detector import DetectedFace

_OVAL_CENTRE = (128.0, 140.0)
_SKIN_HALVES = (58.0, 76.0)
_HEAD_HALVES = (78.0, 88.0)
_OVAL_ROWS, _OVAL_COLUMNS = slice(64, 216), slice(70, 186)
_KERNELS = [cv2.getGaussianKernel(side, sd, cv2.CV_32F) for side, sd in ((7, 1.0), (13, 2.0))]
_ONE = np.ones((1, 1), np.float32)
_LEAST_DETAIL = 1e-3
_RATIO_RANGE = (0.12, 0.45)
_CHEEKS_TOP, _CHEEKS_BOTTOM = 116, 172
_LEFT_CHEEK, _RIGHT_CHEEK = (78, 116), (140, 178)
_EYE_CORNERS, _CHIN, _MOUTH_CORNERS = [33, 133, 362, 263], 152, [61, 291]
_UPPER_LIP, _LOWER_LIP = [81, 82, 13, 312, 311], [178, 87, 14, 317, 402]
_PUPILS_PX = pupil_distance_px(CANONICAL_POINTS)
_MOUTH_WIDTH, _COMMON_DEVIATION, _STRONG_DEVIATION = 0.81, 0.05, 0.20
_SHUT_EYES, _OPEN_EYES = 0.06, 0.18
_DARK_BELOW, _BRIGHT_FROM = 26, 247
_SPARSE = 4


def _inside_oval(
    x: NDArray[np.float64], y: NDArray[np.float64], halves: tuple[float, float]
) -> NDArray[np.bool_]:
    across, down = (x - _OVAL_CENTRE[0]) / halves[0], (y - _OVAL_CENTRE[1]) / halves[1]
    return np.asarray(across**2 + down**2 <= 1.0)


_Y, _X = np.mgrid[:CROP_PX, :CROP_PX].astype(np.float64)

FACE_OVAL: NDArray[np.uint8] = _inside_oval(_X, _Y, _SKIN_HALVES).astype(np.uint8)
"""1 on the skin between brows, cheeks and chin, 0 elsewhere, (256, 256)."""

_HEAD_PLACES: NDArray[np.float64] = np.stack([_X, _Y], axis=-1)[_inside_oval(_X, _Y, _HEAD_HALVES)][
    ::64
]
"""Places of the crop that an average face from ear to ear and hair to chin fills."""


def face_scores(
    crop: Image, faces: Sequence[DetectedFace], mesh: Mesh, picture_size: tuple[int, int]
) -> NDArray[np.float32]:
    """All of `SCORE_NAMES` but EyesOpen, which is NaN, for the first of the faces that count.

    `crop` is the aligned crop of that face and `mesh` its mesh, `picture_size` (height, width).
    """
    points = faces[0].points
    luma = np.asarray(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), np.uint8)
    shares = _luma_shares(luma, FACE_OVAL)
    pose, frontal = mesh_pose(mesh), frontal_mesh(mesh)
    values = {
        "LuminanceMean": luminance_mean(shares),
        "UnderExposurePrevention": under_exposure_prevention(shares),
        "OverExposurePrevention": over_exposure_prevention(shares),
        "IlluminationUniformity": illumination_uniformity(luma),
        "DynamicRange": dynamic_range(shares),
        "Sharpness": sharpness(luma),
        "InterEyeDistance_px": pupil_distance_px(points),
        "HeadPoseYaw_deg": pose.yaw_deg,
        "HeadPosePitch_deg": pose.pitch_deg,
        "HeadPoseRoll_deg": pose.roll_deg,
        "SingleFacePresent": single_face_present([face.side_px for face in faces]),
        "FaceInFrame": face_in_frame(mesh_crop_matrix(mesh), picture_size),
        "DetectorConfidence": 100.0 * faces[0].confidence,
        "EyesOpen": np.nan,
        "MouthClosed": mouth_closed(frontal),
        "ExpressionNeutrality": expression_neutrality(frontal),
    }
    return np.array([values[name] for name in SCORE_NAMES], np.float32)


def no_face_scores(picture: Image) -> NDArray[np.float32]:
    """The scores of a picture without a face: its exposure, and NaN."""
    luma = cv2.cvtColor(np.ascontiguousarray(picture[::_SPARSE, ::_SPARSE]), cv2.COLOR_RGB2GRAY)
    shares = _luma_shares(np.asarray(luma, np.uint8), None)
    values = {
        "LuminanceMean": luminance_mean(shares),
        "UnderExposurePrevention": under_exposure_prevention(shares),
        "OverExposurePrevention": over_exposure_prevention(shares),
    }
    return np.array([values.get(name, np.nan) for name in SCORE_NAMES], np.float32)


def _luma_shares(luma: NDArray[np.uint8], mask: NDArray[np.uint8] | None) -> NDArray[np.float32]:
    """The share of each of the 256 luminances."""
    counts = cv2.calcHist([luma], [0], mask, [256], [0, 256]).ravel()
    return np.asarray(counts / counts.sum(), np.float32)


def _sigmoid(x: float, middle: float, width: float) -> float:
    return float(1.0 / (1.0 + np.exp((middle - x) / width)))


def luminance_mean(shares: NDArray[np.float32]) -> float:
    """ISO/IEC 29794-5: falls off where the mean luminance leaves 0.2 to 0.8."""
    mean = float(shares @ np.arange(256)) / 255
    return 100 * _sigmoid(mean, 0.2, 0.05) * (1 - _sigmoid(mean, 0.8, 0.05))


def under_exposure_prevention(shares: NDArray[np.float32]) -> float:
    """ISO/IEC 29794-5: from the share of luminances 0 to 25."""
    dark = float(shares[:_DARK_BELOW].sum())
    return float(np.clip(120 * (0.832 - _sigmoid(dark, 0.92, 0.05)), 0, 100))


def over_exposure_prevention(shares: NDArray[np.float32]) -> float:
    """ISO/IEC 29794-5: from the share of luminances 247 to 255."""
    return float(np.clip(1.0 / (float(shares[_BRIGHT_FROM:].sum()) + 0.01), 0, 100))


def dynamic_range(shares: NDArray[np.float32]) -> float:
    """ISO/IEC 29794-5: entropy of the luminance histogram, 8 bits being 100."""
    present = shares[shares > 0].astype(np.float64)
    return float(-12.5 * (present * np.log2(present)).sum())


def illumination_uniformity(luma: NDArray[np.uint8]) -> float:
    """ISO/IEC 29794-5: overlap of the luminance histograms of both cheeks, to the power 0.3.

    The histograms have 32 steps instead of 256: a cheek of the crop has too few pixels for
    more. The cheeks are the areas below the eyes and beside the nose.
    """
    rows = slice(_CHEEKS_TOP, _CHEEKS_BOTTOM)
    both = [
        np.bincount((luma[rows, slice(*cheek)] >> 3).ravel(), minlength=32)
        for cheek in (_LEFT_CHEEK, _RIGHT_CHEEK)
    ]
    left, right = (counts / counts.sum() for counts in both)
    return float(100 * np.minimum(left, right).sum() ** 0.3)


def sharpness(luma: NDArray[np.uint8]) -> float:
    """Our own: how much fine detail there is beside detail four times as coarse.

    A ratio, so that dim light does not count as blur; taken across and down, and the smaller
    counts, so that a movement is seen. A face smaller than in the crop was drawn larger and
    lacks fine detail, as it should. Scaled on photographs: as they are 0.33 or more, blurred
    by 5 % of the pupil distance (Gaussian sigma) 0.15 to 0.21.
    """
    face = luma[_OVAL_ROWS, _OVAL_COLUMNS].astype(np.float32)
    quarter = cv2.resize(face, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    coarse = np.asarray(quarter, np.float32)
    ratios = (
        _detail(face) / max(_detail(coarse), _LEAST_DETAIL),
        _detail(face.T) / max(_detail(coarse.T), _LEAST_DETAIL),
    )
    none, ample = _RATIO_RANGE
    return float(np.clip(100 * (min(ratios) - none) / (ample - none), 0, 100))


def _detail(luma: NDArray[np.float32]) -> float:
    """How much there is from 2 to 4 px along the rows."""
    fine, rough = (cv2.sepFilter2D(luma, -1, kernel, _ONE) for kernel in _KERNELS)
    return float(np.std(fine - rough))


def single_face_present(sides_px: Sequence[float]) -> float:
    """ISO/IEC 29794-5: 100 without a second face, 0 with one as large as the first."""
    return 100.0 * (1.0 - sides_px[1] / sides_px[0]) if len(sides_px) > 1 else 100.0


def face_in_frame(matrix: Matrix, picture_size: tuple[int, int]) -> float:
    """Our own: per cent of the head's oval that lies within the picture (height, width);
    `matrix` brings the head to the crop."""
    places = picture_places(matrix, _HEAD_PLACES)
    height, width = picture_size
    inside = (places >= 0).all(axis=1) & (places[:, 0] < width) & (places[:, 1] < height)
    return 100.0 * float(inside.mean())


def eyes_open(openings: tuple[float, float]) -> float:
    """Our own: from the narrower of both eyes' openings, in widths of the eye. 56 photographs
    of faces have 0.17 or more, shut eyes 0.08 or less."""
    return 100.0 * float(np.clip((min(openings) - _SHUT_EYES) / (_OPEN_EYES - _SHUT_EYES), 0, 1))


def mouth_closed(frontal: Mesh) -> float:
    """ISO/IEC 29794-5: from the gap between the lips over the way from eyes to chin."""
    gap = np.hypot(*(frontal[_UPPER_LIP, :2] - frontal[_LOWER_LIP, :2]).T).max()
    height = np.hypot(*(frontal[_EYE_CORNERS, :2].mean(axis=0) - frontal[_CHIN, :2]))
    return 100.0 * (1.0 - _sigmoid(float(gap / max(height, 1e-6)), 0.2, 0.06))


def expression_neutrality(frontal: Mesh) -> float:
    """Our own: falls off as the mouth gets wider or narrower than in a calm face.

    In pupil distances a mouth is 0.81 wide, 0.05 more or less in nine of ten of 103 calm faces;
    smiling ones have 0.93 on average. The width tells 95 % of calm from smiling faces.
    """
    left, right = frontal[_MOUTH_CORNERS, :2]
    width = float(np.hypot(*(right - left))) / _PUPILS_PX
    excess = (abs(width - _MOUTH_WIDTH) - _COMMON_DEVIATION) / (
        _STRONG_DEVIATION - _COMMON_DEVIATION
    )
    return 100.0 * float(np.clip(1.0 - excess, 0, 1))
