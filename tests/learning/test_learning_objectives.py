"""The objectives as parts of one loop: values, gradients, and what they must not touch."""

from dataclasses import replace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from edema_desk.domain.models.objectives import parse_mixture
from edema_desk.learning.batch import Batch
from edema_desk.learning.batch_maker import BatchMaker
from edema_desk.learning.batches import BatchShape
from edema_desk.learning.momentum import ContrastOptions, MomentumContrast
from edema_desk.learning.objectives import Learner, needs_two_views, tells_parts
from edema_desk.learning.parts import parts_change_loss
from edema_desk.learning.training_set import TrainingSet
from tests.learning.learning_samples import SMALL_PLAN, small_encoder

CPU = torch.device("cpu")
MIXTURES = ["change", "regression", "contrast", "parts", "change+contrast:0.5+parts:2"]


def batch_of(study: TrainingSet, number: int = 0) -> Batch:
    maker = BatchMaker(study, SMALL_PLAN, BatchShape(4, 2, 1), 3, CPU, two_views=True)
    batch = maker.batch(number)
    random = torch.Generator().manual_seed(number)
    part_kg = torch.rand((len(batch.person), 6), generator=random)
    return replace(batch, part_kg=part_kg)


def learner(mixture: str) -> Learner:
    torch.manual_seed(5)
    parsed = parse_mixture(mixture)
    return Learner(small_encoder(6 if tells_parts(parsed) else 1), parsed)


@pytest.mark.parametrize("mixture", MIXTURES)
def test_every_gradient_is_finite_and_the_network_gets_one(
    study: TrainingSet, mixture: str
) -> None:
    learning = learner(mixture)
    for number in range(2):  # the second time the queue is not empty
        learning.zero_grad()
        loss = learning(batch_of(study, number))
        loss.backward()
        learning.after_step()
        assert bool(torch.isfinite(loss))
    gradients = {n: p.grad for n, p in learning.named_parameters() if p.grad is not None}
    assert all(bool(torch.isfinite(g).all()) for g in gradients.values())
    assert bool(gradients["encoder.body.0.weight"].any())
    assert bool(gradients["encoder.read_out.weight"].any())
    assert not any("following" in name for name in gradients)


def test_a_mixture_is_the_weighted_sum(study: TrainingSet) -> None:
    batch = batch_of(study)
    change, regression = (float(learner(m)(batch).detach()) for m in ("change", "regression"))
    both = float(learner("change+regression:0.25")(batch).detach())
    assert both == pytest.approx(change + 0.25 * regression, rel=1e-5)


def test_a_read_out_beside_has_no_say_in_the_embedding(study: TrainingSet) -> None:
    """Of the same batch the body's gradient is that of the contrast, whatever g says."""

    def gradient(scale: float) -> torch.Tensor:
        learning = learner("contrast")
        contrast = learning.objectives["contrast"]
        assert isinstance(contrast, MomentumContrast)
        learning(batch_of(study, 1))
        learning.after_step()
        with torch.no_grad():
            learning.encoder.read_out.weight.mul_(scale)
        learning.zero_grad()
        learning(batch_of(study, 2)).backward()
        grad = learning.encoder.get_parameter("body.0.weight").grad
        assert grad is not None
        return grad.clone()

    assert torch.equal(gradient(1.0), gradient(50.0))


def test_only_the_contrast_looks_twice() -> None:
    assert needs_two_views(parse_mixture("change+contrast"))
    assert not needs_two_views(parse_mixture("change+regression+parts"))
    with pytest.raises(ValueError, match="two views"):
        learner("contrast")(replace(batch_without_view(), second_images=None))


def batch_without_view() -> Batch:
    whole = torch.arange(4)
    return Batch(torch.zeros(4, 3, 32, 32), torch.zeros(4), whole, whole, whole, whole > 1)


def test_parts_need_someone_to_tell_them() -> None:
    with pytest.raises(ValueError, match="parts"):
        learner("parts")(batch_without_view())


def test_the_queue_holds_the_newest_keys(study: TrainingSet) -> None:
    """Eight keys a step in room for twelve: the oldest four make way."""
    options = ContrastOptions(features=4, queue=12)
    encoder = small_encoder()
    contrast = MomentumContrast(encoder, options)
    captures = []
    for number in range(3):
        batch = batch_of(study, number)
        contrast.loss(encoder, encoder(batch.images), batch)
        before = len(contrast.queue())
        contrast.after_step()
        assert before == min(8 * number, 12)
        captures += batch.capture.tolist()
    queue = contrast.queue()
    assert sorted(queue.capture.tolist()) == sorted(captures[-12:])
    assert torch.allclose(queue.feature.norm(dim=1), torch.ones(12))
    of_capture = torch.from_numpy(study.person)[queue.capture]
    assert torch.equal(queue.person, of_capture)
    assert torch.equal(queue.is_pre, torch.from_numpy(study.is_pre)[queue.capture])


def test_the_second_network_follows_slowly(study: TrainingSet) -> None:
    encoder = small_encoder()
    contrast = MomentumContrast(encoder, ContrastOptions(features=4, queue=8, momentum=0.75))
    start = encoder.read_out.weight.detach().clone()
    with torch.no_grad():
        encoder.read_out.weight.add_(1.0)
    batch = batch_of(study)
    contrast.loss(encoder, encoder(batch.images), batch)
    following = contrast.following[0].get_parameter("read_out.weight")
    assert torch.allclose(following, start + 0.25, atol=1e-6)


kg = st.floats(-3, 3, allow_nan=False, width=32)
unknown = st.one_of(kg, st.just(float("nan")))
faces = st.lists(
    st.tuples(st.tuples(kg, kg), st.tuples(unknown, unknown), st.integers(0, 2)),
    min_size=1,
    max_size=8,
)


@given(faces)
@settings(deadline=None)
def test_parts_equal_the_loop(
    faces: list[tuple[tuple[float, float], tuple[float, float], int]],
) -> None:
    total, pairs = 0.0, 0
    for a in range(len(faces)):
        for b in range(a + 1, len(faces)):
            for part in range(2):
                (said_a, known_a, who_a), (said_b, known_b, who_b) = faces[a], faces[b]
                error = abs((said_a[part] - said_b[part]) - (known_a[part] - known_b[part]))
                if who_a == who_b and error == error:  # not a NaN
                    total += error**2 / 0.4 if error < 0.2 else error - 0.1
                    pairs += 1
    said, known, who = (torch.tensor(list(column)) for column in zip(*faces, strict=True))
    loss = float(parts_change_loss(said.double(), known.double(), who))
    assert loss == pytest.approx(total / pairs if pairs else 0.0, abs=1e-9)
