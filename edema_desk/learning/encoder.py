"""The network: a face becomes 512 numbers, and those one number g in kg, or one for each part."""

from collections.abc import Mapping
from typing import cast

from torch import Tensor, nn

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.body import EMBEDDING_SIZE, fine_body
from edema_desk.learning.lobes import PART_COUNT

__all__ = ["EMBEDDING_SIZE", "FaceEncoder", "build_encoder"]

ENCODERS: Mapping[str, int] = {"fine18": 1, "fine18-parts": PART_COUNT}
"""The networks a card may name, and how many parts of the face each tells apart."""


class FaceEncoder(nn.Module):
    """A body that makes an embedding of a face, and a linear read-out to kg.

    The read-out is linear so that g of a clip's mean embedding is the mean of its frames' g.
    """

    def __init__(self, parts: int = 1) -> None:
        super().__init__()
        self.parts = parts
        self.body = fine_body()
        self.read_out = nn.Linear(EMBEDDING_SIZE, parts)

    def forward(self, images: Tensor) -> Tensor:
        """(n, 3, size, size) normalised -> embeddings (n, 512)."""
        return cast(Tensor, self.body(images))

    def change_kg(self, embedding: Tensor) -> Tensor:
        """Embeddings (n, 512) -> g (n,), of which only differences mean anything."""
        return self.part_kg(embedding).sum(-1)

    def part_kg(self, embedding: Tensor) -> Tensor:
        """Embeddings (n, 512) -> what each part says (n, parts), adding up to g."""
        return cast(Tensor, self.read_out(embedding))

    @property
    def name(self) -> str:
        """What a card calls this network."""
        return next(name for name, parts in ENCODERS.items() if parts == self.parts)


def build_encoder(name: str, *, model_name: str = "") -> FaceEncoder:
    """The network of that name, untrained. Raises MODEL_CARD_INVALID for a name not known."""
    if name not in ENCODERS:
        raise ExpectedError(
            ErrorCode.MODEL_CARD_INVALID, name=model_name, detail="the encoder is not known"
        )
    return FaceEncoder(ENCODERS[name])
