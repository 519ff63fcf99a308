"""A profile with patients of several answers and origins, clips that the made-up worker reads, and
what was exported, read again."""

import csv
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import CLINIC_ORIGIN, Phase, new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.estimates.intake import Slot, take_in
from edema_desk.store.base.database import Store
from edema_desk.store.captures.sessions import enter_weighing, open_session
from edema_desk.store.people.consents import set_consent
from edema_desk.store.people.patients import add_patient, set_dry_weight

DAY = date(2026, 3, 2)
LATER = date(2026, 3, 4)


@dataclass(frozen=True)
class Person:
    """Somebody of the sample."""

    patient_id: str
    chart: str


def add_person(
    clinic: Clinic,
    chart: str,
    *agreed: Purpose,
    origin: str = CLINIC_ORIGIN,
    name: str = "",
) -> Person:
    def act(store: Store) -> str:
        new = NewPatient(chart, name or f"Name {chart}", origin=origin)
        patient_id = add_patient(store, new_id(), new).patient_id
        set_dry_weight(store, new_id(), patient_id, 50_000, date(2026, 1, 1))
        for purpose in agreed:
            set_consent(store, new_id(), patient_id, purpose, DAY, given=True)
        return patient_id

    return Person(clinic.database.call(act), chart)


def withdraw(clinic: Clinic, person: Person, purpose: Purpose) -> None:
    clinic.database.call(
        lambda store: set_consent(
            store, new_id(), person.patient_id, purpose, DAY, given=False, remark="said so"
        )
    )


def at(day: date, hour: int, minute: int = 0) -> Moment:
    return Moment.at_clinic(day, hour, minute)


def add_session(
    clinic: Clinic, person: Person, day: date, pre_g: int = 52_500, post_g: int = 50_200
) -> str:
    """A session with both weights and no clip."""

    def act(store: Store) -> str:
        session_id = open_session(store, new_id(), person.patient_id, at(day, 9), 4.0)
        for phase, net_g, hour in ((Phase.PRE, pre_g, 9), (Phase.POST, post_g, 13)):
            enter_weighing(
                store, new_id(), session_id, phase, net_g, 0, at(day, hour), "" if net_g else "x"
            )
        return session_id

    return clinic.database.call(act)


def add_clip(
    clinic: Clinic, person: Person, session_id: str | None, phase: Phase, when: Moment, g_kg: float
) -> str:
    """A clip of the made-up worker's that bears the sign of a film; its capture."""
    folder = clinic.profile.root.parent / "clips-in"
    folder.mkdir(exist_ok=True)
    path = folder / f"{new_id()}.mp4"
    told = json.dumps({"name": path.name, "g_kg": g_kg, "refusal": ""})
    path.write_text('{  "free": 1, ' + told[1:])
    slot = Slot(person.patient_id, session_id, phase, when)
    return take_in(clinic, new_id(), path, slot, unheard, Cancel()).capture_id


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def everything_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
