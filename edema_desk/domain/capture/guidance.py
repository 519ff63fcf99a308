"""How a live capture is led: from sight to sight to the next state, without a clock of its own.

A pose must hold before it counts and be gone for a while before it no longer does; an
instruction stays long enough to be read and follows only what lasts. Recording runs from the
first COUNTING on; what the guide decides is which frames count.
"""

import math
from dataclasses import dataclass, replace

from edema_desk.domain.capture.choice import ENOUGH_CALM, LONG_CLIP_GAP_MS, MOST_FRAMES
from edema_desk.domain.capture.guidance_needs import TO_BEGIN, TO_STAY, hint, marks_of, need
from edema_desk.domain.capture.sight import FacePlace, Sight
from edema_desk.domain.capture.view import (
    CaptureView,
    Instruction,
    LightNote,
    PictureMarks,
    Stage,
    Trouble,
)
from edema_desk.domain.terms.identity import Verdict

LONGEST_MS = 180_000.0
FOUND_AFTER_MS = 300.0
"""A pose that held so long begins the countdown, or counts again."""
HOLD_MS = 2_000.0
LOST_AFTER_MS = 600.0
"""Longer than a blink."""
REASON_HOLDS_MS = 400.0
SHOWN_AT_LEAST_MS = 1_200.0
STALE_MS = 800.0
"""An instruction nobody needs for so long goes, even where what is needed keeps changing."""
SILENCE_MS = 2_000.0
"""Without a sight for so long nothing is known of the pose."""
_SLOWEST_STEP_MS = 2_000.0
"""A longer way from step to step was a sleep of the computer, not a recording."""
_SETTLE_MS = 400.0
_NEARLY = 0.85
_NO_MARKS = PictureMarks()


@dataclass(frozen=True, slots=True)
class GuideState:
    """Where a capture stands at `now_ms`. Times are those of the steps: `shown_ms` when the
    instruction appeared, `wish_ms` since when another is called for, `fitted_ms` when the one
    shown last was. `counted_ms` is the last counted sight's own time; `calm` and `other` are how
    many were counted."""

    now_ms: float
    wanted: int = MOST_FRAMES
    longest_ms: float = LONGEST_MS
    stage: Stage = Stage.SEARCHING
    before_pause: Stage = Stage.SEARCHING
    instruction: Instruction = Instruction.FIND_FACE
    shown_ms: float = -math.inf
    wish: Instruction = Instruction.FIND_FACE
    wish_ms: float = 0.0
    fitted_ms: float = 0.0
    good_ms: float | None = None
    bad_ms: float | None = None
    held_ms: float | None = None
    seen_ms: float | None = None
    calm: int = 0
    other: int = 0
    counted_ms: float = -math.inf
    recorded_ms: float = 0.0
    marks: PictureMarks = _NO_MARKS
    face: FacePlace | None = None
    look_count: int = 0

    @property
    def accepted(self) -> int:
        """How many frames will stand for the capture: as `domain.choice` takes them, calm ones,
        and others only as far as the calm are too few."""
        enough = min(ENOUGH_CALM, self.wanted)
        return min(max(self.calm, min(self.calm + self.other, enough)), self.wanted)

    @property
    def recording(self) -> bool:
        """Whether frames are to be recorded."""
        return self.stage in (Stage.COUNTING, Stage.LOST)

    @property
    def countdown_s(self) -> int | None:
        """Whole seconds until counting begins, while the pose holds."""
        if self.stage is not Stage.HOLDING or self.held_ms is None:
            return None
        return max(math.ceil((self.held_ms + HOLD_MS - self.now_ms) / 1000.0), 1)


def first_state(
    now_ms: float = 0.0, *, wanted: int = MOST_FRAMES, longest_ms: float = LONGEST_MS
) -> GuideState:
    """Before the first sight."""
    return GuideState(now_ms, wanted, longest_ms, wish_ms=now_ms, fitted_ms=now_ms)


def step(
    state: GuideState, sight: Sight | None, now_ms: float, *, recorded_ms: float | None = None
) -> GuideState:
    """The state after a sight, or after some time without one.

    `now_ms` is a clock that does not go back; `recorded_ms` is the recorder's own figure, where
    it is known, and otherwise summed up here.
    """
    if state.stage is Stage.DONE:
        return state
    now_ms = max(now_ms, state.now_ms)
    passed_ms = now_ms - state.now_ms
    state = replace(state, now_ms=now_ms)
    if recorded_ms is not None:
        state = replace(state, recorded_ms=max(recorded_ms, state.recorded_ms))
    elif state.recording and passed_ms <= _SLOWEST_STEP_MS:
        state = replace(state, recorded_ms=state.recorded_ms + passed_ms)
    state = _without_sight(state) if sight is None else _with_sight(state, sight)
    state = _staged(state)
    if sight is not None and state.stage is Stage.COUNTING:
        state = _counted(state, sight)
    if state.accepted >= state.wanted or state.recorded_ms >= state.longest_ms:
        return replace(state, stage=Stage.DONE)
    return _instructed(state, sight)


def start_now(state: GuideState, now_ms: float) -> GuideState:
    """Begin without waiting for the pose; nothing once begun."""
    if state.stage not in (Stage.SEARCHING, Stage.HOLDING):
        return state
    now_ms = max(now_ms, state.now_ms)
    return replace(state, now_ms=now_ms, stage=Stage.COUNTING, bad_ms=None, held_ms=None)


def pause(state: GuideState, now_ms: float) -> GuideState:
    """Stop recording until `resume`."""
    if state.stage in (Stage.PAUSED, Stage.DONE):
        return state
    moved = step(state, None, now_ms)
    if moved.stage is Stage.DONE:
        return moved
    return replace(moved, stage=Stage.PAUSED, before_pause=moved.stage)


def resume(state: GuideState, now_ms: float) -> GuideState:
    """Go on after a pause: the pose is looked for anew."""
    if state.stage is not Stage.PAUSED:
        return state
    begun = state.before_pause in (Stage.COUNTING, Stage.LOST)
    stage = Stage.LOST if begun else Stage.SEARCHING
    now_ms = max(now_ms, state.now_ms)
    return replace(state, now_ms=now_ms, stage=stage, good_ms=None, bad_ms=None, held_ms=None)


def view(
    state: GuideState,
    *,
    stage: Stage | None = None,
    same_light: float | None = None,
    light_note: LightNote | None = None,
    question: Verdict | None = None,
    trouble: Trouble | None = None,
    made_up: bool = False,
) -> CaptureView:
    """What the page shows of it. `stage` stands for what the guide does not know of."""
    shown = stage or state.stage
    guided = (Stage.SEARCHING, Stage.HOLDING, Stage.COUNTING, Stage.LOST)
    instruction = state.instruction if shown in guided else None
    return CaptureView(
        stage=shown,
        instruction=Instruction.WELL_DONE if shown is Stage.DONE else instruction,
        countdown_s=state.countdown_s if shown is Stage.HOLDING else None,
        accepted=state.accepted,
        wanted=state.wanted,
        recorded_ms=state.recorded_ms,
        longest_ms=state.longest_ms,
        face=state.face,
        marks=replace(state.marks, same_light=same_light),
        light_note=light_note,
        question=question,
        trouble=trouble,
        made_up=made_up,
        look_count=state.look_count,
    )


def _with_sight(state: GuideState, sight: Sight) -> GuideState:
    silent = state.seen_ms is None or state.now_ms - state.seen_ms >= SILENCE_MS
    good_ms, bad_ms = (None, None) if silent else (state.good_ms, state.bad_ms)
    if _need(state, sight) is None:
        good_ms, bad_ms = state.now_ms if good_ms is None else good_ms, None
    else:
        good_ms, bad_ms = None, state.now_ms if bad_ms is None else bad_ms
    weight = 1.0
    if not silent and state.seen_ms is not None:
        weight = min(max((state.now_ms - state.seen_ms) / _SETTLE_MS, 0.1), 1.0)
    return replace(
        state,
        seen_ms=state.now_ms,
        good_ms=good_ms,
        bad_ms=bad_ms,
        marks=_settled(state.marks, marks_of(sight), weight),
        face=sight.face,
        look_count=state.look_count + 1,
    )


def _without_sight(state: GuideState) -> GuideState:
    if state.seen_ms is not None and state.now_ms - state.seen_ms < SILENCE_MS:
        return state
    since = state.now_ms - LOST_AFTER_MS if state.bad_ms is None else state.bad_ms
    return replace(state, good_ms=None, bad_ms=since, marks=_NO_MARKS, face=None)


def _need(state: GuideState, sight: Sight) -> Instruction | None:
    """More is asked before a capture begins than to go on with it."""
    begun = state.before_pause if state.stage is Stage.PAUSED else state.stage
    return need(sight, TO_BEGIN if begun is Stage.SEARCHING else TO_STAY)


def _staged(state: GuideState) -> GuideState:
    now_ms = state.now_ms
    good = state.good_ms is not None and now_ms - state.good_ms >= FOUND_AFTER_MS
    lost = state.bad_ms is not None and now_ms - state.bad_ms >= LOST_AFTER_MS
    if state.stage is Stage.SEARCHING and good:
        return replace(state, stage=Stage.HOLDING, held_ms=now_ms)
    if state.stage is Stage.HOLDING:
        if lost:
            return replace(state, stage=Stage.SEARCHING, held_ms=None)
        held = state.held_ms is not None and now_ms - state.held_ms >= HOLD_MS
        if held and good:
            return replace(state, stage=Stage.COUNTING, held_ms=None)
    if state.stage is Stage.COUNTING and lost:
        return replace(state, stage=Stage.LOST)
    if state.stage is Stage.LOST and good:
        return replace(state, stage=Stage.COUNTING)
    return state


def _counted(state: GuideState, sight: Sight) -> GuideState:
    usable = sight.observation.refusal is None
    if not usable or sight.t_ms - state.counted_ms < LONG_CLIP_GAP_MS:
        return state
    calm = hint(sight) is None
    return replace(
        state, counted_ms=sight.t_ms, calm=state.calm + calm, other=state.other + (not calm)
    )


def _wish(state: GuideState, sight: Sight | None) -> Instruction:
    """What would be said now if nothing stood there yet."""
    if sight is None:
        silent = state.seen_ms is not None and state.now_ms - state.seen_ms >= SILENCE_MS
        return Instruction.HOLD_STILL if silent else state.wish
    asked = _need(state, sight) or hint(sight)
    if asked is not None:
        return asked
    if state.stage is not Stage.COUNTING:
        return Instruction.HOLD_STILL
    share = max(state.accepted / state.wanted, state.recorded_ms / state.longest_ms)
    return Instruction.NEARLY_DONE if share >= _NEARLY else Instruction.GOOD


def _instructed(state: GuideState, sight: Sight | None) -> GuideState:
    wish = _wish(state, sight)
    if wish is not state.wish:
        state = replace(state, wish=wish, wish_ms=state.now_ms)
    if state.wish is state.instruction:
        return replace(state, fitted_ms=state.now_ms)
    lasts = state.now_ms - state.wish_ms >= REASON_HOLDS_MS
    stale = state.now_ms - state.fitted_ms >= STALE_MS
    read = state.now_ms - state.shown_ms >= SHOWN_AT_LEAST_MS
    if not read or not (lasts or stale):
        return state
    now_ms = state.now_ms
    return replace(state, instruction=state.wish, shown_ms=now_ms, fitted_ms=now_ms)


def _settled(before: PictureMarks, now: PictureMarks, weight: float) -> PictureMarks:
    """Bars that follow without trembling."""

    def mix(old: float | None, new: float | None) -> float | None:
        return new if old is None or new is None else old + weight * (new - old)

    return PictureMarks(
        face_size=mix(before.face_size, now.face_size),
        facing=mix(before.facing, now.facing),
        light=mix(before.light, now.light),
        sharpness=mix(before.sharpness, now.sharpness),
    )
