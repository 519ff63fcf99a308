"""The commands, run in this process with one worker for those of a file."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from edema_desk.domain.capture.clips import Image
from edema_desk.flow.base import plain
from edema_desk.synthesis.portraits import draw_portrait
from edema_desk.worker.client import WorkerClient
from tests.commands.commands_runner import Commands


class _Shared:
    """A worker client that stays open when a command closes it."""

    def __init__(self, client: WorkerClient) -> None:
        self._client = client

    def __call__(self) -> "_Shared":
        return self

    def __enter__(self) -> WorkerClient:
        return self._client

    def __exit__(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def shared_worker() -> Iterator[WorkerClient]:
    with WorkerClient() as client:
        yield client


@pytest.fixture(scope="session")
def portrait() -> Image:
    return draw_portrait(np.random.default_rng(1)).image


@pytest.fixture
def commands(
    shared_worker: WorkerClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Commands:
    monkeypatch.setattr(plain, "WorkerClient", _Shared(shared_worker))
    return Commands(tmp_path / "profile")
