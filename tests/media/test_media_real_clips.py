"""What the clips of ../shared/media hold, as known from their own headers."""

from itertools import pairwise
from pathlib import Path

import pytest

from edema_desk.domain.capture.clips import ClipSource
from edema_desk.media.decode import open_clip
from edema_desk.media.outside import open_clip_from_outside
from edema_desk.media.plan import EVERY_FRAME

pytestmark = pytest.mark.media

# name: pictures, duration in ms, width, height, codec
CLIPS = {
    "man_leaves_view.mov": (169, 6402.0, 960, 540, "hevc"),
    "man_light_100.mp4": (534, 10680.0, 1760, 1328, "h264"),
    "man_light_75.mp4": (535, 10700.0, 1760, 1328, "h264"),
    "pexels_woman.mp4": (472, 19686.3, 640, 360, "h264"),
}
TEST_CLIPS = {
    "moving_10.mp4": (448, 14933.3, 512, 512, "h264"),
    "moving_13.mp4": (352, 11733.3, 720, 1280, "h264"),
    "moving_14.mp4": (536, 17866.7, 512, 512, "h264"),
    "moving_18.mp4": (216, 7200.0, 480, 480, "h264"),
    "moving_19.mp4": (250, 8333.3, 480, 480, "h264"),
    "moving_3.mp4": (354, 11800.0, 512, 512, "h264"),
    "moving_5.mp4": (148, 4933.3, 480, 480, "h264"),
    "moving_6.mp4": (1008, 33600.0, 480, 480, "h264"),
    "moving_7.mp4": (178, 5933.3, 480, 480, "h264"),
    "moving_8.mp4": (275, 9166.7, 480, 480, "h264"),
    "moving_9.mp4": (587, 19566.7, 480, 480, "h264"),
}
SMALL = {
    "clips/pexels_woman.mp4": CLIPS["pexels_woman.mp4"],
    "clips/man_leaves_view.mov": CLIPS["man_leaves_view.mov"],
    "clips/grid_bbaf2n.mpg": (75, 3000.0, 360, 288, "mpeg1video"),
    "clips_test/moving_13.mp4": TEST_CLIPS["moving_13.mp4"],
    "clips_test/moving_9.mp4": TEST_CLIPS["moving_9.mp4"],
}


def test_the_facts_of_every_clip(media_dir: Path) -> None:
    wanted = {f"clips/{name}": facts for name, facts in CLIPS.items()}
    wanted |= {f"clips_test/{name}": facts for name, facts in TEST_CLIPS.items()}
    for path in sorted((media_dir / "clips").glob("grid_*.mpg")):
        wanted[f"clips/{path.name}"] = SMALL["clips/grid_bbaf2n.mpg"]
    found = sorted(path.relative_to(media_dir) for path in media_dir.glob("clips*/*"))
    assert [path.as_posix() for path in found] == sorted(wanted)
    for name, (pictures, duration_ms, width, height, codec) in wanted.items():
        with open_clip(ClipSource(media_dir / name)) as clip:
            assert clip.pictures == pictures, name
            assert clip.facts.duration_ms == pytest.approx(duration_ms, abs=0.1), name
            facts = (clip.facts.width, clip.facts.height, clip.facts.codec)
            assert facts == (width, height, codec), name


@pytest.mark.parametrize("name", SMALL)
def test_every_frame_comes_in_time(media_dir: Path, name: str) -> None:
    pictures, duration_ms, width, height, _ = SMALL[name]
    with open_clip_from_outside(ClipSource(media_dir / name), EVERY_FRAME) as clip:
        times = []
        for frame in clip.frames:
            assert frame.image.shape == (height, width, 3)
            times.append(frame.t_ms)
    assert len(times) == pictures
    assert times[0] == 0.0
    assert all(a < b for a, b in pairwise(times))
    assert duration_ms - 60 < times[-1] < duration_ms
