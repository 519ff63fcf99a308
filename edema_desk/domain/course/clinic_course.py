"""The captures of all patients together, and whom and what the numbers of their rows stand for."""

from dataclasses import dataclass, replace

import numpy as np

from edema_desk.domain.course.clinic_rows import ClinicRows
from edema_desk.domain.terms.records import CLINIC_ORIGIN, Patient


@dataclass(frozen=True, slots=True)
class ClinicCourse:
    """`rows.patient`, `rows.model` and `rows.camera` are places in these. `kept_back`: captures
    are missing whose figures are kept back from who looks; see `veil`."""

    rows: ClinicRows
    patients: tuple[Patient, ...]
    models: tuple[str, ...]
    cameras: tuple[str, ...]
    kept_back: bool = False

    @property
    def origins(self) -> tuple[str, ...]:
        """Where the patients come from, the clinic first."""
        found = {patient.origin for patient in self.patients}
        return tuple(sorted(found, key=lambda one: (one != CLINIC_ORIGIN, one)))

    def origin_of(self, origin: str | None, patient: int | None = None) -> str:
        """The origin that is meant: the one named, else the patient's, else the first there is."""
        if origin is not None:
            return origin
        if patient is not None and 0 <= patient < len(self.patients):
            return self.patients[patient].origin
        return next(iter(self.origins), CLINIC_ORIGIN)

    def of_origin(self, origin: str) -> "ClinicCourse":
        """The captures of patients who come from there. All numbers stay what they were."""
        if self.origins == (origin,):
            return self
        theirs = np.array([one.origin == origin for one in self.patients], np.bool_)
        return replace(self, rows=self.rows.of(theirs[self.rows.patient]))
