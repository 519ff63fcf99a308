"""A small real model for the real worker."""

import io
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image as Picture

from edema_desk.domain.models.card import Figures, InputPlan, ModelCard, TrainedOn
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.package import save_package


@pytest.fixture(scope="session")
def untrained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a package whose network has learned nothing."""
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("models") / "untrained"
    card = ModelCard(
        name="untrained",
        encoder=FaceEncoder().name,
        input=InputPlan(size_px=64),
        weights_sha256="",
        parent=None,
        trained_on=TrainedOn("0" * 64, 0, 0, 0, made_up=True),
        figures=Figures(1.0, 1.0, 1.0, 0.5, 1, 1, "nothing"),
        licence="Apache-2.0",
        attributions=(),
        made_at="2026-01-02T03:04:05+00:00",
        program_version="0.1.0",
        commands=(),
    )
    save_package(folder, FaceEncoder(), card)
    return folder


@pytest.fixture(scope="session")
def jpeg_crops() -> list[bytes]:
    """Files as large as canonical crops, each of its own colour."""
    files = []
    for shade in range(0, 240, 8):
        file = io.BytesIO()
        pixels = np.full((256, 256, 3), shade, np.uint8)
        pixels[64:192, 64:192] = (200, 160, 140)
        Picture.fromarray(pixels).save(file, "jpeg", quality=92)
        files.append(file.getvalue())
    return files
