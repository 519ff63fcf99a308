"""From the model's change scores to an estimate of excess fluid, or the reason for none."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from edema_desk.domain.terms.quality import FrameRefusal

PARTS = 6
"""Parts of the face a score may tell apart: upper lids, lower lids, cheeks, jaw, lips, nose."""
WIDEST_HALF_KG = 2.0
"""An interval of more than this to either side holds both none and the usual excess."""
FEWEST_FRAMES = 8
"""From this many usable frames on a capture gives an estimate (architecture)."""


class Refusal(StrEnum):
    """Why a capture has no number."""

    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"
    FACE_TOO_SMALL = "face_too_small"
    TURNED_AWAY = "turned_away"
    BAD_LIGHT = "bad_light"
    BLURRED = "blurred"
    EYES_CLOSED = "eyes_closed"
    MOUTH_OPEN = "mouth_open"
    TOO_FEW_FRAMES = "too_few_frames"
    NO_REFERENCE = "no_reference"
    TOO_UNSURE = "too_unsure"
    OTHER_PERSON = "other_person"
    UNLIKE_TRAINING = "unlike_training"
    CLIP_DAMAGED = "clip_damaged"


class TransferKind(StrEnum):
    """How a model is carried over to a patient from captures of known excess.

    `reference` averages what the references say; `shrink` learns how strongly this face shows
    fluid; `parts` learns that for each part of the face; `ridge` adds a few directions of the
    embedding; `tuned` averages the scores of a network tuned to the patient.
    """

    REFERENCE = "reference"
    SHRINK = "shrink"
    PARTS = "parts"
    RIDGE = "ridge"
    TUNED = "tuned"


class IntervalKind(StrEnum):
    """What the width of an interval rests on. Only the last two are promises.

    `spread`: residuals on the people the model was judged on; `pooled`: the clinic's own
    residuals over its patients; `own`: this patient's own.
    """

    SPREAD = "spread"
    POOLED = "pooled"
    OWN = "own"


_FRAME_TO_CAPTURE: Mapping[FrameRefusal, Refusal] = {
    FrameRefusal.NO_FACE: Refusal.NO_FACE,
    FrameRefusal.SEVERAL_FACES: Refusal.SEVERAL_FACES,
    FrameRefusal.FACE_TOO_SMALL: Refusal.FACE_TOO_SMALL,
    FrameRefusal.FACE_CUT_OFF: Refusal.TURNED_AWAY,
    FrameRefusal.TURNED_SIDEWAYS: Refusal.TURNED_AWAY,
    FrameRefusal.LOOKING_UP_OR_DOWN: Refusal.TURNED_AWAY,
    FrameRefusal.HEAD_TILTED: Refusal.TURNED_AWAY,
    FrameRefusal.EYES_CLOSED: Refusal.EYES_CLOSED,
    FrameRefusal.MOUTH_OPEN: Refusal.MOUTH_OPEN,
    FrameRefusal.TOO_DARK: Refusal.BAD_LIGHT,
    FrameRefusal.TOO_BRIGHT: Refusal.BAD_LIGHT,
    FrameRefusal.UNEVEN_LIGHT: Refusal.BAD_LIGHT,
    FrameRefusal.BLURRED: Refusal.BLURRED,
}


def capture_refusal(frames_chosen: int, refused: Mapping[str, int]) -> Refusal | None:
    """Why too few frames remained, named after what refused the most; None when enough did."""
    if frames_chosen >= FEWEST_FRAMES:
        return None
    counts: dict[Refusal, int] = {}
    for frame_reason, count in refused.items():
        reason = _FRAME_TO_CAPTURE.get(FrameRefusal(frame_reason))
        if reason is not None:
            counts[reason] = counts.get(reason, 0) + count
    if not counts:
        return Refusal.TOO_FEW_FRAMES
    worst = max(counts, key=lambda reason: counts[reason])
    return worst if counts[worst] > frames_chosen else Refusal.TOO_FEW_FRAMES


@dataclass(frozen=True, slots=True)
class ChangeScore:
    """A model's scalar g of one capture, in kg: only differences between captures of one
    person mean anything. `frame_sd_kg` is the standard deviation over its frames.

    `parts_kg` is what the parts of the face (upper lids, lower lids, cheeks, jaw, lips, nose)
    say, adding up to g; empty when the model tells no parts apart.
    """

    g_kg: float
    frame_sd_kg: float
    frames: int
    parts_kg: tuple[float, ...] = ()

    @property
    def standard_error_kg(self) -> float:
        """Of the mean over frames, as if neighbouring frames told the same twice over."""
        return self.frame_sd_kg * float(np.sqrt(2 / max(self.frames, 1)))


@dataclass(frozen=True, slots=True)
class Estimated:
    """A change in kg with its spread: half the width that held 90 % of the residuals on the
    people the model was judged on, widened when the frames disagree."""

    excess_kg: float
    spread_kg: float


def estimate_change(pre: ChangeScore, post: ChangeScore, *, spread90_kg: float) -> Estimated:
    """Fluid lost between two captures of one person, in kg, with its spread."""
    noise = float(np.hypot(pre.standard_error_kg, post.standard_error_kg))
    return Estimated(pre.g_kg - post.g_kg, float(np.hypot(spread90_kg, 1.645 * noise)))
