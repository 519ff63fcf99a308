"""`study evaluate`: what hours of work leave behind while they last, and afterwards."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from edema_desk.commands import study_evaluate
from edema_desk.domain.statistics.agreement import Prediction
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.evaluation.result import Evaluation

ROWS = tuple(
    Prediction(patient, date(2026, 3, day), phase, excess_kg, excess_kg + 0.1, 0.2, 1.0, p_edema=p)
    for patient in "AB"
    for day in (1, 2, 3)
    for phase, excess_kg, p in ((Phase.PRE, 2.0, 0.9), (Phase.POST, 0.1, 0.1))
)
MAIN = Evaluation(
    protocol="leave-one-day-out",
    study="trial",
    study_sha256="0" * 64,
    model_id="change, 3 steps",
    made_up=True,
    seed=0,
    folds=2,
    predictions=ROWS,
    planted_kg=(None,) * len(ROWS),
)


def _evaluating(ended_by: ExpectedError | None) -> Callable[..., Evaluation]:
    def evaluate(*_: object, so_far: Callable[[Evaluation], None], **__: object) -> Evaluation:
        so_far(MAIN)
        so_far(replace(MAIN, also={"transfer": {"tuned": ROWS}}))
        if ended_by is not None:
            raise ended_by
        return replace(MAIN, from_scratch=ROWS)

    return evaluate


def _run(tmp_path: Path, *arguments: str) -> int:
    args = [str(tmp_path), "--profile", str(tmp_path / "profile"), "--full", *arguments]
    return CliRunner().invoke(study_evaluate.evaluate, args).exit_code


def _told(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read


def test_what_there_is_so_far_is_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = tmp_path / "trial.json"
    ended = ExpectedError(ErrorCode.WORKER_FAILED)
    monkeypatch.setattr(study_evaluate, "evaluate_study", _evaluating(ended))
    assert _run(tmp_path, "--report", str(report)) != 0
    assert not report.exists()
    assert "tuned" in _told(tmp_path / "trial.so-far.json")["transfer"]
    monkeypatch.setattr(study_evaluate, "evaluate_study", _evaluating(None))
    assert _run(tmp_path, "--report", str(report)) == 0
    assert _told(report)["from_scratch"]["captures"] == len(ROWS)
    assert not (tmp_path / "trial.so-far.json").exists()


def test_without_a_report_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study_evaluate, "evaluate_study", _evaluating(None))
    assert _run(tmp_path) == 0
    assert not list(tmp_path.glob("*.json"))
