"""A capture while it is recorded: each picture is looked at, and its face embedded, as it comes."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from edema_desk.domain.capture.clips import ClipFacts, Frame, Image
from edema_desk.domain.capture.sight import Sight
from edema_desk.domain.terms.identity import Likeness
from edema_desk.domain.terms.out_of_range import RangeCheck
from edema_desk.domain.terms.quality import SCORE_NAMES, FrameObservation, FrameRefusal
from edema_desk.errors import ExpectedError
from edema_desk.learning.embed import Embedded, embed_frames, summed_up
from edema_desk.learning.package import LoadedModel
from edema_desk.media.cameras.jpeg import decode_packet
from edema_desk.media.decode import MAX_PIXELS, MAX_SIDE_PX
from edema_desk.vision.detector import FaceDetector
from edema_desk.vision.identity import IdentityNet
from edema_desk.vision.observer import MOST_CROPS_KEPT, ClipObserver, ObservedClip
from edema_desk.vision.recognition import Recognition
from edema_desk.worker.protocol.contents import Content
from edema_desk.worker.protocol.framing import Message
from edema_desk.worker.protocol.live import (
    LiveResult,
    Picture,
    pack_result,
    pack_sight,
    unpack_picture,
    unpack_references,
)
from edema_desk.worker.server.range_check import strangeness_of
from edema_desk.worker.server.summing import analysis_of

LEAST_SIDE_PX = 16
RECORDED_CONTAINER, RECORDED_CODEC = "matroska", "mjpeg"
"""Of every recording, whatever the camera sends."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was known before the first picture: the patient's earlier captures, their network's
    embeddings (n, 512) and, where faces are compared, identity vectors (m, 128)."""

    embeddings: NDArray[np.float16]
    net: IdentityNet | None
    identity: NDArray[np.float32]


class LiveSitting:
    """One patient before the camera. Pictures looked at before `begin` belong to no clip."""

    def __init__(self, detector: FaceDetector, model: LoadedModel, known: Known) -> None:
        self._detector, self._model, self._known = detector, model, known
        self._clip = self._new_clip()
        self._begun = False

    def begin(self) -> Content:
        """Answer a `live_begin` request: what was looked at before does not count."""
        self._clip, self._begun = self._new_clip(), True
        return {}, ()

    def look(self, request: Message) -> Content:
        """Answer a `live_look` request with a sight."""
        return pack_sight(self._clip.look(unpack_picture(request.fields, request.blobs)))

    def finish(self, request: Message) -> Content:
        """Answer a `live_finish` request, once for each clip begun."""
        if not self._begun:
            raise ValueError("no clip was begun")
        self._begun = False
        clip, self._clip = self._clip, self._new_clip()
        return pack_result(clip.finish(float(request.fields["duration_ms"])))

    def _new_clip(self) -> "_LiveClip":
        return _LiveClip(self._detector, self._model, self._known)


def known_of(request: Message, net: Callable[[], IdentityNet]) -> Known:
    """From a `live_prepare` request; the identity of its crops is made once, here."""
    references = unpack_references(request.fields, request.blobs)
    if not references.crops:
        return Known(references.embeddings, None, np.zeros((0, 0), np.float32))
    loaded = net()
    return Known(references.embeddings, loaded, loaded.embed_files(references.crops))


class _LiveClip:
    """What was seen in one clip so far. All of it ends with the clip."""

    def __init__(self, detector: FaceDetector, model: LoadedModel, known: Known) -> None:
        self._model, self._known = model, known
        self._observer = ClipObserver(detector)
        self._recognition = Recognition(known.net, known.identity) if known.net else None
        self._embeddings: dict[int, Tensor] = {}
        self._looked_ms: list[float] = []
        self._size = (0, 0)

    def look(self, picture: Picture) -> Sight:
        """What is seen in the next picture; one that is broken does not count."""
        image = _pixels(picture)
        if image is None:
            return _unseen(picture.t_ms)
        self._size = image.shape[1], image.shape[0]
        look = self._observer.look(Frame(picture.t_ms, image))
        if look.crop is not None:
            self._embed(len(self._looked_ms), look.crop)
        self._looked_ms.append(picture.t_ms)
        likeness = None
        if self._recognition is not None:
            likeness = self._recognition.see(picture.t_ms, look.observation.faces, look.crop)
        return Sight(look.observation, look.face, look.light, likeness)

    def finish(self, duration_ms: float) -> LiveResult:
        """The same as an analysis of the clip's file that looks at the same frames."""
        began_s = time.monotonic()
        observed = self._observer.finish(duration_ms)
        embedded = check = None
        if observed.refusal is None:
            frames = torch.cat([self._embeddings[i] for i in observed.chosen])
            embedded = summed_up(self._model.encoder, frames)
            check = self._check(embedded, observed)
        facts, model_id = self._facts(duration_ms), self._model.card.model_id
        analysis = analysis_of(facts, observed, embedded, model_id, began_s)
        return LiveResult(analysis, check, tuple(self._looked_ms))

    def _embed(self, number: int, crop: bytes) -> None:
        encoder, plan = self._model.encoder, self._model.card.input
        self._embeddings[number] = embed_frames(encoder, plan, [crop])
        if len(self._embeddings) > MOST_CROPS_KEPT:
            kept = self._observer.kept
            self._embeddings = {i: e for i, e in self._embeddings.items() if i in kept}

    def _check(self, embedded: Embedded, observed: ObservedClip) -> RangeCheck:
        likeness: Likeness | None = None
        if self._recognition is not None:
            likeness = self._recognition.conclude(observed.t_ms.tolist(), observed.crops)
        seen = embedded.embedding[None]
        return RangeCheck(likeness, strangeness_of(self._model, seen, self._known.embeddings))

    def _facts(self, duration_ms: float) -> ClipFacts:
        return ClipFacts(RECORDED_CONTAINER, RECORDED_CODEC, *self._size, 0, duration_ms)


def _pixels(picture: Picture) -> Image | None:
    """The picture, None where there is none that could be looked at."""
    image = picture.image
    if picture.packet is not None:
        try:
            image = decode_packet(picture.packet)
        except ExpectedError:
            return None
    if image is None:
        return None
    height, width = image.shape[:2]
    fits = min(height, width) >= LEAST_SIDE_PX and max(height, width) <= MAX_SIDE_PX
    return image if fits and height * width <= MAX_PIXELS else None


def _unseen(t_ms: float) -> Sight:
    scores = np.full(len(SCORE_NAMES), np.nan, np.float32)
    return Sight(FrameObservation(t_ms, 0, scores, FrameRefusal.NO_FACE), None, None)
