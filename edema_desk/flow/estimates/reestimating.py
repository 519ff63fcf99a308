"""Stored captures estimated again by the model in use: estimates are added, none is changed."""

from edema_desk.domain.models.view import Reestimated
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.records import Capture, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.progress import Cancel, Listener, Stopwatch, unheard
from edema_desk.flow.estimates.estimating import Seen, make_estimate
from edema_desk.flow.estimates.range_checking import refusal_beside_earlier, seen_compared
from edema_desk.flow.estimates.renewing import estimate_anew
from edema_desk.media.library import ClipLibrary
from edema_desk.store.base.database import Store
from edema_desk.store.captures.analyses import KeptScore, add_estimate, kept_score
from edema_desk.store.captures.rescoring import captures_not_by, record_rescoring
from edema_desk.worker.client import WorkerClient


def reestimate(
    clinic: Clinic,
    library: ClipLibrary,
    *,
    listener: Listener = unheard,
    cancel: Cancel | None = None,
) -> Reestimated:
    """Estimate every capture whose estimate in force is another model's, each patient's oldest
    first, so that earlier days are there as references. One that this model finds out of range
    beside those gets the reason, and is no reference to it. Stopped, it goes on where it was.

    Raises CANCELLED, also when another model is activated meanwhile, WORKER_*, MODEL_*.
    """
    cancel = cancel or Cancel()
    model = clinic.model
    left = clinic.database.call(lambda store: captures_not_by(store, model.model_id))
    watch = Stopwatch("reestimate", len(left), listener)
    without = 0
    for done, capture in enumerate(left):
        cancel.check()
        if clinic.model.model_id != model.model_id:
            raise ExpectedError(ErrorCode.CANCELLED)
        kept = seen_by(clinic, library, capture, model, cancel)
        if kept is None:
            without += 1
        else:
            refusal = _refusal(clinic, library, capture, kept, model, cancel)
            _keep(clinic, capture, kept, model, refusal)
        watch.report(done + 1)
    for patient_id in dict.fromkeys(capture.patient_id for capture in left):
        estimate_anew(clinic, library, patient_id, cancel)
    return Reestimated(len(left) - without, without)


def seen_by(
    clinic: Clinic, library: ClipLibrary, capture: Capture, model: ModelInUse, cancel: Cancel
) -> KeptScore | None:
    """What a model says of a stored capture, from what is kept or else from its crops."""
    capture_id = capture.capture_id
    kept = clinic.database.call(lambda store: kept_score(store, capture_id, model.model_id))
    if kept is not None or not library.has_crops(capture_id):
        return kept
    worker: WorkerClient = clinic.worker
    said = worker.embed(library.crops(capture_id), model.folder, lambda: cancel.asked)
    return KeptScore(said.score, said.vector)


def _refusal(
    clinic: Clinic,
    library: ClipLibrary,
    capture: Capture,
    kept: KeptScore,
    model: ModelInUse,
    cancel: Cancel,
) -> Refusal | None:
    capture_id = capture.capture_id
    crops = library.crops(capture_id) if library.has_crops(capture_id) else ()
    seen = seen_compared(kept.embedding, crops)
    return refusal_beside_earlier(clinic, library, model, capture_id, seen, cancel)


def _keep(
    clinic: Clinic,
    capture: Capture,
    kept: KeptScore,
    model: ModelInUse,
    refusal: Refusal | None,
) -> None:
    def keep(store: Store) -> None:
        if refusal is not None:  # the capture stays what it is to the model before this one
            refused = make_estimate(store, capture, Seen(None, refusal), model)
            add_estimate(store, new_id(), refused)
            return
        seen = Seen(kept.score, None, kept.embedding)
        record_rescoring(store, new_id(), kept, make_estimate(store, capture, seen, model))

    clinic.database.call(keep)
