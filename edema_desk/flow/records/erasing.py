"""An erasure on its way: rows first, in one act, then keys and files, then the file's own pages.

`erased.ids` names what was erased, by ids alone. It is written last, so that whatever it does not
name is still to be finished; and it outlives the database: when an older backup comes back, what
it names is erased again.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import PROGRAM
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.database import DatabaseDoor
from edema_desk.flow.inbox.spool import Spool
from edema_desk.log import LOGGER
from edema_desk.media.durable import sync_folder
from edema_desk.media.library import ClipLibrary
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store
from edema_desk.store.captures.captures import capture
from edema_desk.store.captures.inbox import items_of_patient
from edema_desk.store.courses.whole_course import sweep_courses
from edema_desk.store.people.consents import set_consent, standings_of
from edema_desk.store.people.erasing import (
    destroy_pictures,
    erase_patient,
    erased_captures,
    erased_patients,
)
from edema_desk.store.people.patients import patient

AGAIN = "erased before; an older backup had brought it back"


@dataclass(frozen=True, slots=True)
class ErasedIds:
    """Whom and what no copy may bring back."""

    patients: frozenset[str] = frozenset()
    captures: frozenset[str] = frozenset()

    def __or__(self, other: "ErasedIds") -> "ErasedIds":
        return ErasedIds(self.patients | other.patients, self.captures | other.captures)


def read_erased(path: Path) -> ErasedIds:
    """What the file names; nothing where there is none."""
    try:
        lines = [line.split() for line in path.read_text(encoding="ascii").splitlines()]
    except FileNotFoundError:
        return ErasedIds()
    pairs = [line for line in lines if len(line) == 2]
    return ErasedIds(
        frozenset(name for kind, name in pairs if kind == "patient"),
        frozenset(name for kind, name in pairs if kind == "capture"),
    )


def write_erased(path: Path, ids: ErasedIds) -> None:
    """Replace the file as a whole."""
    lines = [f"patient {one}" for one in sorted(ids.patients)]
    lines += [f"capture {one}" for one in sorted(ids.captures)]
    part = path.with_suffix(".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def destroy_pictures_of(clinic: Clinic, act_id: str, patient_id: str) -> tuple[str, ...]:
    """Destroy every picture of a patient who withdrew the consent for care; of which captures.

    Raises ExpectedError as `store.erasing.destroy_pictures`; DISK_FULL and DATABASE_BUSY once the
    rows are gone: the rest is done by the next round then.
    """
    items = _items_of(clinic, patient_id)
    gone = clinic.database.call(lambda store: destroy_pictures(store, act_id, patient_id))
    _drop_copies(clinic, items)
    finish_erasures(clinic)
    return gone


def erase_whole_patient(
    clinic: Clinic, act_id: str, patient_id: str, chart_number: str, reason: str
) -> tuple[str, ...]:
    """Erase a patient; the captures concerned. Raises as `store.erasing.erase_patient` and
    `destroy_pictures_of`."""
    items = _items_of(clinic, patient_id)
    gone = clinic.database.call(
        lambda store: erase_patient(store, act_id, patient_id, chart_number, reason)
    )
    _drop_copies(clinic, items)
    finish_erasures(clinic)
    return gone


def finish_erasures(clinic: Clinic) -> bool:
    """Bring every erasure to its end, and repeat those that an older database has forgotten.
    Whether there was anything to do. Any thread but the database's."""
    program = clinic.acting_as(PROGRAM).database
    return finish_erasures_of(program, clinic.profile, clinic.own_library())


def finish_erasures_of(program: DatabaseDoor, profile: Profile, library: ClipLibrary) -> bool:
    """The same of a profile that no desk has open; `program` acts as the program."""
    named = read_erased(profile.erased)
    again = _erase_again(program, named)
    known = program.call(_known)
    program.call(sweep_courses)
    left = (known | named).captures & library.kept()
    for capture_id in left:
        library.erase(capture_id)
    if not (again or left) and known | named == named:
        return False
    program.call(lambda store: store.compact())
    write_erased(profile.erased, known | named)
    return True


def finish_quietly(clinic: Clinic) -> None:
    """The same where nobody waits for it: what cannot be done now is done by a later round."""
    try:
        finish_erasures(clinic)
    except ExpectedError as error:
        LOGGER.warning("an erasure is not finished: %s", error.code)


def _known(store: Store) -> ErasedIds:
    people = frozenset(one.patient_id for one in erased_patients(store))
    return ErasedIds(people, erased_captures(store))


def _erase_again(program: DatabaseDoor, named: ErasedIds) -> bool:
    """Whether the database had forgotten anything that was erased."""
    known = program.call(_known)
    for patient_id in sorted(named.patients - known.patients):
        program.call(partial(_erase_one_again, patient_id=patient_id))
    back = named.captures - program.call(_known).captures
    for capture_id in sorted(back):
        program.call(partial(_destroy_again, capture_id=capture_id))
    return program.call(_known) != known


def _erase_one_again(store: Store, patient_id: str) -> None:
    try:
        number = patient(store, patient_id).chart_number
    except ExpectedError as error:
        if error.code is ErrorCode.UNKNOWN_PATIENT:
            return  # the copy is older than the patient
        raise
    erase_patient(store, new_id(), patient_id, number, AGAIN)


def _destroy_again(store: Store, capture_id: str) -> None:
    """The copy is from before the withdrawal, which is entered again with it."""
    try:
        patient_id = capture(store, capture_id).patient_id
    except (LookupError, ExpectedError):
        return  # not in this copy
    if capture_id in erased_captures(store):
        return
    if standings_of(store, patient_id)[Purpose.CARE].allowed:
        day = Moment.now().day
        set_consent(store, new_id(), patient_id, Purpose.CARE, day, given=False, remark=AGAIN)
    destroy_pictures(store, new_id(), patient_id)


def _items_of(clinic: Clinic, patient_id: str) -> tuple[str, ...]:
    return clinic.database.call(lambda store: items_of_patient(store, patient_id))


def _drop_copies(clinic: Clinic, item_ids: Iterable[str]) -> None:
    """Copies of files that wait in the inbox. What an interruption leaves of them the inbox sweeps
    at its next start."""
    spool = Spool(clinic.entered)
    for item_id in item_ids:
        spool.drop(item_id)
