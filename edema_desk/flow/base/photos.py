"""The face beside a patient's name: of the newest capture that shows this patient."""

from collections.abc import Sequence

from edema_desk.domain.terms.records import Capture, new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.media.library import ClipLibrary
from edema_desk.store.base.database import Store
from edema_desk.store.people.patients import analysed_captures, patient, photo_capture, set_photo


def keep_photo(store: Store, capture: Capture, crops: Sequence[bytes]) -> None:
    """The middle face becomes the patient's photo, unless that is of a later capture."""
    shown = photo_capture(store, capture.patient_id)
    if shown is None or shown.captured_at <= capture.captured_at:
        face = crops[len(crops) // 2]
        set_photo(store, new_id(), capture.patient_id, face, capture.capture_id)


def renew_photo(clinic: Clinic, library: ClipLibrary, patient_id: str) -> None:
    """After a capture was moved or deleted: the face is that of the newest capture whose faces
    are kept, or there is none. Not for the database thread."""

    def ask(store: Store) -> tuple[bool, Capture | None, tuple[Capture, ...]]:
        has_photo = patient(store, patient_id).has_photo
        return has_photo, photo_capture(store, patient_id), analysed_captures(store, patient_id)

    has_photo, shown, known = clinic.database.call(ask)
    newest = next((one for one in known if library.has_crops(one.capture_id)), None)
    if newest is None:
        if has_photo and shown is None:
            clinic.database.call(lambda store: set_photo(store, new_id(), patient_id, None))
    elif shown is None or shown.capture_id != newest.capture_id:
        crops = library.crops(newest.capture_id)
        if crops:
            clinic.database.call(lambda store: keep_photo(store, newest, crops))
