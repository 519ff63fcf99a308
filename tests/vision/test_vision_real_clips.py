"""Real people: usable where a person would say so, refused where they turn away."""

from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest

from edema_desk.domain.capture.clips import ClipSource, Frame
from edema_desk.media.decode import open_clip
from edema_desk.vision.detector import MtcnnDetector
from edema_desk.vision.observer import ClipObserver, ObservedClip

pytestmark = pytest.mark.media


def observed(path: Path, detector: MtcnnDetector, every: int, most: int = 40) -> ObservedClip:
    """Each `every`-th frame, at most so many."""
    observer = ClipObserver(detector)
    with open_clip(ClipSource(path)) as clip:
        for frame in islice(clip.frames, 0, every * most, every):
            observer.observe(frame)
        return observer.finish(clip.facts.duration_ms)


@pytest.mark.parametrize("name", ["grid_bbaf2n.mpg", "grid_swiz3n.mpg", "man_light_75.mp4"])
def test_people_who_look_at_the_camera_are_usable(
    media_dir: Path, detector: MtcnnDetector, name: str
) -> None:
    clip = observed(media_dir / "clips" / name, detector, every=5, most=15)
    assert clip.refusal is None
    assert len(clip.crops) == clip.frames_seen == 15


def test_a_man_who_leaves_is_missed(media_dir: Path, detector: MtcnnDetector) -> None:
    clip = observed(media_dir / "clips" / "man_leaves_view.mov", detector, every=6)
    assert clip.refusal is None
    assert 10 <= len(clip.crops) < clip.frames_seen
    assert clip.refused["no_face"] >= 10
    assert clip.t_ms.max() < 3000


def test_a_woman_who_turns_is_refused_where_she_does(
    media_dir: Path, detector: MtcnnDetector
) -> None:
    clip = observed(media_dir / "clips_test" / "moving_3.mp4", detector, every=9)
    assert clip.refusal is None
    assert clip.refused["turned_sideways"] >= 3
    assert np.abs(clip.frame_scores[:, 7]).max() <= 18.0


def test_twice_the_same_clip_twice_the_same_frames(
    media_dir: Path, detector: MtcnnDetector
) -> None:
    path = media_dir / "clips" / "grid_lbax4n.mpg"
    first, second = (observed(path, MtcnnDetector(), every=4) for _ in range(2))
    assert first.crops == second.crops
    assert np.array_equal(first.frame_scores, second.frame_scores)


def test_portraits_are_usable(media_dir: Path, detector: MtcnnDetector) -> None:
    for path in sorted((media_dir / "faces").glob("*.jpg"))[::14]:
        picture = cv2.imread(str(path))
        assert picture is not None
        observer = ClipObserver(detector)
        seen = observer.observe(Frame(0.0, np.ascontiguousarray(picture[:, :, ::-1], np.uint8)))
        assert seen.refusal is None, path.name
