"""The decoder process gives the same frames, tells its errors, and never outlives its use."""

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from edema_desk.domain.capture.clips import ClipSource
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media import outside, wire
from edema_desk.media.children import child_environment
from edema_desk.media.outside import open_clip_from_outside
from edema_desk.media.plan import EVERY_FRAME, SamplePlan
from edema_desk.media.sealed import SealedKind, SealedWriter
from tests.media.child_processes import children
from tests.media.media_clips import STEADY, UNEVEN, frames_of, write_clip, write_foreign
from tests.media.outside_kit import failure, linux, outside_frames

pytestmark = pytest.mark.usefixtures("no_child_is_left")


def test_the_same_frames_as_in_process(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mp4", UNEVEN, rotation_deg=90)
    here, there = frames_of(path), outside_frames(path)
    assert [frame.t_ms for frame in there] == [frame.t_ms for frame in here]
    assert all(np.array_equal(a.image, b.image) for a, b in zip(here, there, strict=True))


def test_the_plan_is_passed_on(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mkv", STEADY, codec="ffv1")
    with open_clip_from_outside(ClipSource(path), SamplePlan(200.0, 0.0)) as clip:
        assert clip.pictures == 30
        assert [frame.t_ms for frame in clip.frames] == pytest.approx([0, 200, 400, 600, 800, 1000])


def test_a_sealed_clip_is_opened_with_the_key_it_is_sent(tmp_path: Path) -> None:
    plain = write_clip(tmp_path / "clip.mp4").read_bytes()
    key = bytes(range(32))
    with SealedWriter(tmp_path / "sealed", key, "c1", SealedKind.CLIP) as writer:
        writer.write(plain)
    with open_clip_from_outside(ClipSource(tmp_path / "sealed", key, "c1")) as clip:
        assert len(list(clip.frames)) == 30
    with (
        pytest.raises(ExpectedError) as caught,
        open_clip_from_outside(ClipSource(tmp_path / "sealed", bytes(32), "c1")),
    ):
        pass
    assert caught.value.code is ErrorCode.SEALED_ALTERED


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, ErrorCode.FILE_MISSING),
        (b"", ErrorCode.CLIP_EMPTY),
        (b"hello\n" * 100, ErrorCode.NOT_A_VIDEO),
        (b"#EXTM3U\n", ErrorCode.CONTAINER_REFUSED),
    ],
)
def test_errors_are_told_across(tmp_path: Path, content: bytes | None, code: ErrorCode) -> None:
    path = tmp_path / "患者 clip.mp4"
    if content is not None:
        path.write_bytes(content)
    error = failure(path)
    assert error.code is code
    assert str(path.name) in str(error.params)


def test_a_refused_codec_is_told_across(tmp_path: Path) -> None:
    path = write_foreign(tmp_path / "clip.avi", "magicyuv", pixels="gbrp")
    error = failure(path)
    assert (error.code, error.params["found"]) == (ErrorCode.CODEC_REFUSED, "magicyuv")


def test_leaving_early_ends_the_child(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mkv", [40.0 * i for i in range(200)], (640, 480), "mjpeg")
    with open_clip_from_outside(ClipSource(path), EVERY_FRAME) as clip:
        next(clip.frames)
    with pytest.raises(KeyboardInterrupt), open_clip_from_outside(ClipSource(path)) as clip:
        raise KeyboardInterrupt


@linux
def test_a_killed_child_is_one_typed_error(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mkv", [40.0 * i for i in range(200)], (640, 480), "mjpeg")
    before = children()
    with open_clip_from_outside(ClipSource(path), EVERY_FRAME) as clip:
        next(clip.frames)
        for pid in children() - before:
            os.kill(pid, signal.SIGKILL)
        with pytest.raises(ExpectedError) as caught:
            list(clip.frames)
    assert caught.value.code is ErrorCode.DECODER_FAILED


@linux
def test_a_stalled_child_is_killed_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "START_LIMIT_S", 3.0)
    path = write_clip(tmp_path / "clip.mkv", [40.0 * i for i in range(200)], (640, 480), "mjpeg")
    monkeypatch.setattr(outside, "SLOWEST_PACE", 0.0)
    before = children()
    with open_clip_from_outside(ClipSource(path), EVERY_FRAME) as clip:
        next(clip.frames)
        for pid in children() - before:
            os.kill(pid, signal.SIGSTOP)
        began_s = time.monotonic()
        with pytest.raises(ExpectedError) as caught:
            list(clip.frames)
    assert caught.value.code is ErrorCode.DECODER_FAILED
    assert time.monotonic() - began_s < 6.0


@linux
def test_time_for_which_this_process_was_halted_is_not_the_childs() -> None:
    program = textwrap.dedent("""
        import time
        from edema_desk.media import outside

        class Child:
            def kill(self):
                print("killed", flush=True)

        watch = outside._Watch(Child(), 2.0)
        with watch.waiting():
            print("waiting", flush=True)
            for _ in range(6):
                time.sleep(0.1)
        watch.stop()
        print("done", flush=True)
    """)
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, env=child_environment()
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"waiting\n"
        os.kill(process.pid, signal.SIGSTOP)
        time.sleep(3.0)
        os.kill(process.pid, signal.SIGCONT)
        assert process.stdout.read() == b"done\n"


@linux
def test_the_child_ends_with_its_parent(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mkv", [40.0 * i for i in range(200)], (640, 480), "mjpeg")
    script = f"""
        import time
        from pathlib import Path
        from edema_desk.domain.capture.clips import ClipSource
        from edema_desk.media.outside import open_clip_from_outside
        with open_clip_from_outside(ClipSource(Path({str(path)!r}))) as clip:
            next(clip.frames)
            own = Path("/proc/self/task").iterdir()
            print(" ".join((task / "children").read_text() for task in own), flush=True)
            time.sleep(60)
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        stdout=subprocess.PIPE,
        text=True,
        env=child_environment(),
    ) as parent:
        assert parent.stdout is not None
        decoder = int(parent.stdout.readline())
        assert Path(f"/proc/{decoder}").exists()
        parent.kill()
    deadline_s = time.monotonic() + 5.0
    while Path(f"/proc/{decoder}").exists() and time.monotonic() < deadline_s:
        time.sleep(0.05)
    assert not Path(f"/proc/{decoder}").exists()


class Impostor:
    """Stands in for the decoder: a program that says whatever it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def says(self, raw: bytes) -> None:
        code = f"import sys; sys.stdout.buffer.write({raw!r}); sys.stdout.flush()"
        self._monkeypatch.setattr(
            outside, "child_command", lambda kind: [sys.executable, "-c", f"{code}  # {kind}"]
        )


FACTS = {
    "kind": "facts",
    "version": wire.VERSION,
    "container": "mov",
    "codec": "h264",
    "width": 4,
    "height": 2,
    "rotation_deg": 0,
    "duration_ms": 80.0,
    "pictures": 2,
}


FRAME = {"kind": "frame", "t_ms": 0.0, "width": 4, "height": 2}
BODY = bytes(24)


def message(header: object, body: bytes = b"") -> bytes:
    text = json.dumps(header).encode()
    return len(text).to_bytes(4, "little") + text + body


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xff\xff\xff",
        b"\0\0\0\0",
        b"\x05\0\0\0hell",
        b"\x05\0\0\0hello",
        message([]),
        message({"kind": "end"}),
        message(FACTS),
        message(FACTS | {"version": 99}),
        message(FACTS | {"width": 10**9}),
        message(FACTS | {"width": True}),
        message(FACTS | {"duration_ms": float("nan")}),
        message(FACTS | {"codec": "magicyuv"}),
        message(FACTS | {"codec": ["h264"]}),
        message(FACTS) + message(FRAME | {"width": 4097}, BODY),
        message(FACTS) + message(FRAME | {"width": -4}, BODY),
        message(FACTS) + message(FRAME, BODY[:-1]),
        message(FACTS) + message(FRAME, BODY) + message(FRAME, BODY),
        message(FACTS) + message(FRAME | {"t_ms": "0"}, BODY),
        message({"kind": "error", "code": "wrong_key", "params": {}}),
        message({"kind": "error", "code": "clip_empty", "params": []}),
        message({"kind": "error", "code": ["clip_empty"], "params": {}}),
    ],
)
def test_nonsense_is_one_typed_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raw: bytes
) -> None:
    Impostor(monkeypatch).says(raw)
    error = failure(tmp_path / "clip.mp4")
    assert error.code is ErrorCode.DECODER_FAILED
    assert error.params == {"name": "clip.mp4"}


def test_what_an_impostor_would_have_to_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Impostor(monkeypatch).says(message(FACTS) + message(FRAME, BODY) + message({"kind": "end"}))
    assert [frame.image.shape for frame in outside_frames(tmp_path / "clip.mp4")] == [(2, 4, 3)]


def mutations(data: bytes, seed: int) -> bytes:
    """The same clip cut, flipped, zeroed, doubled or with another beginning."""
    rng = random.Random(seed)
    changed = bytearray(data)
    at = rng.randrange(len(data))
    length = rng.randrange(1, max(2, len(data) // 8))
    match seed % 5:
        case 0:
            del changed[at:]
        case 1:
            for _ in range(rng.randrange(1, 40)):
                changed[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        case 2:
            changed[at : at + length] = bytes(len(changed[at : at + length]))
        case 3:
            changed[at:at] = changed[at : at + length]
        case _:
            for place in range(8, min(600, len(data))):
                if rng.random() < 0.05:
                    changed[place] = rng.randrange(256)
    return bytes(changed)


def test_damaged_files_crash_nothing(tmp_path: Path) -> None:
    whole = [
        write_clip(tmp_path / "a.mp4", STEADY[:15]),
        write_clip(tmp_path / "b.mkv", STEADY[:15]),
        write_foreign(tmp_path / "c.avi", "mjpeg", ticks=range(15), pixels="yuvj420p"),
        write_foreign(tmp_path / "d.mpg", "mpeg1video", ticks=range(15)),
    ]
    codes: list[ErrorCode] = []
    for seed in range(40):
        original = whole[seed // 5 % 4]
        path = tmp_path / f"mutated{original.suffix}"
        path.write_bytes(mutations(original.read_bytes(), seed))
        try:
            frames = outside_frames(path)
        except ExpectedError as error:
            codes.append(error.code)
        else:
            assert all(a.t_ms < b.t_ms for a, b in pairwise(frames))
    assert len(codes) >= 15
    assert set(codes) <= outside._TOLD
