"""Single pictures: JPEG bytes <-> RGB arrays, and photographs from files, within limits."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps

from edema_desk.domain.capture.clips import Image
from edema_desk.errors import ErrorCode, ExpectedError

MAX_PICTURE_PIXELS = 64_000_000
"""More than any tablet or camera in use takes; a decoded picture of this size is 192 MB."""
MAX_PICTURE_BYTES = 64 * 1024**2
_FORMATS = ("JPEG", "PNG")
JPEG_QUALITY = 95


def encode_jpeg(image: Image, quality: int = JPEG_QUALITY) -> bytes:
    """An RGB picture as JPEG, its colours at full resolution (4:4:4)."""
    flags = [
        cv2.IMWRITE_JPEG_QUALITY,
        quality,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
    ]
    done, data = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), flags)
    if not done:
        raise ValueError("the picture could not be coded")
    return data.tobytes()


def decode_jpeg(data: bytes, name: str = "") -> Image:
    """The RGB picture in JPEG bytes, upright. Raises as `read_picture`."""
    return _decoded(io.BytesIO(data), name, ("JPEG",))


def read_picture(path: Path) -> Image:
    """A photograph, JPEG or PNG, as RGB, turned upright by its orientation tag.

    Raises ExpectedError: FILE_MISSING, FILE_UNREADABLE, PICTURE_REFUSED for what is no picture
    of these formats or has more than `MAX_PICTURE_PIXELS`, told before it is decoded.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_PICTURE_BYTES + 1)
    except FileNotFoundError as error:
        raise ExpectedError(ErrorCode.FILE_MISSING, path=str(path)) from error
    except OSError as error:
        raise ExpectedError(ErrorCode.FILE_UNREADABLE, path=str(path)) from error
    if len(data) > MAX_PICTURE_BYTES:
        raise ExpectedError(ErrorCode.PICTURE_REFUSED, name=path.name)
    return _decoded(io.BytesIO(data), path.name, _FORMATS)


def refuse_strange(data: bytes, name: str) -> None:
    """Raise ExpectedError(PICTURE_REFUSED) for what `read_picture` would refuse by its header:
    another format than JPEG and PNG, or more pixels than any camera takes. Decodes nothing."""
    with _opened(io.BytesIO(data), name, _FORMATS):
        pass


@contextmanager
def _opened(file: io.BytesIO, name: str, formats: tuple[str, ...]) -> Iterator[Pillow.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
            with Pillow.open(file, formats=formats) as picture:
                if picture.width * picture.height > MAX_PICTURE_PIXELS:
                    raise ExpectedError(ErrorCode.PICTURE_REFUSED, name=name)
                yield picture
    except (OSError, SyntaxError, ValueError, Pillow.DecompressionBombError) as error:
        raise ExpectedError(ErrorCode.PICTURE_REFUSED, name=name) from error


def _decoded(file: io.BytesIO, name: str, formats: tuple[str, ...]) -> Image:
    with _opened(file, name, formats) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    return cast("Image", np.array(upright, dtype=np.uint8))
