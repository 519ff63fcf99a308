"""What all tests share: where the real faces and clips lie, and no profile but a temporary one;
rules are tried on made-up cases without a stopwatch."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# without a stopwatch: the machine may be busy
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

SHARED_MEDIA = Path(__file__).resolve().parents[2] / "shared" / "media"


@pytest.fixture(scope="session")
def media_dir() -> Path:
    """The folder of real faces and clips. Skips where it is absent, fails under CI=true."""
    if not SHARED_MEDIA.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{SHARED_MEDIA} must be there under CI")
        pytest.skip(f"{SHARED_MEDIA} is not there")
    return SHARED_MEDIA


@pytest.fixture(autouse=True)
def _own_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing a test starts may touch the profile of whoever runs it."""
    monkeypatch.setenv("EDEMA_DESK_PROFILE", str(tmp_path / "profile"))


@pytest.fixture(autouse=True)
def _same_turn() -> Iterator[None]:
    """No test, nor a library it calls, may change for good who comes first at the processor."""
    before = os.sched_getscheduler(0) if sys.platform == "linux" else 0
    yield
    assert (os.sched_getscheduler(0) if sys.platform == "linux" else 0) == before
