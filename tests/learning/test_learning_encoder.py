"""Networks are known by their names, and say as many numbers as they have parts."""

import pytest
import torch

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.encoder import EMBEDDING_SIZE, FaceEncoder, build_encoder
from edema_desk.learning.lobes import PART_COUNT


@pytest.mark.parametrize("parts", [1, PART_COUNT])
def test_a_name_builds_the_network_that_bears_it(parts: int) -> None:
    made = FaceEncoder(parts)
    again = build_encoder(made.name)
    assert again.name == made.name
    assert again.state_dict().keys() == made.state_dict().keys()
    shapes = [value.shape for value in again.state_dict().values()]
    assert shapes == [value.shape for value in made.state_dict().values()]


@pytest.mark.parametrize("size_px", [64, 112, 128])
def test_every_size_of_input_gives_an_embedding(size_px: int) -> None:
    network = FaceEncoder(PART_COUNT).eval()
    with torch.inference_mode():
        embedding = network(torch.rand(2, 3, size_px, size_px))
        assert embedding.shape == (2, EMBEDDING_SIZE)
        torch.testing.assert_close(
            network.change_kg(embedding), network.part_kg(embedding).sum(dim=1)
        )


def test_a_name_nobody_knows_is_refused() -> None:
    with pytest.raises(ExpectedError) as caught:
        build_encoder("resnet99", model_name="trial")
    assert caught.value.code is ErrorCode.MODEL_CARD_INVALID
