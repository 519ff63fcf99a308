"""The report of an evaluation: every figure and every prediction, as JSON and as a table."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from edema_desk.domain.agreement import (
    BASELINES,
    Figures,
    Prediction,
    baseline_estimates,
    bootstrap_interval,
    edema_accuracy,
    figures,
)
from edema_desk.errors import ErrorCode, ExpectedError

MADE_UP_NOTE = "These figures come from made-up swelling of faces. They say nothing about patients."


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was evaluated and what came of it."""

    protocol: str
    study: str
    model_id: str
    made_up: bool
    seed: int
    predictions: tuple[Prediction, ...]

    def estimates(self) -> list[float | None]:
        """The model's own, in the order of the predictions."""
        return [p.estimate_kg for p in self.predictions]


def report_json(evaluation: Evaluation) -> dict[str, Any]:
    """Every figure under the names of the study format. NaN becomes null."""
    rows = evaluation.predictions
    metrics = figures(rows, evaluation.estimates())
    low_kg, high_kg = bootstrap_interval(rows, _mae, seed=evaluation.seed)
    low_share, high_share = bootstrap_interval(rows, _accuracy, seed=evaluation.seed)
    return {
        "protocol": evaluation.protocol,
        "folds": 1,
        "seed": evaluation.seed,
        "study": evaluation.study,
        "model": evaluation.model_id,
        "made_up": evaluation.made_up,
        "note": MADE_UP_NOTE if evaluation.made_up else "",
        "patients": len({r.patient_id for r in rows}),
        "captures": len(rows),
        "refused": sum(r.refused is not None for r in rows),
        "metrics": _plain(metrics)
        | {
            "mae_kg_interval_95": [_finite(low_kg), _finite(high_kg)],
            "accuracy_interval_95": [_finite(low_share), _finite(high_share)],
        },
        "baselines": {
            name: _plain(figures(rows, baseline_estimates(rows, name))) for name in BASELINES
        },
        "predictions": [_prediction(r) for r in rows],
    }


def _mae(rows: Sequence[Prediction]) -> float:
    errors = [abs(r.estimate_kg - r.excess_kg) for r in rows if r.estimate_kg is not None]
    return sum(errors) / len(errors) if errors else math.nan


def _accuracy(rows: Sequence[Prediction]) -> float:
    return edema_accuracy(
        [(r, r.estimate_kg) for r in rows if r.estimate_kg is not None],
    )


def _plain(values: Figures) -> dict[str, Any]:
    return {k: _finite(v) if isinstance(v, float) else v for k, v in asdict(values).items()}


def _finite(value: float) -> float | None:
    return round(value, 4) if math.isfinite(value) else None


def _prediction(row: Prediction) -> dict[str, Any]:
    told: dict[str, Any] = {
        "patient_id": row.patient_id,
        "date": row.day.isoformat(),
        "phase": row.phase.value,
        "excess_kg": round(row.excess_kg, 3),
        "refused": row.refused,
    }
    if row.estimate_kg is not None and row.spread_kg is not None:
        told |= {
            "estimate_kg": round(row.estimate_kg, 4),
            "low_kg": round(row.estimate_kg - row.spread_kg, 4),
            "high_kg": round(row.estimate_kg + row.spread_kg, 4),
        }
    return told


def write_report(path: Path, report: dict[str, Any]) -> None:
    """Write the whole report, or nothing."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(path)) from error


_COLUMNS = (
    ("accuracy", "right", 100.0, "{:.0f} %"),
    ("mae_kg", "MAE", 1.0, "{:.2f} kg"),
    ("skill_vs_class_mean", "skill", 1.0, "{:+.2f}"),
    ("within_class_r_pre", "r pre", 1.0, "{:.2f}"),
    ("within_class_r_post", "r post", 1.0, "{:.2f}"),
    ("coverage_90", "held", 100.0, "{:.0f} %"),
    ("interval_width_kg", "width", 1.0, "{:.2f} kg"),
)


def report_table(report: dict[str, Any]) -> str:
    """The figures as a table for people, the model first, the dumb baselines under it."""
    lines = ["".join([f"{'':24}", *(f"{head:>10}" for _, head, _, _ in _COLUMNS)])]
    named = [(report["model"], report["metrics"]), *report["baselines"].items()]
    for name, values in named:
        cells = []
        for key, _, factor, shape in _COLUMNS:
            value = values.get(key)
            cells.append(f"{'-' if value is None else shape.format(factor * value):>10}")
        lines.append(f"{name[:23]:24}" + "".join(cells))
    lines.append(
        f"{report['patients']} patients, {report['captures']} captures, "
        f"{report['refused']} without an estimate"
    )
    if report["note"]:
        lines.append(report["note"])
    return "\n".join(lines)
