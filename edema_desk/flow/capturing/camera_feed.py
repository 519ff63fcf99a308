"""One camera, read on a thread of its own: newest picture, preview, and where it goes wrong."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from edema_desk.domain.capture.camera import CameraReport
from edema_desk.domain.capture.clips import Image
from edema_desk.domain.capture.view import Trouble
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.capturing.newest import Newest
from edema_desk.flow.capturing.sleep import SleepWatch
from edema_desk.log import report_bug
from edema_desk.media.cameras.backend import CameraBackend, Shot
from edema_desk.media.cameras.preview import Previewer
from edema_desk.media.cameras.stillness import Stillness, StillnessWatch
from edema_desk.media.recording.jpeg import encode_packet

SILENT_S = 1.5
"""Without a picture for so long, the camera is in trouble."""
FIRST_PICTURE_S = 15.0
"""Some drivers need ten seconds and more for their first one."""
_READ_S = 0.25
_PREVIEW_GAP_S = 1 / 25
_STILL = {Stillness.FROZEN: Trouble.CAMERA_FROZEN, Stillness.BLACK: Trouble.CAMERA_BLACK}


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture of the camera; `t_ms` is the time it bears in the recording, if it is in one."""

    shot: Shot
    t_ms: float | None


Taker = Callable[[Shot], float | None]
"""Takes a picture into the recording; the time it bears there, or None where it is not in it."""


def packed(shot: Shot) -> Shot:
    """The shot with its picture as a JPEG file, so that what is looked at and what is recorded
    are the same to the pixel."""
    if shot.packet is not None or shot.image is None:
        return shot
    return replace(shot, packet=encode_packet(shot.image))


class CameraFeed:
    """Opens the camera and reads it until `close`, or until it is gone.

    `tell` is called, on this object's thread, when there is something new to show. `trouble` is
    what is wrong just now; `failure` why the camera did not open.
    """

    def __init__(self, open_camera: Callable[[], CameraBackend], tell: Callable[[], None]) -> None:
        self._open_camera = open_camera
        self._tell = tell
        self._closing = threading.Event()
        self._taker: Taker | None = None
        self._turn = threading.Lock()
        self._previewed_s = 0.0
        self._previewer = Previewer()
        self.newest: Newest[Seen] = Newest()
        self.preview: Image | None = None
        self.report: CameraReport | None = None
        self.trouble: Trouble | None = None
        self.failure: ExpectedError | None = None
        self.slept = False
        """Whether the computer slept since the taker was set."""
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()

    def record_to(self, taker: Taker | None) -> None:
        """Hand every picture from the next one on to `taker`, or to nobody.

        When this returns, no picture is on its way to the taker before.
        """
        with self._turn:
            self._taker, self.slept = taker, False
            self.newest.clear()

    @property
    def over(self) -> bool:
        """Whether nothing more will come: it never opened, or it is gone."""
        return not self._thread.is_alive()

    def close(self) -> None:
        """Stop reading and let the camera go. A driver that hangs is left behind."""
        self._closing.set()
        self._thread.join(timeout=3.0)

    def _run(self) -> None:
        try:
            camera = self._open_camera()
        except ExpectedError as error:
            self.failure = error
            self._tell()
            return
        except Exception as error:  # noqa: BLE001  a thread's border: told as a camera's failure
            report_bug(error)
            self.failure = ExpectedError(ErrorCode.CAMERA_REFUSED)
            self._tell()
            return
        try:
            self.report = camera.report
            self._read_on(camera)
        except ExpectedError:
            self._say(Trouble.CAMERA_GONE)
        except Exception as error:  # noqa: BLE001  a thread's border
            report_bug(error)
            self._say(Trouble.CAMERA_GONE)
        finally:
            camera.close()

    def _read_on(self, camera: CameraBackend) -> None:
        watch, asleep = StillnessWatch(), SleepWatch()
        heard_s, patience_s = time.monotonic(), FIRST_PICTURE_S
        while not self._closing.is_set():
            shot = camera.read(_READ_S)
            now_s = time.monotonic()
            if asleep.slept():
                self.slept = True
            if shot is None:
                if now_s - heard_s > patience_s:
                    self._say(Trouble.CAMERA_SILENT)
                continue
            heard_s, patience_s = now_s, SILENT_S
            with self._turn:
                if self._taker is None:
                    self.newest.put(Seen(shot, None))
                else:
                    shot = packed(shot)
                    self.newest.put(Seen(shot, self._taker(shot)))
            self._say(_STILL.get(watch.look(shot)))
            self._show(shot, now_s)

    def _show(self, shot: Shot, now_s: float) -> None:
        if now_s - self._previewed_s >= _PREVIEW_GAP_S:
            preview = self._previewer.of(shot)
            if preview is not None:
                self._previewed_s, self.preview = now_s, preview
                self._tell()

    def _say(self, trouble: Trouble | None) -> None:
        if trouble is not self.trouble:
            self.trouble = trouble
            self._tell()
