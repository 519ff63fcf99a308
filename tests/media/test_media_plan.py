"""Exactly the frames that are asked for by their times."""

from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.capture.choice import choose_frames
from edema_desk.domain.capture.clips import ClipSource
from edema_desk.domain.terms.quality import SCORE_NAMES, FrameObservation
from edema_desk.errors import ExpectedError
from edema_desk.media.decode import open_clip
from edema_desk.media.outside import open_clip_from_outside
from edema_desk.media.plan import EVERY_FRAME, FOR_ANALYSIS, SamplePlan, TimesChoice
from edema_desk.media.writer import Codec
from tests.media.media_clips import UNEVEN, frames_of, write_clip


@given(st.sets(st.integers(0, 5000)), st.sets(st.integers(0, 5000)))
def test_those_of_the_file_that_are_asked_for(asked: set[int], there: set[int]) -> None:
    choice = TimesChoice(tuple(float(t) for t in sorted(asked)))
    assert [t for t in sorted(there) if choice.takes(float(t))] == sorted(asked & there)


def test_a_time_is_rounded_and_taken_once() -> None:
    choice = TimesChoice((100.0, 133.0))
    assert [choice.takes(t) for t in (99.4, 99.6, 100.4, 133.3, 133.4)] == [
        False,
        True,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize("rate", [10, 12.5, 15, 20, 24000 / 1001, 24, 25, 29.97, 30, 50, 59.94, 60])
@pytest.mark.parametrize("tick_ms", [0.0, 1.0])
def test_all_that_is_looked_at_in_a_long_clip_may_be_chosen(rate: float, tick_ms: float) -> None:
    length_ms = 90_000.0
    shown = [n * 1000.0 / rate for n in range(int(length_ms / 1000.0 * rate))]
    if tick_ms:  # as Matroska times them
        shown = [float(round(t_ms)) for t_ms in shown]
    due = FOR_ANALYSIS.choice(length_ms)
    looked = [t_ms for t_ms in shown if due.takes(t_ms)]
    scores = np.full(len(SCORE_NAMES), 100.0, np.float32)
    scores[[SCORE_NAMES.index(f"HeadPose{way}_deg") for way in ("Yaw", "Pitch", "Roll")]] = 0.0
    seen = [FrameObservation(t_ms, 1, scores, None) for t_ms in looked]
    assert choose_frames(seen, length_ms, most=len(seen)) == tuple(range(len(seen)))
    assert len(looked) > length_ms / (500.0 + 1000.0 / rate) - 1


def test_of_a_recording_nothing_else_is_decoded(tmp_path: Path) -> None:
    """Pictures that are not due may be anything."""
    source = write_clip(tmp_path / "clip.mkv", UNEVEN, codec="mjpeg")
    every = frames_of(source)
    due = (3, 4, 9)
    spoilt = tmp_path / "spoilt.mkv"
    with av.open(str(source)) as inside, av.open(str(spoilt), "w") as outside:
        stream = outside.add_stream_from_template(inside.streams.video[0])
        shown = [packet for packet in inside.demux(video=0) if packet.size]
        for number, packet in enumerate(shown):
            copy = packet if number in (0, *due) else av.Packet(b"nothing to be seen")
            copy.pts, copy.dts, copy.time_base = packet.pts, packet.dts, packet.time_base
            copy.duration, copy.stream, copy.is_keyframe = packet.duration, stream, True
            outside.mux(copy)
    times = tuple(every[i].t_ms for i in due)
    with open_clip(ClipSource(spoilt), SamplePlan(times_ms=times)) as clip:
        frames = list(clip.frames)
    assert [f.t_ms for f in frames] == pytest.approx(times, abs=0.5)
    assert all(np.array_equal(f.image, every[i].image) for f, i in zip(frames, due, strict=True))
    with pytest.raises(ExpectedError), open_clip(ClipSource(spoilt), EVERY_FRAME) as clip:
        list(clip.frames)


@pytest.mark.parametrize("codec", ["h264", "mjpeg"])
@pytest.mark.parametrize("opened", [open_clip, open_clip_from_outside])
def test_a_long_clip_is_not_sampled_as_well(tmp_path: Path, codec: Codec, opened: object) -> None:
    path = write_clip(tmp_path / "clip.mkv", [round(t) for t in UNEVEN], codec=codec)
    every = frames_of(path)
    wanted = [every[i] for i in (0, 1, 5, 6, len(every) - 1)]
    times = (*(frame.t_ms for frame in wanted), 1e6)
    plan = SamplePlan(gap_ms=300.0, from_ms=0.0, times_ms=times)
    with opened(ClipSource(path), plan) as clip:  # type: ignore[operator]
        frames = list(clip.frames)
    assert [f.t_ms for f in frames] == [f.t_ms for f in wanted]
    assert all(np.array_equal(a.image, b.image) for a, b in zip(frames, wanted, strict=True))
