"""What is said while a capture is recorded: pictures go in, sights come back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from edema_desk.domain.capture.clips import ClipAnalysis, Image
from edema_desk.domain.capture.sight import FacePlace, LightReading, Sight
from edema_desk.domain.terms.identity import Likeness, judge
from edema_desk.domain.terms.out_of_range import Faces, RangeCheck
from edema_desk.domain.terms.quality import SCORE_NAMES, FrameObservation, FrameRefusal
from edema_desk.worker.protocol.contents import (
    Blobs,
    Content,
    checked,
    pack_analysis,
    unpack_analysis,
)
from edema_desk.worker.protocol.range_check import pack_check, unpack_check

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture to look at, with the time it bears in its clip: pixels, or the JPEG file the
    camera sent."""

    t_ms: float
    image: Image | None = None
    packet: bytes | None = None


@dataclass(frozen=True, slots=True)
class LiveResult:
    """What a capture gave. `check` is None where the analysis has no score. `looked_ms` are the
    times of all frames that count: looking at just them again gives the same."""

    analysis: ClipAnalysis
    check: RangeCheck | None
    looked_ms: tuple[float, ...]


def pack_picture(picture: Picture) -> Content:
    """Pixels or packet are the blob. Raises ValueError for what is neither, or no RGB picture."""
    image, packet = picture.image, picture.packet
    if (image is None) == (packet is None):
        raise ValueError("a picture is pixels or a packet")
    if packet is not None:
        return {"t_ms": picture.t_ms, "shape": None}, (packet,)
    if image is None or image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3:
        raise ValueError("not an RGB picture")
    return {"t_ms": picture.t_ms, "shape": list(image.shape)}, (image.tobytes(),)


def unpack_picture(fields: Fields, blobs: Blobs) -> Picture:
    """What `pack_picture` packed."""
    t_ms, shape = float(fields["t_ms"]), fields["shape"]
    if shape is None:
        return Picture(t_ms, packet=blobs[0])
    return Picture(t_ms, image=np.frombuffer(blobs[0], np.uint8).reshape(shape))


def pack_references(references: Faces) -> Content:
    """The embeddings as bytes, then the crops."""
    embeddings = references.embeddings.astype(np.float16)
    return {"size": embeddings.shape[1]}, (embeddings.tobytes(), *references.crops)


def unpack_references(fields: Fields, blobs: Blobs) -> Faces:
    """What `pack_references` packed."""
    size = max(int(fields["size"]), 1)
    return Faces(np.frombuffer(blobs[0], np.float16).reshape(-1, size), blobs[1:])


def pack_sight(sight: Sight) -> Content:
    """The scores as bytes: some are no numbers, which JSON does not hold."""
    seen = sight.observation
    fields = {
        "t_ms": seen.t_ms,
        "faces": seen.faces,
        "refusal": seen.refusal.value if seen.refusal else None,
        "face": asdict(sight.face) if sight.face else None,
        "light": asdict(sight.light) if sight.light else None,
        "distance": sight.likeness.distance if sight.likeness else None,
    }
    return fields, (np.ascontiguousarray(seen.scores, np.float32).tobytes(),)


def unpack_sight(fields: Fields, blobs: Blobs) -> Sight:
    """What `pack_sight` packed."""
    return checked(lambda: _unpack_sight(fields, blobs))


def pack_result(result: LiveResult) -> Content:
    """The times, then what belongs to the analysis."""
    fields, blobs = pack_analysis(result.analysis)
    check = pack_check(result.check) if result.check else None
    looked = np.array(result.looked_ms, np.float64).tobytes()
    return {"analysis": fields, "check": check}, (looked, *blobs)


def unpack_result(fields: Fields, blobs: Blobs) -> LiveResult:
    """What `pack_result` packed."""
    return checked(lambda: _unpack_result(fields, blobs))


def _unpack_sight(fields: Fields, blobs: Blobs) -> Sight:
    scores = np.frombuffer(blobs[0], np.float32)
    if len(scores) != len(SCORE_NAMES):
        raise ValueError("not the scores of a frame")
    refusal = FrameRefusal(fields["refusal"]) if fields["refusal"] is not None else None
    face, light, distance = fields["face"], fields["light"], fields["distance"]
    return Sight(
        FrameObservation(float(fields["t_ms"]), int(fields["faces"]), scores, refusal),
        FacePlace(**{name: float(v) for name, v in face.items()}) if face else None,
        LightReading(**{name: float(v) for name, v in light.items()}) if light else None,
        Likeness(float(distance), judge(float(distance))) if distance is not None else None,
    )


def _unpack_result(fields: Fields, blobs: Blobs) -> LiveResult:
    check = fields["check"]
    return LiveResult(
        unpack_analysis(fields["analysis"], blobs[1:]),
        unpack_check(check) if check is not None else None,
        tuple(np.frombuffer(blobs[0], np.float64).tolist()),
    )
