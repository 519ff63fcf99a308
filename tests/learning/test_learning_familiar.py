"""What is familiar: fitted on people, told of others, kept in a package."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file

from edema_desk.domain.models.card import CARD_FILE, WEIGHTS_FILE, ModelCard, render_card
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.encoder import EMBEDDING_SIZE, FaceEncoder
from edema_desk.learning.familiar import (
    DIRECTIONS,
    FEWEST_PEOPLE,
    Familiar,
    Spread,
    familiar_from,
    familiar_tensors,
    fit_familiar,
)
from edema_desk.learning.familiar_fitting import familiar_of
from edema_desk.learning.package import load_package, save_package
from edema_desk.learning.training_set import TrainingSet
from edema_desk.media.sources import sha256_of

Array = NDArray[np.float64]
SIZE = 128


def cohort(people: int = 40, captures: int = 6, seed: int = 0) -> tuple[Array, NDArray[np.int64]]:
    """People differ along the first 40 axes, captures of one along the last 40."""
    rng = np.random.default_rng(seed)
    who = np.repeat(np.arange(people), captures)
    faces = np.zeros((people * captures, SIZE))
    faces[:, :40] = rng.normal(0, 1.0, (people, 40))[who]
    faces[:, -40:] = rng.normal(0, 0.3, (len(who), 40))
    return 2.0 + faces + rng.normal(0, 0.02, faces.shape), who


@pytest.fixture(scope="module")
def familiar() -> Familiar:
    fitted = fit_familiar(*cohort())
    assert fitted is not None
    return fitted


@pytest.fixture(scope="module")
def wide() -> Familiar:
    """As large as a network's embedding."""
    directions = np.eye(EMBEDDING_SIZE)[:DIRECTIONS]
    spread = Spread(directions, np.linspace(4.0, 1.0, DIRECTIONS), 0.5, 2.0)
    return Familiar(np.linspace(0.0, 1.0, EMBEDDING_SIZE), spread, spread)


def test_people_left_out_are_familiar(familiar: Familiar) -> None:
    faces, who = cohort(20, seed=1)
    from_all, from_own = [], []
    for place in range(len(faces)):
        others = (who == who[place]) & (np.arange(len(who)) != place)
        strange = familiar.strangeness(faces[place], faces[others])
        assert strange.from_own is not None
        from_all.append(strange.from_all)
        from_own.append(strange.from_own)
    for values in (from_all, from_own):
        assert np.mean(np.array(values) <= 1.3) >= 0.95
        assert np.median(values) > 0.3, "a distance that cannot rise is none"


def test_few_references_are_no_reason_to_refuse(familiar: Familiar) -> None:
    faces, who = cohort(20, seed=2)
    one = [
        familiar.strangeness(
            *(faces[who == p][i] if i == 0 else faces[who == p][1:2] for i in (0, 1))
        )
        for p in range(20)
    ]
    assert np.mean([s.from_own is not None and s.from_own <= 1.3 for s in one]) >= 0.9


def test_an_unknown_direction_is_strange(familiar: Familiar) -> None:
    faces, _ = cohort(1, seed=3)
    odd = faces[0].copy()
    odd[50:80] += 2.0
    strange = familiar.strangeness(odd, faces[1:])
    assert strange.from_all > 2.0
    assert strange.from_own is not None
    assert strange.from_own > 2.0


def test_another_person_is_familiar_but_not_to_the_references(familiar: Familiar) -> None:
    faces, who = cohort(2, seed=4)
    strange = familiar.strangeness(faces[who == 0][0], faces[who == 1])
    assert strange.from_all < 1.3
    assert strange.from_own is not None
    assert strange.from_own > 2.0
    assert familiar.strangeness(faces[0], faces[:0]).from_own is None


def test_distances_are_those_of_the_whole_covariance() -> None:
    rng = np.random.default_rng(5)
    basis = np.linalg.qr(rng.normal(size=(8, 8)))[0]
    spread = Spread(basis[:3], np.array([4.0, 2.0, 1.0]), 0.5, 2.0)
    covariance = basis.T @ np.diag([4.0, 2.0, 1.0, *[0.5] * 5]) @ basis
    points = rng.normal(size=(5, 8))
    expected = np.einsum("ni,ij,nj->n", points, np.linalg.inv(covariance), points) / 8 / 2.0
    assert np.allclose(spread.squared(points), expected)


def test_too_few_people_tell_nothing() -> None:
    assert fit_familiar(*cohort(FEWEST_PEOPLE - 1)) is None
    assert fit_familiar(*cohort(FEWEST_PEOPLE)) is not None
    assert fit_familiar(*cohort(40, captures=1)) is None


def test_a_network_that_tells_nothing_apart_still_fits() -> None:
    fitted = fit_familiar(np.ones((40, SIZE)), np.repeat(np.arange(20), 2))
    assert fitted is not None
    assert np.isfinite(fitted.strangeness(np.ones(SIZE), np.ones((1, SIZE))).from_all)


def test_tensors_there_and_back(familiar: Familiar) -> None:
    again = familiar_from(familiar_tensors(familiar))
    faces, _ = cohort(1, seed=6)
    first, second = (f.strangeness(faces[0], faces[1:]) for f in (familiar, again))
    assert second.from_all == pytest.approx(first.from_all, rel=1e-4)
    assert second.from_own == pytest.approx(first.from_own, rel=1e-4)
    assert again.within_person.directions.shape == (DIRECTIONS, SIZE)


def test_a_package_keeps_what_is_familiar(tmp_path: Path, card: ModelCard, wide: Familiar) -> None:
    torch.manual_seed(0)
    card = replace(card, encoder=FaceEncoder().name)
    save_package(tmp_path / "a", FaceEncoder(), card, wide)
    loaded = load_package(tmp_path / "a").familiar
    assert loaded is not None
    assert np.allclose(loaded.mean, wide.mean, atol=1e-5)
    save_package(tmp_path / "b", FaceEncoder(), card)
    assert load_package(tmp_path / "b").familiar is None


Change = Callable[[dict[str, torch.Tensor]], object]


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.pop("familiar.mean"),
        lambda t: t.update({"familiar.mean": torch.ones(7)}),
        lambda t: t["familiar.mean"].fill_(float("nan")),
        lambda t: t["familiar.among_all.variances"].fill_(-1.0),
        lambda t: t["familiar.among_all.variances"].fill_(float("nan")),
        lambda t: t["familiar.within_person.rest_and_unit"].zero_(),
        lambda t: t.update({"familiar.within_person.rest_and_unit": torch.ones(3)}),
        lambda t: t.update({"familiar.within_person.directions": torch.ones(2, 2)}),
        lambda t: t.update({"familiar.more": torch.ones(1)}),
    ],
)
def test_what_does_not_fit_is_refused(
    tmp_path: Path, card: ModelCard, wide: Familiar, change: Change
) -> None:
    folder = tmp_path / "a"
    card = replace(card, encoder=FaceEncoder().name)
    saved = save_package(folder, FaceEncoder(), card, wide)
    tensors = load_file(folder / WEIGHTS_FILE)
    change(tensors)
    save_file(tensors, folder / WEIGHTS_FILE)
    forged = replace(saved, weights_sha256=sha256_of(folder / WEIGHTS_FILE))
    (folder / CARD_FILE).write_text(render_card(forged))
    with pytest.raises(ExpectedError) as caught:
        load_package(folder)
    assert caught.value.code is ErrorCode.MODEL_CARD_INVALID


def test_fitted_on_what_was_trained_on(card: ModelCard) -> None:
    rng = np.random.default_rng(7)
    people, captures, frames = FEWEST_PEOPLE, 2, 3
    count = people * captures
    data = TrainingSet(
        rng.integers(0, 255, (count * frames, 3, 36, 36), np.uint8),
        2,
        np.repeat(np.arange(count), frames),
        np.repeat(np.arange(people), captures),
        np.zeros(count, np.int64),
        np.zeros(count),
        np.tile([True, False], people),
    )
    told: list[None] = []
    encoder = FaceEncoder().eval()
    fitted = familiar_of(encoder, card.input, data, between=lambda: told.append(None))
    assert fitted is not None
    assert len(told) == count
    again = familiar_of(encoder, card.input, data)
    assert again is not None
    assert np.array_equal(fitted.among_all.variances, again.among_all.variances)
    bright = familiar_of(encoder, card.input, data, lambda crops, *rest: (crops // 2, *rest[:2]))
    assert bright is not None
    assert not np.allclose(bright.mean, fitted.mean)
