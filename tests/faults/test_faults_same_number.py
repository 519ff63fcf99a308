"""M2: the same take gives the same number again: in another process, with other threads, with
other takes beside it, and from what is stored."""

import io

import numpy as np
import pytest
from PIL import Image as Picture

from edema_desk.domain.models.card import read_card
from edema_desk.learning.self_check import reference_faces
from edema_desk.media.pictures import encode_jpeg
from edema_desk.paths import BASE_MODEL, models_dir
from edema_desk.worker.client import WorkerClient

FURTHEST_KG = 0.01
TAKES = 50
FRAMES = 3
BASE = models_dir() / BASE_MODEL


@pytest.fixture(scope="module")
def takes() -> list[tuple[bytes, ...]]:
    """Fifty takes of three crops: the reference faces moved, lit and coded otherwise each time."""
    rng = np.random.default_rng(0)
    faces = [np.array(Picture.open(io.BytesIO(file)).convert("RGB")) for file in reference_faces()]
    made = []
    for _ in range(TAKES):
        face = faces[rng.integers(len(faces))]
        shown = [np.roll(face, rng.integers(-4, 5, 2), (0, 1)) for _ in range(FRAMES)]
        lit = [np.clip(f * rng.uniform(0.8, 1.2), 0, 255).astype(np.uint8) for f in shown]
        made.append(tuple(encode_jpeg(f) for f in lit))
    return made


def numbers(takes: list[tuple[bytes, ...]], threads: int) -> list[float]:
    with WorkerClient(threads=threads) as worker:
        return [worker.embed(take, BASE).score.g_kg for take in takes]


def test_fifty_takes_run_again(takes: list[tuple[bytes, ...]]) -> None:
    """In a new process each, once with one thread and once with two, in the reverse order."""
    first = np.array(numbers(takes, 1))
    again = np.array(numbers(takes[::-1], 2))[::-1]
    assert first.std() > 0.2  # they do tell the takes apart
    assert np.abs(first - again).max() <= FURTHEST_KG


def test_what_was_promised_when_the_model_was_made_is_still_said() -> None:
    """The card was written on another machine."""
    promised = read_card(BASE).self_check
    assert promised is not None
    with WorkerClient(threads=2) as worker:
        assert worker.check(BASE) <= FURTHEST_KG
        said = [worker.embed([face], BASE).score.g_kg for face in reference_faces()]
    assert np.abs(np.array(said) - np.array(promised.g_kg)).max() <= FURTHEST_KG


def test_a_frame_counts_the_same_whatever_stands_beside_it(
    takes: list[tuple[bytes, ...]],
) -> None:
    """More frames than one batch: the mean of all is the mean of the parts."""
    crops = [crop for take in takes[:12] for crop in take]
    with WorkerClient(threads=1) as worker:
        whole = worker.embed(crops, BASE).score.g_kg
        alone = [worker.embed([crop], BASE).score.g_kg for crop in crops]
    assert whole == pytest.approx(np.mean(alone), abs=FURTHEST_KG)
