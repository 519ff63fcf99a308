"""The group `models`: what a person types and reads."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from edema_desk.cli import main
from edema_desk.commands import models
from edema_desk.flow.base.model import base_model
from tests.flow.models.made_up_packages import no_check, package


class _Checker:
    """A worker that finds every package in order."""

    def __enter__(self) -> "_Checker":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def check(self, folder: Path) -> float:
        return no_check(folder)


@pytest.fixture(autouse=True)
def _no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "WorkerClient", _Checker)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["models", *(str(a) for a in arguments)])


def told(*arguments: str | Path) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments: str | Path) -> str:
    result = run(*arguments)
    assert result.exit_code == 1, result.output
    assert "mistake" not in result.output
    return result.output


def in_use() -> str:
    (line,) = [line for line in told("list").splitlines() if line.startswith("*")]
    return line.split()[1]


def test_from_installing_to_removing(tmp_path: Path) -> None:
    base = base_model().model_id
    assert in_use() == base
    folder, card = package(tmp_path / "trial")
    assert "is installed" in told("install", folder)
    assert in_use() == base
    told("activate", "trial")
    assert in_use() == card.model_id
    assert "in use" in refused("remove", "trial")
    assert base in told("back")
    assert in_use() == base
    assert "no earlier model" in refused("back")
    told("remove", "trial")
    assert card.model_id not in told("list")
    assert "No model trial" in refused("activate", "trial")


def test_a_card_is_shown() -> None:
    said = told("show")
    card = base_model().card
    for text in (card.model_id, card.licence, *card.attributions, *card.commands):
        assert text in said
    assert "made-up swelling" in said


def test_signed_models_only(tmp_path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    pem = serialization.Encoding.PEM
    secret, public = tmp_path / "maker.pem", tmp_path / "maker.pub"
    secret.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    public.write_bytes(
        key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    folder, _ = package(tmp_path / "trial")
    key_id = told("trust", public).split()[1]
    assert "not signed" in refused("install", folder)
    told("sign", folder, "--key", secret)
    told("install", folder)
    assert "signed" in told("list").splitlines()[1]
    assert "0 are" in told("distrust", key_id)
    told("install", package(tmp_path / "other", b"other")[0])
    assert "maker.pub" in refused("sign", folder, "--key", public)


def test_a_damaged_model_is_told_in_the_list(tmp_path: Path) -> None:
    folder, card = package(tmp_path / "trial")
    told("install", folder)
    told("activate", "trial")
    (tmp_path / "profile" / "models" / card.model_id / "card.json").write_text("{}")
    assert "not those its card names" in told("list")
    assert base_model().model_id in told("back")


def test_what_to_compare_on_must_be_named() -> None:
    for arguments in ((), ("--database", "--study", "x")):
        result = run("compare", "base", "base", *arguments)
        assert result.exit_code == 2
        assert "--study" in result.output


def test_nothing_to_compare_and_nothing_to_estimate_again() -> None:
    assert "0 captures" in refused("compare", "base", "base", "--database")
    assert told("reestimate").startswith("0 captures")
