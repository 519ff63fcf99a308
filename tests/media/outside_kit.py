"""Clips read through the decoder process, of which none may be left over."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from edema_desk.domain.capture.clips import ClipSource, Frame
from edema_desk.errors import ExpectedError
from edema_desk.media.outside import open_clip_from_outside
from edema_desk.media.plan import EVERY_FRAME
from tests.media.child_processes import children

linux = pytest.mark.skipif(sys.platform != "linux", reason="limits and /proc are Linux's")


@pytest.fixture
def no_child_is_left() -> Iterator[None]:
    before = children()
    yield
    assert children() == before


def outside_frames(path: Path) -> list[Frame]:
    with open_clip_from_outside(ClipSource(path), EVERY_FRAME) as clip:
        return list(clip.frames)


def failure(path: Path) -> ExpectedError:
    with pytest.raises(ExpectedError) as caught:
        outside_frames(path)
    return caught.value
