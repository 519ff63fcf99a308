"""A capture is held against the faces of training and the patient's earlier captures before it
gets a number or becomes a reference."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from edema_desk.domain.clips import ClipAnalysis
from edema_desk.domain.out_of_range import Faces, out_of_range
from edema_desk.flow.clinic import Clinic
from edema_desk.store.analyses import KnownCapture, references_for
from edema_desk.store.captures import capture
from edema_desk.store.database import Store

FRAMES_COMPARED = 6
REFERENCES_SHOWN = 3
"""The newest whose faces are compared; the network's embeddings are compared with all."""


def in_range(clinic: Clinic, capture_id: str, analysis: ClipAnalysis) -> ClipAnalysis:
    """The analysis as it is, or without its score and with the reason for that.

    Compares with earlier captures of known excess, as far as there are any: a first capture gets
    no number yet, but it may get one later, and others rest on it. Raises what the worker and
    the library of clips raise.
    """
    embedding = analysis.embedding
    if analysis.score is None or embedding is None:
        return analysis

    def known(store: Store) -> tuple[KnownCapture, ...]:
        kept = capture(store, capture_id)
        return references_for(store, kept.patient_id, kept.captured_at, clinic.model.model_id)

    references = clinic.database.call(known)
    crops: list[bytes] = []
    shown = [
        r.capture.capture_id for r in references if clinic.library.has_crops(r.capture.capture_id)
    ]
    for reference_id in shown[-REFERENCES_SHOWN:]:
        crops += _spread(clinic.library.crops(reference_id), FRAMES_COMPARED // REFERENCES_SHOWN)
    check = clinic.worker.check_range(
        Faces(embedding[None], _spread(analysis.crops, FRAMES_COMPARED)),
        Faces(
            np.array([r.embedding for r in references], np.float16).reshape(-1, len(embedding)),
            tuple(crops),
        ),
        clinic.model.folder,
    )
    refusal = out_of_range(check)
    if refusal is None:
        return analysis
    return replace(analysis, score=None, embedding=None, refusal=refusal)


def _spread(crops: Sequence[bytes], most: int) -> tuple[bytes, ...]:
    """At most so many, evenly from inside the first to inside the last part."""
    count = min(len(crops), most)
    return tuple(crops[(2 * i + 1) * len(crops) // (2 * count)] for i in range(count))
