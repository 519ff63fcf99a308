"""What follows when a capture turns out to show somebody else, or is deleted or destroyed."""

from edema_desk.domain.keeping.removed import STAYS_DAYS
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Capture, CaptureState, new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.photos import renew_photo
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.estimates.estimating import Seen, make_estimate
from edema_desk.flow.estimates.intake import keep_analysis
from edema_desk.flow.estimates.range_checking import in_range, refusal_beside_earlier, seen_compared
from edema_desk.flow.estimates.reestimating import seen_by
from edema_desk.flow.estimates.renewing import renew
from edema_desk.media.library import ClipLibrary
from edema_desk.store.base.database import Store
from edema_desk.store.captures.analyses import KeptScore, add_estimate, resting_on
from edema_desk.store.captures.captures import capture
from edema_desk.store.captures.recordings import recording
from edema_desk.store.captures.removals import note_erased, removed_before
from edema_desk.store.captures.rescoring import record_refusal

_DAY_MS = 86_400_000


def clear_up(clinic: Clinic, library: ClipLibrary, patient_id: str, gone_id: str) -> None:
    """After a patient lost a capture: photo and estimates that came of it are made anew without
    it. Not for the database thread. Raises what the worker raises."""
    renew_photo(clinic, library, patient_id)
    for resting in clinic.database.call(lambda store: resting_on(store, patient_id, gone_id)):
        _estimate_without(clinic, library, resting)
    renew(clinic, library, patient_id)


def look_again(clinic: Clinic, library: ClipLibrary, capture_id: str, cancel: Cancel) -> Capture:
    """Analyse a capture that was moved, and hold it against the earlier ones of whom it shows
    now; what somebody once said of this face no longer counts. From its clip, or where that is
    not kept any more from what is known of it. Raises what the worker raises."""
    if library.has_clip(capture_id):
        known = clinic.database.call(lambda store: recording(store, capture_id))
        looked_ms = known.take.looked_ms if known else ()
        analysis = clinic.analyse(library.clip(capture_id), unheard, cancel, looked_ms)
        keep_analysis(clinic, capture_id, in_range(clinic, capture_id, analysis))
    else:
        _from_what_is_kept(clinic, library, capture_id, cancel)
    now = clinic.database.call(lambda store: capture(store, capture_id))
    renew_photo(clinic, library, now.patient_id)
    return now


def erase_removed(clinic: Clinic, library: ClipLibrary, now: Moment) -> int:
    """Destroy the keys of captures that were deleted some days ago; returns how many."""
    until = Moment(now.utc_ms - STAYS_DAYS * _DAY_MS, now.offset_min)
    due = clinic.database.call(lambda store: removed_before(store, until))
    ids = [one.capture_id for one in due]
    for capture_id in ids:
        library.erase(capture_id)
    if ids:
        clinic.database.call(lambda store: note_erased(store, new_id(), ids))
    return len(ids)


def _estimate_without(clinic: Clinic, library: ClipLibrary, resting: Capture) -> None:
    """Its references are looked for anew; without what the model said of it there is no number."""
    model = clinic.model
    kept = seen_by(clinic, library, resting, model, Cancel())
    seen = Seen(None, Refusal.NO_REFERENCE)
    if kept is not None:
        seen = Seen(kept.score, None, kept.embedding)

    def keep(store: Store) -> None:
        add_estimate(store, new_id(), make_estimate(store, resting, seen, model))

    clinic.database.call(keep)


def _from_what_is_kept(
    clinic: Clinic, library: ClipLibrary, capture_id: str, cancel: Cancel
) -> None:
    model = clinic.model
    moved = clinic.database.call(lambda store: capture(store, capture_id))
    kept = seen_by(clinic, library, moved, model, cancel)
    refusal: Refusal | None = Refusal.NO_REFERENCE
    if kept is not None:
        refusal = _refusal(clinic, library, capture_id, kept, cancel)

    def keep(store: Store) -> None:
        if capture(store, capture_id).state is not CaptureState.STORED:
            return
        seen = Seen(None, refusal)
        if kept is not None and refusal is None:
            seen = Seen(kept.score, None, kept.embedding)
        estimate = make_estimate(store, moved, seen, model)
        (record_refusal if refusal is not None else add_estimate)(store, new_id(), estimate)

    clinic.database.call(keep)


def _refusal(
    clinic: Clinic, library: ClipLibrary, capture_id: str, kept: KeptScore, cancel: Cancel
) -> Refusal | None:
    crops = library.crops(capture_id) if library.has_crops(capture_id) else ()
    seen = seen_compared(kept.embedding, crops)
    return refusal_beside_earlier(clinic, library, clinic.model, capture_id, seen, cancel)
