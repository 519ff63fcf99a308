"""Which frames of a clip stand for it: the best ones, spread over its whole length."""

from collections.abc import Sequence

import numpy as np

from edema_desk.domain.quality import FrameObservation, FrameRefusal, merit

MOST_FRAMES = 100
LONG_CLIP_MS = 60_000.0
"""From this length on at most two frames a second are chosen; below, every usable one counts."""
LONG_CLIP_GAP_MS = 500.0


def choose_frames(
    observations: Sequence[FrameObservation], duration_ms: float, most: int = MOST_FRAMES
) -> tuple[int, ...]:
    """Indices of the chosen frames in time order; the same for the same observations.

    The clip's span is cut into `most` equal parts and the best usable frame of each is taken;
    parts left empty are made up for by the best of the rest that keeps the distance.
    """
    usable = [i for i, o in enumerate(observations) if o.refusal is None]
    gap_ms = LONG_CLIP_GAP_MS if duration_ms >= LONG_CLIP_MS else 0.0
    if len(usable) <= most and gap_ms == 0.0:
        return tuple(usable)
    merits = {i: merit(observations[i]) for i in usable}
    start = min((observations[i].t_ms for i in usable), default=0.0)
    span = max((observations[i].t_ms for i in usable), default=0.0) - start or 1.0
    best_of_part: dict[int, int] = {}
    for i in usable:
        part = min(int((observations[i].t_ms - start) / span * most), most - 1)
        held = best_of_part.get(part)
        if held is None or merits[i] > merits[held]:
            best_of_part[part] = i
    ranked = sorted(best_of_part.values(), key=lambda i: (-merits[i], i))
    ranked += sorted(set(usable) - set(ranked), key=lambda i: (-merits[i], i))
    chosen: list[int] = []
    taken_ms: list[float] = []
    for i in ranked:
        if len(chosen) == most:
            break
        t_ms = observations[i].t_ms
        if gap_ms and taken_ms and np.abs(np.array(taken_ms) - t_ms).min() < gap_ms - 1e-6:
            continue
        chosen.append(i)
        taken_ms.append(t_ms)
    return tuple(sorted(chosen))


def count_refusals(
    observations: Sequence[FrameObservation], chosen: Sequence[int]
) -> dict[str, int]:
    """How many frames each reason refused; together with `chosen` they make all that were seen."""
    kept = set(chosen)
    counts: dict[str, int] = {}
    for i, observation in enumerate(observations):
        if i not in kept:
            reason = observation.refusal or FrameRefusal.NOT_NEEDED
            counts[reason.value] = counts.get(reason.value, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
