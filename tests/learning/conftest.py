"""What the tests of learning share."""

import io

import numpy as np
import pytest
from PIL import Image as Picture

from edema_desk.domain.models.card import Figures, ModelCard, TrainedOn
from edema_desk.learning.training_set import TrainingSet
from tests.learning.learning_samples import SMALL_PLAN, disc_study


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
        encoder="fine18",
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
