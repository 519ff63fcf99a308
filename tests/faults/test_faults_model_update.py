"""M1: a bad model update. Whatever goes wrong, the old model goes on, and one act goes back."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from edema_desk.domain.models.card import CARD_FILE, SelfCheck, read_card, render_card
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.flow.base.model import base_model
from edema_desk.flow.base.model_registry import active_model, list_models
from edema_desk.flow.models.changes import activate_model, go_back, install_model
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.package import save_package
from edema_desk.paths import Profile
from edema_desk.store.audit.verifying import verify_audit
from edema_desk.store.models.use import model_uses
from edema_desk.worker.client import WorkerClient
from tests.flow.models.made_up_packages import no_check, package

PROGRAM = Path(__file__).with_name("dying_installer.py")
ROOT = Path(__file__).resolve().parents[2]
TRIES = 12
BACK_WITHIN_S = 60.0


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "clinic")


@pytest.fixture
def database(profile: Profile) -> Iterator[DatabaseThread]:
    opened = DatabaseThread(profile)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def worker() -> Iterator[WorkerClient]:
    with WorkerClient(threads=1) as client:
        yield client


@pytest.fixture(scope="module")
def real_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package whose network is the shipped one's kind, untrained."""
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("made") / "update"
    card = replace(base_model().card, name="update", input=replace(base_model().card.input))
    encoder = FaceEncoder()
    save_package(folder, encoder, replace(card, encoder=encoder.name))
    return folder


def run(profile: Profile, folder: Path, dies_at: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(PROGRAM), str(profile.root), str(folder), str(dies_at)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.skipif(os.name == "nt", reason="dies by a signal of Unix systems")
def test_killed_at_any_step_the_old_one_goes_on(tmp_path: Path) -> None:
    """Of all lines of an installation and activation some spread evenly: before the switch the
    old model is in use, after it the new one, whole; and installing again succeeds."""
    old, _ = package(tmp_path / "old", b"old")
    new, card = package(tmp_path / "new", b"new" * 1_000_000)
    before = Profile(tmp_path / "before")
    first = run(before, old, 0)
    assert first.returncode == 0, first.stderr
    rehearsed = run(copy_of(before, tmp_path / "rehearsal"), new, 0)
    lines = int(rehearsed.stdout)
    assert lines > 100
    in_use = []
    for turn in range(TRIES):
        profile = copy_of(before, tmp_path / f"try-{turn}")
        died = run(profile, new, 1 + turn * (lines - 1) // (TRIES - 1))
        assert died.returncode == -9, died.stderr
        in_use.append(look_at_what_is_left(profile, new, card.model_id))
    assert in_use == sorted(in_use, reverse=True)  # "old" until the switch, "new" from then on
    assert set(in_use) == {"old", "new"}


def copy_of(profile: Profile, root: Path) -> Profile:
    shutil.copytree(profile.root, root)
    return Profile(root)


def look_at_what_is_left(profile: Profile, new: Path, new_id_: str) -> str:
    """Everything is whole, and the same installation then succeeds; the name of the one in use."""
    database = DatabaseThread(profile)
    try:
        in_use = database.call(active_model).card.name
        entries = database.call(list_models)
        assert all(entry.fault is None for entry in entries)
        assert sum(entry.in_use for entry in entries) == 1
        assert database.call(verify_audit).sound
        assert install_model(database, profile, new, no_check).model_id == new_id_
        activate_model(database, new_id(), new_id_, no_check)
        assert go_back(database, new_id()).card.name == "old"
    finally:
        database.close()
    folders = [p.name for p in profile.models.iterdir() if p.is_dir()]
    assert len(folders) == 2
    return in_use


def refusal(act: object, *arguments: object) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        act(*arguments)  # type: ignore[operator]
    return caught.value.code


def test_a_failing_self_check_and_then_a_good_update(
    database: DatabaseThread, profile: Profile, worker: WorkerClient, real_package: Path
) -> None:
    base = base_model().model_id
    card = read_card(real_package)
    assert card.self_check is not None
    right = (real_package / CARD_FILE).read_bytes()
    lied = SelfCheck(card.self_check.crops_sha256, tuple(g + 0.02 for g in card.self_check.g_kg))
    for promised, code in (
        (lied, ErrorCode.MODEL_CHECK_FAILED),
        (None, ErrorCode.MODEL_UNCHECKED),
    ):
        text = render_card(replace(card, self_check=promised))
        (real_package / CARD_FILE).write_text(text, encoding="utf-8")
        assert refusal(install_model, database, profile, real_package, worker.check) is code
        assert database.call(active_model).model_id == base
        assert len(database.call(list_models)) == 1
    (real_package / CARD_FILE).write_bytes(right)
    model = install_model(database, profile, real_package, worker.check)
    activate_model(database, new_id(), "update", worker.check)
    assert database.call(active_model) == model
    began_s = time.monotonic()
    assert go_back(database, new_id()).model_id == base
    assert time.monotonic() - began_s < BACK_WITHIN_S
    assert [use.model_id for use in database.call(model_uses)] == [model.model_id, base]


def test_a_worker_that_dies_while_it_checks_installs_nothing(
    database: DatabaseThread, profile: Profile, real_package: Path
) -> None:
    with WorkerClient([sys.executable, "-c", "raise SystemExit(3)"]) as broken:
        code = refusal(install_model, database, profile, real_package, broken.check)
    assert code is ErrorCode.WORKER_FAILED
    assert len(database.call(list_models)) == 1
    assert [p.name for p in profile.models.iterdir()] == ["install.lock"]
