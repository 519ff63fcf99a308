"""The report bears the names of the study format, and says what must be said."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from edema_desk.domain.statistics.agreement import Prediction
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.evaluation.report import NO_SKILL_NOTE, report_json, write_report
from edema_desk.flow.evaluation.result import Evaluation
from edema_desk.flow.evaluation.table import report_table

METRICS = {
    "accuracy",
    "mae_kg",
    "skill_vs_class_mean",
    "within_class_r_pre",
    "within_class_r_post",
    "pooled_r",
    "coverage_90",
    "interval_width_kg",
}


def predictions(error_kg: float = 0.1) -> tuple[Prediction, ...]:
    """Three patients, four days; estimates off by `error_kg`, up and down in turn."""
    made = []
    for which, patient in enumerate("ABC"):
        for day in range(1, 5):
            for phase, truth in ((Phase.PRE, 2.0 + 0.3 * day), (Phase.POST, 0.1 * day)):
                sign = -1 if (which + day) % 2 else 1
                made.append(
                    Prediction(
                        patient_id=patient,
                        day=date(2026, 3, day),
                        phase=phase,
                        excess_kg=truth,
                        estimate_kg=truth + sign * error_kg,
                        spread_kg=0.2,
                        edema_threshold_kg=1.4,
                        p_edema=0.9 if phase is Phase.PRE else 0.1,
                    )
                )
    made[3] = replace(
        made[3], estimate_kg=None, spread_kg=None, p_edema=None, refused="too_few_frames"
    )
    return tuple(made)


@pytest.fixture
def evaluation() -> Evaluation:
    rows = predictions()
    return Evaluation(
        protocol="leave-one-day-out",
        study="trial",
        study_sha256="0" * 64,
        model_id="base-1",
        made_up=True,
        seed=3,
        folds=3,
        predictions=rows,
        planted_kg=tuple(r.excess_kg for r in rows),
        settings={"steps": 10},
    )


def test_all_keys_of_the_format(evaluation: Evaluation) -> None:
    told = json.loads(json.dumps(report_json(evaluation), allow_nan=False))
    assert (told["protocol"], told["folds"], told["seed"]) == ("leave-one-day-out", 3, 3)
    assert (told["patients"], told["captures"], told["refused"]) == (3, 24, 1)
    for figures in (told["metrics"], told["from_scratch"], *told["baselines"].values()):
        assert set(figures) >= METRICS
    assert all(told["from_scratch"][name] is None for name in METRICS)
    assert told["gain_over_scratch"] is None
    first, refused = told["predictions"][0], told["predictions"][3]
    assert first["low_kg"] < first["estimate_kg"] < first["high_kg"]
    assert first["p_edema"] == pytest.approx(0.9)
    assert first["refused"] is None
    assert refused["refused"] == "too_few_frames"
    assert refused["estimate_kg"] is None
    assert told["ceiling"]["mae_kg"] == 0.0
    assert told["metrics"]["intervals_95"]["mae_kg"] == [0.1, 0.1]
    assert told["baselines"]["patient_class_mean"]["coverage_90"] is None
    assert "nothing about patients" in told["note"]


def test_the_gain_over_scratch_is_paired(evaluation: Evaluation) -> None:
    worse = replace(evaluation, from_scratch=predictions(0.5))
    gain = report_json(worse)["gain_over_scratch"]
    assert gain["mae_kg"] == pytest.approx(-0.4)
    assert gain["intervals_95"]["mae_kg"] == [pytest.approx(-0.4), pytest.approx(-0.4)]


def test_the_gain_is_of_the_days_that_were_asked_from_scratch(evaluation: Evaluation) -> None:
    own = [replace(row, estimate_kg=row.excess_kg) for row in evaluation.predictions]
    own[0] = replace(own[0], estimate_kg=own[0].excess_kg + 5.0)
    asked = predictions(0.5)[8:12]
    given = replace(
        evaluation,
        predictions=tuple(own),
        from_scratch=asked,
        also={"transfer": {"reference": predictions(0.3)}},
    )
    gain = report_json(given)["gain_over_scratch"]
    assert gain["captures"] == 4
    assert gain["mae_kg"] == pytest.approx(-0.5)
    assert gain["transfer"]["reference"]["mae_kg"] == pytest.approx(-0.2)
    table = report_table(report_json(given))
    assert "Against from scratch, on 4 captures" in table
    assert "carried over by reference" in table


def test_a_network_from_scratch_that_said_nothing(evaluation: Evaluation) -> None:
    silent = [replace(row, estimate_kg=None, p_edema=None) for row in predictions()]
    told = report_json(replace(evaluation, from_scratch=tuple(silent)))
    assert told["gain_over_scratch"]["accuracy"] is None
    assert "Against from scratch" not in report_table(told)


def test_the_table_names_model_baselines_and_what_was_made_up(evaluation: Evaluation) -> None:
    table = report_table(report_json(evaluation))
    for words in ("base-1", "own mean of that phase", "3 patients, 24 captures", "made-up"):
        assert words in table
    assert NO_SKILL_NOTE not in table
    assert all(len(line.split()) > 1 and len(line) <= 102 for line in table.splitlines()[:7])
    assert "0.10..0.10" in table


def test_a_model_that_learned_the_clock_is_told_so(evaluation: Evaluation) -> None:
    useless = replace(evaluation, predictions=predictions(1.0))
    assert NO_SKILL_NOTE in report_table(report_json(useless))


def test_a_report_is_written_whole_or_not_at_all(tmp_path: Path, evaluation: Evaluation) -> None:
    path = tmp_path / "report.json"
    write_report(path, report_json(evaluation))
    assert json.loads(path.read_text())["study"] == "trial"
    with pytest.raises(ExpectedError) as caught:
        write_report(tmp_path / "none" / "report.json", {})
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert list(tmp_path.iterdir()) == [path]
