"""The captures of all patients together, and whom and what the numbers of their rows stand for."""

from dataclasses import dataclass

from edema_desk.domain.clinic_rows import ClinicRows
from edema_desk.domain.records import Patient


@dataclass(frozen=True, slots=True)
class ClinicCourse:
    """`rows.patient`, `rows.model` and `rows.camera` are places in these."""

    rows: ClinicRows
    patients: tuple[Patient, ...]
    models: tuple[str, ...]
    cameras: tuple[str, ...]
