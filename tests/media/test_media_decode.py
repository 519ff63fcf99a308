"""Frames come at the times their file bears, upright, and each of them once."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.capture.clips import ClipSource, Frame
from edema_desk.media.clock import FrameClock
from edema_desk.media.decode import open_clip
from edema_desk.media.plan import EVERY_FRAME, FOR_ANALYSIS, SamplePlan, Sampler
from edema_desk.media.writer import ClipWriter, Codec
from tests.media.media_clips import (
    STEADY,
    UNEVEN,
    corners,
    frames_of,
    picture,
    write_clip,
    write_foreign,
)


@pytest.mark.parametrize(
    ("codec", "suffix"),
    [("h264", ".mp4"), ("h264", ".mkv"), ("mjpeg", ".mp4"), ("mjpeg", ".mkv"), ("ffv1", ".mkv")],
)
def test_uneven_times_come_back(tmp_path: Path, codec: Codec, suffix: str) -> None:
    frames = frames_of(write_clip(tmp_path / f"clip{suffix}", UNEVEN, codec=codec))
    assert [frame.t_ms for frame in frames] == pytest.approx(UNEVEN)


@pytest.mark.parametrize("codec", ["h264", "mjpeg", "ffv1"])
def test_pictures_come_back(tmp_path: Path, codec: Codec) -> None:
    frames = frames_of(write_clip(tmp_path / "clip.mkv", codec=codec))
    for number in (0, 7, 29):
        wanted = picture(96, 64, number).astype(int)
        assert np.abs(frames[number].image - wanted).mean() < 6


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
@pytest.mark.parametrize(
    ("rotation_deg", "size", "turned"),
    [
        (0, (96, 64), "RGBW"),
        (90, (64, 96), "GWRB"),
        (180, (96, 64), "WBGR"),
        (270, (64, 96), "BRWG"),
    ],
)
def test_the_rotation_tag_is_obeyed(
    tmp_path: Path, suffix: str, rotation_deg: int, size: tuple[int, int], turned: str
) -> None:
    path = write_clip(tmp_path / f"clip{suffix}", STEADY[:3], rotation_deg=rotation_deg)
    with open_clip(ClipSource(path)) as clip:
        assert (clip.facts.width, clip.facts.height) == size
        assert clip.facts.rotation_deg == rotation_deg
        images = [frame.image for frame in clip.frames]
    assert images[0].shape == (size[1], size[0], 3)
    assert images[0].flags.c_contiguous
    assert [corners(image) for image in images] == [turned] * 3


@pytest.mark.parametrize(("rotation_deg", "turned"), [(44, "RGBW"), (50, "GWRB"), (-91, "BRWG")])
def test_a_slanting_tag_turns_by_quarters(tmp_path: Path, rotation_deg: int, turned: str) -> None:
    frames = frames_of(write_clip(tmp_path / "clip.mp4", STEADY[:1], rotation_deg=rotation_deg))
    assert corners(frames[0].image) == turned


@pytest.mark.parametrize("size", [(97, 65), (33, 17), (2, 2), (161, 90)])
def test_odd_sizes(tmp_path: Path, size: tuple[int, int]) -> None:
    frames = frames_of(write_clip(tmp_path / "clip.mkv", STEADY[:4], size, "ffv1"))
    assert [frame.image.shape for frame in frames] == [(size[1], size[0], 3)] * 4


@pytest.mark.parametrize("size", [(3840, 2160), (2160, 3840)])
def test_4k_is_taken(tmp_path: Path, size: tuple[int, int]) -> None:
    frames = frames_of(write_clip(tmp_path / "clip.mp4", STEADY[:2], size, "mjpeg"))
    assert [frame.image.shape for frame in frames] == [(size[1], size[0], 3)] * 2


def test_pixels_become_square(tmp_path: Path) -> None:
    path = write_foreign(
        tmp_path / "anamorphic.mp4", "libx264", size=(120, 90), aspect=Fraction(16, 15)
    )
    with open_clip(ClipSource(path)) as clip:
        assert (clip.facts.width, clip.facts.height) == (128, 90)
        assert next(clip.frames).image.shape == (90, 128, 3)


def test_facts(tmp_path: Path) -> None:
    with open_clip(ClipSource(write_clip(tmp_path / "clip.mkv"))) as clip:
        assert (clip.facts.container, clip.facts.codec) == ("matroska", "h264")
        assert clip.facts.duration_ms == pytest.approx(len(STEADY) * 40.0, abs=10)
        assert clip.pictures == len(STEADY)


@pytest.mark.parametrize(
    ("encoder", "suffix", "codec"),
    [
        ("libx265", ".mp4", "hevc"),
        ("libvpx", ".webm", "vp8"),
        ("libvpx-vp9", ".webm", "vp9"),
        ("libsvtav1", ".mp4", "av1"),
        ("mpeg4", ".avi", "mpeg4"),
        ("mjpeg", ".avi", "mjpeg"),
        ("mpeg1video", ".mpg", "mpeg1video"),
        ("mpeg2video", ".mpg", "mpeg2video"),
        ("libx264", ".avi", "h264"),
    ],
)
def test_every_codec_on_the_list(tmp_path: Path, encoder: str, suffix: str, codec: str) -> None:
    pixels = "yuvj420p" if encoder == "mjpeg" else "yuv420p"
    path = write_foreign(tmp_path / f"clip{suffix}", encoder, pixels=pixels)
    with open_clip(ClipSource(path)) as clip:
        frames = list(clip.frames)
        assert clip.facts.codec == codec
    assert len(frames) == 30
    assert [corners(frame.image) for frame in frames] == ["RGBW"] * 30
    gaps = np.diff([frame.t_ms for frame in frames])
    assert gaps == pytest.approx([40.0] * 29, abs=1.01)


@pytest.mark.parametrize(
    ("suffix", "encoder", "muxing"),
    [
        (".mp4", "libx264", {"movflags": "frag_keyframe+empty_moov+default_base_moof"}),
        (".mp4", "libx264", {"movflags": "faststart"}),
        (".webm", "libvpx", {"live": "1"}),
        (".mkv", "libx264", {"live": "1"}),
    ],
)
def test_how_browsers_and_tablets_write(
    tmp_path: Path, suffix: str, encoder: str, muxing: dict[str, str]
) -> None:
    path = write_foreign(tmp_path / f"clip{suffix}", encoder, muxing=muxing)
    assert [frame.t_ms for frame in frames_of(path)] == pytest.approx(STEADY, abs=0.5)


def test_a_clip_that_starts_late_starts_at_zero(tmp_path: Path) -> None:
    path = write_foreign(tmp_path / "late.mkv", "ffv1", ticks=range(500, 510))
    assert [frame.t_ms for frame in frames_of(path)] == pytest.approx([40.0 * i for i in range(10)])


def test_long_clips_are_sampled_and_short_ones_are_not(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mp4", [i * 1000.0 / 30 for i in range(60)])
    assert len(frames_of(path)) == 60
    with open_clip(ClipSource(path), SamplePlan(gap_ms=300.0, from_ms=1000.0)) as clip:
        sampled = list(clip.frames)
        assert clip.pictures == 60
    again = frames_of(path)
    assert 6 <= len(sampled) <= 7
    assert np.diff([frame.t_ms for frame in sampled]).min() >= 299.5
    every = {frame.t_ms: frame.image for frame in again}
    assert all(np.array_equal(frame.image, every[frame.t_ms]) for frame in sampled)
    assert FOR_ANALYSIS.gap_for(59_999.0) == 0.0
    assert FOR_ANALYSIS.gap_for(60_000.0) == 500.0


@pytest.mark.parametrize(("codec", "qualities"), [("h264", (12, 24, 40)), ("mjpeg", (2, 6, 20))])
def test_a_lower_quality_makes_a_smaller_clip(
    tmp_path: Path, codec: Codec, qualities: tuple[int, ...]
) -> None:
    grain = np.random.default_rng(1).integers(0, 256, (64, 96, 3), np.uint8)
    sizes = []
    for quality in qualities:
        path = tmp_path / f"{quality}.mkv"
        with ClipWriter(path, 96, 64, codec, quality=quality) as writer:
            writer.write(Frame(0.0, grain))
        sizes.append(path.stat().st_size)
    assert sizes[0] > 1.3 * sizes[1] > 1.7 * sizes[2]


def test_the_same_clip_gives_the_same_frames(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mp4", UNEVEN)
    first, second = frames_of(path), frames_of(path)
    assert [a.t_ms for a in first] == [b.t_ms for b in second]
    assert all(np.array_equal(a.image, b.image) for a, b in zip(first, second, strict=True))


@given(st.lists(st.floats(0.01, 2000.0), max_size=60), st.floats(1.0, 1000.0))
def test_sampled_times_keep_their_distance(steps: list[float], gap_ms: float) -> None:
    times = np.cumsum([0.0, *steps])
    sampler = Sampler(gap_ms)
    taken = [t for t in times if sampler.takes(float(t))]
    assert taken[0] == 0.0
    assert all(b - a >= gap_ms - 0.5 for a, b in pairwise(taken))
    sampler = Sampler(0.0)
    assert all(sampler.takes(float(t)) for t in times)


TIMES = st.lists(st.none() | st.floats(-1e6, 1e6), min_size=1, max_size=50)


@given(TIMES, st.floats(0.0, 100.0))
def test_times_only_grow_whatever_the_file_says(
    times: list[float | None], duration_ms: float
) -> None:
    clock = FrameClock()
    read = [clock.read(time_ms, duration_ms) for time_ms in times]
    assert read[0] == 0.0
    assert all(a < b for a, b in pairwise(read))


def test_disorder_is_mended_where_it_is() -> None:
    def read(*times: float | None) -> list[float]:
        clock = FrameClock()
        return [clock.read(time_ms, 40.0) for time_ms in times]

    assert read(-80, -40, 0) == [0, 40, 80]
    assert read(0, 40, 40, 120) == [0, 40, 41, 120]
    assert read(0, None, 80) == [0, 40, 80]
    assert read(None, None, None) == [0, 40, 80]
    assert read(0, 40, 20, 120) == [0, 40, 41, 120]
    assert read(5000, 5040, 0, 40) == [0, 40, 80, 120]


def test_every_frame_is_every_frame() -> None:
    assert EVERY_FRAME.gap_for(600_000.0) == 0.0
