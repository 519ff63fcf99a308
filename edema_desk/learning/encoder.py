"""The network: a face becomes 512 numbers, and those one number g in kg."""

from typing import cast

from torch import Tensor, nn
from torchvision.models import resnet18

from edema_desk.errors import ErrorCode, ExpectedError

ENCODER_NAME = "resnet18"
EMBEDDING_SIZE = 512


class FaceEncoder(nn.Module):
    """ResNet-18 (He et al., CVPR 2016) without its classes, and a linear read-out to kg.

    The read-out is linear so that g of a clip's mean embedding is the mean of its frames' g.
    """

    def __init__(self) -> None:
        super().__init__()
        self.body: nn.Module = resnet18(weights=None)
        self.body.fc = nn.Identity()
        self.read_out = nn.Linear(EMBEDDING_SIZE, 1)

    def forward(self, images: Tensor) -> Tensor:
        """(n, 3, size, size) normalised -> embeddings (n, 512)."""
        return cast(Tensor, self.body(images))

    def change_kg(self, embedding: Tensor) -> Tensor:
        """Embeddings (n, 512) -> g (n,), of which only differences mean anything."""
        return cast(Tensor, self.read_out(embedding)).squeeze(-1)


def build_encoder(name: str, *, model_name: str = "") -> FaceEncoder:
    """The network of that name, untrained. Raises MODEL_CARD_INVALID for a name not known."""
    if name != ENCODER_NAME:
        raise ExpectedError(
            ErrorCode.MODEL_CARD_INVALID, name=model_name, detail="the encoder is not known"
        )
    return FaceEncoder()
