"""However long somebody is looked at, only so much is held of it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from edema_desk.learning.package import load_package
from edema_desk.vision import observer
from edema_desk.vision.detector import MtcnnDetector
from edema_desk.worker.protocol.framing import Message
from edema_desk.worker.protocol.live import Picture, pack_picture, unpack_result
from edema_desk.worker.server import live
from tests.worker.live_footage import reference_face, swaying

MOST = 9
COUNT = 30


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def test_what_is_held_is_bounded_and_enough_for_the_end(
    untrained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observer, "MOST_CROPS_KEPT", MOST)
    monkeypatch.setattr(live, "MOST_CROPS_KEPT", MOST)
    known = live.Known(np.zeros((0, 512), np.float16), None, np.zeros((0, 0), np.float32))
    sitting = live.LiveSitting(MtcnnDetector(), load_package(untrained), known)
    sitting.begin()
    held = []
    for number, picture in enumerate(swaying(COUNT, reference_face())):
        fields, blobs = pack_picture(Picture(33.0 * number, picture))
        sitting.look(Message("live_look", number, fields, blobs))
        held.append(len(sitting._clip._embeddings))
    found = unpack_result(*sitting.finish(Message("live_finish", 99, {"duration_ms": 1000.0})))
    assert max(held) <= MOST + 1
    assert found.analysis.frames_seen == COUNT
    assert 0 < found.analysis.frames_chosen <= MOST
    if found.analysis.score is not None:
        assert found.analysis.score.frames == found.analysis.frames_chosen
    with pytest.raises(ValueError, match="begun"):
        sitting.finish(Message("live_finish", 100, {"duration_ms": 1000.0}))
