"""U6: a hostile model file. None is loaded, no code runs, and the message names it."""

import hashlib
import json
import os
import pickle
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from click.testing import CliRunner
from safetensors.torch import load_file, save_file

from edema_desk.cli import main
from edema_desk.domain.models.card import CARD_FILE, WEIGHTS_FILE
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.flow.base.model import base_model
from edema_desk.flow.base.model_registry import list_models
from edema_desk.flow.models.changes import install_model
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.package import save_package
from edema_desk.paths import Profile
from edema_desk.worker.client import WorkerClient

NAME = "hostile"


class Canary:
    """Writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return Path.write_text, (self.path, "code ran")


@pytest.fixture(scope="module")
def worker() -> Iterator[WorkerClient]:
    with WorkerClient(threads=1) as client:
        yield client


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package that could be installed."""
    torch.manual_seed(0)
    encoder = FaceEncoder()
    folder = tmp_path_factory.mktemp("made") / NAME
    save_package(folder, encoder, replace(base_model().card, name=NAME, encoder=encoder.name))
    return folder


@pytest.fixture
def hostile(tmp_path: Path, in_order: Path) -> Path:
    """The same, to be tampered with."""
    return Path(shutil.copytree(in_order, tmp_path / NAME))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[DatabaseThread]:
    opened = DatabaseThread(Profile(tmp_path / "clinic"))
    yield opened
    opened.close()


def pickled(folder: Path, canary: Path) -> None:
    (folder / WEIGHTS_FILE).write_bytes(pickle.dumps(Canary(canary)))


def torch_saved(folder: Path, canary: Path) -> None:
    torch.save({"body.conv1.weight": Canary(canary)}, folder / WEIGHTS_FILE)


def exported(folder: Path, canary: Path) -> None:
    """As .pt2 files are: an archive with a pickle in it."""
    with zipfile.ZipFile(folder / WEIGHTS_FILE, "w") as archive:
        archive.writestr("archive_format", "pt2")
        archive.writestr("data/constants/0.pkl", pickle.dumps(Canary(canary)))


def huge_header(folder: Path, canary: Path) -> None:
    del canary
    (folder / WEIGHTS_FILE).write_bytes((2**62).to_bytes(8, "little") + b"{}")


def long_header(folder: Path, canary: Path) -> None:
    del canary
    header = b'{"a":' + b" " * 5_000_000 + b"{}}"
    (folder / WEIGHTS_FILE).write_bytes(len(header).to_bytes(8, "little") + header)


def huge_shape(folder: Path, canary: Path) -> None:
    """A header that promises more numbers than any memory holds."""
    del canary
    entry = {"dtype": "F16", "shape": [2**40, 2**40], "data_offsets": [0, 8]}
    header = json.dumps({"read_out.weight": entry}).encode()
    (folder / WEIGHTS_FILE).write_bytes(len(header).to_bytes(8, "little") + header + bytes(8))


def not_a_number(folder: Path, canary: Path) -> None:
    del canary
    weights = load_file(folder / WEIGHTS_FILE)
    weights["read_out.bias"] = weights["read_out.bias"].fill_(float("nan"))
    save_file(weights, folder / WEIGHTS_FILE)


def without_bound(folder: Path, canary: Path) -> None:
    del canary
    weights = load_file(folder / WEIGHTS_FILE)
    weights["body.bn1.weight"] = weights["body.bn1.weight"].fill_(float("inf"))
    save_file(weights, folder / WEIGHTS_FILE)


ATTACKS = (
    pickled,
    torch_saved,
    exported,
    huge_header,
    long_header,
    huge_shape,
    not_a_number,
    without_bound,
)


def hash_it(folder: Path) -> None:
    """Let the card name the weights as they are now."""
    card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    content = (folder / WEIGHTS_FILE).read_bytes()
    card["weights_sha256"] = hashlib.sha256(content).hexdigest()
    (folder / CARD_FILE).write_text(json.dumps(card), encoding="utf-8")


def refusal(database: DatabaseThread, folder: Path, worker: WorkerClient) -> ExpectedError:
    profile = Profile(folder.parent / "clinic")
    with pytest.raises(ExpectedError) as caught:
        install_model(database, profile, folder, worker.check)
    assert len(database.call(list_models)) == 1
    assert [p.name for p in profile.models.iterdir()] == ["install.lock"]
    return caught.value


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("hashed", [True, False], ids=["right hash", "wrong hash"])
def test_hostile_weights(
    database: DatabaseThread,
    hostile: Path,
    worker: WorkerClient,
    attack: Callable[[Path, Path], None],
    hashed: bool,
) -> None:
    canary = hostile.parent / "canary"
    attack(hostile, canary)
    if hashed:
        hash_it(hostile)
    error = refusal(database, hostile, worker)
    assert error.code is (ErrorCode.MODEL_CARD_INVALID if hashed else ErrorCode.MODEL_ALTERED)
    assert error.params["name"] == NAME
    assert not canary.exists()


def test_more_than_a_model_may_weigh(
    database: DatabaseThread, hostile: Path, worker: WorkerClient
) -> None:
    with (hostile / WEIGHTS_FILE).open("r+b") as file:
        file.truncate(300_000_000)
    error = refusal(database, hostile, worker)
    assert error.code is ErrorCode.MODEL_CARD_INVALID
    assert str(error.params["detail"]).startswith(WEIGHTS_FILE)


@pytest.mark.parametrize("name", ["../../evil", "/tmp/evil", "..", "a/../../b", "C:\\evil", "a\0b"])
def test_a_card_that_plays_with_paths(
    database: DatabaseThread, hostile: Path, worker: WorkerClient, name: str
) -> None:
    card = json.loads((hostile / CARD_FILE).read_text(encoding="utf-8"))
    (hostile / CARD_FILE).write_text(json.dumps(card | {"name": name}), encoding="utf-8")
    error = refusal(database, hostile, worker)
    assert (error.code, error.params["name"]) == (ErrorCode.MODEL_CARD_INVALID, NAME)


@pytest.mark.skipif(os.name == "nt", reason="links of a Unix system")
def test_a_link_out_of_the_package(
    database: DatabaseThread, hostile: Path, worker: WorkerClient
) -> None:
    secret = hostile.parent / "secret"
    (hostile / WEIGHTS_FILE).rename(secret)
    (hostile / WEIGHTS_FILE).symlink_to(secret)
    error = refusal(database, hostile, worker)
    assert str(error.params["detail"]).startswith(WEIGHTS_FILE)


@pytest.mark.parametrize("suffix", [".pt", ".pt2", ".pth", ".pkl", ".safetensors"])
def test_a_file_instead_of_a_package_is_named(tmp_path: Path, suffix: str) -> None:
    canary, path = tmp_path / "canary", tmp_path / f"model{suffix}"
    path.write_bytes(pickle.dumps(Canary(canary)))
    command = ["models", "install", str(path), "--profile", str(tmp_path / "clinic")]
    told = CliRunner().invoke(main, command)
    assert told.exit_code == 1
    assert path.name in told.output
    assert "mistake" not in told.output
    assert not canary.exists()
