"""An evaluation refuses what the program refuses, and counts it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from edema_desk.domain.statistics.transfer_prior import plain_prior
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.identity import Likeness, Verdict
from edema_desk.domain.terms.out_of_range import Faces, RangeCheck
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.evaluation.folds import split_for_model
from edema_desk.flow.evaluation.networks import training_captures
from edema_desk.flow.evaluation.report import report_json
from edema_desk.flow.evaluation.result import Evaluation
from edema_desk.flow.evaluation.run import EvaluationRequest, evaluate_captures
from edema_desk.flow.evaluation.sources import GivenModel
from edema_desk.flow.evaluation.table import report_table
from edema_desk.flow.studies.crops import StoredCrops
from edema_desk.paths import Profile
from tests.flow.evaluation.evaluation_samples import Captures, ScoringWorker, bench, study
from tests.flow.made_up_worker import make_card

REQUEST = EvaluationRequest()


@pytest.fixture(scope="module")
def captures() -> Captures:
    """No two of whose files are alike."""
    return tuple(
        replace(c, crops=tuple(crop + f"{c.key} {i}".encode() for i, crop in enumerate(c.crops)))
        for c in study(people=4, days=4, frames=3)
    )


def run(
    folder: Path, captures: Captures, worker: ScoringWorker, spread90_kg: float = 0.5
) -> dict[str, Any]:
    model = ModelInUse(folder / "model", make_card())
    source = GivenModel(model, plain_prior(spread90_kg), split_for_model(captures, 2, 0))
    return evaluate_captures(bench(Profile(folder), worker), source, captures, REQUEST)


def stranger(captures: Captures, place: int) -> ScoringWorker:
    """A worker that takes the face of one capture for somebody else's."""
    shown = set(captures[place].crops)
    worker = ScoringWorker()

    def judge(seen: Faces) -> RangeCheck:
        other = Verdict.OTHER if shown & set(seen.crops) else Verdict.SAME
        return RangeCheck(Likeness(0.5, other), None)

    worker.judge_range = judge
    return worker


def test_a_strangers_capture_is_refused_and_no_reference(
    tmp_path: Path, captures: Captures
) -> None:
    plain = run(tmp_path / "plain", captures, ScoringWorker())["predictions"]
    worker = stranger(captures, 4)
    told = run(tmp_path / "other", captures, worker)
    rows = told["predictions"]
    refused = [i for i, row in enumerate(rows) if row.refused is not None]
    assert refused == [4]
    assert rows[4].refused == Refusal.OTHER_PERSON.value
    assert rows[4].estimate_kg is None
    for i, (before, after) in enumerate(zip(plain, rows, strict=True)):
        same_person = captures[i].patient_id == captures[4].patient_id
        leans_on_it = same_person and captures[i].day != captures[4].day
        assert (before.estimate_kg != after.estimate_kg) == (leans_on_it or i == 4)
    assert len(worker.compared) == len(captures)
    run(tmp_path / "other", captures, worker)
    assert len(worker.compared) == len(captures), "what was compared is not compared again"
    for table in told["learning_curve"].values():
        assert {r.refused for r in table if r.estimate_kg is None} == {"other_person"}


def test_a_capture_is_held_against_the_other_days_of_the_same_person(
    tmp_path: Path, captures: Captures
) -> None:
    worker = ScoringWorker()
    run(tmp_path, captures, worker)
    owner = {crop: (c.patient_id, c.day) for c in captures for crop in c.crops}
    for seen, references in worker.compared:
        ((patient, day),) = {owner[crop] for crop in seen.crops}
        shown = {owner[crop] for crop in references.crops}
        assert {who for who, _ in shown} == {patient}
        assert len(references.crops) == 6
        assert references.embeddings.shape == (6, 512)
        newest = sorted({c.day for c in captures if c.day != day})[-2:]
        assert {when for _, when in shown} == set(newest)  # post and pre of one, pre of the other


def test_what_is_too_unsure_to_tell_anything_counts_as_refused(
    tmp_path: Path, captures: Captures
) -> None:
    told = run(tmp_path, captures, ScoringWorker(), spread90_kg=9.0)
    tables = (told["predictions"], *told["learning_curve"].values())
    for rows in tables[1:]:
        assert {row.refused for row in rows} == {Refusal.TOO_UNSURE.value}
        assert {row.estimate_kg for row in rows} == {None}
    unsure = [row for row in tables[0] if row.spread_kg is None]
    assert {row.refused for row in unsure} <= {Refusal.TOO_UNSURE.value}
    assert all(row.spread_kg <= 2.0 for row in tables[0] if row.spread_kg is not None)


def test_the_report_says_why_there_is_no_number(tmp_path: Path, captures: Captures) -> None:
    rows = run(tmp_path, captures, stranger(captures, 4))["predictions"]
    rows = (replace(rows[0], estimate_kg=None, refused="blurred"), *rows[1:])
    nothing = Evaluation("p", "s", "0", "m", True, 0, 0, rows, (None,) * len(rows))
    told = report_json(nothing)
    assert told["refused"] == 2
    assert told["refusals"] == {"blurred": 1, "other_person": 1}
    assert "2 without an estimate (blurred 1, other_person 1)" in report_table(told)


def test_crops_are_read_one_capture_at_a_time(captures: Captures) -> None:
    read: list[str] = []

    def stored(name: str, crops: tuple[bytes, ...]) -> StoredCrops:
        def load() -> tuple[bytes, ...]:
            read.append(name)
            return crops

        return StoredCrops(load)

    lazy = [replace(c, crops=stored(c.capture_id, tuple(c.crops))) for c in captures]
    sent = training_captures(lazy, [])
    assert read == []
    assert next(sent).crops == captures[0].crops
    assert read == [captures[0].capture_id]
    assert len(list(sent)) == len(captures) - 1
