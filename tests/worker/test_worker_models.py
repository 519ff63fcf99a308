"""What the worker says of models: the self-check, and maps of where they looked."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.worker.client import WorkerClient
from edema_desk.worker.protocol.contents import pack_map, unpack_map
from edema_desk.worker.protocol.framing import ProtocolError


@pytest.fixture(scope="module")
def worker() -> Iterator[WorkerClient]:
    with WorkerClient(threads=1) as client:
        yield client


def test_a_package_is_checked_from_its_files(worker: WorkerClient, untrained: Path) -> None:
    assert worker.check(untrained) <= 0.01
    with pytest.raises(ExpectedError) as caught:
        worker.check(untrained.parent / "none")
    assert caught.value.code is ErrorCode.MODEL_MISSING
    assert caught.value.params["name"] == "none"


def test_maps_of_a_change_and_of_a_capture(
    worker: WorkerClient, untrained: Path, jpeg_crops: list[bytes]
) -> None:
    before, after = jpeg_crops[:3], jpeg_crops[10:14]
    change = worker.attribute_change(before, after, untrained)
    assert change.shape == (256, 256)
    assert np.isfinite(change).all()
    assert np.abs(worker.attribute_change(after, after, untrained)).max() == 0
    alone = worker.attribute_capture(after, untrained)
    assert np.isfinite(alone).all()
    assert np.abs(alone).max() > 0


def test_a_map_can_be_given_up(
    worker: WorkerClient, untrained: Path, jpeg_crops: list[bytes]
) -> None:
    with pytest.raises(ExpectedError) as caught:
        worker.attribute_change(jpeg_crops, jpeg_crops, untrained, lambda: True)
    assert caught.value.code is ErrorCode.CANCELLED


def test_a_map_crosses_whole_or_not_at_all() -> None:
    kg = np.random.default_rng(0).normal(size=(256, 256)).astype(np.float32)
    assert np.array_equal(unpack_map(pack_map(kg)[1]), kg)
    for blobs in ((), (b"",), (kg.tobytes()[:-4],)):
        with pytest.raises(ProtocolError):
            unpack_map(blobs)
