"""Installing, activating, going back, removing: one switch, and the old one until then."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from edema_desk.domain.models.card import CARD_FILE, WEIGHTS_FILE
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.flow.base.model import base_model
from edema_desk.flow.base.model_registry import active_model, find_model, list_models
from edema_desk.flow.base.model_signature import SIGNATURE_FILE, read_public_key, sign_package
from edema_desk.flow.models.changes import (
    CheckModel,
    activate_model,
    go_back,
    install_model,
    remove_model,
)
from edema_desk.paths import Profile
from edema_desk.store.models.signers import distrust_signer, trust_signer
from tests.flow.models.made_up_packages import no_check, package


@pytest.fixture
def database(profile: Profile) -> Iterator[DatabaseThread]:
    opened = DatabaseThread(profile)
    yield opened
    opened.close()


class Registry:
    """The registry of one profile, with a self-check that a test may let fail."""

    def __init__(self, database: DatabaseThread, profile: Profile) -> None:
        self.database, self.profile = database, profile
        self.check: CheckModel = no_check

    def install(self, folder: Path) -> str:
        return install_model(self.database, self.profile, folder, self.check).model_id

    def activate(self, name: str) -> str:
        return activate_model(self.database, new_id(), name, self.check).model_id

    def back(self) -> str:
        return go_back(self.database, new_id()).model_id

    def remove(self, name: str) -> str:
        return remove_model(self.database, self.profile, new_id(), name)

    def now(self) -> str:
        return self.database.call(active_model).model_id

    def ids(self) -> list[str]:
        return [entry.model_id for entry in self.database.call(list_models)]

    def left_over(self) -> list[str]:
        return [p.name for p in self.profile.models.iterdir() if p.name.startswith(".")]


@pytest.fixture
def registry(database: DatabaseThread, profile: Profile) -> Registry:
    return Registry(database, profile)


@pytest.fixture
def trial(tmp_path: Path) -> Path:
    return package(tmp_path / "trial")[0]


def refusal(act: object, *arguments: object) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        act(*arguments)  # type: ignore[operator]
    return caught.value.code


def test_from_the_base_to_another_and_back(registry: Registry, trial: Path) -> None:
    base = base_model().model_id
    assert registry.now() == base
    model_id = registry.install(trial)
    assert registry.now() == base
    assert registry.ids() == [base, model_id]
    assert registry.activate("trial") == model_id
    assert registry.now() == model_id
    assert registry.back() == base
    assert registry.now() == base
    assert refusal(registry.back) is ErrorCode.MODEL_NONE_BEFORE


def test_the_package_may_go_once_it_is_installed(registry: Registry, trial: Path) -> None:
    model_id = registry.install(trial)
    for file in trial.iterdir():
        file.unlink()
    registry.activate(model_id)
    folder = registry.database.call(active_model).folder
    assert folder == registry.profile.models / model_id
    assert (folder / WEIGHTS_FILE).read_bytes() == b"weights"
    assert registry.left_over() == []


def test_installing_twice_is_installing_once(registry: Registry, trial: Path) -> None:
    assert registry.install(trial) == registry.install(trial)
    assert len(registry.ids()) == 2


def test_a_failing_self_check_installs_nothing(registry: Registry, trial: Path) -> None:
    def fail(folder: Path) -> float:
        raise ExpectedError(ErrorCode.MODEL_CHECK_FAILED, name=folder.name, found=1, limit=0)

    registry.check = fail
    with pytest.raises(ExpectedError) as caught:
        registry.install(trial)
    assert caught.value.params["name"] == "trial"
    assert registry.ids() == [base_model().model_id]
    assert [p.name for p in registry.profile.models.iterdir()] == ["install.lock"]


def test_a_self_check_that_fails_later_keeps_the_one_in_use(
    registry: Registry, trial: Path
) -> None:
    registry.install(trial)

    def fail(folder: Path) -> float:
        raise ExpectedError(ErrorCode.MODEL_CHECK_FAILED, name=folder.name, found=1, limit=0)

    registry.check = fail
    assert refusal(registry.activate, "trial") is ErrorCode.MODEL_CHECK_FAILED
    assert registry.now() == base_model().model_id


def test_what_is_checked_is_what_is_installed(registry: Registry, trial: Path) -> None:
    """Whoever changes the package while it is checked changes nothing."""

    def swap(folder: Path) -> float:
        (trial / WEIGHTS_FILE).write_bytes(b"other")
        return no_check(folder)

    registry.check = swap
    model_id = registry.install(trial)
    assert (registry.profile.models / model_id / WEIGHTS_FILE).read_bytes() == b"weights"


def test_the_same_weights_under_another_card(
    registry: Registry, trial: Path, tmp_path: Path
) -> None:
    model_id = registry.install(trial)
    registry.activate(model_id)
    other, _ = package(tmp_path / "elsewhere" / "trial", licence="none")
    assert refusal(registry.install, other) is ErrorCode.MODEL_ALTERED
    assert registry.now() == model_id, "the refused card lies in the place of the installed one"


@pytest.mark.parametrize("file", [CARD_FILE, WEIGHTS_FILE])
def test_an_installed_package_that_was_changed(
    registry: Registry, trial: Path, tmp_path: Path, file: str
) -> None:
    model_id = registry.install(trial)
    registry.activate(model_id)
    registry.install(package(tmp_path / "next", b"next")[0])
    registry.activate("next")
    path = registry.profile.models / model_id / file
    path.write_bytes(path.read_bytes() + b" ")
    assert refusal(registry.back) is ErrorCode.MODEL_ALTERED
    assert registry.now().startswith("next")
    assert registry.install(trial) == model_id  # which mends it
    assert registry.back() == model_id


def test_a_card_changed_while_in_use_stops_it(registry: Registry, trial: Path) -> None:
    model_id = registry.install(trial)
    registry.activate(model_id)
    card = registry.profile.models / model_id / CARD_FILE
    card.write_text(card.read_text().replace('"spread90_kg": 0.5', '"spread90_kg": 0.1'))
    assert refusal(registry.now) is ErrorCode.MODEL_ALTERED
    faults = [e.fault.code for e in registry.database.call(list_models) if e.fault]
    assert faults == [ErrorCode.MODEL_ALTERED]
    assert registry.back() == base_model().model_id


def test_the_folder_of_the_one_in_use_is_gone(registry: Registry, trial: Path) -> None:
    model_id = registry.install(trial)
    registry.activate(model_id)
    (registry.profile.models / model_id).rename(registry.profile.root / "moved")
    assert refusal(registry.now) is ErrorCode.MODEL_MISSING
    assert registry.ids() == [base_model().model_id, model_id]
    assert registry.activate("base") == base_model().model_id


def test_removing(registry: Registry, trial: Path, tmp_path: Path) -> None:
    model_id = registry.install(trial)
    registry.activate("trial")
    assert refusal(registry.remove, "trial") is ErrorCode.MODEL_IN_USE
    assert refusal(registry.remove, "base") is ErrorCode.MODEL_IN_USE
    assert refusal(registry.remove, "tria1") is ErrorCode.MODEL_UNKNOWN
    registry.back()
    assert registry.remove("trial") == model_id
    assert registry.ids() == [base_model().model_id]
    assert refusal(registry.activate, model_id) is ErrorCode.MODEL_UNKNOWN
    assert registry.left_over() == []
    assert registry.install(trial) == model_id


def test_removed_while_it_was_being_activated(registry: Registry, trial: Path) -> None:
    model_id = registry.install(trial)

    def remove(folder: Path) -> float:
        registry.remove(model_id)
        return 0.0

    registry.check = remove
    assert refusal(registry.activate, model_id) is ErrorCode.MODEL_UNKNOWN
    assert registry.now() == base_model().model_id


def test_names(registry: Registry, tmp_path: Path) -> None:
    one = registry.install(package(tmp_path / "tuned", b"1")[0])
    two = registry.install(package(tmp_path / "b" / "tuned", b"2")[0])
    for name in ("tuned", "", "x", "../tuned"):
        assert refusal(registry.activate, name) is ErrorCode.MODEL_UNKNOWN
    assert registry.activate(one[:-1]) == one
    assert registry.database.call(lambda store: find_model(store, two)).model_id == two


def test_the_shipped_model_cannot_be_installed_over(registry: Registry, tmp_path: Path) -> None:
    base = base_model()
    assert registry.install(base.folder) == base.model_id
    assert registry.ids() == [base.model_id]
    altered = tmp_path / "base"
    altered.mkdir()
    (altered / WEIGHTS_FILE).write_bytes(b"")
    card = (base.folder / CARD_FILE).read_text(encoding="utf-8")
    (altered / CARD_FILE).write_text(card + " ", encoding="utf-8")
    assert refusal(registry.install, altered) is ErrorCode.MODEL_ALTERED


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, Path]:
    """Files of a private key and its public one."""
    private = Ed25519PrivateKey.generate()
    secret, public = tmp_path / "maker.pem", tmp_path / "maker.pub.pem"
    pem = serialization.Encoding.PEM
    secret.write_bytes(
        private.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    public.write_bytes(
        private.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return secret, public


def trust(registry: Registry, public: Path) -> str:
    key = read_public_key(public)
    return registry.database.call(lambda store: trust_signer(store, new_id(), key))


def test_whoever_trusts_a_key_takes_signed_packages_only(
    registry: Registry, trial: Path, keys: tuple[Path, Path]
) -> None:
    secret, public = keys
    key_id = trust(registry, public)
    assert refusal(registry.install, trial) is ErrorCode.MODEL_UNSIGNED
    sign_package(trial, secret)
    registry.install(trial)
    assert registry.database.call(list_models)[1].signed_by == key_id
    registry.database.call(lambda store: distrust_signer(store, new_id(), key_id))
    assert registry.activate("trial").startswith("trial")


def test_a_wrong_signature(
    registry: Registry, trial: Path, tmp_path: Path, keys: tuple[Path, Path]
) -> None:
    secret, public = keys
    signature = sign_package(trial, secret)
    right = signature.read_bytes()
    trust(registry, public)
    other = package(tmp_path / "other", b"other weights")[0]
    (other / SIGNATURE_FILE).write_bytes(right)
    assert refusal(registry.install, other) is ErrorCode.MODEL_SIGNATURE_WRONG
    for wrong in (b"", b"not base64!", right[:-9] + b"\n", b"A" * 88, b"\xff" * 900):
        signature.write_bytes(wrong)
        assert refusal(registry.install, trial) is ErrorCode.MODEL_SIGNATURE_WRONG
    signature.write_bytes(b"A" * 2000)
    assert refusal(registry.install, trial) is ErrorCode.MODEL_CARD_INVALID
    assert registry.ids() == [base_model().model_id]


def test_a_key_that_is_none(tmp_path: Path, trial: Path, keys: tuple[Path, Path]) -> None:
    secret, public = keys
    pem = serialization.Encoding.PEM
    other = tmp_path / "x25519.pem"
    other.write_bytes(
        X25519PrivateKey.generate().private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    assert refusal(read_public_key, secret) is ErrorCode.MODEL_KEY_INVALID
    assert refusal(sign_package, trial, public) is ErrorCode.MODEL_KEY_INVALID
    assert refusal(sign_package, trial, other) is ErrorCode.MODEL_KEY_INVALID
    assert refusal(read_public_key, tmp_path / "none.pem") is ErrorCode.FILE_MISSING


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of a Unix system")
@pytest.mark.parametrize("file", [CARD_FILE, WEIGHTS_FILE, SIGNATURE_FILE])
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_only_plain_files_are_copied(
    registry: Registry, trial: Path, tmp_path: Path, file: str, kind: str
) -> None:
    path = trial / file
    kept = tmp_path / "kept"
    if path.exists():
        path.rename(kept)
    if kind == "link":
        path.symlink_to(kept)
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    with pytest.raises(ExpectedError) as caught:
        registry.install(trial)
    assert caught.value.code is ErrorCode.MODEL_CARD_INVALID
    assert caught.value.params["name"] == "trial"
    assert str(caught.value.params["detail"]).startswith(file)
    assert registry.left_over() == []
