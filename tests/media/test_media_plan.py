"""Exactly the frames that are asked for by their times."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.clips import ClipSource
from edema_desk.media.decode import open_clip
from edema_desk.media.outside import open_clip_from_outside
from edema_desk.media.plan import SamplePlan, TimesChoice
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
