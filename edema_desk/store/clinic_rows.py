"""A patient's captures of known excess as one array of bytes, and those of a clinic together."""

import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from edema_desk.domain.clinic_rows import ClinicRows, no_rows
from edema_desk.domain.exporting import phases_of
from edema_desk.domain.records import Phase
from edema_desk.domain.trend import PhaseEntry, SessionEntry, Trend

_ROW = np.dtype(
    [
        ("session", "<i4"),
        ("day", "<i4"),
        ("pre", "u1"),
        ("shift", "i1"),
        ("camera", "<i2"),
        ("model", "<i2"),
        ("truth_kg", "<f4"),
        ("estimate_kg", "<f4"),
        ("half_kg", "<f4"),
        ("p_edema", "<f4"),
    ]
)


def pack_rows(db: Database, patient_id: str, trend: Trend) -> tuple[bytes, str]:
    """The rows of a patient, and as JSON the names that their numbers stand for.

    A capture counts that a model saw, beside a weight and a dry weight. The shift is the one of
    the patient's schedule now.
    """
    shift = _shift(db, patient_id)
    camera_of = _cameras(db, patient_id)
    models, cameras = _Names(), _Names()
    table = [
        (
            number,
            session.session.day.toordinal(),
            entry.phase is Phase.PRE,
            shift,
            cameras.number(camera_of.get(entry.capture.capture_id)) if entry.capture else -1,
            models.number(entry.estimate.model_id if entry.estimate else None),
            entry.scale_excess_kg,
            *_said(entry),
        )
        for number, session in enumerate(trend.sessions)
        for entry in _counted(session)
    ]
    names = {"models": models.names, "cameras": cameras.names}
    return np.array(table, _ROW).tobytes(), json.dumps(names, ensure_ascii=False)


def gathered(
    kept: Sequence[tuple[bytes, str]],
) -> tuple[ClinicRows, tuple[str, ...], tuple[str, ...]]:
    """Rows of all patients, numbered in this order, with the names of models and cameras."""
    if not kept:
        return no_rows(), (), ()
    models, cameras = _Names(), _Names()
    tables = [np.frombuffer(body, _ROW) for body, _ in kept]
    whole = np.concatenate(tables)
    counts = [len(table) for table in tables]
    named = [json.loads(names) for _, names in kept]
    sessions = [int(table["session"].max()) + 1 if len(table) else 0 for table in tables]
    return (
        ClinicRows(
            patient=np.repeat(np.arange(len(kept)), counts),
            session=whole["session"] + np.repeat(np.cumsum([0, *sessions[:-1]]), counts),
            day=whole["day"].astype(np.int64),
            pre=whole["pre"].astype(np.bool_),
            truth_kg=whole["truth_kg"].astype(np.float64),
            estimate_kg=whole["estimate_kg"].astype(np.float64),
            half_kg=whole["half_kg"].astype(np.float64),
            p_edema=whole["p_edema"].astype(np.float64),
            shift=whole["shift"].astype(np.int64),
            camera=_renumbered(tables, "camera", [n["cameras"] for n in named], cameras),
            model=_renumbered(tables, "model", [n["models"] for n in named], models),
        ),
        tuple(models.names),
        tuple(cameras.names),
    )


class _Names:
    """Names in the order they were met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def names(self) -> list[str]:
        return list(self._numbers)

    def number(self, name: str | None) -> int:
        return -1 if name is None else self._numbers.setdefault(name, len(self._numbers))


def _renumbered(
    tables: Sequence[NDArray[np.void]], field: str, names: Sequence[list[str]], met: _Names
) -> NDArray[np.int64]:
    """Numbers within each patient's names to numbers within all names."""
    return np.concatenate(
        [
            np.array([*(met.number(name) for name in own), -1], np.int64)[table[field]]
            for table, own in zip(tables, names, strict=True)
        ]
    )


def _counted(session: SessionEntry) -> list[PhaseEntry]:
    return [e for e in phases_of(session) if e.estimate and e.scale_excess_kg is not None]


def _said(entry: PhaseEntry) -> tuple[float, float, float]:
    """Estimate, half its width and the probability; NaN where there is none."""
    said = entry.estimate
    if said is None or said.excess_kg is None:
        return np.nan, np.nan, np.nan
    return said.excess_kg, _number(said.spread_kg), _number(said.p_edema)


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _shift(db: Database, patient_id: str) -> int:
    found = db.execute("select shift from schedule where patient_id = ?", [patient_id]).fetchone()
    return int(found[0]) if found else -1


def _cameras(db: Database, patient_id: str) -> dict[str, str]:
    """What the camera of each recorded capture is called."""
    found = db.execute(
        """
        select r.capture_id, coalesce(nullif(json_extract(r.camera, '$.name'), ''),
            json_extract(r.camera, '$.locator'))
        from recording r join assignment a on a.capture_id = r.capture_id
        where a.patient_id = ?
        """,
        [patient_id],
    )
    return dict(found.fetchall())
