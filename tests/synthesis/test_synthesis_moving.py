"""Moving faces: swelling follows them, and what moves stays as real as it was."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from facenet_pytorch import MTCNN
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import ClipSource, Frame, Image
from edema_desk.domain.terms.geometry import Points
from edema_desk.exchange.study_folder import read_study
from edema_desk.media.decode import open_clip
from edema_desk.media.writer import ClipWriter
from edema_desk.synthesis.cohort import capture_generator, draw_cohort, generator
from edema_desk.synthesis.footage import FEWEST_FRAMES, Footage, load_footage, smoothed
from edema_desk.synthesis.layout import from_pixels, layout_from_five
from edema_desk.synthesis.moving import MovingFace, stretches
from edema_desk.synthesis.nuisance import NuisanceStyle
from edema_desk.synthesis.sitting import FilmStyle
from edema_desk.synthesis.study import synthesise

FIVE = np.array([[100.0, 100.0], [164.0, 100.0], [132.0, 140.0], [107.0, 172.0], [157.0, 172.0]])
STILL = NuisanceStyle(*[0.0] * 10)


def walk(frames: int) -> tuple[list[Image], list[Points]]:
    """A textured picture that wanders to the right, and where its points are."""
    texture = np.random.default_rng(0).integers(40, 220, (320, 420, 3)).astype(np.uint8)
    texture = np.asarray(texture // 2 + np.roll(texture, 1, axis=1) // 2, np.uint8)
    images = [np.roll(texture, 2 * i, axis=1) for i in range(frames)]
    return images, [FIVE + np.array([2.0 * i, 0.0]) for i in range(frames)]


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """That walk as a clip; every fifth frame has no face, which its first pixels tell."""
    path = tmp_path / "walker.mp4"
    images, _ = walk(50)
    with ClipWriter(path, 420, 320, quality=18) as writer:
        for i, image in enumerate(images):
            shown = image.copy()
            shown[:16, :48] = 0
            for bit in range(6):
                shown[:16, 8 * bit : 8 * bit + 8] = 255 * (i >> bit & 1)
            writer.write(Frame(i * 40.0, shown))
    return path


def read_points(image: Image) -> Points | None:
    """A detector that reads the frame's number from its first pixels."""
    number = sum(int(image[8, 8 * bit + 4, 0] > 128) << bit for bit in range(6))
    return None if number % 5 == 4 else FIVE + np.array([2.0 * number, 0.0])


def test_footage_keeps_the_frames_with_a_face_and_their_times(clip: Path) -> None:
    footage = load_footage(ClipSource(clip), read_points, fps=25.0)
    assert footage is not None
    assert len(footage.images) == 40
    assert footage.t_ms[:5] == pytest.approx([0, 40, 80, 120, 200], abs=0.1)
    middle = footage.frames[:, :, 2]
    steps = np.diff(middle[:, 0]) / np.diff(footage.t_ms)
    assert steps[5:-5] == pytest.approx(2 / 40, rel=0.15)


def test_footage_is_thinned_to_the_asked_rate(clip: Path) -> None:
    footage = load_footage(ClipSource(clip), lambda image: FIVE, fps=12.5)
    assert footage is not None
    assert np.diff(footage.t_ms) == pytest.approx(80, abs=0.2)


def test_too_little_of_a_face_is_no_footage(clip: Path) -> None:
    assert load_footage(ClipSource(clip), lambda image: None, fps=25.0) is None
    small = FIVE * 0.4
    assert load_footage(ClipSource(clip), lambda image: small, fps=25.0) is None


def walker() -> Footage:
    images, points = walk(48)
    layout = layout_from_five(from_pixels(np.array([[64.0, 0, 132], [0, 64.0, 100]]), FIVE))
    frames = np.array([[[64.0, 0, p[:2, 0].mean()], [0, 64.0, 100]] for p in points])
    return Footage(tuple(images), np.arange(0.0, 1920.0, 40.0), frames, layout)


def test_the_swelling_goes_where_the_face_goes() -> None:
    """Between swollen and not, the change seen from the moving face is the same in each frame."""
    face = MovingFace("walker", walker(), 2, generator(1), FilmStyle(nuisance=STILL))
    capture = draw_cohort(1, 1, 1)[0]
    takes = []
    for mm in (0.0, 3.0):
        swollen = replace(capture, region_mm=np.full(6, mm))
        frames = list(face.take(swollen, capture_generator(1, capture)).frames)
        takes.append(np.array([frame.image for frame in frames], np.float32))
    change = np.abs(takes[1] - takes[0]).mean(axis=3)
    columns = np.arange(change.shape[2])
    centre = (change.sum(axis=1) * columns).sum(axis=1) / change.sum(axis=(1, 2))
    assert np.diff(centre).mean() == pytest.approx(2.0, abs=0.25)
    assert change[:, :, -25:].max() < 1  # beyond the face nothing changes


def test_pre_and_post_come_from_shuffled_stretches() -> None:
    starts = []
    footage = walker()
    for k in range(12):
        face = MovingFace("walker", footage, 8, generator(k), FilmStyle(nuisance=STILL))
        starts.append(face._order.tolist())
    assert len({tuple(order) for order in starts}) > 6
    assert all(sorted(order) == list(range(8)) for order in starts)


@given(
    frames=st.integers(FEWEST_FRAMES, 600), captures=st.integers(1, 40), longest=st.integers(16, 90)
)
def test_stretches_lie_in_the_clip_and_apart_when_they_can(
    frames: int, captures: int, longest: int
) -> None:
    found = stretches(frames, captures, longest)
    assert len(found) == captures
    assert all(0 <= start < stop <= frames for start, stop in found)
    assert len({stop - start for start, stop in found}) == 1
    assert min(FEWEST_FRAMES, frames) <= found[0][1] - found[0][0] <= longest
    if frames >= captures * longest:
        assert all(one[1] <= other[0] for one, other in pairwise(found))


def test_smoothing_takes_jitter_and_leaves_motion() -> None:
    t_ms = np.arange(0.0, 2400.0, 40.0)
    path: NDArray[np.float64] = np.sin(t_ms / 700)[:, None, None] * 30 + FIVE
    noisy = path + np.random.default_rng(0).normal(0, 1.0, path.shape)
    calm = smoothed(t_ms, noisy)
    assert np.abs(smoothed(t_ms, path) - path)[4:-4].max() < 0.5
    assert (calm - path).std() < 0.6 * (noisy - path).std()


@pytest.fixture
def detector() -> Iterator[Any]:
    """The detector that the program's own stands on, in one thread: two cores may be busy."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield MTCNN(keep_all=True, min_face_size=60, device="cpu")
    torch.set_num_threads(threads)


@pytest.mark.media
def test_a_study_from_a_real_moving_face(media_dir: Path, tmp_path: Path, detector: Any) -> None:
    def find_points(image: Image) -> Points | None:
        _, likely, points = detector.detect(image, landmarks=True)
        if points is None or (likely > 0.95).sum() != 1:
            return None
        return np.asarray(points[likely > 0.95][0], np.float64)

    study = synthesise(
        tmp_path / "s",
        patients=1,
        days=1,
        seed=1,
        faces=media_dir / "clips",
        find_points=find_points,
        only=["grid_bbaf2n"],
        style=FilmStyle(fps=8.0),
    )
    assert study.sources == ("grid_bbaf2n",)
    for row in read_study(study.folder).rows:
        with open_clip(ClipSource(row.clip)) as clip:
            images = [frame.image for frame in clip.frames]
        assert len(images) >= FEWEST_FRAMES
        assert all(find_points(image) is not None for image in images[:: len(images) - 1])
        assert np.abs(images[0].astype(int) - images[-1]).mean() > 1
