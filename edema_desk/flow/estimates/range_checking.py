"""A capture is held against the faces of training and the patient's earlier captures before it
gets a number or becomes a reference."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import ClipAnalysis
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.out_of_range import Faces, RangeCheck, out_of_range
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.progress import Cancel
from edema_desk.media.library import ClipLibrary
from edema_desk.store.base.database import Store
from edema_desk.store.captures.analyses import KnownCapture, references_for
from edema_desk.store.captures.captures import capture

EMBEDDING = 512
"""Numbers of an embedding."""
FRAMES_COMPARED = 6
REFERENCES_SHOWN = 3
"""The newest whose faces are compared; the network's embeddings are compared with all."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A reference: its embedding (512,) and its crops, which may be kept no longer."""

    embedding: NDArray[np.float16]
    crops: tuple[bytes, ...]


def in_range(
    clinic: Clinic, capture_id: str, analysis: ClipAnalysis, *, confirmed: bool = False
) -> ClipAnalysis:
    """The analysis as it is, or without its score and with the reason for that.

    Compares with earlier captures of known excess, as far as there are any: a first capture gets
    no number yet, but it may get one later, and others rest on it. Raises what the worker and
    the library of clips raise.
    """
    if analysis.score is None or analysis.embedding is None:
        return analysis
    refusal = refusal_beside_earlier(
        clinic,
        clinic.library,
        clinic.model,
        capture_id,
        seen_compared(analysis.embedding, analysis.crops),
        confirmed=confirmed,
    )
    return without_number(analysis, refusal)


def without_number(analysis: ClipAnalysis, refusal: Refusal | None) -> ClipAnalysis:
    """The analysis without its score, and with the reason for that, if there is one."""
    if refusal is None:
        return analysis
    return replace(analysis, score=None, embedding=None, refusal=refusal)


def refusal_beside_earlier(
    clinic: Clinic,
    library: ClipLibrary,
    model: ModelInUse,
    capture_id: str,
    seen: Faces,
    cancel: Cancel | None = None,
    *,
    confirmed: bool = False,
) -> Refusal | None:
    """Why a stored capture, of which `model` has seen the faces `seen`, is to have no number
    beside the patient's earlier ones, as far as that model has seen those.

    `confirmed`: somebody was asked who this is, and said the patient. Not for the database
    thread. `library` is that of the calling thread. Raises as `in_range`.
    """
    asked = cancel or Cancel()
    kept = clinic.database.call(lambda store: capture(store, capture_id))
    earlier = earlier_faces(clinic, library, model, kept.patient_id, kept.captured_at)
    check = clinic.worker.check_range(seen, earlier, model.folder, lambda: asked.asked)
    return refusal_for(check, confirmed=confirmed)


def earlier_faces(
    clinic: Clinic, library: ClipLibrary, model: ModelInUse, patient_id: str, before: Moment
) -> Faces:
    """What a capture made at a moment is compared with: the patient's captures of known excess
    on earlier days, as far as `model` has seen them. Not for the database thread."""

    def known(store: Store) -> tuple[KnownCapture, ...]:
        return references_for(store, patient_id, before, model.model_id)

    references = clinic.database.call(known)
    ids = [r.capture.capture_id for r in references]
    shown = [one for one in ids if library.has_crops(one)][-REFERENCES_SHOWN:]
    earlier = [
        Known(r.embedding, library.crops(one) if one in shown else ())
        for r, one in zip(references, ids, strict=True)
    ]
    return references_compared(earlier, EMBEDDING)


def refusal_for(check: RangeCheck, *, confirmed: bool = False) -> Refusal | None:
    """What a comparison refuses. Where somebody said that this is the patient, likeness is not
    asked again."""
    return out_of_range(RangeCheck(None, check.strangeness) if confirmed else check)


def seen_compared(embedding: NDArray[np.float16], crops: Sequence[bytes]) -> Faces:
    """What is compared of the capture in question."""
    return Faces(embedding[None], _spread(crops, FRAMES_COMPARED))


def references_compared(known: Sequence[Known], size: int) -> Faces:
    """What is compared of a patient's references, oldest first; `size` numbers an embedding."""
    shown = [one.crops for one in known if one.crops][-REFERENCES_SHOWN:]
    each = FRAMES_COMPARED // REFERENCES_SHOWN
    return Faces(
        np.array([one.embedding for one in known], np.float16).reshape(-1, size),
        tuple(crop for crops in shown for crop in _spread(crops, each)),
    )


def _spread(crops: Sequence[bytes], most: int) -> tuple[bytes, ...]:
    """At most so many, evenly from inside the first to inside the last part."""
    count = min(len(crops), most)
    return tuple(crops[(2 * i + 1) * len(crops) // (2 * count)] for i in range(count))
