"""The clinic's course of measured and estimated excess as tables, with what each column means."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from edema_desk.domain.course.exporting import RESEARCH_USE, ExportedPatient, judge_code
from edema_desk.domain.course.trend import PhaseEntry, SessionEntry
from edema_desk.domain.terms.judgement import Judgement
from edema_desk.domain.terms.moment import Moment
from edema_desk.exchange.safe_csv import Cell, new_table, write_table

SCHEMA_VERSION = 1
SESSIONS, SPOTS = "sessions.csv", "spot_captures.csv"
JUDGEMENTS, DICTIONARY = "judgements.csv", "data_dictionary.csv"

T = TypeVar("T")
Judged = tuple[PhaseEntry, Judgement]


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column: its name with the unit in it, its meaning, and what stands in a row's cell."""

    name: str
    meaning: str
    cell: Callable[[ExportedPatient, T], Cell]


def write_clinic_tables(folder: Path, patients: Iterable[ExportedPatient]) -> tuple[Path, ...]:
    """Write sessions, spot captures, judgements and the dictionary into a folder; the files
    written. Patients are asked for one after another, and none is kept.

    Raises ExpectedError: OUTPUT_EXISTS, OUTPUT_NO_ROOM, OUTPUT_NOT_WRITABLE.
    """
    session_columns, spot_columns = _session_columns(), _spot_columns()
    judgement_columns = _judgement_columns()
    told = [(SESSIONS, c.name, c.meaning) for c in session_columns]
    told += [(SPOTS, c.name, c.meaning) for c in spot_columns]
    told += [(JUDGEMENTS, c.name, c.meaning) for c in judgement_columns]
    write_table(folder / DICTIONARY, ("file", "column", "meaning"), told)
    with (
        new_table(folder / SESSIONS, [c.name for c in session_columns]) as add_session,
        new_table(folder / SPOTS, [c.name for c in spot_columns]) as add_spot,
        new_table(folder / JUDGEMENTS, [c.name for c in judgement_columns]) as add_judgement,
    ):
        for patient in patients:
            for session in patient.trend.sessions:
                add_session([column.cell(patient, session) for column in session_columns])
            for spot in patient.trend.spots:
                add_spot([column.cell(patient, spot) for column in spot_columns])
            for judged in patient.judged:
                add_judgement([column.cell(patient, judged) for column in judgement_columns])
    return tuple(folder / name for name in (SESSIONS, SPOTS, JUDGEMENTS, DICTIONARY))


def _session_columns() -> tuple[Column[SessionEntry], ...]:
    plain: tuple[Column[SessionEntry], ...] = (
        Column("day", "clinic day of the session", lambda _, s: str(s.session.day)),
        Column("dry_weight_kg", "dry weight valid on that day", lambda _, s: _kg(s.dry_weight_g)),
        Column(
            "gain_kg",
            "weight before dialysis less the weight after the session before",
            lambda _, s: _kg(s.gain_g),
        ),
        Column("gain_percent", "gain in percent of the dry weight", lambda _, s: s.gain_percent),
        Column("planned_h", "planned hours", lambda _, s: s.session.planned_hours),
        Column(
            "uf_rate_ml_kg_h",
            "weight lost per kg of weight after dialysis and planned hour, 1 g as 1 mL",
            lambda _, s: s.uf_rate_ml_kg_h,
        ),
        Column(
            "days_since_last_d",
            "days since the end of the session before",
            lambda _, s: s.days_since_last,
        ),
    )
    pre = _of_phase("pre", _pre)
    post = _of_phase("post", _post)
    return (*_who(), *plain, *pre, *post, _research_use())


def _spot_columns() -> tuple[Column[PhaseEntry], ...]:
    event: Column[PhaseEntry] = Column(
        "event_before",
        "what went before: meal, toilet, rising, or other; free words only with names",
        lambda p, e: p.event_before(e) or None,
    )
    return (*_who(), *_of_phase("spot", _itself), event, _research_use())


def _judgement_columns() -> tuple[Column[Judged], ...]:
    plain: tuple[Column[Judged], ...] = (
        Column("phase", "pre, post or spot", lambda _, j: j[0].phase.value),
        Column("capture_time", "of which capture, ISO 8601", lambda _, j: _iso(j[0].at)),
        Column("judged_time", "when it was judged, ISO 8601", lambda _, j: _iso(j[1].judged_at)),
        Column("judge_code", "code of who judged", lambda _, j: judge_code(j[1].actor)),
        Column("blind", "1 if nothing estimated had been shown", lambda _, j: int(j[1].blind)),
        Column("edema", "1 present, 0 absent, empty for neither", lambda _, j: _edema(j[1])),
        Column(
            "confidence",
            "low, medium or high",
            lambda _, j: j[1].said.confidence.value if j[1].said.confidence else None,
        ),
        Column("excess_kg", "excess as guessed by the judge", lambda _, j: j[1].said.excess_kg),
        Column(
            "skipped", "1 if looked at without judging", lambda _, j: int(bool(j[1].said.skipped))
        ),
    )
    return (*_who(), *plain, _research_use())


def _who() -> tuple[Column[T], ...]:
    """Whose row it is; what names a person is empty in a pseudonymous export."""
    return (
        Column("schema_version", "version of this layout", lambda _, __: SCHEMA_VERSION),
        Column("patient_code", "code of the patient, the same in each export", lambda p, _: p.code),
        Column(
            "chart_number",
            "chart number; empty in a pseudonymous export",
            lambda p, _: p.patient.chart_number if p.named else None,
        ),
        Column(
            "name",
            "name; empty in a pseudonymous export",
            lambda p, _: p.patient.name if p.named else None,
        ),
        Column(
            "kana",
            "name in kana; empty in a pseudonymous export",
            lambda p, _: p.patient.kana if p.named else None,
        ),
        Column(
            "birth_date",
            "birth date; empty in a pseudonymous export",
            lambda p, _: str(p.patient.birth_date or "") if p.named else None,
        ),
        Column("origin", "clinic, demo, or the study's name", lambda p, _: p.patient.origin),
    )


def _research_use() -> Column[T]:
    return Column("use", "what the estimates are for", lambda _, __: RESEARCH_USE)


def _of_phase(name: str, phase: Callable[[T], PhaseEntry | None]) -> tuple[Column[T], ...]:
    """The columns of one phase of a row."""

    def column(what: str, meaning: str, cell: Callable[[PhaseEntry], Cell]) -> Column[T]:
        def told(_: ExportedPatient, row: T) -> Cell:
            entry = phase(row)
            return cell(entry) if entry is not None else None

        return Column(f"{name}_{what}", meaning, told)

    return (
        column("time", "when, ISO 8601 with the clinic's offset", lambda e: _iso(e.at)),
        column("weight_kg", "scale weight, tare taken off", lambda e: _kg(e.net_g)),
        column(
            "excess_kg", "scale weight less the dry weight of the day", lambda e: e.scale_excess_kg
        ),
        column("estimate_kg", "excess estimated from the face", _estimate),
        column("estimate_low_kg", "lower end of the 90 % interval", lambda e: _end(e, -1)),
        column("estimate_high_kg", "upper end of the 90 % interval", lambda e: _end(e, 1)),
        column(
            "as_before_dialysis",
            "probability that the face is as before dialysis rather than as after it, 0 to 1",
            lambda e: e.estimate.p_edema if e.estimate else None,
        ),
        column("refused", "why there is no estimate", _refused),
        column(
            "model", "model of the estimate", lambda e: e.estimate.model_id if e.estimate else None
        ),
        column(
            "frames",
            "frames the estimate rests on",
            lambda e: e.capture.frames_chosen if e.capture else None,
        ),
        column(
            "whole",
            "1 for a capture that is whole, 0 for one cut short",
            lambda e: int(e.capture.whole) if e.capture else None,
        ),
    )


def _pre(entry: SessionEntry) -> PhaseEntry | None:
    return entry.pre


def _post(entry: SessionEntry) -> PhaseEntry | None:
    return entry.post


def _itself(entry: PhaseEntry) -> PhaseEntry | None:
    return entry


def _kg(grams: int | None) -> float | None:
    return None if grams is None else grams / 1000


def _iso(at: Moment) -> str:
    return at.local().isoformat(timespec="seconds")


def _edema(judgement: Judgement) -> int | None:
    said = judgement.said.edema
    return None if said is None else int(said)


def _estimate(entry: PhaseEntry) -> float | None:
    return entry.estimate.excess_kg if entry.estimate else None


def _end(entry: PhaseEntry, sign: int) -> float | None:
    said = entry.estimate
    if said is None or said.excess_kg is None or said.spread_kg is None:
        return None
    return said.excess_kg + sign * said.spread_kg


def _refused(entry: PhaseEntry) -> str | None:
    refusal = entry.estimate.refusal if entry.estimate else None
    return refusal.value if refusal else None
