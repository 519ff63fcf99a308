"""Each score rises and falls with what it is named after, and with nothing else."""

import cv2
import numpy as np
import pytest

from edema_desk.domain.capture.clips import Image
from edema_desk.domain.terms.geometry import CANONICAL_POINTS, CROP_PX, crop_matrix
from edema_desk.domain.terms.mesh import ALIGNMENT_PLACES, ALIGNMENT_POINTS, MESH_POINTS, Mesh
from edema_desk.domain.terms.quality import SCORE_NAMES
from edema_desk.vision import scores as measured
from edema_desk.vision.align import aligned_crop
from edema_desk.vision.detector import DetectedFace, MtcnnDetector


def calm_mesh(mouth_width: float = 0.81, gap: float = 0.0) -> Mesh:
    """Of an average face that fills the crop: the points that lay the crop, chin and lips, the
    mouth so many pupil distances wide and open."""
    mesh = np.zeros((MESH_POINTS, 3))
    mesh[ALIGNMENT_POINTS] = ALIGNMENT_PLACES
    mesh[152] = (128, 226, 0)
    mesh[[61, 291]] = [(128 - 34 * mouth_width, 178, 0), (128 + 34 * mouth_width, 178, 0)]
    for lips, side in (([81, 82, 13, 312, 311], -34), ([178, 87, 14, 317, 402], 34)):
        mesh[lips] = [(x, 178 + side * gap, 0) for x in (114, 121, 128, 135, 142)]
    return mesh


def scores_of(crop: Image, *sides_px: float) -> dict[str, float]:
    """Of a crop that is the whole picture."""
    faces = [
        DetectedFace(np.array([0.0, 0.0, side, side]), CANONICAL_POINTS, 0.995)
        for side in sides_px or (150.0,)
    ]
    values = measured.face_scores(crop, faces, calm_mesh(), (CROP_PX, CROP_PX))
    return dict(zip(SCORE_NAMES, (float(v) for v in values), strict=True))


def flat(luminance: int) -> Image:
    return np.full((CROP_PX, CROP_PX, 3), luminance, np.uint8)


@pytest.fixture(scope="module")
def crop(detector: MtcnnDetector, face: Image) -> Image:
    return aligned_crop(face, crop_matrix(detector.detect(face)[0].points))


def test_a_good_face_scores_well(crop: Image) -> None:
    of = scores_of(crop)
    assert min(of["LuminanceMean"], of["UnderExposurePrevention"]) > 90
    assert min(of["OverExposurePrevention"], of["IlluminationUniformity"]) > 80
    assert of["Sharpness"] > 60
    assert of["FaceInFrame"] == of["SingleFacePresent"] == 100
    assert of["DetectorConfidence"] == pytest.approx(99.5)
    assert of["InterEyeDistance_px"] == pytest.approx(68.0)


@pytest.mark.parametrize(
    ("luminance", "mean", "under", "over"),
    [
        (128, 100, 99.8, 100),
        (51, 50, 99.8, 100),
        (204, 50, 99.8, 100),
        (10, 3.9, 0, 100),
        (255, 1.8, 99.8, 0.99),
    ],
)
def test_exposure_follows_the_standard(
    luminance: int, mean: float, under: float, over: float
) -> None:
    """By hand from the standard's formulas: the means 0.2 and 0.8 are worth one half."""
    of = scores_of(flat(luminance))
    assert of["LuminanceMean"] == pytest.approx(mean, abs=0.5)
    assert of["UnderExposurePrevention"] == pytest.approx(under, abs=0.1)
    assert of["OverExposurePrevention"] == pytest.approx(over, abs=0.1)


def test_dynamic_range_is_the_entropy_of_the_luminances() -> None:
    assert scores_of(flat(90))["DynamicRange"] == pytest.approx(0.0)
    stripes = flat(90)
    stripes[::2] = 150
    assert scores_of(stripes)["DynamicRange"] == pytest.approx(12.5, abs=0.01)


def test_light_from_one_side_is_uneven(crop: Image) -> None:
    even = scores_of(crop)["IlluminationUniformity"]
    shade = np.where(np.arange(CROP_PX)[None, :, None] < 128, 0.3, 1.0)
    uneven = scores_of((crop * shade).astype(np.uint8))["IlluminationUniformity"]
    assert uneven < 25 < 80 < even
    assert scores_of((crop * 0.6).astype(np.uint8))["IlluminationUniformity"] > 75


def test_sharpness_falls_with_blur_and_with_movement(crop: Image) -> None:
    sharpness = [
        scores_of(np.asarray(cv2.GaussianBlur(crop, (0, 0), sd), np.uint8))["Sharpness"]
        for sd in (0.5, 1.0, 2.0, 3.5)
    ]
    assert sharpness == sorted(sharpness, reverse=True)
    assert sharpness[0] - sharpness[2] > 30
    assert sharpness[3] < 28
    for size in ((17, 1), (1, 17)):
        assert scores_of(np.asarray(cv2.blur(crop, size), np.uint8))["Sharpness"] < 35


def test_sharpness_is_the_same_in_dim_light(crop: Image) -> None:
    dim = scores_of((crop * 0.5).astype(np.uint8))["Sharpness"]
    blurred = np.asarray(cv2.GaussianBlur(crop, (0, 0), 1.5), np.uint8)
    assert scores_of((blurred * 0.5).astype(np.uint8))["Sharpness"] == pytest.approx(
        scores_of(blurred)["Sharpness"], abs=6
    )
    assert dim > 60


def test_a_small_face_is_less_sharp(detector: MtcnnDetector, face: Image) -> None:
    seen = []
    for scale in (1.0, 0.35, 0.2):
        small = np.asarray(
            cv2.resize(face, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
        )
        found = detector.detect(small)[0]
        seen.append(scores_of(aligned_crop(small, crop_matrix(found.points)))["Sharpness"])
    assert seen[0] >= seen[1] > seen[2] + 5


def test_a_second_face_takes_away_what_it_has_of_the_first() -> None:
    assert scores_of(flat(100), 150.0, 75.0)["SingleFacePresent"] == pytest.approx(50.0)
    assert scores_of(flat(100), 150.0, 150.0, 20.0)["SingleFacePresent"] == pytest.approx(0.0)


def test_a_face_at_the_edge_is_partly_out_of_the_picture() -> None:
    picture = (CROP_PX, CROP_PX)
    shift = measured.face_in_frame(crop_matrix(CANONICAL_POINTS - (128.0, 0.0)), picture)
    assert shift == pytest.approx(50.0, abs=2.0)
    assert measured.face_in_frame(crop_matrix(CANONICAL_POINTS - (-900.0, 0.0)), picture) == 0.0


def test_without_a_face_only_exposure_is_known() -> None:
    values = measured.no_face_scores(np.zeros((90, 120, 3), np.uint8))
    of = dict(zip(SCORE_NAMES, values, strict=True))
    known = {name for name, value in of.items() if not np.isnan(value)}
    assert known == {"LuminanceMean", "UnderExposurePrevention", "OverExposurePrevention"}
    assert of["UnderExposurePrevention"] == 0.0


def test_an_open_mouth_is_told() -> None:
    scores = [measured.mouth_closed(calm_mesh(gap=gap)) for gap in (0.0, 0.1, 0.3, 0.6)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == pytest.approx(96.6, abs=0.1)  # by hand: 1 / (1 + exp(-0.2 / 0.06))
    assert scores[3] < 45


def test_a_smile_and_a_pout_are_told() -> None:
    of = {w: measured.expression_neutrality(calm_mesh(w)) for w in (0.62, 0.81, 0.85, 0.93, 1.05)}
    assert of[0.81] == of[0.85] == 100
    assert 0 < of[0.93] < 70
    assert of[1.05] == 0
    assert of[0.62] < 20


def test_the_narrower_eye_counts() -> None:
    assert measured.eyes_open((0.25, 0.2)) == 100
    assert measured.eyes_open((0.25, 0.12)) == measured.eyes_open((0.12, 0.3)) == pytest.approx(50)
    assert measured.eyes_open((0.04, 0.04)) == 0
