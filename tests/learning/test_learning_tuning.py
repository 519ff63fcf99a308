"""A network made one patient's own: it fits the patient, and the shared one stays as it was."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.crops import normalise
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.training_set import TrainingSet
from edema_desk.learning.tuning import (
    FLAT_WINDOW,
    TuneOptions,
    from_scratch,
    is_flat,
    tune_encoder,
)
from tests.learning.learning_samples import SMALL_PLAN, disc_study

OPTIONS = TuneOptions(steps=12, learning_rate=1e-3, captures=6, frames=2)


@pytest.fixture(scope="module")
def patient() -> TrainingSet:
    return disc_study(people=1, sessions=4, frames=3, seed=4)


@pytest.fixture(scope="module")
def shared() -> FaceEncoder:
    torch.manual_seed(0)
    return FaceEncoder().eval()


def error_kg(encoder: FaceEncoder, data: TrainingSet) -> float:
    """Of differences between all pairs of crops."""
    with torch.inference_mode():
        images = normalise(torch.from_numpy(data.crops), SMALL_PLAN)
        g_kg = encoder.change_kg(encoder(images)).double().numpy()
    residual = g_kg - data.excess_kg[data.capture]
    return float(np.abs(residual[:, None] - residual[None, :]).mean())


def test_the_last_block_fits_the_patient(shared: FaceEncoder, patient: TrainingSet) -> None:
    before = {name: value.clone() for name, value in shared.state_dict().items()}
    told: list[float] = []
    tuned = tune_encoder(shared, SMALL_PLAN, patient, OPTIONS, told.append)
    assert error_kg(tuned, patient) < 0.7 * error_kg(shared, patient)
    assert told == sorted(told)
    assert told[-1] == 1.0
    changed = {k for k, v in tuned.state_dict().items() if not torch.equal(v, before[k])}
    assert changed
    assert all(name.startswith(("body.layer4", "body.squeeze", "read_out")) for name in changed)
    assert not any("running" in name for name in changed)
    assert all(torch.equal(v, before[k]) for k, v in shared.state_dict().items())


def test_the_same_seed_gives_the_same_network(shared: FaceEncoder, patient: TrainingSet) -> None:
    few = replace(OPTIONS, steps=2)
    one, two = (tune_encoder(shared, SMALL_PLAN, patient, few).state_dict() for _ in range(2))
    assert all(torch.equal(one[name], two[name]) for name in one)


def test_one_capture_is_not_enough(shared: FaceEncoder, patient: TrainingSet) -> None:
    first = patient.capture == 0
    alone = replace(patient, crops=patient.crops[first], capture=patient.capture[first])
    with pytest.raises(ExpectedError) as caught:
        tune_encoder(shared, SMALL_PLAN, alone, OPTIONS)
    assert caught.value.code is ErrorCode.STUDY_TOO_SMALL


def test_from_scratch_ends_where_it_may(patient: TrainingSet) -> None:
    made = from_scratch(SMALL_PLAN, patient, replace(OPTIONS, steps=3))
    assert (made.steps, made.flat) == (3, False)
    assert not made.encoder.training


def test_flat_is_flat() -> None:
    falling = np.linspace(1.0, 0.1, 4 * FLAT_WINDOW)
    level = np.full(2 * FLAT_WINDOW, 0.1)
    assert not is_flat(falling.tolist())
    assert not is_flat(level[1:].tolist())
    assert is_flat([*falling, *level])
