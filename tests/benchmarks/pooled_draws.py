"""The figures of several made-up draws of the same people together, from their reports.

    python -m tests.benchmarks.pooled_draws STUDY REPORT [STUDY REPORT ...]

STUDY is the folder a report was made of: its table names the face behind each patient. Draws of
one face are not independent, so intervals draw faces, each with all of its draws.
"""

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from edema_desk.domain.statistics.agreement import Columns, Prediction, columns, figures_of
from edema_desk.domain.statistics.resampling import figure_intervals
from edema_desk.domain.terms.records import Phase

_TOLD = ("coverage_90", "accuracy", "accuracy_clear_loss", "mae_kg", "skill_vs_class_mean")


def main(arguments: Sequence[str]) -> None:
    """Print one line for each draw and the figures of all."""
    pairs = zip(arguments[::2], arguments[1::2], strict=True)
    for line in told([(Path(study), Path(report)) for study, report in pairs]):
        print(line)  # noqa: T201


def told(draws: Sequence[tuple[Path, Path]]) -> Iterator[str]:
    """Lines of text about (study folder, report file) of each draw."""
    seen: dict[str, int] = {}
    parts = []
    for study, report in draws:
        part = _columns(study, report, seen)
        parts.append(part)
        yield f"{report.name}: {_line(part)}"
    pooled = _together(parts)
    yield f"together, {len(seen)} faces: {_line(pooled)}"
    intervals = figure_intervals(pooled)
    for name in _TOLD:
        low, high = intervals[name]
        yield f"{name}: {getattr(figures_of(pooled), name):.3f} ({low:.3f} to {high:.3f})"


def _columns(study: Path, report: Path, seen: dict[str, int]) -> Columns:
    """The predictions of one draw; `patient` numbers faces, the same in every draw."""
    with (study / "study.csv").open(encoding="utf-8", newline="") as file:
        face = {row["patient_id"]: row["source"] for row in csv.DictReader(file)}
    rows = [_prediction(row) for row in json.loads(report.read_text("utf-8"))["predictions"]]
    made = columns(rows, [row.estimate_kg for row in rows])
    faces = [seen.setdefault(face[row.patient_id], len(seen)) for row in rows]
    return replace(made, patient=np.array(faces, np.int64))


def _prediction(row: dict[str, Any]) -> Prediction:
    low_kg, high_kg = row["low_kg"], row["high_kg"]
    return Prediction(
        patient_id=row["patient_id"],
        day=date.fromisoformat(row["date"]),
        phase=Phase(row["phase"]),
        excess_kg=row["excess_kg"],
        estimate_kg=row["estimate_kg"],
        spread_kg=None if low_kg is None else (high_kg - low_kg) / 2,
        edema_threshold_kg=0.0,  # not in a report; what is called follows from the probability
        p_edema=row["p_edema"],
        refused=row["refused"],
    )


def _together(parts: Sequence[Columns]) -> Columns:
    names = [field.name for field in fields(Columns)]
    return Columns(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _line(rows: Columns) -> str:
    made = figures_of(rows)
    return (
        f"{len(rows.patient)} captures, {made.captures} with a number, "
        f"{100 * made.coverage_90:.1f} % held, {100 * made.accuracy:.1f} % right, "
        f"{made.mae_kg:.3f} kg"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
