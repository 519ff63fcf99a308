"""Model packages on disk: a card and weights, nothing that could carry code."""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from edema_desk.domain.models.card import (
    CARD_FILE,
    WEIGHTS_FILE,
    ModelCard,
    read_card,
    render_card,
)
from edema_desk.domain.terms.estimate import PARTS, TransferKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.encoder import EMBEDDING_SIZE, FaceEncoder, build_encoder
from edema_desk.learning.familiar import Familiar, familiar_from, familiar_tensors
from edema_desk.learning.self_check import self_check_of

LARGEST_WEIGHTS_BYTES = 200_000_000
LARGEST_HEADER_BYTES = 1_000_000
_FAMILIAR = "familiar."


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A network ready for use, in single precision and evaluation mode. `familiar` is None in
    packages of too few people, or made before it was fitted."""

    card: ModelCard
    encoder: FaceEncoder
    familiar: Familiar | None = None


def load_package(folder: Path) -> LoadedModel:
    """Read and check a package. Raises ExpectedError with one of the MODEL codes."""
    card = read_card(folder)
    content = _read_weights(folder)
    if hashlib.sha256(content).hexdigest() != card.weights_sha256:
        raise ExpectedError(ErrorCode.MODEL_ALTERED, name=folder.name)
    encoder = build_encoder(card.encoder, model_name=folder.name)
    _check_header(content, folder.name)
    try:
        weights = load(content)
    except SafetensorError as error:
        raise _unfit(folder.name) from error
    familiar = _familiar(weights, folder.name)
    _check_fit(weights, encoder, folder.name)
    _check_transfer(card, encoder, folder.name)
    return LoadedModel(card, _ready(weights, encoder), familiar)


def save_package(
    folder: Path, encoder: FaceEncoder, card: ModelCard, familiar: Familiar | None = None
) -> ModelCard:
    """Write a package that was not there, all of it or nothing; returns the card with its hash
    and with what the network says of the reference faces.

    Raises OUTPUT_EXISTS or OUTPUT_NOT_WRITABLE.
    """
    if folder.exists():
        raise ExpectedError(ErrorCode.OUTPUT_EXISTS, path=str(folder))
    tensors = half_precision(encoder)
    if familiar is not None:
        kept = familiar_tensors(familiar)
        tensors |= {_FAMILIAR + name: value for name, value in kept.items()}
    content = save(tensors)
    card = replace(
        card,
        weights_sha256=hashlib.sha256(content).hexdigest(),
        self_check=self_check_of(rounded(encoder), card.input),
    )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(folder)) from error
    try:
        unfinished.chmod(0o755)
        _write(unfinished / WEIGHTS_FILE, content)
        _write(unfinished / CARD_FILE, render_card(card).encode())
        unfinished.rename(folder)
    except OSError as error:
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(folder)) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return card


def rounded(encoder: FaceEncoder) -> FaceEncoder:
    """What saving and loading makes of a network: ready for use, its filters rounded."""
    return _ready(half_precision(encoder), FaceEncoder(encoder.parts))


def half_precision(encoder: FaceEncoder) -> dict[str, Tensor]:
    """The network's tensors as a package holds them: filters in half precision; vectors, whose
    small variances half precision would round to nothing, in single."""
    return {
        name: (value.half() if value.ndim > 1 else value.float()).detach().cpu().contiguous()
        for name, value in encoder.state_dict().items()
        if not name.endswith("num_batches_tracked")
    }


def _ready(weights: dict[str, Tensor], encoder: FaceEncoder) -> FaceEncoder:
    encoder.load_state_dict({k: v.float() for k, v in weights.items()}, strict=False)
    encoder.eval().to(memory_format=torch.channels_last)
    return encoder


def _read_weights(folder: Path) -> bytes:
    try:
        with (folder / WEIGHTS_FILE).open("rb") as file:
            content = file.read(LARGEST_WEIGHTS_BYTES + 1)
    except OSError as error:
        raise ExpectedError(ErrorCode.MODEL_MISSING, name=folder.name) from error
    if len(content) > LARGEST_WEIGHTS_BYTES:
        raise ExpectedError(ErrorCode.MODEL_ALTERED, name=folder.name)
    return content


def _check_header(content: bytes, name: str) -> None:
    length = int.from_bytes(content[:8], "little")
    if len(content) < 8 or length > min(LARGEST_HEADER_BYTES, len(content) - 8):
        raise _unfit(name)


def _familiar(weights: dict[str, Tensor], name: str) -> Familiar | None:
    """Takes its tensors out of `weights`."""
    found = [key for key in weights if key.startswith(_FAMILIAR)]
    tensors = {key.removeprefix(_FAMILIAR): weights.pop(key) for key in found}
    if not tensors:
        return None
    try:
        familiar = familiar_from(tensors)
    except (KeyError, ValueError, TypeError) as error:
        raise _unfit(name) from error
    if len(familiar.mean) != EMBEDDING_SIZE:
        raise _unfit(name)
    return familiar


def _check_fit(weights: dict[str, Tensor], encoder: FaceEncoder, name: str) -> None:
    expected = half_precision(encoder)
    if weights.keys() != expected.keys():
        raise _unfit(name)
    for key, value in weights.items():
        same = value.shape == expected[key].shape and value.dtype == expected[key].dtype
        if not same or not bool(torch.isfinite(value).all()):
            raise _unfit(name)


def _check_transfer(card: ModelCard, encoder: FaceEncoder, name: str) -> None:
    """Whether the way of transfer looks at what this network tells."""
    prior = card.figures.transfer
    if prior is None:
        return
    lacks_parts = prior.kind is TransferKind.PARTS and encoder.parts != PARTS
    other_size = prior.kind is TransferKind.RIDGE and len(prior.centre) != EMBEDDING_SIZE
    if lacks_parts or other_size:
        raise ExpectedError(
            ErrorCode.MODEL_CARD_INVALID, name=name, detail="transfer does not fit the encoder"
        )


def _unfit(name: str) -> ExpectedError:
    return ExpectedError(
        ErrorCode.MODEL_CARD_INVALID, name=name, detail="the weights do not fit the encoder"
    )


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
