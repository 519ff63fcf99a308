"""One live capture: led by what the worker sees, recorded whatever happens, kept at its end.

Three threads: the camera's (`camera_feed`), the recorder's (`take_writer`), and the one here,
which looks, decides and keeps. Commands come from any thread and are obeyed between two looks.
"""

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from enum import Enum

from edema_desk.domain.camera import CameraReport
from edema_desk.domain.capture_view import CaptureView, Stage, Trouble
from edema_desk.domain.clips import Image
from edema_desk.domain.guidance import GuideState, first_state, pause, resume, start_now, step
from edema_desk.domain.out_of_range import Faces
from edema_desk.domain.records import Capture
from edema_desk.domain.sight import Sight
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.capturing.camera_feed import CameraFeed, Seen
from edema_desk.flow.capturing.keeping import CaptureKeeper
from edema_desk.flow.capturing.looking import Looker
from edema_desk.flow.capturing.showing import Shown
from edema_desk.flow.capturing.taking import Taking, begin_take
from edema_desk.log import report_bug
from edema_desk.media.cameras.backend import CameraBackend
from edema_desk.media.room import RoomVerdict

LOOK_GAP_S = 1 / 12
"""Twelve looks a second are enough to lead by, and leave the second core to the rest."""
_ROOM_GAP_S = 1.0
_ENDS_A_TAKE = frozenset(
    {
        Trouble.CAMERA_GONE,
        Trouble.CAMERA_SILENT,
        Trouble.CAMERA_FROZEN,
        Trouble.CAMERA_BLACK,
        Trouble.DISK_FULL,
    }
)


class _Command(Enum):
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"
    DISCARD = "discard"
    SAME = "same"
    AGAIN = "again"
    STOP = "stop"


class LiveCapture:
    """Begins at once and goes on until it is finished, discarded or stopped.

    `result` is the capture with its estimate, None when nothing was kept, or the ExpectedError
    that ended it. `on_change` is called on threads of this object whenever `view` or `preview`
    has something new. `on_part` is told of takes that were kept but not analysed.
    """

    def __init__(
        self,
        keeper: CaptureKeeper,
        make_looker: Callable[[Faces], Looker],
        open_camera: Callable[[], CameraBackend],
        on_change: Callable[[], None],
        *,
        free_others: Callable[[], None] = lambda: None,
        on_part: Callable[[str], None] = lambda capture_id: None,
    ) -> None:
        self._keeper, self._make_looker = keeper, make_looker
        self._open_camera = open_camera
        self._on_change, self._on_part = on_change, on_part
        self._free_others = free_others
        self._commands: queue.SimpleQueue[_Command] = queue.SimpleQueue()
        self._began_s = time.monotonic()
        self._next_look_s = self._room_asked_s = 0.0
        self._guide: GuideState = first_state(longest_ms=keeper.longest_ms)
        self._feed: CameraFeed | None = None
        self._take: Taking | None = None
        self._stage: Stage | None = Stage.OPENING
        self._shown = Shown(made_up=keeper.made_up)
        self.view = CaptureView(Stage.OPENING)
        self.result: Future[Capture | None] = Future()
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)
        self._thread.start()

    # what a page may ask

    def preview(self) -> Image | None:
        """The newest picture, small; None before the first."""
        return self._feed.preview if self._feed is not None else None

    @property
    def report(self) -> CameraReport | None:
        """What the camera says of itself, once it is open."""
        return self._feed.report if self._feed is not None else None

    @property
    def session_id(self) -> str | None:
        """The session it belongs to, once it is recorded."""
        return self._take.capture.session_id if self._take is not None else None

    @property
    def capture_id(self) -> str:
        """Of the take under way; empty before it."""
        return self._take.capture.capture_id if self._take is not None else ""

    @property
    def recorded_to_ms(self) -> float:
        """The time of the last picture handed to the recorder in the take under way."""
        return self._take.writer.duration_ms if self._take is not None else 0.0

    # what a person may want; each returns at once

    def start_now(self) -> None:
        """Record without waiting for the pose."""
        self._commands.put(_Command.START)

    def pause(self) -> None:
        """Record nothing until `resume`."""
        self._commands.put(_Command.PAUSE)

    def resume(self) -> None:
        """Go on after a pause."""
        self._commands.put(_Command.RESUME)

    def finish(self) -> None:
        """End, and estimate from what there is."""
        self._commands.put(_Command.FINISH)

    def discard(self) -> None:
        """End and keep nothing."""
        self._commands.put(_Command.DISCARD)

    def answer(self, *, same: bool) -> None:
        """Who it is, after the question: this patient, or somebody else (then nothing is kept)."""
        self._commands.put(_Command.SAME if same else _Command.DISCARD)

    def again(self) -> None:
        """After trouble: keep what there is, and begin a further take."""
        self._commands.put(_Command.AGAIN)

    def stop(self) -> None:
        """The program ends: keep what there is as it is. Returns when that is done."""
        self._commands.put(_Command.STOP)
        self._thread.join()

    # the thread

    def _run(self) -> None:
        looker: Looker | None = None
        kept: Capture | None = None
        try:
            self._keeper.check()
            if not self._keeper.ends_by_itself:
                self._feed = CameraFeed(self._open_camera, self._on_change)
            earlier = self._keeper.earlier()
            self._shown.compare_with(earlier.light)
            looker = self._make_looker(earlier.faces)
            if self._feed is None:  # a clip would be over before anybody looks at it
                looker.wait(lambda: not self._commands.empty())
                self._feed = CameraFeed(self._open_camera, self._on_change)
            kept = self._lead(looker)
        except ExpectedError as error:
            self._end(looker, error)
        except Exception as error:  # noqa: BLE001  a thread's border: `result` tells it
            report_bug(error)
            self._end(looker, error)
        else:
            self._end(looker, None, kept)

    def _end(
        self, looker: Looker | None, error: BaseException | None, kept: Capture | None = None
    ) -> None:
        """Let go of everything, then tell. A take that a failure left open is kept as it is."""
        if self._feed is not None:
            self._feed.record_to(None)
            self._feed.close()
        if looker is not None:
            looker.close()
        if error is not None and self._take is not None and not self._take.writer.written.done():
            self._take.writer.cut()  # the next start recovers it
        self._free_others()
        self._show(Stage.DONE if kept is not None else Stage.ENDED)
        if error is not None:
            self.result.set_exception(error)
        else:
            self.result.set_result(kept)
        self._on_change()

    def _lead(self, looker: Looker) -> Capture | None:
        while True:
            command = self._command()
            if command in (_Command.DISCARD, _Command.STOP):
                self._leave(discard=command is _Command.DISCARD)
                return None
            if command is _Command.FINISH or self._guide.stage is Stage.DONE:
                return self._finish(looker)
            if command is not None:
                self._obey(command)
            if self._stage is not Stage.TROUBLE:
                self._follow(looker)
            self._show(self._stage)

    def _command(self) -> _Command | None:
        try:
            if self._stage is Stage.TROUBLE:
                return self._commands.get(timeout=0.2)
            return self._commands.get_nowait()
        except queue.Empty:
            return None

    def _obey(self, command: _Command) -> None:
        now_ms = self._now_ms()
        if command is _Command.SAME:
            self._shown.confirmed = True
        elif command is _Command.AGAIN:
            self._begin_anew()
        elif self._stage is Stage.TROUBLE:
            return
        elif command is _Command.START:
            self._guide = start_now(self._guide, now_ms)
        elif command is _Command.PAUSE:
            self._guide = pause(self._guide, now_ms)
            if self._take is not None:
                self._take.writer.pause()
        elif command is _Command.RESUME:
            self._guide = resume(self._guide, now_ms)
            if self._take is not None:
                self._take.writer.resume()

    def _follow(self, looker: Looker) -> None:
        """One look and what follows from it."""
        looker.attend()
        self._shown.worker_lost = looker.lost and not looker.ready
        seen, sight = self._look(looker)
        if self._in_trouble():
            return
        self._guide = step(self._guide, sight, self._now_ms())
        if self._stage is Stage.OPENING:
            self._see_whether_open()
        if self._guide.recording and self._take is None and seen is not None:
            self._begin_take(looker, seen)

    def _see_whether_open(self) -> None:
        """With the first picture the search begins, if there is room for a recording."""
        feed = self._need_feed()
        if feed.preview is not None and feed.report is not None:
            self._shown.low_on_room = self._keeper.room(feed.report) is RoomVerdict.LOW
            self._stage = None

    def _look(self, looker: Looker) -> tuple[Seen | None, Sight | None]:
        feed = self._need_feed()
        time.sleep(max(self._next_look_s - time.monotonic(), 0.0))
        self._next_look_s = time.monotonic() + LOOK_GAP_S
        seen = feed.newest.take(LOOK_GAP_S)
        if seen is None or self._guide.stage is Stage.PAUSED:
            return seen, None
        if self._take is not None and seen.t_ms is None:
            return seen, None  # it is not in the file
        clip_ms = seen.t_ms if seen.t_ms is not None else seen.shot.t_ns / 1e6
        sight = looker.look(seen, clip_ms)
        if sight is None:
            return seen, None
        self._shown.note(sight, feed.report)
        if self._take is not None and sight.light is not None and sight.observation.refusal is None:
            self._take.lights.append(sight.light)
        # the guide lives before, through and after a take: its times are the camera's
        seen_ms = seen.shot.t_ns / 1e6
        return seen, replace(sight, observation=replace(sight.observation, t_ms=seen_ms))

    def _begin_take(self, looker: Looker, seen: Seen) -> None:
        feed = self._need_feed()
        report = feed.report
        if report is None:
            raise RuntimeError("a picture without a camera")
        self._take = begin_take(self._keeper, report, seen.shot)
        looker.begin()
        feed.record_to(self._take.writer.offer)

    def _in_trouble(self) -> bool:
        """Whether what is wrong ends the take, or, before one, keeps it from beginning."""
        feed = self._need_feed()
        if feed.failure is not None:
            raise feed.failure
        trouble = feed.trouble
        if self._disk_full():
            trouble = Trouble.DISK_FULL
        ends = trouble in _ENDS_A_TAKE if self._take is not None else feed.over
        if trouble is None or not ends:
            return False
        if trouble is Trouble.CAMERA_GONE and self._keeper.ends_by_itself:
            self.finish()
            return True
        feed.record_to(None)
        if self._take is not None:
            self._take.whole = False
            self._take.writer.end()
        self._shown.ended_by = trouble
        self._stage = Stage.TROUBLE
        return True

    def _disk_full(self) -> bool:
        if self._take is None:
            return False
        if self._take.writer.failure is not None:
            return True
        if time.monotonic() < self._room_asked_s + _ROOM_GAP_S:
            return False
        self._room_asked_s = time.monotonic()
        return self._keeper.must_stop()

    def _begin_anew(self) -> None:
        """Keep the part there is and look for the pose again, with the camera opened afresh."""
        if self._stage is not Stage.TROUBLE:
            return
        self._keep_part()
        self._need_feed().close()
        self._feed = CameraFeed(self._open_camera, self._on_change)
        self._guide = first_state(self._now_ms(), longest_ms=self._keeper.longest_ms)
        self._shown.ended_by = None
        self._stage = Stage.OPENING

    def _leave(self, *, discard: bool) -> None:
        """End without an estimate: keep nothing, or all there is."""
        take = self._take
        if take is None:
            return
        self._need_feed().record_to(None)
        if discard:
            take.discard(self._keeper)
            self._take = None
        else:
            take.whole = False
            self._keep_part()

    def _keep_part(self) -> None:
        take, self._take = self._take, None
        if take is None:
            return
        clip = take.closed(self._keeper)
        if clip is None:
            self._keeper.erase(take.capture.capture_id)
            return
        ended = take.recording(clip, (), confirmed=self._shown.confirmed)
        self._on_part(self._keeper.end(clip, ended).capture_id)

    def _finish(self, looker: Looker) -> Capture | None:
        take = self._take
        if take is None:
            return None
        self._show(Stage.FINISHING)
        self._need_feed().record_to(None)
        take.writer.end()
        live = looker.finish(take.writer.duration_ms)
        clip = take.closed(self._keeper)
        if clip is None:
            self._keeper.erase(take.capture.capture_id)
            raise ExpectedError(ErrorCode.DISK_FULL)
        confirmed = self._shown.confirmed
        looked_ms = live.looked_ms if live is not None else ()
        kept = self._keeper.end(clip, take.recording(clip, looked_ms, confirmed=confirmed))
        if live is not None and take.writer.failure is None:
            return self._keeper.estimate(
                kept.capture_id, live.analysis, live.check, confirmed=confirmed
            )
        self._free_others()
        return self._keeper.estimate_from_file(kept.capture_id)

    def _show(self, stage: Stage | None) -> None:
        trouble = self._feed.trouble if self._feed is not None else None
        if trouble is Trouble.CAMERA_GONE and self._keeper.ends_by_itself:
            trouble = None
        self._shown.take = self._take
        self.view = self._shown.view(self._guide, stage, trouble)
        self._on_change()

    def _need_feed(self) -> CameraFeed:
        if self._feed is None:
            raise RuntimeError("the camera was not opened")
        return self._feed

    def _now_ms(self) -> float:
        return time.monotonic_ns() / 1e6
