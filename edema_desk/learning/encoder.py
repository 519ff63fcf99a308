"""The network: a face becomes 512 numbers, and those one number g in kg, or one for each part."""

from collections.abc import Callable, Mapping
from typing import cast

from torch import Tensor, nn

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.body import EMBEDDING_SIZE, fine_body, resnet18_body
from edema_desk.learning.lobes import PART_COUNT

__all__ = ["EMBEDDING_SIZE", "FaceEncoder", "build_encoder"]

BODIES: Mapping[str, Callable[[], nn.Module]] = {"fine18": fine_body, "resnet18": resnet18_body}
DEFAULT_BODY = "fine18"
_PARTS_SUFFIX = "-parts"


class FaceEncoder(nn.Module):
    """A body that makes an embedding of a face, and a linear read-out to kg.

    The read-out is linear so that g of a clip's mean embedding is the mean of its frames' g.
    `name` is what a card calls this network.
    """

    def __init__(self, parts: int = 1, body: str = DEFAULT_BODY) -> None:
        super().__init__()
        self.parts = parts
        self.body_name = body
        self.body = BODIES[body]()
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
        """Body, and whether it tells the parts of the face apart."""
        return self.body_name + (_PARTS_SUFFIX if self.parts > 1 else "")


def build_encoder(name: str, *, model_name: str = "") -> FaceEncoder:
    """The network of that name, untrained. Raises MODEL_CARD_INVALID for a name not known."""
    body = name.removesuffix(_PARTS_SUFFIX)
    if body not in BODIES:
        raise ExpectedError(
            ErrorCode.MODEL_CARD_INVALID, name=model_name, detail="the encoder is not known"
        )
    return FaceEncoder(PART_COUNT if name.endswith(_PARTS_SUFFIX) else 1, body)
