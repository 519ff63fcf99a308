"""What is heard: each thing once, and not too much of it."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.capture.guidance_cues import Cue, Heard, next_sounds, silence
from edema_desk.domain.capture.view import CaptureView, Instruction, Stage, Trouble

SEARCHING = CaptureView(Stage.SEARCHING, Instruction.COME_CLOSER)
COUNTING = CaptureView(Stage.COUNTING, Instruction.GOOD, accepted=10)
LOST = CaptureView(Stage.LOST, Instruction.LOOK_AT_CAMERA, accepted=10)


def listen(
    *views: CaptureView, every_ms: float = 5_000.0
) -> list[tuple[Cue | None, Instruction | None]]:
    heard, sounds = silence(), []
    for i, shown in enumerate(views):
        heard, cue, said = next_sounds(heard, shown, i * every_ms)
        sounds.append((cue, said))
    return sounds


def test_a_capture_is_heard_from_start_to_end() -> None:
    half = replace(COUNTING, accepted=50)
    done = CaptureView(Stage.DONE, Instruction.WELL_DONE, accepted=100)
    cues = [cue for cue, _ in listen(SEARCHING, COUNTING, LOST, COUNTING, half, half, done, done)]
    assert cues == [None, Cue.START, Cue.LOST, Cue.BACK, Cue.HALF, None, Cue.DONE, None]


def test_each_trouble_is_heard_once() -> None:
    gone = replace(COUNTING, stage=Stage.TROUBLE, trouble=Trouble.CAMERA_GONE)
    full = replace(gone, trouble=Trouble.DISK_FULL)
    cues = [cue for cue, _ in listen(COUNTING, gone, gone, full, COUNTING, gone)]
    assert cues == [Cue.START, Cue.TROUBLE, None, Cue.TROUBLE, None, Cue.TROUBLE]


def test_a_pose_that_flutters_is_not_rung_each_time() -> None:
    views = [COUNTING if i % 2 else LOST for i in range(41)]
    cues = [cue for cue, _ in listen(COUNTING, *views, every_ms=300.0)]
    assert 3 <= cues.count(Cue.LOST) <= 5
    assert abs(cues.count(Cue.BACK) - cues.count(Cue.LOST)) <= 1


def test_an_instruction_is_said_at_once_and_again_only_after_a_while() -> None:
    said = [s for _, s in listen(*[SEARCHING] * 20, every_ms=1_000.0)]
    assert [i for i, s in enumerate(said) if s] == [0, 8, 16]


def test_praise_and_silence_are_not_spoken() -> None:
    nearly = replace(COUNTING, instruction=Instruction.NEARLY_DONE)
    said = [s for _, s in listen(COUNTING, nearly, replace(COUNTING, instruction=None))]
    assert said == [None, None, None]


def test_the_end_is_said_even_right_after_something_else() -> None:
    done = CaptureView(Stage.DONE, Instruction.WELL_DONE, accepted=100)
    said = [s for _, s in listen(LOST, done, done, every_ms=100.0)]
    assert said == [Instruction.LOOK_AT_CAMERA, Instruction.WELL_DONE, None]


views = st.builds(
    CaptureView,
    stage=st.sampled_from([Stage.SEARCHING, Stage.COUNTING, Stage.LOST, Stage.PAUSED]),
    instruction=st.sampled_from([None, *Instruction]),
    accepted=st.integers(0, 100),
)


@given(st.lists(st.tuples(views, st.floats(0, 3_000)), max_size=60))
def test_nobody_is_talked_down(course: list[tuple[CaptureView, float]]) -> None:
    heard, now_ms = silence(), 0.0
    spoken: list[tuple[float, Instruction]] = []
    rung: list[Cue] = []
    for shown, passed_ms in course:
        now_ms += passed_ms
        heard, cue, said = next_sounds(heard, shown, now_ms)
        assert isinstance(heard, Heard)
        if said is not None:
            spoken.append((now_ms, said))
        if cue is not None:
            rung.append(cue)
    assert all(b[0] - a[0] >= 2_500 for a, b in pairwise(spoken))
    assert rung.count(Cue.START) <= 1
    assert rung.count(Cue.HALF) <= 1
    assert all(a is not b for a, b in pairwise(c for c in rung if c in (Cue.LOST, Cue.BACK)))
