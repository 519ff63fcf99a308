"""Two models beside each other: which errs less, by how much, for whom; and nothing is written."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.models.view import ModelComparison
from edema_desk.domain.statistics.scored import ScoredCapture
from edema_desk.domain.terms.estimate import ChangeScore
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.desk import Desk
from edema_desk.flow.models.comparison import compared
from edema_desk.store.base.database import open_store
from edema_desk.store.models.models import note_model_saw
from tests.flow.made_up_worker import clip_file
from tests.flow.models.made_up_packages import package
from tests.flow.models.switch_kit import DAYS, WAIT_S, EmbeddingWorker, counted


def test_comparing_writes_nothing(
    desk: Desk, other: str, model: ModelInUse, embedding_worker: EmbeddingWorker, tmp_path: Path
) -> None:
    desk.models.install(package(tmp_path / "third", b"third")[0]).result(WAIT_S)
    count = counted(desk)
    told: ModelComparison = desk.models.compare("other", "third", unheard, Cancel()).result(WAIT_S)
    assert told.first == other
    assert (told.patients, told.captures) == (1, 3)
    assert told.first_figures.mae_kg == told.second_figures.mae_kg
    assert np.isnan(told.differences["mae_kg"]).all(), "of one patient alone nothing is sure"
    assert told.learned_from == 0
    assert embedding_worker.asked == [other] * 3 + [told.second] * 3
    assert counted(desk) == count
    with open_store(desk.profile) as store, store.reading() as db:
        assert db.execute("select count(*) from change_score").fetchone()[0] == 3
    del model


def test_whom_a_model_learned_from_does_not_say_how_good_it_is(
    desk: Desk, other: str, tmp_path: Path
) -> None:
    desk.models.install(package(tmp_path / "third", b"third")[0]).result(WAIT_S)
    (known,) = {row.patient.patient_id for row in desk.worklist(date(2026, 3, 6)).result(WAIT_S)}
    with open_store(desk.profile) as store:
        note_model_saw(store, new_id(), other, [known])
    asked = desk.models.compare("other", "third", unheard, Cancel())
    with pytest.raises(ExpectedError) as caught:
        asked.result(WAIT_S)
    assert caught.value.code is ErrorCode.MODEL_KNOWS_EVERYBODY
    new = NewPatient("2", "B", care_given=date(2026, 1, 5))
    second = desk.add_patient(new_id(), new).result(WAIT_S).patient_id
    desk.set_dry_weight(new_id(), second, 50_000, date(2026, 1, 1), "").result(WAIT_S)
    for day in DAYS:
        at = Moment.at_clinic(date(2026, 3, day), 10, 0)
        session = desk.open_session(new_id(), second, at, 4.0).result(WAIT_S)
        desk.enter_weight(new_id(), session, Phase.PRE, 52_000, 0, at).result(WAIT_S)
        clip = clip_file(tmp_path, f"b{day}.mp4", g_kg=4.0 + day)
        desk.add_clip(new_id(), clip, second, session, Phase.PRE, at, unheard, Cancel()).result(
            WAIT_S
        )
    told = desk.models.compare("other", "third", unheard, Cancel()).result(WAIT_S)
    assert (told.learned_from, told.patients) == (1, 1)
    assert {one.patient_id for one in told.by_patient} == {second}


def captures(errors_kg: list[float], people: int) -> list[ScoredCapture]:
    """Three days each; `errors_kg` are what the model errs by, in turn."""
    rows: list[ScoredCapture] = []
    for person in range(people):
        for day in range(3):
            for phase, excess_kg in ((Phase.PRE, 2.0 + 0.2 * day), (Phase.POST, 0.1 * day)):
                error = errors_kg[len(rows) % len(errors_kg)]
                rows.append(
                    ScoredCapture(
                        f"{person}-{day}-{phase}",
                        str(person),
                        date(2026, 3, 2 + day),
                        phase,
                        excess_kg,
                        ChangeScore(excess_kg + error, 0.1, 10),
                        None,
                    )
                )
    return rows


def test_the_better_of_two_is_told_and_by_how_much(model: ModelInUse) -> None:
    good = captures([0.0], 8)
    bad = captures([0.7, -0.7, 0.5], 8)
    told = compared(model, good, model, bad)
    assert told.first_figures.mae_kg < 0.01 < told.second_figures.mae_kg
    low, high = told.differences["mae_kg"]
    assert 0 < low <= told.second_figures.mae_kg - told.first_figures.mae_kg <= high + 1e-9
    back = compared(model, bad, model, good).differences["mae_kg"]
    assert back == pytest.approx((-high, -low))


def test_captures_only_one_could_estimate_count_for_neither(model: ModelInUse) -> None:
    good = captures([0.0], 4)
    gaps = [replace(c, score=None) if c.patient_id == "3" else c for c in captures([9.0, 0], 4)]
    told = compared(model, good, model, gaps)
    assert (told.patients, told.captures) == (3, 18)
    nothing = [replace(c, score=None) for c in good]
    with pytest.raises(ExpectedError) as caught:
        compared(model, good, model, nothing)
    assert caught.value.code is ErrorCode.STUDY_TOO_SMALL


def test_how_much_nearer_the_second_is_and_to_whom(model: ModelInUse) -> None:
    """Counted by hand: the second errs by nothing, the first by 0.6 kg at one of three persons."""
    second = captures([0.0], 3)
    off = [
        replace(c, score=ChangeScore(c.excess_kg + 0.6 * (i % 2), 0.1, 10))
        for i, c in enumerate(second)
    ]
    first = [b if b.patient_id == "1" else a for a, b in zip(second, off, strict=True)]
    told = compared(model, first, model, second)
    nearer = [row for row in told.by_patient if row.gain_kg > 1e-9]
    assert [row.patient_id for row in nearer] == ["1"] == [told.by_patient[0].patient_id]
    assert sum(row.captures for row in told.by_patient) == told.captures == 18
    assert told.second_nearer == pytest.approx(6 / 18)
    weighted = sum(row.gain_kg * row.captures for row in told.by_patient) / told.captures
    assert told.gain_kg == pytest.approx(weighted)
    low, high = told.gain_interval_kg
    assert low <= told.gain_kg <= high
    assert told.first_mae_kg[0] <= told.first_figures.mae_kg <= told.first_mae_kg[1]
    assert told.second_mae_kg[0] <= told.second_figures.mae_kg <= told.second_mae_kg[1]
