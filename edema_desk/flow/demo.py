"""A small made-up cohort in a profile of its own: drawn, taken in, estimated."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from edema_desk.domain.course.views import NewPatient, PatientCard
from edema_desk.domain.terms.records import DEMO_ORIGIN, Schedule
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel, Listener, Progress, unheard
from edema_desk.flow.studies.making import make_study
from edema_desk.flow.studies.taking_in import import_study
from edema_desk.store.base.entered import Where
from edema_desk.store.captures.cards import patient_card
from edema_desk.store.people.patients import patients

PATIENTS = 4
DAYS = 4
_DRAWING_SHARE = 0.35
"""Of the whole work, as measured on two cores."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who does not exist."""

    name: str
    kana: str
    birth_date: date
    bed: str


PEOPLE: tuple[DemoPerson, ...] = (
    DemoPerson("見本 春子", "ミホン ハルコ", date(1949, 5, 17), "A1"),
    DemoPerson("見本 健二", "ミホン ケンジ", date(1956, 11, 3), "A2"),
    DemoPerson("見本 みつ", "ミホン ミツ", date(1942, 2, 28), "A3"),
    DemoPerson("見本 勇", "ミホン イサム", date(1961, 8, 9), "B1"),
)
"""見本 means "specimen": nobody can take them for patients."""


@dataclass(frozen=True, slots=True)
class DemoRow:
    """One capture of the held-out last day: what the face said beside what the scale said."""

    chart_number: str
    day: date
    phase: str
    scale_excess_kg: float | None
    estimate_kg: float | None
    spread_kg: float | None
    refusal: str


def fill_demo(
    where: Where,
    work: Path,
    *,
    seed: int,
    last_day: date,
    listener: Listener = unheard,
    cancel: Cancel | None = None,
) -> tuple[DemoRow, ...]:
    """Draw a cohort into the folder `work`, take it into the profile, and return its last day.

    Earlier days become each patient's references. Raises as `make_study` and `import_study`.
    """
    cancel = cancel or Cancel()
    study = work / "study"
    make_study(
        study,
        patients=PATIENTS,
        days=DAYS,
        seed=seed,
        last_day=last_day,
        listener=_share(listener, 0.0, _DRAWING_SHARE),
        cancel=cancel,
    )
    with Clinic(where) as clinic:
        import_study(
            clinic,
            study,
            origin=DEMO_ORIGIN,
            person=_Dresser(last_day),
            listener=_share(listener, _DRAWING_SHARE, 1.0),
            cancel=cancel,
        )
        return clinic.database.call(
            lambda store: _last_day(
                [patient_card(store, p.patient_id) for p in patients(store)], last_day
            )
        )


class _Dresser:
    """Gives the study's people names, birth dates and beds, in the order of their ids."""

    def __init__(self, last_day: date) -> None:
        self._weekdays = tuple(
            sorted({(last_day - timedelta(days=back)).weekday() for back in (0, 2, 5)})
        )

    def __call__(self, new: NewPatient) -> NewPatient:
        which = int(new.chart_number.removeprefix("P")) - 1
        person = PEOPLE[which % len(PEOPLE)]
        return replace(
            new,
            chart_number=f"DEMO-{which + 1:03d}",
            name=person.name,
            kana=person.kana,
            birth_date=person.birth_date,
            schedule=Schedule(self._weekdays, 1, person.bed),
        )


def _share(listener: Listener, start: float, end: float) -> Listener:
    """Part of a whole: its progress goes from `start` to `end`, its time to go is for all."""

    def tell(progress: Progress) -> None:
        part = progress.done / progress.total if progress.total else 1.0
        left_s = progress.left_s
        if left_s is not None and end < 1.0 and part > 0:
            whole_s = left_s / max(1.0 - part, 1e-6)
            left_s += whole_s * (1.0 - end) / (end - start)
        listener(Progress(progress.what, start + (end - start) * part, 1.0, left_s))

    return tell


def _last_day(cards: Sequence[PatientCard], day: date) -> tuple[DemoRow, ...]:
    rows = []
    for card in cards:
        for entry in card.trend.entries():
            if entry.at.day != day:
                continue
            said = entry.estimate
            rows.append(
                DemoRow(
                    card.patient.chart_number,
                    day,
                    entry.phase.value,
                    entry.scale_excess_kg,
                    said.excess_kg if said else None,
                    said.spread_kg if said else None,
                    said.refusal.value if said and said.refusal else "",
                )
            )
    return tuple(sorted(rows, key=lambda row: row.chart_number))


def write_table(path: Path, rows: Sequence[DemoRow]) -> None:
    """Estimates against scale weights as CSV. Raises ExpectedError OUTPUT_NOT_WRITABLE."""
    header = ("chart_number", "date", "phase", "scale_excess_kg", "estimate_kg", "spread_kg")
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow((*header, "refused"))
            for row in rows:
                table.writerow(
                    (
                        row.chart_number,
                        row.day.isoformat(),
                        row.phase,
                        _kg(row.scale_excess_kg),
                        _kg(row.estimate_kg),
                        _kg(row.spread_kg),
                        row.refusal,
                    )
                )
    except OSError as error:
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(path)) from error


def table_text(rows: Sequence[DemoRow]) -> str:
    """The same for a person."""
    lines = [f"{'patient':10}{'phase':7}{'scale':>9}{'estimate':>10}{'spread':>9}"]
    for row in rows:
        spread = f"±{_kg(row.spread_kg)}" if row.spread_kg is not None else ""
        lines.append(
            f"{row.chart_number:10}{row.phase:7}{_kg(row.scale_excess_kg) or '-':>9}"
            f"{_kg(row.estimate_kg) or row.refusal or '-':>10}{spread:>9}"
        )
    return "\n".join(lines)


def _kg(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
