"""A camera before which somebody sits who does not exist: for the demo, and for trying out.

A few seconds are filmed when it is opened, packed as a webcam packs them, and played forth and
back; from then on it costs no more than a real camera.
"""

import itertools
import threading
import time
from collections.abc import Iterator

import cv2
import numpy as np

from edema_desk.domain.capture.camera import CameraAddress, CameraMode, CameraReport
from edema_desk.domain.capture.camera_address import MadeUpFace, made_up_face
from edema_desk.domain.capture.clips import Image
from edema_desk.media.cameras.backend import CameraBackend, Shot
from edema_desk.media.cameras.feed import FedCamera
from edema_desk.media.cameras.jpeg import PacketDecoder
from edema_desk.media.cameras.pace import Pace
from edema_desk.media.pictures import encode_jpeg
from edema_desk.synthesis.cohort import draw_cohort, generator
from edema_desk.synthesis.filming import CLIP_SIZE, film, seat
from edema_desk.synthesis.nuisance import NuisanceStyle, draw_look, draw_motion
from edema_desk.synthesis.study import drawn_portrait
from edema_desk.synthesis.swelling import SwellingStyle, swell

SECONDS = 2.4
"""Filmed ahead; forth and back makes twice as much."""
_CALM = NuisanceStyle(expression=0.5, light=0.5, colour=0.5)
"""Somebody who sits for a picture in a room with steady light."""
_CAMERA_KEY = 90
_QUALITY = 92
_EDGE_PX, _FADE_PX = 4, 160


def open_made_up_camera(
    address: CameraAddress,
    *,
    size: tuple[int, int] = (1280, 720),
    fps: float = 25.0,
    packets: bool = True,
    seconds: float = SECONDS,
) -> CameraBackend:
    """The camera of a synthetic address. The same address always films the same.

    Takes some seconds. With `packets` shots are JPEG files as of a webcam, otherwise pictures.
    Raises ExpectedError CAMERA_ADDRESS.
    """
    face = made_up_face(address.locator)
    filmed = tuple(
        encode_jpeg(image, _QUALITY) for image in made_up_frames(face, size, fps, seconds)
    )
    mode = CameraMode(*size, fps, "MJPG" if packets else "")
    return MadeUpCamera(filmed, CameraReport(address.public, mode, "made up"), packets=packets)


def made_up_frames(
    face: MadeUpFace, size: tuple[int, int], fps: float, seconds: float
) -> Iterator[Image]:
    """The frames of some seconds before the camera, (height, width, 3) of `size`."""
    index = face.person - 1
    patient = draw_cohort(face.person, 1, face.seed)[-1].patient
    excess_kg = patient.mean_gain_kg if face.excess_kg is None else face.excess_kg
    grams = round(excess_kg * 1000)
    rng = generator(face.seed, _CAMERA_KEY, index, abs(grams), int(grams < 0))
    style = SwellingStyle()
    sitter = seat(drawn_portrait(face.seed, index), style)
    swelling = swell(sitter.regions, patient.mm_per_kg * excess_kg, style)
    t_s = np.arange(max(round(seconds * fps), 2)) / fps
    look, motion = draw_look(rng, _CALM), draw_motion(rng, t_s, _CALM)
    for image in film(sitter, swelling, look, motion, rng):
        yield _in_a_room(image, size)


def _in_a_room(image: Image, size: tuple[int, int]) -> Image:
    """The upright picture in the middle of a wide one, its edges drawn out to the sides."""
    width, height = size
    inner = min(round(CLIP_SIZE[0] * height / CLIP_SIZE[1]), width)
    tall = np.asarray(cv2.resize(image, (inner, height), interpolation=cv2.INTER_CUBIC), np.uint8)
    left = (width - inner) // 2
    room = np.empty((height, width, 3), np.uint8)
    room[:, left : left + inner] = tall
    room[:, :left] = _side(tall[:, :_EDGE_PX], left)[:, ::-1]
    room[:, left + inner :] = _side(tall[:, -_EDGE_PX:], width - left - inner)
    return room


def _side(edge: Image, width: int) -> Image:
    """What may be seen beside an edge (height, few, 3): its colours, that blur away from it."""
    near = edge.mean(axis=1, dtype=np.float32)[:, None]
    far = cv2.GaussianBlur(near, (1, 0), 0, sigmaY=edge.shape[0] / 12)
    share = np.clip(np.arange(width, dtype=np.float32) / _FADE_PX, 0, 1)[None, :, None]
    far = np.asarray(far, np.float32).reshape(near.shape)
    return np.asarray(near + share * (far - near) + 0.5, np.uint8)


class MadeUpCamera(FedCamera):
    """A `CameraBackend` that plays packets forth and back, for ever."""

    def __init__(self, filmed: tuple[bytes, ...], report: CameraReport, *, packets: bool) -> None:
        super().__init__()
        self.report = report
        self._filmed = filmed
        self._packets = packets
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._play, name="made-up camera", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop playing."""
        self._stop.set()
        self._feed.end()
        if self._thread is not threading.current_thread():
            self._thread.join()

    def _play(self) -> None:
        decoder, pace = PacketDecoder(), Pace()
        back_and_forth = itertools.cycle([*self._filmed, *self._filmed[-2:0:-1]])
        for number, packet in enumerate(back_and_forth):
            due_ns = pace.due_ns(number * 1000.0 / self.report.mode.fps)
            if self._stop.wait(max(due_ns - time.monotonic_ns(), 0) / 1e9):
                return
            if self._packets:
                self._feed.put(Shot(due_ns, packet=packet))
            else:
                self._feed.put(Shot(due_ns, image=decoder.decode(packet)))
