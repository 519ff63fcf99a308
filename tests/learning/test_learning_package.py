"""Model packages: what is written comes back, and what was tampered with is refused."""

import hashlib
import json
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from edema_desk.domain.models.card import ModelCard
from edema_desk.domain.statistics.transfer_prior import plain_prior
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.embed import embed_crops
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.package import load_package, save_package


@pytest.fixture
def package(tmp_path: Path, card: ModelCard) -> Path:
    """A package of an untrained network."""
    torch.manual_seed(0)
    folder = tmp_path / "models" / "trial"
    save_package(folder, FaceEncoder(), card)
    return folder


def refusal(folder: Path) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        load_package(folder)
    assert caught.value.params["name"] == folder.name
    return caught.value.code


def own_hash(folder: Path) -> None:
    """Make the card name whatever weights lie beside it."""
    card = json.loads((folder / "card.json").read_text())
    content = (folder / "weights.safetensors").read_bytes()
    card["weights_sha256"] = hashlib.sha256(content).hexdigest()
    (folder / "card.json").write_text(json.dumps(card))


def test_comes_back_as_it_was(tmp_path: Path, card: ModelCard) -> None:
    torch.manual_seed(1)
    encoder = FaceEncoder().eval()
    saved = save_package(tmp_path / "a", encoder, card)
    loaded = load_package(tmp_path / "a")
    assert loaded.card == saved
    assert loaded.card.model_id == f"trial-{saved.weights_sha256[:12]}"
    images = torch.rand(4, 3, 32, 32)
    with torch.inference_mode():
        before, after = encoder(images), loaded.encoder(images)
    assert torch.allclose(before, after, rtol=0.02, atol=0.02)
    assert save_package(tmp_path / "b", loaded.encoder, card) == saved


def test_fits_into_24_megabytes(package: Path) -> None:
    assert sum(file.stat().st_size for file in package.iterdir()) <= 24_000_000


def test_does_not_write_over_a_package(package: Path, card: ModelCard) -> None:
    before = (package / "weights.safetensors").read_bytes()
    with pytest.raises(ExpectedError) as caught:
        save_package(package, FaceEncoder(), card)
    assert caught.value.code is ErrorCode.OUTPUT_EXISTS
    assert (package / "weights.safetensors").read_bytes() == before


def test_leaves_nothing_behind_when_the_disk_fails(
    tmp_path: Path, card: ModelCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(ExpectedError) as caught:
        save_package(tmp_path / "out" / "a", FaceEncoder(), card)
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert list((tmp_path / "out").iterdir()) == []


def test_one_changed_bit_is_noticed(package: Path) -> None:
    weights = package / "weights.safetensors"
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(content)
    assert refusal(package) is ErrorCode.MODEL_ALTERED


@pytest.mark.parametrize("name", ["card.json", "weights.safetensors"])
def test_a_file_is_missing(package: Path, name: str) -> None:
    (package / name).unlink()
    assert refusal(package) is ErrorCode.MODEL_MISSING


def test_the_folder_is_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none") is ErrorCode.MODEL_MISSING


def test_a_newer_format(package: Path) -> None:
    card = json.loads((package / "card.json").read_text())
    (package / "card.json").write_text(json.dumps(card | {"format_version": 2}))
    assert refusal(package) is ErrorCode.MODEL_NEWER


def test_an_unknown_encoder(package: Path) -> None:
    card = json.loads((package / "card.json").read_text())
    (package / "card.json").write_text(json.dumps(card | {"encoder": "resnet99"}))
    assert refusal(package) is ErrorCode.MODEL_CARD_INVALID


class Canary:
    """Writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return Path.write_text, (self.path, "code ran")


def hostile_weights(kind: str, canary: Path, weights: Path) -> None:
    if kind == "pickle":
        weights.write_bytes(pickle.dumps(Canary(canary)))
    elif kind == "torch archive":
        torch.save(Canary(canary), weights)
    elif kind == "header larger than the file":
        weights.write_bytes((2**40).to_bytes(8, "little") + b"{}")
    elif kind == "header too large":
        weights.write_bytes((2_000_000).to_bytes(8, "little") + b" " * 3_000_000)
    elif kind == "empty":
        weights.write_bytes(b"")
    elif kind == "header nested":
        header = b"[" * 900_000
        weights.write_bytes(len(header).to_bytes(8, "little") + header)


@pytest.mark.parametrize(
    "kind",
    [
        "pickle",
        "torch archive",
        "header larger than the file",
        "header too large",
        "empty",
        "header nested",
    ],
)
def test_hostile_weights_with_the_right_hash(package: Path, tmp_path: Path, kind: str) -> None:
    canary = tmp_path / "canary"
    hostile_weights(kind, canary, package / "weights.safetensors")
    own_hash(package)
    assert refusal(package) is ErrorCode.MODEL_CARD_INVALID
    assert not canary.exists()


@pytest.mark.parametrize("change", ["shape", "type", "missing", "additional", "not finite"])
def test_weights_of_another_network(package: Path, change: str) -> None:
    path = package / "weights.safetensors"
    weights = load_file(path)
    read_out = weights["read_out.weight"]
    if change == "shape":
        weights["read_out.weight"] = read_out[:, :-1].contiguous()
    elif change == "type":
        weights["read_out.weight"] = read_out.double()
    elif change == "missing":
        del weights["read_out.weight"]
    elif change == "additional":
        weights["read_out.more"] = read_out.clone()
    elif change == "not finite":
        weights["read_out.weight"] = read_out.clone().fill_(float("nan"))
    save_file(weights, path)
    own_hash(package)
    assert refusal(package) is ErrorCode.MODEL_CARD_INVALID


@pytest.mark.parametrize("kind", [TransferKind.PARTS, TransferKind.RIDGE])
def test_a_transfer_that_looks_at_what_the_network_does_not_tell(
    tmp_path: Path, card: ModelCard, kind: TransferKind
) -> None:
    """Else every estimate would fail once the package is in use."""
    slopes = 6 if kind is TransferKind.PARTS else 2
    prior = replace(
        plain_prior(0.5),
        kind=kind,
        mean=(0.0,) + (1.0,) * slopes,
        feature_mean=(0.0,) * slopes,
        covariance=tuple(map(tuple, np.eye(1 + slopes).tolist())),
        centre=() if kind is TransferKind.PARTS else (0.0, 0.0),
        directions=() if kind is TransferKind.PARTS else ((1.0, 0.0),),
    )
    figures = replace(card.figures, transfer=prior)
    save_package(tmp_path / "trial", FaceEncoder(), replace(card, figures=figures))
    assert refusal(tmp_path / "trial") is ErrorCode.MODEL_CARD_INVALID


def test_the_card_decides_the_input(
    tmp_path: Path, card: ModelCard, jpeg_crops: list[bytes]
) -> None:
    """The same weights under a card with another mean give another number."""
    encoder = FaceEncoder()
    save_package(tmp_path / "a", encoder, card)
    other = replace(card, input=replace(card.input, mean=(0.2, 0.2, 0.2)))
    save_package(tmp_path / "b", encoder, other)
    models = [load_package(tmp_path / name) for name in "ab"]
    one, two = (embed_crops(m.encoder, m.card.input, jpeg_crops[:2]).score for m in models)
    assert one.g_kg != two.g_kg
