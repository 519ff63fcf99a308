"""The training loop: it learns, repeats itself to the bit, and can be cut anywhere."""

from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from edema_desk.domain.models.card import InputPlan
from edema_desk.domain.models.objectives import parse_mixture
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.batches import BatchShape
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.pretrain import Pretrained, PretrainOptions, TrainingState, pretrain
from edema_desk.learning.training_set import TrainingSet
from tests.learning.learning_samples import SmallEncoder

PLAN = InputPlan(size_px=32, box=(0, 0, 256, 256))
OPTIONS = PretrainOptions(steps=4, batch=BatchShape(4, 2, 1), seed=3)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edema_desk.learning.training.FaceEncoder", SmallEncoder)


def weights(encoder: FaceEncoder) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in encoder.state_dict().items()}


def same(one: Pretrained, two: Pretrained) -> bool:
    a, b = weights(one.encoder), weights(two.encoder)
    return a.keys() == b.keys() and all(torch.equal(a[k], b[k]) for k in a)


def unwatched(state: TrainingState) -> None:
    del state


def test_no_steps_leave_the_network_untrained(study: TrainingSet) -> None:
    told: list[TrainingState] = []
    options = replace(OPTIONS, steps=0)
    one, two = (pretrain(study, PLAN, options, told.append) for _ in range(2))
    assert same(one, two)
    assert told == []


def test_the_real_network_learns(study: TrainingSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edema_desk.learning.training.FaceEncoder", FaceEncoder)
    losses: list[float] = []
    options = PretrainOptions(steps=40, batch=BatchShape(4, 4, 1), seed=1)
    pretrain(study, PLAN, options, lambda state: losses.append(state.loss))
    assert np.mean(losses[-10:]) < 0.5 * np.mean(losses[:10])


def test_same_seed_same_network_to_the_bit(study: TrainingSet) -> None:
    first = pretrain(study, PLAN, OPTIONS, unwatched)
    assert same(first, pretrain(study, PLAN, OPTIONS, unwatched))
    assert not same(first, pretrain(study, PLAN, replace(OPTIONS, seed=4), unwatched))


def test_progress_ends_at_one(study: TrainingSet) -> None:
    seen: list[TrainingState] = []
    pretrain(study, PLAN, OPTIONS, seen.append)
    assert [state.step for state in seen] == [1, 2, 3, 4]
    assert seen[-1].done == 1.0


def test_cancelled_and_taken_up_again_is_the_same_network(
    study: TrainingSet, tmp_path: Path
) -> None:
    kept = tmp_path / "training"

    def cancel(state: TrainingState) -> None:
        if state.step == 2:
            raise ExpectedError(ErrorCode.CANCELLED)

    with pytest.raises(ExpectedError):
        pretrain(study, PLAN, OPTIONS, cancel, kept)
    steps: list[int] = []
    resumed = pretrain(study, PLAN, OPTIONS, lambda state: steps.append(state.step), kept)
    assert steps == [3, 4]
    assert same(resumed, pretrain(study, PLAN, OPTIONS, unwatched))


def lay_over(
    crops: torch.Tensor,
    excess_kg: torch.Tensor,
    person: torch.Tensor,
    capture: torch.Tensor,
    random: torch.Generator,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Brighter where there is more: the same for all frames of a capture."""
    del person
    _, which = torch.unique(capture, return_inverse=True)
    part_kg = torch.rand((len(capture), 6), generator=random)[which]
    more_kg = part_kg.sum(1)
    lifted = (crops.float() + more_kg.view(-1, 1, 1, 1) * 5).clamp(0, 255)
    return lifted.to(torch.uint8), excess_kg + more_kg, part_kg


@pytest.mark.parametrize("died_at", [1, 3])
@pytest.mark.parametrize("mixture", ["change", "contrast", "change+contrast:0.5+parts+regression"])
def test_killed_goes_on_from_the_last_checkpoint(
    study: TrainingSet, tmp_path: Path, mixture: str, died_at: int
) -> None:
    kept = tmp_path / "training"
    often = replace(OPTIONS, checkpoint_every_s=0.0, objectives=parse_mixture(mixture))

    def die(state: TrainingState) -> None:
        if state.step == died_at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pretrain(study, PLAN, often, die, kept, lay_over)
    steps: list[int] = []
    resumed = pretrain(study, PLAN, often, lambda s: steps.append(s.step), kept, lay_over)
    assert steps == list(range(died_at, 5))
    assert resumed.steps == 4
    assert same(resumed, pretrain(study, PLAN, often, unwatched, overlay=lay_over))


def test_killed_while_it_is_laid_aside(
    study: TrainingSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a file stands beside the whole one of before, which is what counts."""
    kept = tmp_path / "training"
    often = replace(OPTIONS, checkpoint_every_s=0.0)
    written = count()

    def torn(tensors: dict[str, torch.Tensor], path: Path, metadata: dict[str, str]) -> None:
        save_file(tensors, path, metadata=metadata)
        if next(written) == 2:
            path.write_bytes(path.read_bytes()[:500])
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("edema_desk.learning.checkpoint.save_file", torn)
        with pytest.raises(KeyboardInterrupt):
            pretrain(study, PLAN, often, unwatched, kept)
    steps: list[int] = []
    resumed = pretrain(study, PLAN, often, lambda state: steps.append(state.step), kept)
    assert steps == [3, 4]
    assert same(resumed, pretrain(study, PLAN, often, unwatched))


def test_what_is_laid_over_is_learned(study: TrainingSet) -> None:
    """Its excess counts, and a training with it is another than one without."""
    told: list[torch.Tensor] = []

    def noted(*given: Any) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        told.append(given[0])
        return lay_over(*given)

    plain = pretrain(study, PLAN, OPTIONS, unwatched)
    assert not same(plain, pretrain(study, PLAN, OPTIONS, unwatched, overlay=noted))
    assert len(told) == OPTIONS.steps
    assert all(crops.dtype is torch.uint8 for crops in told)


@pytest.mark.parametrize("harm", ["cut off", "not a checkpoint", "other seed", "other data"])
def test_a_checkpoint_that_does_not_fit_is_not_used(
    study: TrainingSet, tmp_path: Path, harm: str
) -> None:
    kept = tmp_path / "training"
    seed = 9 if harm == "other seed" else OPTIONS.seed
    data = replace(study, excess_kg=study.excess_kg + 0.1) if harm == "other data" else study
    pretrain(data, PLAN, replace(OPTIONS, seed=seed), unwatched, kept)
    if harm == "cut off":
        kept.write_bytes(kept.read_bytes()[:-1000])
    if harm == "not a checkpoint":
        kept.write_bytes(b"\x00" * 64)
    steps: list[int] = []
    pretrain(study, PLAN, OPTIONS, lambda state: steps.append(state.step), kept)
    assert steps == [1, 2, 3, 4]


def test_a_checkpoint_that_cannot_be_written(study: TrainingSet, tmp_path: Path) -> None:
    with pytest.raises(ExpectedError) as caught:
        pretrain(study, PLAN, OPTIONS, unwatched, tmp_path / "none" / "training")
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE


def test_the_clock_ends_it(study: TrainingSet, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step of one second each, and three seconds in all."""
    clock = count()
    monkeypatch.setattr("edema_desk.learning.training.time.monotonic", lambda: next(clock))
    options = replace(OPTIONS, minutes=3 / 60, steps=1)
    seen: list[TrainingState] = []
    pretrain(study, PLAN, options, seen.append)
    assert [state.done for state in seen] == pytest.approx([1 / 3, 2 / 3, 1.0])


@pytest.mark.parametrize("mixture", ["change", "change+contrast+regression"])
def test_people_left_out_do_not_matter_to_the_bit(study: TrainingSet, mixture: str) -> None:
    """Weights and pixels of someone outside the set of crops change nothing."""
    options = replace(OPTIONS, objectives=parse_mixture(mixture))
    shown = study.person[study.capture] < 3

    def training_set(crops: np.ndarray, excess_kg: np.ndarray) -> TrainingSet:
        whole = replace(study, crops=crops, excess_kg=excess_kg)
        return replace(whole, crops=crops[shown], capture=study.capture[shown])

    rng = np.random.default_rng(0)
    noise = np.where(
        shown[:, None, None, None], study.crops, rng.integers(0, 255, study.crops.shape)
    )
    other = np.where(study.person < 3, study.excess_kg, rng.normal(0, 50, len(study.person)))
    one = pretrain(training_set(study.crops, study.excess_kg), PLAN, options, unwatched)
    two = pretrain(training_set(noise.astype(np.uint8), other), PLAN, options, unwatched)
    assert same(one, two)


def test_one_person_is_not_enough(study: TrainingSet) -> None:
    alone = study.person[study.capture] == 0
    small = replace(study, crops=study.crops[alone], capture=study.capture[alone])
    with pytest.raises(ExpectedError) as caught:
        pretrain(small, PLAN, OPTIONS, unwatched)
    assert caught.value.code is ErrorCode.STUDY_TOO_SMALL
