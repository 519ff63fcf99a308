"""Whether a model says here of the program's reference faces what its card promises."""

import hashlib
import math

from edema_desk.domain.models.card import InputPlan, SelfCheck
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.embed import embed_crops
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.paths import reference_faces_dir

FURTHEST_KG = 0.01
"""What a take may differ by when it is estimated again elsewhere."""


def reference_faces() -> tuple[bytes, ...]:
    """The crops (JPEG files) the program brings along: drawn faces, dry and swollen."""
    return tuple(path.read_bytes() for path in sorted(reference_faces_dir().glob("*.jpg")))


def self_check_of(encoder: FaceEncoder, plan: InputPlan) -> SelfCheck:
    """What a network, ready for use, says of the reference faces; for its card."""
    faces = reference_faces()
    digest = hashlib.sha256(b"".join(hashlib.sha256(face).digest() for face in faces))
    g_kg = (embed_crops(encoder, plan, [face]).score.g_kg for face in faces)
    return SelfCheck(digest.hexdigest(), tuple(g_kg))


def check_itself(
    encoder: FaceEncoder, plan: InputPlan, promised: SelfCheck | None, name: str
) -> float:
    """The largest difference between said and promised, kg. `name` is the package's folder.

    Raises MODEL_UNCHECKED where nothing is promised of these faces, MODEL_CHECK_FAILED where
    the difference is above FURTHEST_KG.
    """
    said = self_check_of(encoder, plan)
    if (
        promised is None
        or promised.crops_sha256 != said.crops_sha256
        or len(promised.g_kg) != len(said.g_kg)
    ):
        raise ExpectedError(ErrorCode.MODEL_UNCHECKED, name=name)
    apart_kg = max(abs(a - b) for a, b in zip(said.g_kg, promised.g_kg, strict=True))
    if not math.isfinite(apart_kg) or apart_kg > FURTHEST_KG:
        raise ExpectedError(
            ErrorCode.MODEL_CHECK_FAILED, name=name, found=round(apart_kg, 3), limit=FURTHEST_KG
        )
    return apart_kg
