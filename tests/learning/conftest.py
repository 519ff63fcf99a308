"""Small made-up things to learn from: a disc whose size follows the excess."""

import io

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image as Picture

from edema_desk.domain.model_card import Figures, InputPlan, ModelCard, TrainedOn
from edema_desk.learning.training_set import TrainingSet

SMALL_PLAN = InputPlan(size_px=32, box=(0, 0, 256, 256))


torch.set_num_threads(1)  # beside other processes threads wait for each other more than they work


def disc(radius: float, shade: float, side: int) -> NDArray[np.uint8]:
    """(3, side, side): a disc of `radius` (share of the side) on a ground of its person."""
    y, x = np.mgrid[:side, :side] / side - 0.5
    inside = np.clip((radius - np.hypot(x, y)) * side + 0.5, 0, 1)
    return np.stack([80 + 60 * shade + inside * tone for tone in (90, 60, 40)]).astype(np.uint8)


def disc_study(people: int = 4, sessions: int = 3, frames: int = 3, seed: int = 0) -> TrainingSet:
    """Persons of different size and shade, pre and post in each session."""
    rng = np.random.default_rng(seed)
    crops: list[NDArray[np.uint8]] = []
    capture: list[int] = []
    captures: list[tuple[int, int, float, bool]] = []
    for who in range(people):
        size, shade = rng.uniform(0.2, 0.3), rng.uniform(0, 1)
        for when in range(sessions):
            for pre in (True, False):
                excess_kg = rng.uniform(1.5, 3.0) if pre else rng.uniform(-0.2, 0.2)
                for _ in range(frames):
                    crops.append(disc(size + 0.03 * excess_kg, shade, 32))
                    capture.append(len(captures))
                captures.append((who, when, excess_kg, pre))
    person, session, excess, is_pre = (np.array(column) for column in zip(*captures, strict=True))
    return TrainingSet(
        np.stack(crops),
        0,
        np.array(capture),
        person,
        session,
        excess,
        is_pre,
    )


def jpeg_crop(seed: int = 0) -> bytes:
    """A JPEG file as large as a canonical crop."""
    rng = np.random.default_rng(seed)
    small = Picture.fromarray(rng.integers(0, 255, (16, 16, 3), dtype=np.uint8))
    file = io.BytesIO()
    small.resize((256, 256), Picture.Resampling.BICUBIC).save(file, "jpeg", quality=92)
    return file.getvalue()


@pytest.fixture(scope="session")
def study() -> TrainingSet:
    """Four people, three sessions each."""
    return disc_study()


@pytest.fixture(scope="session")
def jpeg_crops() -> list[bytes]:
    """Thirty files of crops."""
    return [jpeg_crop(seed) for seed in range(30)]


@pytest.fixture
def card() -> ModelCard:
    """A card with every field; the hash is put in on saving."""
    return ModelCard(
        name="trial",
        encoder="resnet18",
        input=SMALL_PLAN,
        weights_sha256="0" * 64,
        parent=None,
        trained_on=TrainedOn("0" * 64, 4, 24, 72, made_up=True),
        figures=Figures(1.0, 1.2, 0.4, 0.9, 2, 8, "made-up discs"),
        licence="Apache-2.0",
        attributions=("nobody",),
        made_at="2026-01-02T03:04:05+00:00",
        program_version="0.1.0",
        commands=("edema-desk pretrain trial",),
    )
