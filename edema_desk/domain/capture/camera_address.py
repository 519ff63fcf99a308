"""What a person types for a camera: a number, a device, a URL, a clip, or a made-up face."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.errors import ErrorCode, ExpectedError

SCHEMES = frozenset({"rtsp", "http"})
"""Of network cameras: RTSP, and MJPEG over HTTP."""

_LONGEST = 2000
_SYNTHETIC = re.compile(r"([0-9]{1,9})(?:/([0-9]{1,3}))?(?:@(-?[0-9]{1,2}(?:\.[0-9]{1,3})?)kg)?")


@dataclass(frozen=True, slots=True)
class MadeUpFace:
    """Who a synthetic camera shows: the same drawn face as patient `person` (from 1 on) of the
    made-up study of `seed`, with `excess_kg` of fluid; None stands for their usual gain."""

    seed: int
    person: int = 1
    excess_kg: float | None = None

    @property
    def locator(self) -> str:
        """As it is written after `synthetic:`."""
        person = f"/{self.person}" if self.person != 1 else ""
        return f"{self.seed}{person}" + (
            "" if self.excess_kg is None else f"@{self.excess_kg:.3f}kg"
        )


def parse_camera(text: str) -> CameraAddress:
    """The camera that `text` names.

    `0`, `/dev/video2` and whatever stands behind `local:` are local, `rtsp://` and `http://` a
    network camera, `file:CLIP` a clip, `synthetic:SEED`, `synthetic:SEED/PERSON` or
    `synthetic:SEED/PERSON@KGkg` a made-up face.
    Raises ExpectedError CAMERA_ADDRESS, without the text in it: it may hold a password.
    """
    text = text.strip()
    scheme, _, rest = text.partition(":")
    scheme = scheme.lower()
    if not text or len(text) > _LONGEST or any(ord(c) < 32 or ord(c) == 127 for c in text):
        raise ExpectedError(ErrorCode.CAMERA_ADDRESS)
    if scheme in SCHEMES:
        network_parts(text)
        return CameraAddress(CameraKind.NETWORK, text)
    if scheme in ("file", "local") and rest:
        return CameraAddress(CameraKind(scheme), rest)
    if scheme == "synthetic":
        return CameraAddress(CameraKind.SYNTHETIC, made_up_face(rest).locator)
    if re.fullmatch(r"[0-9]{1,2}", text) or text.startswith(("/dev/", "\\\\?\\")):
        return CameraAddress(CameraKind.LOCAL, text)
    raise ExpectedError(ErrorCode.CAMERA_ADDRESS)


def made_up_face(locator: str) -> MadeUpFace:
    """The face a synthetic camera's locator names. Raises ExpectedError CAMERA_ADDRESS."""
    found = _SYNTHETIC.fullmatch(locator)
    if found is None or (found[2] is not None and int(found[2]) < 1):
        raise ExpectedError(ErrorCode.CAMERA_ADDRESS)
    return MadeUpFace(
        int(found[1]), int(found[2] or 1), None if found[3] is None else float(found[3])
    )


def network_parts(locator: str) -> SplitResult:
    """A network camera's URL, taken apart. Raises ExpectedError CAMERA_ADDRESS."""
    try:
        parts = urlsplit(locator)
        port = parts.port
        whole = parts.scheme.lower() in SCHEMES and bool(parts.hostname) and port != 0
    except ValueError as error:  # a port that is none, a bracket too few
        raise ExpectedError(ErrorCode.CAMERA_ADDRESS) from error
    if not whole or any(c.isspace() for c in locator):
        raise ExpectedError(ErrorCode.CAMERA_ADDRESS)
    return parts
