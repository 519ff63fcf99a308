"""The real live worker: what it says while a clip is recorded is what the clip's file says."""

import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from edema_desk.domain.capture.clips import ClipAnalysis, ClipSource, Frame, Image
from edema_desk.domain.capture.sight import Sight
from edema_desk.domain.terms.identity import Verdict
from edema_desk.domain.terms.out_of_range import Faces
from edema_desk.domain.terms.quality import FrameRefusal
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.decode import open_clip
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from edema_desk.media.plan import EVERY_FRAME
from edema_desk.media.recording.recorder import ClipRecorder
from edema_desk.paths import BASE_MODEL, models_dir
from edema_desk.worker.client import LiveResult, LiveWorker, WorkerClient
from tests.worker.live_footage import HEIGHT, WIDTH, packets_of, recorded, reference_face, swaying

BASE = models_dir() / BASE_MODEL
NOBODY = Faces(np.zeros((0, 512), np.float16), ())
SPACING_MS = 33.0
COUNT = 24


@pytest.fixture(scope="module")
def live() -> Iterator[LiveWorker]:
    with LiveWorker() as worker:
        worker.prepare(BASE, NOBODY)
        yield worker


@pytest.fixture(scope="module")
def worker() -> Iterator[WorkerClient]:
    """With more threads than the live one."""
    with WorkerClient(threads=2) as client:
        yield client


@pytest.fixture(scope="module")
def pictures() -> list[Image]:
    """A face, and nobody for a moment."""
    shown = swaying(COUNT, reference_face())
    shown[9] = shown[10] = np.full_like(shown[0], 120)
    return shown


def frames(pictures: Sequence[Image]) -> list[Frame]:
    return [Frame(SPACING_MS * i, picture) for i, picture in enumerate(pictures)]


def look_at(live: LiveWorker, shown: Sequence[Frame]) -> tuple[list[Sight], LiveResult]:
    live.begin()
    sights = [live.look(frame.t_ms, frame.image) for frame in shown]
    return sights, live.finish(shown[-1].t_ms)


def same(one: ClipAnalysis, other: ClipAnalysis) -> None:
    """All but facts and seconds, to the bit."""
    assert one.t_ms.tolist() == other.t_ms.tolist()
    assert np.array_equal(one.frame_scores, other.frame_scores)
    assert one.crops == other.crops
    assert (one.frames_seen, one.faces_found) == (other.frames_seen, other.faces_found)
    assert (one.refused, one.refusal, one.model_id) == (
        other.refused,
        other.refusal,
        other.model_id,
    )


def test_packets_looked_at_and_read_back_are_the_same(
    live: LiveWorker, worker: WorkerClient, pictures: list[Image], tmp_path: Path
) -> None:
    clip = recorded(tmp_path / "clip.mkv", frames(pictures), "mjpeg")
    packets = packets_of(clip)
    assert len(packets) == COUNT
    looked = [i for i in range(COUNT) if i % 3 != 1]
    live.look(0.0, packet=packets[0])  # while searching: belongs to no clip
    live.begin()
    for i in looked:
        live.look(SPACING_MS * i, packet=packets[i])
    found = live.finish(SPACING_MS * COUNT)
    assert found.looked_ms == tuple(SPACING_MS * i for i in looked)
    again = worker.analyse(ClipSource(clip), BASE, looked_ms=found.looked_ms)
    same(found.analysis, again)
    assert found.analysis.frames_chosen > 8
    assert found.analysis.score is not None
    assert again.score is not None
    assert found.analysis.score.g_kg == pytest.approx(again.score.g_kg, abs=1e-4)
    assert found.analysis.facts.codec == again.facts.codec
    assert (again.facts.width, again.facts.height) == (WIDTH, HEIGHT)
    elsewhere = worker.analyse(ClipSource(clip), BASE)
    assert elsewhere.frames_seen == COUNT


def test_encoded_it_says_nearly_the_same(
    live: LiveWorker, worker: WorkerClient, media_dir: Path, tmp_path: Path
) -> None:
    """A real face, as it came from the camera against the recorder's JPEG files of it."""
    with open_clip(ClipSource(media_dir / "clips" / "grid_bbaf2n.mpg"), EVERY_FRAME) as source:
        shown = [Frame(SPACING_MS * i, f.image) for i, f in enumerate(source.frames)]
    library = ClipLibrary(tmp_path, CaptureKeys(tmp_path / "keys", bytes(32)))
    height, width = shown[0].image.shape[:2]
    recorder = ClipRecorder(library.record("c1"), width, height, packets=False)
    for frame in shown:
        recorder.write_image(frame.t_ms, frame.image)
    recorder.finish()
    _, found = look_at(live, shown[::3])
    again = worker.analyse(library.clip("c1"), BASE, looked_ms=found.looked_ms)
    assert again.frames_seen == found.analysis.frames_seen == len(shown[::3])
    assert again.facts.codec == found.analysis.facts.codec
    assert again.facts.container == found.analysis.facts.container
    assert found.analysis.score is not None
    assert again.score is not None
    assert found.analysis.score.g_kg == pytest.approx(again.score.g_kg, abs=0.05)


def test_what_it_says_is_what_is_said_of_its_crops(
    live: LiveWorker, worker: WorkerClient, pictures: list[Image]
) -> None:
    """Embedded one by one as they came, against all at once; and beside earlier captures."""
    _, first = look_at(live, frames(pictures))
    assert first.analysis.embedding is not None
    references = Faces(first.analysis.embedding[None], first.analysis.crops[:4])
    live.prepare(BASE, references)
    sights, found = look_at(live, frames(pictures))
    same(found.analysis, first.analysis)
    assert found.analysis.score == first.analysis.score
    embedded = worker.embed(found.analysis.crops, BASE)
    assert found.analysis.score is not None
    assert embedded.score.g_kg == pytest.approx(found.analysis.score.g_kg, abs=1e-4)
    assert embedded.score.parts_kg == pytest.approx(found.analysis.score.parts_kg, abs=1e-4)
    assert embedded.score.frame_sd_kg == pytest.approx(found.analysis.score.frame_sd_kg, abs=1e-4)
    assert found.check is not None
    checked = worker.check_range(
        Faces(first.analysis.embedding[None], found.analysis.crops), references, BASE
    )
    assert found.check.strangeness == checked.strangeness
    assert found.check.likeness is not None
    assert checked.likeness is not None
    assert found.check.likeness.distance == pytest.approx(checked.likeness.distance, abs=0.03)
    assert sights[0].likeness is None
    assert sights[-1].likeness is not None
    assert sights[-1].likeness.verdict is Verdict.SAME


def film(media_dir: Path, name: str, count: int) -> list[Frame]:
    """Every third picture of a real clip, as if it came at SPACING_MS."""
    with open_clip(ClipSource(media_dir / "clips" / name), EVERY_FRAME) as source:
        shown = [frame.image for frame in source.frames][: 3 * count : 3]
    return frames(shown)


def test_somebody_else_is_noticed(live: LiveWorker, media_dir: Path) -> None:
    """And the same person is not."""
    _, first = look_at(live, film(media_dir, "grid_lbbc2a.mpg", 10))
    assert first.analysis.embedding is not None
    live.prepare(BASE, Faces(first.analysis.embedding[None], first.analysis.crops[:6]))
    for name, questioned in (("grid_lbbc2a.mpg", False), ("grid_swiz3n.mpg", True)):
        sights, found = look_at(live, film(media_dir, name, 16))
        assert sights[-1].likeness is not None
        assert sights[-1].likeness.questioned == questioned
        assert found.check is not None
        assert found.check.likeness is not None
        assert found.check.likeness.questioned == questioned


def test_a_sight_tells_place_and_light(live: LiveWorker, pictures: list[Image]) -> None:
    live.prepare(BASE, NOBODY)
    plain = live.look(0.0, pictures[0])
    shifted = live.look(1.0, np.roll(pictures[0], (30, -64), (0, 1)))
    warm = live.look(2.0, (pictures[0] * (1.0, 0.9, 0.6)).astype(np.uint8))
    nobody = live.look(3.0, pictures[9])
    assert plain.face is not None
    assert shifted.face is not None
    assert plain.face.x == pytest.approx(0.5, abs=0.05)
    assert shifted.face.x == pytest.approx(plain.face.x - 0.1, abs=0.01)
    assert shifted.face.y == pytest.approx(plain.face.y + 30 / HEIGHT, abs=0.01)
    assert shifted.face.height == pytest.approx(plain.face.height, rel=0.02)
    assert plain.light is not None
    assert warm.light is not None
    assert warm.light.red_green == pytest.approx(plain.light.red_green / 0.9, rel=0.03)
    assert warm.light.blue_green == pytest.approx(plain.light.blue_green * 0.6 / 0.9, rel=0.03)
    assert warm.light.luminance < plain.light.luminance
    assert (nobody.face, nobody.light, nobody.likeness) == (None, None, None)
    assert nobody.observation.refusal is FrameRefusal.NO_FACE


def test_broken_pictures_show_nobody_and_do_not_count(
    live: LiveWorker, pictures: list[Image], tmp_path: Path
) -> None:
    packet = packets_of(recorded(tmp_path / "one.mkv", frames(pictures[:1]), "mjpeg"))[0]
    broken = [b"", b"\xff\xd8", packet[:200], b"Tanaka" * 99]
    odd = [np.zeros((height, width, 3), np.uint8) for height, width in ((1, 1), (0, 4), (4, 5000))]
    live.begin()
    seen = [live.look(float(i), packet=file) for i, file in enumerate(broken)]
    seen += [live.look(10.0 + i, picture) for i, picture in enumerate(odd)]
    live.look(20.0, packet=packet)
    live.look(30.0, pictures[1][:300, :200])  # another size in mid-clip
    found = live.finish(40.0)
    assert all(s.face is None and s.observation.faces == 0 for s in seen)
    assert {s.observation.refusal for s in seen} == {FrameRefusal.NO_FACE}
    assert found.looked_ms == (20.0, 30.0)
    assert found.analysis.frames_seen == 2
    assert found.check is None
    with pytest.raises(ValueError, match="RGB"):
        live.look(50.0, np.zeros((100, 100), np.uint8))
    with pytest.raises(ValueError, match="packet"):
        live.look(50.0)


def test_each_clip_begins_anew(live: LiveWorker, pictures: list[Image]) -> None:
    live.begin()
    for frame in frames(pictures[:4]):
        live.look(frame.t_ms, frame.image)
    with pytest.raises(ValueError, match="time"):
        live.look(0.0, pictures[0])
    _, found = look_at(live, frames(pictures[4:7]))
    assert found.analysis.frames_seen == 3
    assert live.look(0.0, pictures[0]).observation.faces == 1  # and after it time is free


def failure(live: LiveWorker, t_ms: float, picture: Image) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        live.look(t_ms, picture)
    return caught.value.code


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX signals")
def test_killed_in_mid_capture_it_fails_at_once_and_can_be_prepared_again(
    live: LiveWorker, untrained: Path, pictures: list[Image]
) -> None:
    live.begin()
    live.look(0.0, pictures[0])
    child = live._link._child
    assert child is not None
    pid = child._process.pid
    os.kill(pid, signal.SIGSTOP)  # a look that waits
    threading.Timer(0.3, os.kill, (pid, signal.SIGKILL)).start()
    assert failure(live, 1.0, pictures[1]) is ErrorCode.WORKER_FAILED
    failed_s = time.monotonic()
    assert failure(live, 2.0, pictures[1]) is ErrorCode.WORKER_FAILED
    with pytest.raises(ExpectedError):
        live.finish(10.0)
    assert time.monotonic() - failed_s < 1.0  # nothing was started for these
    live.prepare(untrained, NOBODY)
    live.begin()
    assert live.look(0.0, pictures[0]).observation.faces == 1
    assert live.finish(1.0).looked_ms == (0.0,)
