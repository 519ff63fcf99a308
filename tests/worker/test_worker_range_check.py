"""A capture beside earlier ones, in the real worker: distances come back."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from edema_desk.domain.models.card import read_card
from edema_desk.domain.terms.identity import Likeness, Verdict, judge
from edema_desk.domain.terms.out_of_range import Faces, RangeCheck, Strangeness
from edema_desk.learning.encoder import EMBEDDING_SIZE, FaceEncoder
from edema_desk.learning.familiar import Familiar, Spread
from edema_desk.learning.package import save_package
from edema_desk.worker.client import WorkerClient
from edema_desk.worker.protocol.framing import ProtocolError
from edema_desk.worker.protocol.range_check import (
    pack_check,
    pack_faces,
    unpack_check,
    unpack_faces,
)


@pytest.fixture(scope="module")
def worker() -> Iterator[WorkerClient]:
    with WorkerClient(threads=1) as client:
        yield client


def faces(value: float, *crops: bytes, count: int = 1) -> Faces:
    return Faces(np.full((count, EMBEDDING_SIZE), value, np.float16), crops)


def test_distances_by_the_real_networks(
    worker: WorkerClient, untrained: Path, tmp_path: Path, jpeg_crops: list[bytes]
) -> None:
    spread = Spread(np.eye(EMBEDDING_SIZE)[:1], np.ones(1), 1.0, 1.0)
    familiar = Familiar(np.zeros(EMBEDDING_SIZE), spread, spread)
    save_package(tmp_path / "known", FaceEncoder(), read_card(untrained), familiar)
    seen = faces(1.0, *jpeg_crops[:2])
    same = worker.check_range(seen, faces(3.0, *jpeg_crops[:2], count=2), tmp_path / "known")
    assert same.likeness == Likeness(0.0, Verdict.SAME)
    assert same.strangeness is not None
    assert same.strangeness.from_all == pytest.approx(1.0)
    # two references: a third of the squared distance of 4 is put down to their own scatter
    assert same.strangeness.from_own == pytest.approx(4.0 / 1.5)
    other = worker.check_range(seen, faces(3.0, *jpeg_crops[-2:]), untrained)
    assert other.likeness is not None
    assert other.likeness.distance > 0.01
    assert other.strangeness is None
    alone = worker.check_range(seen, faces(0.0, count=0), tmp_path / "known")
    assert alone == RangeCheck(None, Strangeness(1.0, None))


def test_there_and_back() -> None:
    seen, references = faces(0.5, b"a", b"bc"), faces(2.0, b"def", count=3)
    again = unpack_faces(*pack_faces(seen, references))
    for before, after in zip((seen, references), again, strict=True):
        assert np.array_equal(before.embeddings, after.embeddings)
        assert before.crops == after.crops
    for check in (
        RangeCheck(None, None),
        RangeCheck(Likeness(0.7, judge(0.7)), None),
        RangeCheck(None, Strangeness(1.5, None)),
        RangeCheck(Likeness(0.1, judge(0.1)), Strangeness(1.5, 0.25)),
    ):
        assert unpack_check(pack_check(check)) == check


@pytest.mark.parametrize(
    "fields",
    [{}, {"distance": "near", "from_all": None, "from_own": None}, {"distance": None}],
)
def test_nonsense_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ProtocolError):
        unpack_check(fields)
