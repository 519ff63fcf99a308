"""The report of an evaluation as JSON: every figure and every prediction."""

import json
import math
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from edema_desk.domain.statistics.agreement import Columns, Figures, Prediction, columns, figures_of
from edema_desk.domain.statistics.baselines import BASELINES, baseline_estimates
from edema_desk.domain.statistics.limits_of_agreement import limits_of_agreement
from edema_desk.domain.statistics.resampling import difference_intervals, figure_intervals
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.evaluation.result import Evaluation, Predictions

MADE_UP_NOTE = "These figures come from made-up swelling of faces. They say nothing about patients."
NO_SKILL_NOTE = (
    "Skill is not above zero: the patient's usual value in that phase, which needs no camera, "
    "is as near. The model has learned the clock, not the face."
)


def report_json(evaluation: Evaluation) -> dict[str, Any]:
    """Every figure under the names of the study format. NaN becomes null.

    `from_scratch` holds nulls where nothing was trained from scratch.
    """
    rows = evaluation.predictions
    own = columns(rows, evaluation.estimates())
    seed = evaluation.seed
    return {
        "protocol": evaluation.protocol,
        "folds": evaluation.folds,
        "seed": seed,
        "study": evaluation.study,
        "study_sha256": evaluation.study_sha256,
        "model": evaluation.model_id,
        "made_up": evaluation.made_up,
        "note": MADE_UP_NOTE if evaluation.made_up else "",
        "settings": dict(evaluation.settings),
        "patients": len({r.patient_id for r in rows}),
        "captures": len(rows),
        "refused": sum(r.refused is not None for r in rows),
        "refusals": dict(sorted(Counter(r.refused for r in rows if r.refused).items())),
        "metrics": _with_intervals(own, seed),
        "limits_of_agreement": _limits(own),
        "ceiling": _plain(figures_of(columns(_unbounded(rows), evaluation.planted_kg))),
        "baselines": {
            name: _plain(figures_of(columns(_unbounded(rows), baseline_estimates(rows, name))))
            for name in BASELINES
        },
        "from_scratch": _with_intervals(_of(evaluation.from_scratch), seed),
        "gain_over_scratch": _gains(evaluation),
        "learning_curve": {
            str(days): _with_intervals(_of(table), seed)
            for days, table in evaluation.learning_curve.items()
        },
        "first_sessions": {
            str(count): {k: _finite(v) for k, v in asdict(gain).items()}
            for count, gain in evaluation.first_sessions.items()
        },
        **{
            group: {name: _with_intervals(_of(table), seed) for name, table in tables.items()}
            for group, tables in evaluation.also.items()
        },
        "predictions": [_prediction(r) for r in rows],
    }


def check_writable(path: Path) -> None:
    """Raise OUTPUT_NOT_WRITABLE before hours of work where `write_report` would after them."""
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(path))


def write_report(path: Path, report: Mapping[str, Any]) -> None:
    """Write the whole report, or nothing."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(json.dumps(report, indent=1, allow_nan=False) + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(path)) from error


def _of(rows: Predictions) -> Columns:
    return columns(rows, [row.estimate_kg for row in rows])


def _unbounded(rows: Sequence[Prediction]) -> list[Prediction]:
    """The same captures without the model's interval and probability, which are its own."""
    return [replace(row, spread_kg=None, p_edema=None) for row in rows]


def _with_intervals(rows: Columns, seed: int) -> dict[str, Any]:
    intervals = figure_intervals(rows, seed=seed) if len(rows.patient) else {}
    return _plain(figures_of(rows)) | {
        "intervals_95": {name: [_finite(v) for v in ends] for name, ends in intervals.items()}
    }


def _gains(evaluation: Evaluation) -> dict[str, Any] | None:
    """What pre-training adds on the captures that networks from scratch were asked: of the main
    table, and of each way to carry a network over, since some rest on other patients besides."""
    scratch = evaluation.from_scratch
    if not scratch:
        return None
    ways = evaluation.also.get("transfer", {})
    seed = evaluation.seed
    return _gain(evaluation.predictions, scratch, seed) | {
        "transfer": {name: _gain(rows, scratch, seed) for name, rows in ways.items()}
    }


def _gain(rows: Predictions, scratch: Predictions, seed: int) -> dict[str, Any]:
    """In accuracy and in kg of error, with the interval of each."""
    found = {(row.patient_id, row.day, row.phase): row for row in rows}
    own = _of(tuple(found[row.patient_id, row.day, row.phase] for row in scratch))
    other = _of(scratch)
    better, worse = figures_of(own), figures_of(other)
    intervals = difference_intervals(own, other, seed=seed)
    return {
        "captures": len(scratch),
        "accuracy": _finite(better.accuracy - worse.accuracy),
        "mae_kg": _finite(better.mae_kg - worse.mae_kg),
        "intervals_95": {
            name: [_finite(v) for v in intervals[name]] for name in ("accuracy", "mae_kg")
        },
    }


def _limits(rows: Columns) -> dict[str, Any]:
    """Each limit with its 95 % interval."""
    told = np.flatnonzero(~np.isnan(rows.said_kg))
    kept = rows.drawn(told)
    limits = limits_of_agreement(kept.said_kg - kept.truth_kg, kept.patient)
    return {
        name: [_finite(end) for end in value] if isinstance(value, tuple) else _finite(value)
        for name, value in asdict(limits).items()
    }


def _plain(values: Figures) -> dict[str, Any]:
    return {k: _finite(v) if isinstance(v, float) else v for k, v in asdict(values).items()}


def _finite(value: float | None) -> float | None:
    return round(value, 4) if value is not None and math.isfinite(value) else None


def _prediction(row: Prediction) -> dict[str, Any]:
    return {
        "patient_id": row.patient_id,
        "date": row.day.isoformat(),
        "phase": row.phase.value,
        "excess_kg": round(row.excess_kg, 3),
        "estimate_kg": _finite(row.estimate_kg),
        "low_kg": _finite(row.low_kg),
        "high_kg": _finite(row.high_kg),
        "p_edema": _finite(row.p_edema),
        "refused": row.refused,
    }
