"""Which frames stand for a clip: rules that hold for every clip."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.capture.choice import (
    ENOUGH_CALM,
    LONG_CLIP_GAP_MS,
    LONG_CLIP_MS,
    MOST_FRAMES,
    choose_frames,
    count_refusals,
)
from edema_desk.domain.terms.quality import (
    CALM,
    SCORE_NAMES,
    FrameObservation,
    FrameRefusal,
    calmness,
    merit,
)

GOOD = {
    "Sharpness": 90.0,
    "IlluminationUniformity": 95.0,
    "EyesOpen": 100.0,
    "MouthClosed": 95.0,
    "ExpressionNeutrality": 100.0,
}
TALKING = {"MouthClosed": 80.0}


def observation(
    t_ms: float, refusal: FrameRefusal | None = None, **scores: float
) -> FrameObservation:
    of = {**dict.fromkeys(SCORE_NAMES, 0.0), **GOOD, **scores}
    values = np.array([of[name] for name in SCORE_NAMES], np.float32)
    return FrameObservation(t_ms, 1, values, refusal)


def steady(seconds: float, rate: float) -> list[FrameObservation]:
    return [observation(1000 * i / rate) for i in range(round(seconds * rate))]


@st.composite
def clips(draw: st.DrawFn) -> tuple[list[FrameObservation], float]:
    """Frames at varying rate, some refused, some talking, of varying yaw."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count, gap_ms = draw(st.integers(0, 400)), draw(st.sampled_from([20.0, 300.0, 700.0]))
    usable = draw(st.sampled_from([0.05, 0.5, 1.0]))
    times = np.cumsum(rng.exponential(gap_ms, count)).tolist()
    reasons = [None if u < usable else FrameRefusal.BLURRED for u in rng.random(count)]
    yaws = rng.normal(0, 8, count).tolist()
    mouths = rng.choice([80.0, 95.0], count, p=draw(st.sampled_from([(0, 1), (0.9, 0.1)])))
    frames = [
        observation(t, r, HeadPoseYaw_deg=y, MouthClosed=m)
        for t, r, y, m in zip(times, reasons, yaws, mouths.tolist(), strict=True)
    ]
    return frames, times[-1] if times else 0.0


@given(clips())
def test_rules_of_the_choice(clip: tuple[list[FrameObservation], float]) -> None:
    frames, duration_ms = clip
    chosen = choose_frames(frames, duration_ms)
    assert len(chosen) <= MOST_FRAMES
    assert list(chosen) == sorted(set(chosen))
    assert all(frames[i].refusal is None for i in chosen)
    assert choose_frames(list(frames), duration_ms) == chosen
    counts = count_refusals(frames, chosen)
    assert sum(counts.values()) + len(chosen) == len(frames)
    times = [frames[i].t_ms for i in chosen]
    usable = [f for f in frames if f.refusal is None]
    calm = sum(calmness(f) >= CALM for f in usable)
    if duration_ms >= LONG_CLIP_MS:
        assert np.all(np.diff(times) >= LONG_CLIP_GAP_MS - 1e-3)
    else:
        assert len(chosen) == min(max(calm, min(len(usable), ENOUGH_CALM)), MOST_FRAMES)
    assert (len(chosen) > 0) == (len(usable) > 0)
    others = sum(calmness(frames[i]) < CALM for i in chosen)
    assert others == 0 or len(chosen) <= ENOUGH_CALM


@given(clips())
def test_no_calm_frame_that_would_fit_is_left_out(
    clip: tuple[list[FrameObservation], float],
) -> None:
    frames, duration_ms = clip
    chosen = choose_frames(frames, duration_ms)
    if len(chosen) == MOST_FRAMES:
        return
    gap_ms = LONG_CLIP_GAP_MS if duration_ms >= LONG_CLIP_MS else 0.0
    taken = np.array([frames[i].t_ms for i in chosen])
    for i, frame in enumerate(frames):
        if frame.refusal is None and i not in chosen and calmness(frame) >= CALM:
            assert np.abs(taken - frame.t_ms).min() < gap_ms


@pytest.mark.parametrize(
    ("seconds", "rate"), [(180, 30), (180, 3.34), (60, 25), (20, 50), (90, 12)]
)
def test_the_frames_are_spread_over_the_clip(seconds: float, rate: float) -> None:
    frames = steady(seconds, rate)
    chosen = choose_frames(frames, seconds * 1000)
    assert len(chosen) == MOST_FRAMES
    times = np.array([frames[i].t_ms for i in chosen]) / 1000
    tenths, _ = np.histogram(times, bins=10, range=(0, seconds))
    assert tenths.min() >= 6
    assert tenths.max() <= 14


def test_a_minute_has_room_for_all_100() -> None:
    assert len(choose_frames(steady(60, 30), 60_000)) == MOST_FRAMES


def test_short_clips_give_every_usable_frame() -> None:
    frames = steady(3, 25)
    assert choose_frames(frames, 3_000) == tuple(range(75))


def test_of_neighbours_the_better_is_taken() -> None:
    frames = [
        observation(900.0 * (i // 2) + i % 2, HeadPoseYaw_deg=12.0 if i % 2 else 1.0)
        for i in range(400)
    ]
    chosen = choose_frames(frames, 180_000)
    assert len(chosen) == MOST_FRAMES
    assert all(i % 2 == 0 for i in chosen)


def test_calm_frames_are_preferred_and_others_make_up_for_them() -> None:
    many = [observation(40.0 * i, None, **(TALKING if i % 3 else {})) for i in range(300)]
    assert choose_frames(many, 12_000) == tuple(range(0, 300, 3))
    few = [observation(40.0 * i, None, **(TALKING if i >= 10 else {})) for i in range(300)]
    chosen = choose_frames(few, 12_000)
    assert chosen[:10] == tuple(range(10))
    assert len(chosen) == ENOUGH_CALM
    assert chosen[-1] > 250  # the rest spread over the clip
    assert len(choose_frames(few[5:12], 280)) == 7


def test_reasons_are_counted_most_frequent_first() -> None:
    frames = [
        observation(0, FrameRefusal.BLURRED),
        observation(1, FrameRefusal.NO_FACE),
        observation(2, FrameRefusal.NO_FACE),
        observation(3),
        observation(4),
    ]
    counts = count_refusals(frames, (3,))
    assert list(counts.items()) == [("no_face", 2), ("blurred", 1), ("not_needed", 1)]


@pytest.mark.parametrize(
    "worse",
    [
        {"HeadPoseYaw_deg": -9.0},
        {"HeadPosePitch_deg": 12.0},
        {"HeadPoseRoll_deg": -8.0},
        {"Sharpness": 50.0},
        {"IlluminationUniformity": 60.0},
        {"EyesOpen": 50.0},
        {"MouthClosed": 92.0},
        {"ExpressionNeutrality": 30.0},
    ],
)
def test_merit_falls_with_every_fault(worse: dict[str, float]) -> None:
    assert 0 <= merit(observation(0, None, **worse)) < merit(observation(0)) <= 1
