"""A face that sways before a camera, as pictures and as the files a recorder would make of them."""

import io
from collections.abc import Sequence
from pathlib import Path

import av
import cv2
import numpy as np
from PIL import Image as Picture

from edema_desk.domain.capture.clips import Frame, Image
from edema_desk.learning.self_check import reference_faces
from edema_desk.media.writer import ClipWriter, Codec

WIDTH, HEIGHT = 640, 480


def reference_face(number: int = 0) -> Image:
    """One of the shipped reference faces, (256, 256, 3)."""
    with Picture.open(io.BytesIO(reference_faces()[number])) as picture:
        return np.asarray(picture.convert("RGB"))


def swaying(count: int, face: Image) -> list[Image]:
    """The face in a grey room, a little elsewhere in each picture, sharp in most of them."""
    rng = np.random.default_rng(5)
    shown = []
    for number in range(count):
        matrix = cv2.getRotationMatrix2D((128, 128), 3.0 * np.sin(number / 3), 1.45)
        matrix[:, 2] += (192 + 3.0 * np.sin(number / 5), 112 + 2.0 * np.cos(number / 4))
        picture = cv2.warpAffine(face, matrix, (WIDTH, HEIGHT), borderValue=(120, 120, 120))
        if number % 7 == 3:
            picture = cv2.GaussianBlur(picture, (0, 0), 2.0)
        grain = rng.normal(0.0, 2.0, picture.shape)
        shown.append(np.clip(picture + grain, 0, 255).astype(np.uint8))
    return shown


def recorded(
    path: Path, frames: Sequence[Frame], codec: Codec, *, quality: int | None = None
) -> Path:
    """The frames as a clip of their own times."""
    height, width = frames[0].image.shape[:2]
    with ClipWriter(path, width, height, codec, quality=quality) as writer:
        for frame in frames:
            writer.write(frame)
    return path


def packets_of(path: Path) -> list[bytes]:
    """The JPEG files in a clip, as they lie in it."""
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]
