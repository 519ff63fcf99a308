"""Clips that came from outside, decoded by a restricted process of their own.

The parent believes nothing it is told: every header is checked before memory is set aside for
what it announces, and a child that dies, stalls or speaks nonsense ends in one typed error.
"""

import io
import math
import subprocess
import threading
import time
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from edema_desk.domain.capture.clips import ClipFacts, ClipSource, Frame
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media import wire
from edema_desk.media.children import child_command, child_environment, widen
from edema_desk.media.containers import CODECS, CONTAINERS
from edema_desk.media.decode import MAX_DURATION_MS, MAX_PIXELS, MAX_SIDE_PX, DecodedClip
from edema_desk.media.plan import FOR_ANALYSIS, SamplePlan

START_LIMIT_S = 60.0
SLOWEST_READ_BYTES_S = 10e6
"""The child may take this long, and as much longer as reading the clip takes at this pace, until
it has surveyed the clip."""
SLOWEST_PACE = 6.0
"""How much longer than the clip runs its decoding may take, on top of the start."""
_WATCH_S = 0.2
_HALTED_S = 2.0
"""A watch that wakes so late was halted together with its process."""
_PARAM_LIMIT = 200
_TOLD = frozenset(
    {
        ErrorCode.FILE_MISSING,
        ErrorCode.FILE_UNREADABLE,
        ErrorCode.NOT_A_VIDEO,
        ErrorCode.CONTAINER_REFUSED,
        ErrorCode.CODEC_REFUSED,
        ErrorCode.CLIP_EMPTY,
        ErrorCode.CLIP_TRUNCATED,
        ErrorCode.CLIP_TOO_LARGE,
        ErrorCode.DECODER_FAILED,
        ErrorCode.SEALED_ALTERED,
        ErrorCode.CLIP_GONE,
    }
)
"""The errors a child may report; anything else it says is a failure of its own."""


@contextmanager
def open_clip_from_outside(
    source: ClipSource, plan: SamplePlan = FOR_ANALYSIS
) -> Iterator[DecodedClip]:
    """Open a clip and decode it in a child process under limits; the child ends with the block.

    Gives the same frames as `decode.open_clip` and raises the same errors, and DECODER_FAILED
    when the child crashes, breaks its limits, or takes too long.
    """
    child = subprocess.Popen(
        child_command("_decoder"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env=child_environment(MALLOC_ARENA_MAX="2", OPENBLAS_NUM_THREADS="1"),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    watch = _Watch(child, START_LIMIT_S + _size(source.path) / SLOWEST_READ_BYTES_S)
    try:
        widen(child.stdout)
        conversation = _Conversation(child, watch, source.path.name)
        yield conversation.begin(source, plan)
    finally:
        watch.stop()
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0  # the child says what is wrong with it


class _Watch:
    """Kills the child when the time spent waiting for it runs out."""

    def __init__(self, child: "subprocess.Popen[bytes]", seconds: float) -> None:
        self._child = child
        self._left_s = seconds
        self._since_s: float | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="decoder watch", daemon=True)
        self._thread.start()

    def allow(self, seconds: float) -> None:
        """Add to the time the child may be waited for."""
        self._left_s += seconds

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Within the block the child's time runs."""
        began_s = self._since_s = time.monotonic()
        try:
            yield
        finally:
            self._since_s = None
            self._left_s -= time.monotonic() - began_s

    def stop(self) -> None:
        """End the watch."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        slept_from_s = time.monotonic()
        while not self._stopped.wait(_WATCH_S):
            slept_s, slept_from_s = time.monotonic() - slept_from_s, time.monotonic()
            since_s = self._since_s
            if since_s is not None and slept_s > _HALTED_S:
                self._left_s += slept_s  # this process stood still, and so did the child
            if since_s is not None and time.monotonic() - since_s > self._left_s:
                self._child.kill()
                return


class _Conversation:
    """What is said with one child."""

    def __init__(self, child: "subprocess.Popen[bytes]", watch: _Watch, name: str) -> None:
        self._watch = watch
        self._name = name
        self._stdin = _raw(child.stdin)
        self._stdout = _raw(child.stdout)

    def begin(self, source: ClipSource, plan: SamplePlan) -> DecodedClip:
        """Say what to decode and hear the facts."""
        request = {
            "version": wire.VERSION,
            "path": str(source.path.absolute()),
            "key": source.key.hex() if source.key else "",
            "capture_id": source.capture_id,
            "gap_ms": plan.gap_ms,
            "from_ms": plan.from_ms,
            "times_ms": plan.times_ms,
        }
        try:
            wire.send(self._stdin.fileno(), request)
            with self._watch.waiting():
                header = self._answer()
            facts, pictures = _facts(header)
        except (wire.BadMessageError, OSError) as error:
            raise self._failed() from error
        self._watch.allow(facts.duration_ms / 1000.0 * SLOWEST_PACE)
        return DecodedClip(facts, pictures, self._frames())

    def _frames(self) -> Iterator[Frame]:
        last_ms = -1.0
        while True:
            try:
                with self._watch.waiting():
                    header = self._answer()
                    if header.get("kind") == "end":
                        return
                    width, height, last_ms = _frame_shape(header, last_ms)
                    image = np.empty((height, width, 3), np.uint8)
                    wire.receive_into(self._stdout, image)
            except (wire.BadMessageError, OSError) as error:
                raise self._failed() from error
            yield Frame(last_ms, image)

    def _answer(self) -> dict[str, Any]:
        header = wire.receive(self._stdout)
        if header.get("kind") == "error":
            raise self._reported(header)
        return header

    def _reported(self, header: dict[str, Any]) -> ExpectedError:
        code, params = header.get("code"), header.get("params")
        if not isinstance(code, str) or code not in _TOLD or not isinstance(params, dict):
            return self._failed()
        kept: dict[str, str | int | float] = {
            str(key)[:_PARAM_LIMIT]: value[:_PARAM_LIMIT]
            for key, value in params.items()
            if isinstance(value, str)
        }
        return ExpectedError(ErrorCode(code), **kept)

    def _failed(self) -> ExpectedError:
        return ExpectedError(ErrorCode.DECODER_FAILED, name=self._name)


def _raw(pipe: object) -> io.RawIOBase:
    if not isinstance(pipe, io.RawIOBase):
        raise TypeError("the child was started without raw pipes")
    return pipe


def _facts(header: dict[str, Any]) -> tuple[ClipFacts, int]:
    if header.get("kind") != "facts" or header.get("version") != wire.VERSION:
        raise wire.BadMessageError("no facts")
    facts = ClipFacts(
        container=_one_of(header, "container", CONTAINERS),
        codec=_one_of(header, "codec", CODECS),
        width=_whole(header, "width", 1, MAX_SIDE_PX),
        height=_whole(header, "height", 1, MAX_SIDE_PX),
        rotation_deg=_whole(header, "rotation_deg", 0, 359),
        duration_ms=_number(header, "duration_ms", 0.0, MAX_DURATION_MS),
    )
    return facts, _whole(header, "pictures", 1, 10**7)


def _frame_shape(header: dict[str, Any], last_ms: float) -> tuple[int, int, float]:
    if header.get("kind") != "frame":
        raise wire.BadMessageError("no frame")
    width = _whole(header, "width", 1, MAX_SIDE_PX)
    height = _whole(header, "height", 1, MAX_SIDE_PX)
    t_ms = _number(header, "t_ms", 0.0, MAX_DURATION_MS)
    if width * height > 2 * MAX_PIXELS or t_ms <= last_ms:
        raise wire.BadMessageError("a frame too large or out of order")
    return width, height, t_ms


def _one_of(header: dict[str, Any], key: str, names: Container[str]) -> str:
    value = header.get(key)
    if not isinstance(value, str) or value not in names:
        raise wire.BadMessageError(key)
    return value


def _whole(header: dict[str, Any], key: str, least: int, most: int) -> int:
    value = header.get(key)
    if type(value) is not int or not least <= value <= most:
        raise wire.BadMessageError(key)
    return value


def _number(header: dict[str, Any], key: str, least: float, most: float) -> float:
    value = header.get(key)
    if not isinstance(value, float) or not math.isfinite(value) or not least <= value <= most:
        raise wire.BadMessageError(key)
    return value
