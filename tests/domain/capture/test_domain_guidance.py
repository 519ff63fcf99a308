"""How a capture is led: one instruction at a time, steady, and only what holds counts."""

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edema_desk.domain.capture.choice import LONG_CLIP_GAP_MS
from edema_desk.domain.capture.guidance import (
    GuideState,
    first_state,
    pause,
    resume,
    start_now,
    step,
    view,
)
from edema_desk.domain.capture.sight import FacePlace, Sight
from edema_desk.domain.capture.view import Instruction, PictureMarks, Stage, Trouble
from tests.domain.capture.sights import sight

Look = Callable[[float], Sight | None]


def well(t_ms: float) -> Sight | None:
    return sight(t_ms)


def away(t_ms: float) -> Sight | None:
    return sight(t_ms, faces=0)


def smiling(t_ms: float) -> Sight | None:
    return sight(t_ms, ExpressionNeutrality=10.0)


def silent(t_ms: float) -> Sight | None:
    return None


def far(t_ms: float) -> Sight | None:
    return sight(t_ms, face=FacePlace(0.5, 0.5, 0.05), InterEyeDistance_px=20.0)


def turned(t_ms: float) -> Sight | None:
    return sight(t_ms, HeadPoseYaw_deg=40.0)


def blinking(t_ms: float) -> Sight | None:
    return sight(t_ms, EyesOpen=0.0)


LOOKS: tuple[Look, ...] = (well, away, smiling, silent, far, turned, blinking)


def run(state: GuideState, look: Look, for_ms: float, every_ms: float = 100.0) -> GuideState:
    return states(state, look, for_ms, every_ms)[-1]


def states(
    state: GuideState, look: Look, for_ms: float, every_ms: float = 100.0
) -> list[GuideState]:
    made = []
    for _ in range(round(for_ms / every_ms)):
        now_ms = state.now_ms + every_ms
        state = step(state, look(now_ms), now_ms)
        made.append(state)
    return made


def counting() -> GuideState:
    return run(first_state(), well, 3_000)


def test_a_pose_that_holds_is_counted_down_and_then_counted() -> None:
    made = states(first_state(), well, 3_000)
    order = list(dict.fromkeys(s.stage for s in made))
    assert order == [Stage.SEARCHING, Stage.HOLDING, Stage.COUNTING]
    counted = [s.countdown_s for s in made if s.stage is Stage.HOLDING]
    assert counted == [2] * 10 + [1] * 10
    begun = next(s.now_ms for s in made if s.stage is Stage.COUNTING)
    assert begun == pytest.approx(2_400)


def test_the_countdown_starts_again_when_the_pose_goes() -> None:
    held = run(first_state(), well, 1_500)
    assert held.stage is Stage.HOLDING
    assert run(held, away, 500).stage is Stage.HOLDING
    gone = run(held, away, 800)
    assert (gone.stage, gone.countdown_s) == (Stage.SEARCHING, None)
    assert run(gone, well, 1_500).stage is Stage.HOLDING


def test_nothing_begins_while_the_face_is_away_at_the_end_of_the_countdown() -> None:
    held = run(first_state(), well, 2_100)
    assert held.stage is Stage.HOLDING
    assert run(held, blinking, 400).stage is Stage.HOLDING


def test_two_frames_a_second_count_until_there_are_enough() -> None:
    made = states(first_state(), well, 60_000)
    done = next(s for s in made if s.stage is Stage.DONE)
    assert done.accepted == 100
    assert done.now_ms == pytest.approx(2_400 + 99 * 500)
    assert made[-1] == done


def test_a_capture_ends_after_three_minutes() -> None:
    made = states(first_state(), smiling, 200_000)
    done = next(s for s in made if s.stage is Stage.DONE)
    assert done.recorded_ms == pytest.approx(180_000, abs=101)
    assert done.accepted == 24


def test_a_calm_face_counts_for_more_than_a_smiling_one() -> None:
    made = run(counting(), smiling, 20_000)
    assert (made.accepted, made.instruction) == (24, Instruction.RELAX_FACE)
    assert made.stage is Stage.COUNTING
    assert run(made, well, 25_000).accepted > 45


def test_a_blink_stops_nothing_and_a_turned_head_stops_counting_but_not_recording() -> None:
    state = counting()
    assert run(state, blinking, 400).stage is Stage.COUNTING
    lost = run(state, turned, 5_000)
    assert (lost.stage, lost.recording) == (Stage.LOST, True)
    assert lost.accepted == state.accepted
    assert lost.recorded_ms == pytest.approx(state.recorded_ms + 5_000)
    assert lost.instruction is Instruction.LOOK_AT_CAMERA
    assert run(lost, well, 200).stage is Stage.LOST
    assert run(lost, well, 400).stage is Stage.COUNTING


def test_begun_more_is_allowed_than_to_begin() -> None:
    def low(t_ms: float) -> Sight | None:
        return sight(t_ms, face=FacePlace(0.75, 0.5, 0.3))

    assert run(first_state(), low, 5_000).stage is Stage.SEARCHING
    assert run(first_state(), low, 5_000).instruction is Instruction.MOVE_RIGHT
    assert run(counting(), low, 5_000).stage is Stage.COUNTING


def test_a_person_may_start_at_once() -> None:
    begun = start_now(run(first_state(), far, 2_000), 2_000.0)
    assert begun.stage is Stage.COUNTING
    assert run(begun, far, 300).stage is Stage.COUNTING
    assert run(begun, far, 900).stage is Stage.LOST
    assert start_now(counting(), 5_000.0) == counting()


def test_a_pause_neither_counts_nor_records() -> None:
    state = counting()
    paused = pause(state, state.now_ms)
    assert (paused.stage, paused.recording) == (Stage.PAUSED, False)
    rested = run(paused, well, 60_000)
    assert (rested.accepted, rested.recorded_ms) == (state.accepted, state.recorded_ms)
    again = resume(rested, rested.now_ms)
    assert (again.stage, again.recording) == (Stage.LOST, True)
    on = run(again, well, 2_000)
    assert on.stage is Stage.COUNTING
    assert on.recorded_ms == pytest.approx(state.recorded_ms + 2_000)


def test_a_pause_before_the_start_goes_back_to_searching() -> None:
    paused = pause(first_state(), 100.0)
    assert resume(paused, 9_000.0).stage is Stage.SEARCHING


def test_two_seconds_without_a_sight_are_a_lost_pose_and_say_nothing_of_the_picture() -> None:
    state = counting()
    assert run(state, silent, 1_900).stage is Stage.COUNTING
    lost = run(state, silent, 4_000)
    assert (lost.stage, lost.accepted, lost.face) == (Stage.LOST, state.accepted, None)
    assert lost.marks == PictureMarks()
    assert lost.instruction is Instruction.HOLD_STILL
    assert run(lost, well, 400).stage is Stage.COUNTING


def test_a_sleep_of_the_computer_is_not_recorded_time_and_holds_no_pose() -> None:
    state = counting()
    slept = step(state, sight(0.0), state.now_ms + 3_600_000)
    assert slept.recorded_ms == state.recorded_ms
    held = run(first_state(), well, 500)
    woken = step(held, sight(1.0), held.now_ms + 3_600_000)
    assert woken.stage is not Stage.COUNTING


def test_the_recorders_own_time_is_taken_where_it_is_known() -> None:
    state = step(counting(), sight(9_000.0), 9_000.0, recorded_ms=77.0e3)
    assert state.recorded_ms == 77_000.0
    assert step(state, None, 9_100.0, recorded_ms=5.0).recorded_ms == 77_000.0
    assert step(state, None, 9_200.0, recorded_ms=180.0e3).stage is Stage.DONE


def test_the_patient_hears_when_it_is_nearly_over() -> None:
    state = replace(counting(), calm=85)
    assert run(state, well, 2_000).instruction is Instruction.NEARLY_DONE


def test_an_instruction_goes_even_where_the_next_one_keeps_changing() -> None:
    held = run(first_state(), away, 2_000)
    assert held.instruction is Instruction.FIND_FACE
    for i in range(15):
        now_ms = held.now_ms + 100
        held = step(held, smiling(now_ms) if i % 2 else well(now_ms), now_ms)
    assert held.instruction is not Instruction.FIND_FACE


def test_what_the_page_is_told() -> None:
    state = counting()
    shown = view(state, same_light=0.4, made_up=True)
    assert (shown.stage, shown.accepted, shown.marks.same_light) == (
        Stage.COUNTING,
        state.accepted,
        0.4,
    )
    assert shown.marks.facing == state.marks.facing
    assert shown.made_up
    assert shown.look_count == 30
    held = view(run(first_state(), well, 1_000))
    assert (held.stage, held.countdown_s) == (Stage.HOLDING, 2)
    halted = view(state, stage=Stage.TROUBLE, trouble=Trouble.CAMERA_GONE)
    assert (halted.stage, halted.instruction) == (Stage.TROUBLE, None)
    assert view(pause(state, state.now_ms)).instruction is None
    done = view(run(state, well, 60_000))
    assert (done.stage, done.instruction) == (Stage.DONE, Instruction.WELL_DONE)


walks = st.lists(
    st.tuples(st.sampled_from(LOOKS), st.integers(1, 25), st.sampled_from([33.0, 90.0, 250.0])),
    max_size=12,
)
commands = st.lists(st.sampled_from(["start", "pause", "resume", ""]), min_size=12, max_size=12)


def walked(walk: Iterable[tuple[Look, int, float]], acts: list[str]) -> list[GuideState]:
    made = [first_state()]
    for (look, steps, every_ms), act in zip(walk, acts, strict=False):
        made += states(made[-1], look, steps * every_ms, every_ms)
        state = made[-1]
        if act == "start":
            made.append(start_now(state, state.now_ms))
        elif act == "pause":
            made.append(pause(state, state.now_ms))
        elif act == "resume":
            made.append(resume(state, state.now_ms))
    return made


@given(walks, commands)
@example(
    [(well, 1, 33.0), (well, 10, 250.0), (well, 1, 90.0), (well, 5, 90.0)],
    ["resume", "pause", "resume", "start"],
)
def test_whatever_happens_instructions_are_steady_and_counts_fair(
    walk: list[tuple[Look, int, float]], acts: list[str]
) -> None:
    made = walked(walk, acts)
    assert made == walked(walk, acts)
    changes = [b.now_ms for a, b in pairwise(made) if a.instruction != b.instruction]
    assert all(b - a >= 1_200 - 1e-6 for a, b in pairwise(changes))
    for a, b in pairwise(made):
        assert b.now_ms >= a.now_ms
        assert a.recorded_ms <= b.recorded_ms <= a.recorded_ms + (b.now_ms - a.now_ms) + 1e-6
        assert a.accepted <= b.accepted <= a.accepted + 1
        if b.accepted > a.accepted:
            assert b.stage in (Stage.COUNTING, Stage.DONE)
        if a.stage is Stage.PAUSED and b.stage is Stage.PAUSED:
            assert a.recorded_ms == b.recorded_ms
    counted = sorted({state.counted_ms for state in made[1:]} - {-math.inf})
    assert all(b - a >= LONG_CLIP_GAP_MS for a, b in pairwise(counted))  # a pause is time as well
    assert made[-1].accepted <= min(made[-1].wanted, len(counted))


@given(walks, commands)
def test_sitting_well_is_counted_within_four_seconds_from_anywhere(
    walk: list[tuple[Look, int, float]], acts: list[str]
) -> None:
    state = walked(walk, acts)[-1]
    if state.stage is Stage.PAUSED:
        state = resume(state, state.now_ms)
    assert run(state, well, 4_000).stage in (Stage.COUNTING, Stage.DONE)


@given(st.lists(st.floats(-1e6, 1e6), max_size=30))
def test_a_clock_that_goes_back_takes_nothing_back(times: list[float]) -> None:
    state = counting()
    for now_ms in times:
        after = step(state, None, now_ms)
        assert after.now_ms >= state.now_ms
        assert after.recorded_ms >= state.recorded_ms
        state = after
