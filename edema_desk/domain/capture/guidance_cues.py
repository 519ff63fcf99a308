"""What is heard of a capture: the patient looks at the lens and does not read."""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from edema_desk.domain.capture.view import CaptureView, Instruction, Stage, Trouble


class Cue(StrEnum):
    """A short sound."""

    START = "start"
    LOST = "lost"
    BACK = "back"
    HALF = "half"
    DONE = "done"
    TROUBLE = "trouble"


LOST_AND_BACK_APART_MS = 3_000.0
"""A pose that comes and goes is not rung each time."""
SPOKEN_APART_MS = 2_500.0
SAID_AGAIN_AFTER_MS = 8_000.0
_UNSPOKEN = (Instruction.GOOD, Instruction.NEARLY_DONE)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard so far, and of what view. `lost_told`: LOST was rung, BACK not yet."""

    stage: Stage = Stage.OPENING
    started: bool = False
    half: bool = False
    lost_told: bool = False
    trouble: Trouble | None = None
    cue_ms: float = -math.inf
    spoken: Instruction | None = None
    spoken_ms: float = -math.inf


def silence() -> Heard:
    """Before anything was heard."""
    return Heard()


def next_sounds(
    heard: Heard, view: CaptureView, now_ms: float
) -> tuple[Heard, Cue | None, Instruction | None]:
    """What to ring and what to say for the newest view; the same view again says nothing new
    but an instruction that has stood for long."""
    cue = _cue(heard, view, now_ms)
    said = _spoken(heard, view, now_ms)
    begun = view.stage is Stage.COUNTING
    heard = replace(
        heard,
        stage=view.stage,
        started=heard.started or begun,
        half=heard.half or view.accepted * 2 >= view.wanted,
        trouble=view.trouble,
        lost_told=cue is Cue.LOST or (heard.lost_told and not begun),
        cue_ms=heard.cue_ms if cue is None else now_ms,
    )
    if said is not None:
        heard = replace(heard, spoken=said, spoken_ms=now_ms)
    return heard, cue, said


def _cue(heard: Heard, view: CaptureView, now_ms: float) -> Cue | None:
    if view.trouble is not None and view.trouble is not heard.trouble:
        return Cue.TROUBLE
    if view.stage is Stage.DONE and heard.stage is not Stage.DONE:
        return Cue.DONE
    if view.stage is Stage.COUNTING and not heard.started:
        return Cue.START
    if view.stage is Stage.COUNTING and heard.lost_told:
        return Cue.BACK
    if view.stage is Stage.LOST and heard.stage is Stage.COUNTING:
        return Cue.LOST if now_ms - heard.cue_ms >= LOST_AND_BACK_APART_MS else None
    if not heard.half and heard.started and view.accepted * 2 >= view.wanted:
        return Cue.HALF
    return None


def _spoken(heard: Heard, view: CaptureView, now_ms: float) -> Instruction | None:
    if view.instruction is None or view.instruction in _UNSPOKEN:
        return None
    since_ms = now_ms - heard.spoken_ms
    if view.instruction is heard.spoken:
        return view.instruction if since_ms >= SAID_AGAIN_AFTER_MS else None
    if view.stage is Stage.DONE or since_ms >= SPOKEN_APART_MS:
        return view.instruction
    return None
