"""Who a face is: the figures on real people, photographed twice, filmed and swollen."""

from itertools import combinations, product
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import ClipSource, Frame, Image
from edema_desk.domain.terms.identity import IDENTITY_SIZE, Verdict, judge, same_person
from edema_desk.media.decode import open_clip
from edema_desk.synthesis.sources import load_portrait, read_picture
from edema_desk.synthesis.swelling import region_fields, repaint, shade, swell
from edema_desk.vision.align import encode_crop
from edema_desk.vision.detector import MtcnnDetector
from edema_desk.vision.face_mesh import FaceMesh
from edema_desk.vision.identity import FRAMES_COMPARED, IdentityNet
from edema_desk.vision.observer import ClipObserver

Vectors = NDArray[np.float32]


@pytest.fixture(scope="module")
def net() -> IdentityNet:
    return IdentityNet()


@pytest.fixture(scope="module")
def mesh() -> FaceMesh:
    return FaceMesh()


def crops_of(image: Image, detector: MtcnnDetector, mesh: FaceMesh) -> tuple[bytes, ...]:
    observer = ClipObserver(detector, mesh=mesh)
    observer.observe(Frame(0.0, image))
    return observer.finish(0.0).crops


def apart(a: Vectors, b: Vectors) -> float:
    return float(np.linalg.norm(a - b))


def test_vectors_do_not_depend_on_company(net: IdentityNet) -> None:
    rng = np.random.default_rng(0)
    coarse = [rng.integers(0, 255, (16, 16, 3), np.uint8) for _ in range(3)]
    crops = [np.asarray(cv2.resize(c, (256, 256)), np.uint8) for c in coarse]
    together = net.embed(crops)
    assert together.shape == (3, IDENTITY_SIZE)
    assert np.allclose(together[1], net.embed(crops[1:2])[0], atol=1e-4)
    assert net.embed([]).shape == (0, IDENTITY_SIZE)
    files = [encode_crop(crops[i % 3]) for i in range(20)]
    assert net.embed_files(files).shape == (FRAMES_COMPARED, IDENTITY_SIZE)
    assert net.embed_files(files[:2]).shape == (2, IDENTITY_SIZE)


@pytest.mark.media
def test_smiling_stays_the_same_person_and_others_are_questioned(
    media_dir: Path, detector: MtcnnDetector, mesh: FaceMesh, net: IdentityNet
) -> None:
    files: list[bytes] = []
    for path in sorted((media_dir / "faces").glob("london_*.jpg")):
        picture = read_picture(path)
        assert picture is not None
        files += crops_of(picture, detector, mesh)
    assert len(files) == 126
    vectors = np.concatenate([net.embed_files(files[i : i + 2]) for i in range(0, 126, 2)])
    people = vectors.reshape(63, 2, IDENTITY_SIZE)
    own = [apart(neutral, smiling) for neutral, smiling in people]
    assert [judge(distance) for distance in own] == [Verdict.SAME] * 63
    pairs = [
        judge(apart(a, b)) for one, other in combinations(people, 2) for a, b in product(one, other)
    ]
    questioned = np.mean([verdict is not Verdict.SAME for verdict in pairs])
    others = np.mean([verdict is Verdict.OTHER for verdict in pairs])
    assert questioned >= 0.998
    assert others >= 0.99


@pytest.mark.media
def test_a_swollen_face_is_nobody_else(
    media_dir: Path, detector: MtcnnDetector, mesh: FaceMesh, net: IdentityNet
) -> None:
    light = (0.2, -0.4)
    for number in ("045", "101", "128"):
        portrait = load_portrait(media_dir / "faces" / f"london_{number}_neutral.jpg", None)
        assert portrait is not None
        fields = region_fields(portrait.layout)
        vectors = []
        for excess_kg in (0.0, 4.0):
            swelling = swell(fields, np.full(6, 0.6 * excess_kg))
            scale = float(np.hypot(portrait.frame[0, 0], portrait.frame[1, 0]))
            painted = repaint(
                portrait.image, portrait.frame, swelling, shade(swelling, light), scale
            )
            rows, columns = np.indices(painted.shape[:2], dtype=np.float32)
            inverse = cv2.invertAffineTransform(portrait.frame).astype(np.float32)
            face = np.dstack([columns, rows]) @ inverse[:, :2].T + inverse[:, 2]
            back = cv2.remap(
                swelling.backward,
                (face[..., 0] + np.float32(2.2)) * 40,
                (face[..., 1] + np.float32(1.8)) * 40,
                cv2.INTER_LINEAR,
            )
            came = (face - back) @ portrait.frame[:, :2].T + portrait.frame[:, 2]
            moved = came.astype(np.float32)
            shown = cv2.remap(painted, moved[..., 0], moved[..., 1], cv2.INTER_LINEAR)
            vectors.append(net.embed_files(crops_of(np.asarray(shown, np.uint8), detector, mesh)))
        assert same_person(vectors[0], vectors[1]).verdict is Verdict.SAME
        assert same_person(vectors[0], vectors[1]).distance > 0.01, "nothing was swollen"


@pytest.mark.media
def test_frames_of_a_clip_are_one_person(
    media_dir: Path, detector: MtcnnDetector, mesh: FaceMesh, net: IdentityNet
) -> None:
    halves: dict[str, tuple[Vectors, Vectors]] = {}
    for name in ("grid_bbaf2n", "grid_lbbc2a", "grid_lrwp9a", "grid_swiz3n"):
        observer = ClipObserver(detector, mesh=mesh)
        with open_clip(ClipSource(media_dir / "clips" / f"{name}.mpg")) as clip:
            for number, frame in enumerate(clip.frames):
                if number % 10 == 0:
                    observer.observe(frame)
        crops = observer.finish(3000.0).crops
        middle = len(crops) // 2
        halves[name] = net.embed_files(crops[:middle]), net.embed_files(crops[middle:])
    for first, second in halves.values():
        assert same_person(first, second).verdict is Verdict.SAME
    for one, other in combinations(halves, 2):
        assert same_person(halves[one][0], halves[other][1]).questioned
