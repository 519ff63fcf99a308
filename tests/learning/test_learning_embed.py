"""A clip's embedding and score."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from edema_desk.domain.models.card import InputPlan
from edema_desk.learning.embed import BATCH, Embedded, embed_crops, embed_frames, summed_up
from edema_desk.learning.encoder import EMBEDDING_SIZE, FaceEncoder
from edema_desk.learning.package import rounded

PLAN = InputPlan(size_px=32)


@pytest.fixture(scope="module")
def encoder() -> FaceEncoder:
    torch.manual_seed(2)
    return rounded(FaceEncoder())


def embed(encoder: FaceEncoder, crops: list[bytes]) -> Embedded:
    return embed_crops(encoder, PLAN, crops)


def test_the_score_is_read_from_the_mean(encoder: FaceEncoder, jpeg_crops: list[bytes]) -> None:
    """The read-out is linear: g of the mean embedding is the mean of the frames' g."""
    whole = embed(encoder, jpeg_crops)
    single = [embed(encoder, [crop]).score.g_kg for crop in jpeg_crops]
    assert len(jpeg_crops) > BATCH
    assert whole.score.g_kg == pytest.approx(np.mean(single), abs=1e-5)
    assert whole.score.frame_sd_kg == pytest.approx(np.std(single, ddof=1), abs=1e-5)
    assert whole.score.frames == len(jpeg_crops)
    with torch.inference_mode():
        mean = torch.from_numpy(whole.embedding.astype(np.float32))[None]
        read = float(encoder.change_kg(mean))
    assert read == pytest.approx(whole.score.g_kg, abs=0.01)


def test_one_by_one_as_all_at_once(encoder: FaceEncoder, jpeg_crops: list[bytes]) -> None:
    """As frames come in a live capture, and as they are read from its file."""
    whole = embed(encoder, jpeg_crops)
    parts = [embed_frames(encoder, PLAN, [crop]) for crop in jpeg_crops]
    again = summed_up(encoder, torch.cat(parts))
    assert again.score.g_kg == pytest.approx(whole.score.g_kg, abs=1e-4)
    assert again.score.frame_sd_kg == pytest.approx(whole.score.frame_sd_kg, abs=1e-4)
    assert again.score.frames == whole.score.frames
    apart = np.abs(again.embedding.astype(float) - whole.embedding.astype(float))
    assert apart.max() <= 1e-3 * np.abs(whole.embedding.astype(float)).max()


def test_half_precision_and_one_frame(encoder: FaceEncoder, jpeg_crops: list[bytes]) -> None:
    one = embed(encoder, jpeg_crops[:1])
    assert one.embedding.shape == (EMBEDDING_SIZE,)
    assert one.embedding.dtype == np.dtype(np.float16)
    assert one.score.frame_sd_kg == 0.0


def test_same_crops_same_number(encoder: FaceEncoder, jpeg_crops: list[bytes]) -> None:
    first, second = embed(encoder, jpeg_crops), embed(encoder, jpeg_crops)
    assert first.score == second.score
    assert np.array_equal(first.embedding, second.embedding)


def test_other_threads_change_nothing_that_counts(
    encoder: FaceEncoder, jpeg_crops: list[bytes]
) -> None:
    one = embed(encoder, jpeg_crops).score
    threads = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        two = embed(encoder, jpeg_crops).score
    finally:
        torch.set_num_threads(threads)
    assert two.g_kg == pytest.approx(one.g_kg, abs=0.001)


def test_called_between_batches(encoder: FaceEncoder, jpeg_crops: list[bytes]) -> None:
    class StopError(Exception):
        pass

    def stop() -> None:
        raise StopError

    with pytest.raises(StopError):
        embed_crops(encoder, replace(PLAN), jpeg_crops, stop)


def test_frames_count_alike_and_the_embedding_says_the_same(
    encoder: FaceEncoder, jpeg_crops: list[bytes]
) -> None:
    single = np.array([embed(encoder, [crop]).score.g_kg for crop in jpeg_crops])
    whole = embed(encoder, jpeg_crops)
    assert whole.score.g_kg == pytest.approx(single.mean(), abs=1e-5)
    assert whole.score.frame_sd_kg == pytest.approx(single.std(ddof=1), abs=1e-5)
    assert whole.score.frames == len(jpeg_crops)
    with torch.inference_mode():
        read = float(encoder.change_kg(torch.from_numpy(whole.embedding.astype(np.float32))[None]))
    assert read == pytest.approx(whole.score.g_kg, abs=0.01)


def test_one_frame_has_no_spread(encoder: FaceEncoder, jpeg_crops: list[bytes]) -> None:
    alone = embed(encoder, jpeg_crops[:1]).score
    assert (alone.frames, alone.frame_sd_kg) == (1, 0.0)
