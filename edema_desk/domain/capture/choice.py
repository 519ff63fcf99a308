"""Which frames of a clip stand for it: the best calm ones, spread over its whole length."""

from collections.abc import Sequence

import numpy as np

from edema_desk.domain.terms.quality import CALM, FrameObservation, FrameRefusal, calmness, merit

MOST_FRAMES = 100
ENOUGH_CALM = 24
"""With so many calm frames the others are left out: a smile moves more skin than a kilogram."""
LONG_CLIP_MS = 60_000.0
"""From this length on at most two frames a second are chosen; below, there is no such rule."""
LONG_CLIP_GAP_MS = 500.0


def choose_frames(
    observations: Sequence[FrameObservation], duration_ms: float, most: int = MOST_FRAMES
) -> tuple[int, ...]:
    """Indices of the chosen frames in time order; the same for the same observations.

    Calm frames are taken first; where they are fewer than ENOUGH_CALM, the best of the others
    make up for them. Their span is cut into as many equal parts as frames are wanted and the
    best frame of each is taken; parts left empty are made up for by the best of the rest that
    keeps the distance.
    """
    usable = [i for i, o in enumerate(observations) if o.refusal is None]
    calm = [i for i in usable if calmness(observations[i]) >= CALM]
    gap_ms = LONG_CLIP_GAP_MS if duration_ms >= LONG_CLIP_MS else 0.0
    chosen: list[int] = []
    _take(chosen, _ranked(observations, calm, most), observations, gap_ms, most)
    enough = min(ENOUGH_CALM, most)
    if len(chosen) < enough:
        others = sorted(set(usable) - set(calm))
        ranked = _ranked(observations, others, enough - len(chosen))
        _take(chosen, ranked, observations, gap_ms, enough)
    return tuple(sorted(chosen))


def _ranked(
    observations: Sequence[FrameObservation], candidates: Sequence[int], parts: int
) -> list[int]:
    """The best of each of so many parts of their span, then the rest, better ones first."""
    merits = {i: merit(observations[i]) for i in candidates}
    start = min((observations[i].t_ms for i in candidates), default=0.0)
    span = max((observations[i].t_ms for i in candidates), default=0.0) - start or 1.0
    best_of_part: dict[int, int] = {}
    for i in candidates:
        part = min(int((observations[i].t_ms - start) / span * parts), parts - 1)
        held = best_of_part.get(part)
        if held is None or merits[i] > merits[held]:
            best_of_part[part] = i
    ranked = sorted(best_of_part.values(), key=lambda i: (-merits[i], i))
    return ranked + sorted(set(candidates) - set(ranked), key=lambda i: (-merits[i], i))


def _take(
    chosen: list[int],
    ranked: Sequence[int],
    observations: Sequence[FrameObservation],
    gap_ms: float,
    most: int,
) -> None:
    """Add frames in their order while there is room and they keep the distance."""
    taken_ms = [observations[i].t_ms for i in chosen]
    for i in ranked:
        if len(chosen) == most:
            break
        t_ms = observations[i].t_ms
        if gap_ms and taken_ms and np.abs(np.array(taken_ms) - t_ms).min() < gap_ms - 1e-6:
            continue
        chosen.append(i)
        taken_ms.append(t_ms)


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
