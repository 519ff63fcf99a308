"""From the frames of one clip to the few that stand for it."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.capture.choice import choose_frames, count_refusals
from edema_desk.domain.capture.clips import Frame
from edema_desk.domain.capture.sight import FacePlace, LightReading
from edema_desk.domain.terms.estimate import Refusal, capture_refusal
from edema_desk.domain.terms.mesh import mesh_crop_matrix
from edema_desk.domain.terms.quality import (
    EYES_OPEN,
    SCORE_NAMES,
    FrameObservation,
    FrameRefusal,
    Limits,
    merit,
    refuse_frame,
)
from edema_desk.vision.align import aligned_crop, encode_crop
from edema_desk.vision.detector import FaceDetector
from edema_desk.vision.eyes import EyeReader
from edema_desk.vision.face_mesh import FaceMesh, MeshReader
from edema_desk.vision.scores import eyes_open, face_scores, no_face_scores
from edema_desk.vision.sights import face_place, light_reading
from edema_desk.vision.tracking import FaceTracker

MOST_CROPS_KEPT = 2000
"""About 50 MB of JPEG files; beyond it the worse of each two neighbours is given up."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one frame shows. `crop` is the JPEG file of the aligned face, None where the frame is
    not usable; `face` and `light` are those of the largest face."""

    observation: FrameObservation
    face: FacePlace | None = None
    light: LightReading | None = None
    crop: bytes | None = None


@dataclass(frozen=True, slots=True)
class ObservedClip:
    """What vision made of a clip. `frames_seen` is the sum of `refused` plus the chosen.

    `chosen` are their places among the frames as they came, `faces_found` counts frames with a
    face. `t_ms` (n,), `frame_scores` (n, len(SCORE_NAMES)) and `crops` (n JPEG files of the
    aligned 256 px face) belong to the chosen frames.
    """

    frames_seen: int
    faces_found: int
    refused: Mapping[str, int]
    chosen: tuple[int, ...]
    t_ms: NDArray[np.float64]
    frame_scores: NDArray[np.float32]
    crops: tuple[bytes, ...]
    refusal: Refusal | None


class ClipObserver:
    """Looks at the frames of one clip or one live capture, in their order."""

    def __init__(
        self, detector: FaceDetector, limits: Limits | None = None, mesh: MeshReader | None = None
    ) -> None:
        self._tracker = FaceTracker(detector)
        self._mesh = mesh or FaceMesh()
        self._eyes = EyeReader()
        self._limits = limits or Limits()
        self._observations: list[FrameObservation] = []
        self._crops: dict[int, bytes] = {}

    @property
    def kept(self) -> Set[int]:
        """Places of the frames whose crops are held, among the frames as they came."""
        return self._crops.keys()

    def observe(self, frame: Frame) -> FrameObservation:
        """What is seen in the next frame; its crop is kept when it is usable."""
        return self.look(frame).observation

    def look(self, frame: Frame) -> Look:
        """The same, and more of it."""
        look = self._look(frame)
        self._observations.append(look.observation)
        if look.crop is not None:
            self._crops[len(self._observations) - 1] = look.crop
        if len(self._crops) > MOST_CROPS_KEPT:
            self._thin_out()
        return look

    def finish(self, duration_ms: float) -> ObservedClip:
        """The chosen frames, and why there is no estimate where they are too few."""
        chosen = choose_frames(self._observations, duration_ms)
        refused = count_refusals(self._observations, chosen)
        scores = [self._observations[i].scores for i in chosen]
        return ObservedClip(
            frames_seen=len(self._observations),
            faces_found=sum(o.faces > 0 for o in self._observations),
            refused=refused,
            chosen=chosen,
            t_ms=np.array([self._observations[i].t_ms for i in chosen], np.float64),
            frame_scores=np.array(scores, np.float32).reshape(len(chosen), len(SCORE_NAMES)),
            crops=tuple(self._crops[i] for i in chosen),
            refusal=capture_refusal(len(chosen), refused),
        )

    def _look(self, frame: Frame) -> Look:
        """Eyes are measured only where all else is well."""
        image = frame.image
        faces = self._tracker.faces(image)
        if not faces:
            scores = no_face_scores(image)
            refusal = refuse_frame(0, scores, self._limits)
            return Look(FrameObservation(frame.t_ms, 0, scores, refusal))
        size = (image.shape[0], image.shape[1])
        mesh = self._mesh.read(image, faces[0].points)
        crop = aligned_crop(image, mesh_crop_matrix(mesh))
        scores = face_scores(crop, faces, mesh, size)
        refusal = refuse_frame(len(faces), scores, self._limits)
        if refusal is None:
            scores[EYES_OPEN] = eyes_open(self._eyes.openings(image, mesh))
            refusal = refuse_frame(len(faces), scores, self._limits)
        return Look(
            FrameObservation(frame.t_ms, len(faces), scores, refusal),
            face_place(mesh, size),
            light_reading(crop),
            encode_crop(crop) if refusal is None else None,
        )

    def _thin_out(self) -> None:
        kept = sorted(self._crops)
        for first, second in zip(kept[::2], kept[1::2], strict=False):
            merits = merit(self._observations[first]), merit(self._observations[second])
            worse = first if merits[0] < merits[1] else second
            del self._crops[worse]
            self._observations[worse] = replace(
                self._observations[worse], refusal=FrameRefusal.NOT_NEEDED
            )
