"""The clinic's own patients as something to learn from: those who consented, and nobody else."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.models.judging import sessions_to_judge
from edema_desk.domain.models.training_plan import FEWEST_PATIENTS, ONE_OF, Learners
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import CLINIC_ORIGIN
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.study_folder import StudyReading
from edema_desk.exchange.study_row import StudyRow
from edema_desk.flow.studies.crops import PreparedStudy, StoredCrops, StudyFace
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.entered import Entered
from edema_desk.store.captures.rescoring import WeighedCapture, weighed_captures
from edema_desk.store.models.models import patients_learned_from
from edema_desk.store.people.consents import patients_consenting
from edema_desk.store.people.patients import patients

_NAME = "the clinic's own patients"
_ZERO_G = 60_000
"""Only the excess counts here; a row of a study tells it as the difference of two weights."""


@dataclass(frozen=True, slots=True)
class ClinicFaces:
    """The captures as a study whose people are called by their chart numbers, and the patients'
    ids by these."""

    study: PreparedStudy
    ids: dict[str, str]

    def judges(self) -> tuple[str, ...]:
        """The chart numbers of those who are left out of learning, the same each time: people
        with two days before others, since one day is judged from the rest."""
        days: dict[str, set[date]] = {}
        for face in self.study.faces:
            days.setdefault(face.row.patient_id, set()).add(face.row.day)
        ordered = sorted(self.ids, key=lambda number: self.ids[number])  # made at random
        wanted = -(-len(ordered) // ONE_OF)
        able = [number for number in ordered if len(days[number]) > 1]
        if len(able) < wanted:
            return tuple([*able, *(n for n in ordered if n not in able)][:wanted])
        return tuple(able[:: len(able) // wanted][:wanted])


def learners_of_clinic(into: Entered) -> Learners:
    """How much there is to learn from; see `faces_of_clinic`. Raises NOT_ALLOWED."""
    clinic = _faces(*_weighed(into, None))
    judges = clinic.judges()
    judged = [face.row for face in clinic.study.faces if face.row.patient_id in judges]
    return Learners(
        patients=len(clinic.ids),
        sessions=len({(face.row.patient_id, face.row.day) for face in clinic.study.faces}),
        captures=len(clinic.study.faces),
        judging=len(judges),
        judging_sessions=sessions_to_judge((row.patient_id, row.day, row.phase) for row in judged),
    )


def faces_of_clinic(into: Entered, until: Moment | None = None) -> ClinicFaces:
    """Captures with crops and weights of the clinic's patients who agreed to training and, still,
    to care, taken no later than `until`. Crops are read only when somebody goes through them.

    Raises ExpectedError NOT_ALLOWED for whoever may not train a model, STUDY_TOO_SMALL.
    """
    clinic = _faces(*_weighed(into, until))
    if len(clinic.ids) < FEWEST_PATIENTS:
        raise ExpectedError(
            ErrorCode.STUDY_TOO_SMALL,
            found=f"{len(clinic.ids)} patients who agreed to training",
            limit=FEWEST_PATIENTS,
        )
    return clinic


def all_still_agree(into: Entered, model_id: str) -> bool:
    """Whether everybody agrees to training, and to care, whom a model was trained on."""
    with open_store(into) as store:
        return patients_learned_from(store, [model_id]) <= _agreeing(store).keys()


def _faces(
    weighed: list[WeighedCapture], numbers: dict[str, str], library: ClipLibrary
) -> ClinicFaces:
    faces = [_face(one, numbers[one.capture.patient_id], library) for one in weighed]
    ids = {numbers[one.capture.patient_id]: one.capture.patient_id for one in weighed}
    lines = sorted(f"{f.crops_id} {f.excess_kg:.3f}" for f in faces)
    sha256 = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    reading = StudyReading(Path(_NAME), (), (), ())
    return ClinicFaces(PreparedStudy(reading, tuple(faces), sha256), ids)


def _weighed(
    into: Entered, until: Moment | None
) -> tuple[list[WeighedCapture], dict[str, str], ClipLibrary]:
    """The captures, the chart numbers by patient id, and where the crops are."""
    library = ClipLibrary(into.profile.clips, CaptureKeys(into.profile.capture_keys, into.data_key))
    with open_store(into) as store:
        store.require(ActKind.TRAIN_MODEL)
        numbers = _agreeing(store)
        weighed = [
            one
            for one in weighed_captures(store)
            if one.capture.patient_id in numbers
            and (until is None or one.capture.captured_at.utc_ms <= until.utc_ms)
            and library.has_crops(one.capture.capture_id)
        ]
    return weighed, numbers, library


def _agreeing(store: Store) -> dict[str, str]:
    """Chart numbers by patient id."""
    agree = patients_consenting(store, Purpose.TRAINING) & patients_consenting(store, Purpose.CARE)
    return {
        one.patient_id: one.chart_number
        for one in patients(store)
        if one.patient_id in agree and one.origin == CLINIC_ORIGIN
    }


def _face(one: WeighedCapture, number: str, library: ClipLibrary) -> StudyFace:
    capture_id = one.capture.capture_id
    row = StudyRow(
        0,
        number,
        one.day,
        one.capture.phase,
        _ZERO_G + round(1000 * one.excess_kg),
        _ZERO_G,
        Path(capture_id),
    )
    return StudyFace(row, capture_id, StoredCrops(partial(library.crops, capture_id)), None)
