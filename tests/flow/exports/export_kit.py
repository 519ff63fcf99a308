"""Exports as a test asks for them, those they are of, and what of them is on record."""

from pathlib import Path

import pytest

from edema_desk.domain.course.exporting import study_code
from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.keeping.record_of_acts import ActEntry, ActFilter
from edema_desk.domain.models.export_plan import ExportCount, ExportKind, ExportWish
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.exports.files import export_patients, preview_export
from edema_desk.store.audit.reading import acts
from tests.flow.exports.export_samples import DAY, Person, add_person, add_session, withdraw

CARE, TRAINING, RESEARCH = Purpose.CARE, Purpose.TRAINING, Purpose.RESEARCH
TABLES, FHIR, STUDY = ExportKind.TABLES, ExportKind.FHIR, ExportKind.STUDY


def go(clinic: Clinic, wish: ExportWish, out: Path) -> ExportCount:
    return export_patients(clinic, new_id(), wish, out, unheard, Cancel())


def look(clinic: Clinic, wish: ExportWish) -> ExportCount:
    return preview_export(clinic, wish, unheard, Cancel())


def on_record(clinic: Clinic, kind: ActKind) -> tuple[ActEntry, ...]:
    return clinic.database.call(lambda store: acts(store, ActFilter(kind=kind)))


def refused(clinic: Clinic, wish: ExportWish, out: Path) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        go(clinic, wish, out)
    assert not out.exists()
    assert not list(out.parent.glob("*.part"))
    return caught.value.code


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "outside").mkdir()
    return tmp_path / "outside" / "export"


@pytest.fixture
def people(clinic: Clinic) -> dict[str, Person]:
    """One session each, by what they answered."""
    made = {
        "all": add_person(clinic, "1", CARE, TRAINING, RESEARCH),
        "research": add_person(clinic, "2", RESEARCH),
        "care": add_person(clinic, "3", CARE, TRAINING),
        "unasked": add_person(clinic, "4"),
        "withdrew research": add_person(clinic, "5", CARE, RESEARCH),
        "withdrew care": add_person(clinic, "6", CARE, RESEARCH),
        "study": add_person(clinic, "7", origin="trial"),
    }
    for person in made.values():
        add_session(clinic, person, DAY)
    withdraw(clinic, made["withdrew research"], RESEARCH)
    withdraw(clinic, made["withdrew care"], CARE)
    return made


def codes(*people: Person) -> set[str]:
    return {study_code(person.patient_id) for person in people}
