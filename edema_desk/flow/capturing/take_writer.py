"""The recorder's thread: what the camera gives goes to the disk, whatever else happens."""

import queue
import threading
import time
from concurrent.futures import Future

from edema_desk.domain.capture.take import NOTED_GAP_MS, Gap, Take
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.log import LOGGER, report_bug
from edema_desk.media.cameras.backend import Shot
from edema_desk.media.recording.clock import TakeClock
from edema_desk.media.recording.recorder import ClipRecorder, RecordedClip

SYNC_S = 1.0
CUT_WITHIN_S = 10.0
MOST_WAITING = 120
"""Four seconds, about 30 MB: so long may a disk stall."""


class TakeWriter:
    """Writes one take. `offer` never waits: what finds no room is counted as dropped.

    `written` is the clip once `end` was called and all is on the disk, or why it is not whole:
    ExpectedError(DISK_FULL) or a bug. Until then `failure` tells the same.
    """

    def __init__(self, recorder: ClipRecorder, *, packets: bool) -> None:
        """`packets`: they are the camera's own."""
        self._recorder = recorder
        self._packets = packets
        self._waiting: queue.Queue[tuple[float, bytes]] = queue.Queue(MOST_WAITING)
        self._clock = TakeClock()
        self._ending = threading.Event()
        self._pausing = False
        self._paused_since_ms: float | None = None
        self._last_ms: float | None = None
        self._began_ns: int | None = None
        self._gaps: list[Gap] = []
        self._frames = 0
        self.dropped = 0
        self.failure: BaseException | None = None
        self.written: Future[RecordedClip] = Future()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def offer(self, shot: Shot) -> float | None:
        """The time the picture bears in the clip; None where it is not in it."""
        if self._pausing or self._ending.is_set() or self.failure is not None:
            return None
        if shot.packet is None or self._waiting.full():
            self.dropped += 1
            return None
        t_ms = self._clock.stamp(shot.t_ns)
        self._began_ns = self._began_ns or shot.t_ns
        self._note_gap(t_ms)
        self._waiting.put_nowait((t_ms, shot.packet))
        return t_ms

    def pause(self) -> None:
        """Take nothing until `resume`; the time between is a gap somebody asked for."""
        self._pausing = True
        self._paused_since_ms = self._last_ms

    def resume(self) -> None:
        """Take pictures again."""
        self._pausing = False

    def end(self) -> None:
        """Take no more and finish the clip; `written` follows."""
        self._ending.set()

    def cut(self) -> None:
        """Stop at once and leave the unfinished file as it is; returns when it is let go, or when
        the disk does not answer."""
        self.failure = self.failure or ExpectedError(ErrorCode.CANCELLED)
        self._ending.set()
        self._thread.join(CUT_WITHIN_S)
        if self._thread.is_alive():
            LOGGER.warning("the disk does not answer; a recording is left open")

    def take(self, *, whole: bool, duration_ms: float, looked_ms: tuple[float, ...]) -> Take:
        """How it went."""
        return Take(
            frames=self._frames,
            dropped=self.dropped,
            gaps=tuple(self._gaps),
            duration_ms=duration_ms,
            packets=self._packets,
            whole=whole,
            looked_ms=looked_ms,
        )

    @property
    def duration_ms(self) -> float:
        """The time of the last picture so far."""
        return self._last_ms or 0.0

    @property
    def span_ms(self) -> float:
        """The time since the first picture, pauses and all."""
        return (time.monotonic_ns() - self._began_ns) / 1e6 if self._began_ns else 0.0

    def _note_gap(self, t_ms: float) -> None:
        last_ms = self._last_ms
        if last_ms is not None and t_ms - last_ms > NOTED_GAP_MS:
            self._gaps.append(Gap(last_ms, t_ms, asked=self._paused_since_ms is not None))
        self._paused_since_ms = None
        self._last_ms = t_ms

    def _run(self) -> None:
        try:
            self._write_all()
            if self.failure is not None:
                raise self.failure
            clip = self._recorder.finish()
        except BaseException as error:  # noqa: BLE001  a thread's border: told by `written`
            if not isinstance(error, ExpectedError):
                report_bug(error)
            self.failure = error
            self._recorder.cut()
            self.written.set_exception(error)
        else:
            self.written.set_result(clip)

    def _write_all(self) -> None:
        synced_s = time.monotonic()
        while self.failure is None:
            try:
                t_ms, packet = self._waiting.get(timeout=0.1)
            except queue.Empty:
                if self._ending.is_set():
                    return
            else:
                self._recorder.write_packet(t_ms, packet)
                self._frames += 1
            if time.monotonic() - synced_s >= SYNC_S:
                synced_s = time.monotonic()
                self._recorder.sync()
