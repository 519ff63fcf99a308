"""Captures that lacked only a reference get their number once there may be one."""

from collections.abc import Callable
from dataclasses import replace

from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.records import Capture, new_id
from edema_desk.errors import ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.estimates.estimating import Seen, make_estimate
from edema_desk.flow.estimates.range_checking import refusal_beside_earlier, seen_compared
from edema_desk.log import LOGGER
from edema_desk.media.library import ClipLibrary
from edema_desk.store.base.database import Store
from edema_desk.store.captures.analyses import KeptScore, add_estimate, kept_score, without_number
from edema_desk.store.captures.rescoring import record_refusal


def estimate_anew(
    clinic: Clinic, library: ClipLibrary, patient_id: str, cancel: Cancel | None = None
) -> int:
    """Give a number to the patient's captures that lacked only a reference; returns how many.

    Each is first held against the earlier captures it did not have when it was taken in, and
    refused where it shows somebody else. No estimate that has a number is touched. Not for the
    database thread: the worker is asked. Raises WORKER_*, MODEL_*, CANCELLED.
    """
    cancel = cancel or Cancel()
    model = clinic.model
    renewed = 0
    for capture, kept in clinic.database.call(_now_possible(patient_id, model)):
        cancel.check()
        capture_id = capture.capture_id
        crops = library.crops(capture_id) if library.has_crops(capture_id) else ()
        seen = seen_compared(kept.embedding, crops)
        refusal = refusal_beside_earlier(clinic, library, model, capture_id, seen, cancel)
        renewed += clinic.database.call(_kept(capture, kept, refusal, model))
    return renewed


def renew(clinic: Clinic, library: ClipLibrary, patient_id: str) -> int:
    """`estimate_anew` after an act that is done whatever becomes of this: where it fails, the
    next act of the patient tries again."""
    try:
        return estimate_anew(clinic, library, patient_id)
    except ExpectedError as error:
        LOGGER.warning("captures without a number have to wait: %s", error.code)
        return 0


def _now_possible(
    patient_id: str, model: ModelInUse
) -> Callable[[Store], list[tuple[Capture, KeptScore]]]:
    """Those that would get a number by what is known now, for few need the worker."""

    def find(store: Store) -> list[tuple[Capture, KeptScore]]:
        found = []
        for capture in without_number(store, patient_id):
            kept = kept_score(store, capture.capture_id, model.model_id)
            if kept is not None:
                seen = Seen(kept.score, None, kept.embedding)
                if make_estimate(store, capture, seen, model).excess_kg is not None:
                    found.append((capture, kept))
        return found

    return find


def _kept(
    capture: Capture, kept: KeptScore, refusal: Refusal | None, model: ModelInUse
) -> Callable[[Store], bool]:
    """Whether a number was kept; meanwhile another act may have come first."""

    def keep(store: Store) -> bool:
        waiting = {c.capture_id: c for c in without_number(store, capture.patient_id)}
        if waiting.get(capture.capture_id) != capture:
            return False
        seen = Seen(kept.score, None, kept.embedding)
        if refusal is not None:
            seen = replace(seen, score=None, refusal=refusal)
        estimate = make_estimate(store, capture, seen, model)
        if refusal is not None:
            record_refusal(store, new_id(), estimate)
        elif estimate.excess_kg is not None:
            add_estimate(store, new_id(), estimate)
        return estimate.excess_kg is not None

    return keep
