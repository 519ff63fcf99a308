"""What was seen in a clip and what the model said of it, as one answer."""

import time

from edema_desk.domain.capture.clips import ClipAnalysis, ClipFacts
from edema_desk.learning.embed import Embedded
from edema_desk.vision.observer import ObservedClip


def analysis_of(
    facts: ClipFacts,
    observed: ObservedClip,
    embedded: Embedded | None,
    model_id: str,
    began_s: float,
) -> ClipAnalysis:
    """The same for a file and for a capture that was looked at as it came. `embedded` is None
    where no model was asked; `began_s` is when the work began, on the monotonic clock."""
    return ClipAnalysis(
        facts=facts,
        frames_seen=observed.frames_seen,
        faces_found=observed.faces_found,
        refused=observed.refused,
        t_ms=observed.t_ms,
        frame_scores=observed.frame_scores,
        crops=observed.crops,
        embedding=embedded.embedding if embedded else None,
        score=embedded.score if embedded else None,
        refusal=observed.refusal,
        model_id=model_id,
        seconds=time.monotonic() - began_s,
    )
