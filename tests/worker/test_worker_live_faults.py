"""Whatever the live worker does, whoever looks hears of it at once; and what it says is checked."""

import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.capture.clips import ClipAnalysis, ClipFacts, Image
from edema_desk.domain.capture.sight import FacePlace, LightReading, Sight
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.identity import Likeness, judge
from edema_desk.domain.terms.out_of_range import Faces, RangeCheck, Strangeness
from edema_desk.domain.terms.quality import SCORE_NAMES, FrameObservation, FrameRefusal
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.worker.client import LiveWorker
from edema_desk.worker.protocol.framing import ProtocolError
from edema_desk.worker.protocol.live import (
    LiveResult,
    Picture,
    pack_picture,
    pack_references,
    pack_result,
    pack_sight,
    unpack_picture,
    unpack_references,
    unpack_result,
    unpack_sight,
)
from tests.worker.test_worker_client import FAKE, gone

NOBODY = Faces(np.zeros((0, 512), np.float16), ())
PICTURE: Image = np.zeros((48, 64, 3), np.uint8)
FINITE = st.floats(-1e6, 1e6)


def fake(mode: str, folder: Path) -> LiveWorker:
    return LiveWorker([sys.executable, str(FAKE), mode, str(folder / "starts")])


def running(live: LiveWorker) -> bool:
    return live.alive


def starts(folder: Path) -> list[int]:
    return [int(line) for line in (folder / "starts").read_text().split()]


def failure(live: LiveWorker, t_ms: float) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        live.look(t_ms, PICTURE)
    return caught.value.code


def test_one_that_dies_fails_at_once_and_is_not_started_by_a_look(tmp_path: Path) -> None:
    with fake("crashes at a look", tmp_path) as live:
        live.prepare(tmp_path, NOBODY)
        live.begin()
        assert running(live)
        assert failure(live, 1.0) is ErrorCode.WORKER_FAILED
        assert not running(live)
        assert failure(live, 2.0) is ErrorCode.WORKER_FAILED
        with pytest.raises(ExpectedError):
            live.begin()
        with pytest.raises(ExpectedError):
            live.finish(3.0)
        assert len(starts(tmp_path)) == 1
        live.prepare(tmp_path, NOBODY)
        live.begin()
        assert running(live)
    assert len(starts(tmp_path)) == 2
    assert all(gone(pid) for pid in starts(tmp_path))


def test_a_sight_that_is_none_is_a_failure(tmp_path: Path) -> None:
    with fake("well", tmp_path) as live:
        live.prepare(tmp_path, NOBODY)
        assert failure(live, 0.0) is ErrorCode.WORKER_FAILED


def test_closed_in_the_middle_of_a_look_it_is_gone_within_a_second(tmp_path: Path) -> None:
    live = fake("hangs at a look", tmp_path)
    live.prepare(tmp_path, NOBODY)
    codes: list[ErrorCode] = []
    looking = threading.Thread(target=lambda: codes.append(failure(live, 0.0)))
    looking.start()
    time.sleep(0.3)
    began_s = time.monotonic()
    live.close()
    looking.join()
    assert time.monotonic() - began_s < 1.0
    assert codes == [ErrorCode.CANCELLED]
    assert all(gone(pid) for pid in starts(tmp_path))
    live.close()


def sight(refusal: FrameRefusal | None, likeness: Likeness | None) -> Sight:
    scores = np.linspace(0, 100, len(SCORE_NAMES)).astype(np.float32)
    scores[3:5] = np.nan
    place, light = FacePlace(0.5, 0.25, 0.3), LightReading(120.0, 1.2, 0.8)
    return Sight(FrameObservation(33.0, 1, scores, refusal), place, light, likeness)


@pytest.mark.parametrize(
    "said",
    [
        sight(None, None),
        sight(FrameRefusal.EYES_CLOSED, Likeness(0.5, judge(0.5))),
        Sight(
            FrameObservation(0.0, 0, np.full(16, np.nan, np.float32), FrameRefusal.NO_FACE),
            None,
            None,
        ),
    ],
)
def test_sights_there_and_back(said: Sight) -> None:
    again = unpack_sight(*pack_sight(said))
    assert np.array_equal(again.observation.scores, said.observation.scores, equal_nan=True)
    assert (again.t_ms, again.observation.faces, again.observation.refusal) == (
        said.t_ms,
        said.observation.faces,
        said.observation.refusal,
    )
    assert (again.face, again.light, again.likeness) == (said.face, said.light, said.likeness)


@given(st.integers(1, 9), st.integers(1, 9), FINITE, st.binary(max_size=20))
def test_pictures_there_and_back(height: int, width: int, t_ms: float, packet: bytes) -> None:
    image = np.arange(height * width * 3, dtype=np.uint8).reshape(height, width, 3)
    again = unpack_picture(*pack_picture(Picture(t_ms, image[::-1])))
    assert again.image is not None
    assert np.array_equal(again.image, image[::-1])
    assert unpack_picture(*pack_picture(Picture(t_ms, packet=packet))) == Picture(
        t_ms, packet=packet
    )


def test_references_there_and_back() -> None:
    references = Faces(np.ones((3, 5), np.float16), (b"a", b"bc"))
    again = unpack_references(*pack_references(references))
    assert np.array_equal(again.embeddings, references.embeddings)
    assert again.crops == references.crops
    assert len(unpack_references(*pack_references(NOBODY)).embeddings) == 0


def result(check: RangeCheck | None) -> LiveResult:
    facts = ClipFacts("matroska", "mjpeg", 64, 48, 0, 1000.0)
    no_frames = np.zeros((0, len(SCORE_NAMES)), np.float32)
    analysis = ClipAnalysis(
        facts,
        3,
        2,
        {"no_face": 3},
        np.zeros(0),
        no_frames,
        (),
        None,
        None,
        Refusal.TOO_FEW_FRAMES,
        "m",
        0.5,
    )
    return LiveResult(analysis, check, (0.0, 33.0, 67.0))


@pytest.mark.parametrize(
    "check", [None, RangeCheck(None, None), RangeCheck(None, Strangeness(1.0, 2.0))]
)
def test_results_there_and_back(check: RangeCheck | None) -> None:
    again = unpack_result(*pack_result(result(check)))
    assert again.check == check
    assert again.looked_ms == (0.0, 33.0, 67.0)
    assert again.analysis.refusal is Refusal.TOO_FEW_FRAMES
    assert again.analysis.facts == result(check).analysis.facts


@pytest.mark.parametrize(
    "change",
    [
        {"refusal": "ugly"},
        {"faces": "many"},
        {"face": {"x": 1.0}},
        {"light": [1.0, 2.0]},
        {"distance": "near"},
        {"t_ms": None},
    ],
)
def test_nonsense_is_no_sight(change: dict[str, object]) -> None:
    fields, blobs = pack_sight(sight(None, None))
    with pytest.raises(ProtocolError):
        unpack_sight(fields | change, blobs)
    with pytest.raises(ProtocolError):
        unpack_sight(fields, (blobs[0][:-4],))


def test_nonsense_is_no_result() -> None:
    fields, blobs = pack_result(result(None))
    several: list[dict[str, object]] = [{"analysis": {}}, {"check": {}}, {"check": 1}]
    for wrong in several:
        with pytest.raises(ProtocolError):
            unpack_result(fields | wrong, blobs)
    with pytest.raises(ProtocolError):
        unpack_result(fields, (b"abc", *blobs[1:]))
