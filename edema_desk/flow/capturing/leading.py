"""What leads a live capture: looks, decides, obeys, and keeps. All of it on one thread."""

import queue
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from enum import Enum

from edema_desk.domain.capture.guidance import (
    GuideState,
    first_state,
    pause,
    resume,
    start_now,
    step,
)
from edema_desk.domain.capture.sight import Sight
from edema_desk.domain.capture.view import CaptureView, Stage, Trouble
from edema_desk.domain.terms.out_of_range import Faces
from edema_desk.domain.terms.records import Capture
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.capturing.camera_feed import CameraFeed, Seen
from edema_desk.flow.capturing.keeping import CaptureKeeper
from edema_desk.flow.capturing.looking import Looker
from edema_desk.flow.capturing.showing import Shown
from edema_desk.flow.capturing.taking import Taking, begin_take
from edema_desk.media.cameras.backend import CameraBackend
from edema_desk.media.decode import MAX_DURATION_MS
from edema_desk.media.room import RoomVerdict

LOOK_GAP_S = 1 / 12
"""Twelve looks a second are enough to lead by, and leave the second core to the rest."""
_ROOM_GAP_S = 1.0
LONGEST_CLIP_MS = MAX_DURATION_MS - 20_000.0
_ENDS_A_TAKE = frozenset(
    {
        Trouble.CAMERA_GONE,
        Trouble.CAMERA_SILENT,
        Trouble.CAMERA_FROZEN,
        Trouble.CAMERA_BLACK,
        Trouble.DISK_FULL,
    }
)


class Command(Enum):
    """What a person may want of a capture."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"
    DISCARD = "discard"
    SAME = "same"
    AGAIN = "again"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Told:
    """Whom a capture tells what: `changed` when there is something new to show, `part_kept` of
    takes that were kept but not analysed, `others_free` when other work may go on."""

    changed: Callable[[], None]
    part_kept: Callable[[str], None]
    others_free: Callable[[], None]


class CaptureLead:
    """Leads one capture to its end. `view`, `feed` and `take` may be read from any thread."""

    def __init__(
        self,
        keeper: CaptureKeeper,
        make_looker: Callable[[Faces], Looker],
        open_camera: Callable[[], CameraBackend],
        told: Told,
    ) -> None:
        self._keeper, self._make_looker = keeper, make_looker
        self._open_camera, self._told = open_camera, told
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._next_look_s = self._room_asked_s = 0.0
        self._guide: GuideState = first_state(longest_ms=keeper.longest_ms)
        self._stage: Stage | None = Stage.OPENING
        self._shown = Shown(made_up=keeper.made_up)
        self._looker: Looker | None = None
        self.feed: CameraFeed | None = None
        self.take: Taking | None = None
        self.view = CaptureView(Stage.OPENING)

    def want(self, command: Command) -> None:
        """To be obeyed at the next step. From any thread."""
        self._commands.put(command)

    def use_session(self, session_id: str) -> None:
        """The session a recording that has not begun belongs to. From any thread."""
        self._keeper.use_session(session_id)

    def run(self) -> Capture | None:
        """The whole of it: the capture that was kept, or None. Raises ExpectedError."""
        self._keeper.check()
        if not self._keeper.ends_by_itself:
            self._open_feed()
        earlier = self._keeper.earlier()
        self._shown.compare_with(earlier.light)
        looker = self._looker = self._make_looker(earlier.faces)
        if self.feed is None:  # a clip would be over before anybody looks at it
            looker.wait(lambda: not self._commands.empty())
            self._open_feed()
        return self._lead(looker)

    def let_go(self, *, kept: bool) -> None:
        """Let go of everything. A take that a failure left open stays as it is on the disk, where
        the next start finds it."""
        with ExitStack() as last:  # in reverse, and each whatever became of the others
            last.callback(self._show, Stage.DONE if kept else Stage.ENDED)
            last.callback(self._told.others_free)
            if not kept and self.take is not None and not self.take.writer.written.done():
                last.callback(self.take.writer.cut)
            if self._looker is not None:
                last.callback(self._looker.close)
            if self.feed is not None:
                last.callback(self.feed.close)
                last.callback(self.feed.record_to, None)

    def _open_feed(self) -> None:
        self.feed = CameraFeed(self._open_camera, self._told.changed)

    def _lead(self, looker: Looker) -> Capture | None:
        while True:
            command = self._command()
            if command in (Command.DISCARD, Command.STOP):
                self._leave(discard=command is Command.DISCARD)
                return None
            if command is Command.FINISH or self._guide.stage is Stage.DONE or self._too_long():
                return self._finish(looker)
            if command is not None:
                self._obey(command)
            if self._stage is not Stage.TROUBLE:
                self._follow(looker)
            self._show(self._stage)

    def _too_long(self) -> bool:
        """Pauses count here, from their first moment on: a longer clip is not opened again."""
        if self.take is None or self._stage is not None:
            return False
        return self.take.writer.span_ms > LONGEST_CLIP_MS

    def _command(self) -> Command | None:
        try:
            if self._stage is Stage.TROUBLE:
                return self._commands.get(timeout=0.2)
            return self._commands.get_nowait()
        except queue.Empty:
            return None

    def _obey(self, command: Command) -> None:
        now_ms = self._now_ms()
        if command is Command.SAME:
            self._shown.confirmed = True
        elif command is Command.AGAIN:
            self._begin_anew()
        elif self._stage is Stage.TROUBLE:
            return
        elif command is Command.START:
            self._guide = start_now(self._guide, now_ms)
        elif command is Command.PAUSE:
            self._guide = pause(self._guide, now_ms)
            if self.take is not None:
                self.take.writer.pause()
        elif command is Command.RESUME:
            self._guide = resume(self._guide, now_ms)
            if self.take is not None:
                self.take.writer.resume()

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
        if self._guide.recording and self.take is None and seen is not None:
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
        if self.take is not None and seen.t_ms is None:
            return seen, None  # it is not in the file
        clip_ms = seen.t_ms if seen.t_ms is not None else seen.shot.t_ns / 1e6
        sight = looker.look(seen, clip_ms)
        if sight is None:
            return seen, None
        self._shown.note(sight, feed.report)
        if self.take is not None and sight.light is not None and sight.observation.refusal is None:
            self.take.lights.append(sight.light)
        # the guide lives before, through and after a take: its times are the camera's
        seen_ms = seen.shot.t_ns / 1e6
        return seen, replace(sight, observation=replace(sight.observation, t_ms=seen_ms))

    def _begin_take(self, looker: Looker, seen: Seen) -> None:
        feed = self._need_feed()
        report = feed.report
        if report is None:
            raise RuntimeError("a picture without a camera")
        self.take = begin_take(self._keeper, report, seen.shot)
        looker.begin()
        feed.record_to(self.take.writer.offer)

    def _in_trouble(self) -> bool:
        """Whether what is wrong ends the take, or, before one, keeps it from beginning."""
        feed = self._need_feed()
        if feed.failure is not None:
            raise feed.failure
        trouble = Trouble.CAMERA_SILENT if feed.slept else feed.trouble
        if self._disk_full():
            trouble = Trouble.DISK_FULL
        ends = trouble in _ENDS_A_TAKE if self.take is not None else feed.over
        if trouble is None or not ends:
            return False
        if trouble is Trouble.CAMERA_GONE and self._keeper.ends_by_itself:
            self.want(Command.FINISH)
            return True
        feed.record_to(None)
        if self.take is not None:
            self.take.whole = False
            self.take.writer.end()
        self._shown.ended_by = trouble
        self._stage = Stage.TROUBLE
        return True

    def _disk_full(self) -> bool:
        if self.take is None:
            return False
        if self.take.writer.failure is not None:
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
        self._open_feed()
        self._guide = first_state(self._now_ms(), longest_ms=self._keeper.longest_ms)
        self._shown.ended_by = None
        self._stage = Stage.OPENING

    def _leave(self, *, discard: bool) -> None:
        """End without an estimate: keep nothing, or all there is."""
        take = self.take
        if take is None:
            return
        self._need_feed().record_to(None)
        if discard:
            take.discard(self._keeper)
            self.take = None
        else:
            take.whole = False
            self._keep_part()

    def _keep_part(self) -> None:
        take, self.take = self.take, None
        if take is None:
            return
        clip = take.closed(self._keeper)
        if clip is None:
            self._keeper.erase(take.capture.capture_id)
            return
        ended = take.recording(clip, (), confirmed=self._shown.confirmed)
        self._told.part_kept(self._keeper.end(clip, ended).capture_id)

    def _finish(self, looker: Looker) -> Capture | None:
        take = self.take
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
        self._told.others_free()
        return self._keeper.estimate_from_file(kept.capture_id)

    def _show(self, stage: Stage | None) -> None:
        trouble = self.feed.trouble if self.feed is not None else None
        if trouble is Trouble.CAMERA_GONE and self._keeper.ends_by_itself:
            trouble = None
        self._shown.take = self.take
        self.view = self._shown.view(self._guide, stage, trouble)
        self._told.changed()

    def _need_feed(self) -> CameraFeed:
        if self.feed is None:
            raise RuntimeError("the camera was not opened")
        return self.feed

    def _now_ms(self) -> float:
        return time.monotonic_ns() / 1e6
