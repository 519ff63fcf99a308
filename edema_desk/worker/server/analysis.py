"""One clip, from its file to a score: decode, observe, choose, embed."""

import time
from collections.abc import Callable
from pathlib import Path

from edema_desk.domain.capture.clips import ClipFacts, ClipSource
from edema_desk.learning.attribution import attribute_capture, attribute_change
from edema_desk.learning.embed import embed_crops
from edema_desk.learning.package import LoadedModel
from edema_desk.media.outside import open_clip_from_outside
from edema_desk.media.plan import FOR_ANALYSIS, SamplePlan
from edema_desk.vision.detector import FaceDetector
from edema_desk.vision.observer import ClipObserver, ObservedClip
from edema_desk.worker.protocol.contents import (
    Content,
    Embedding,
    pack_analysis,
    pack_embedding,
    pack_map,
)
from edema_desk.worker.protocol.framing import Message
from edema_desk.worker.server.channel import Channel
from edema_desk.worker.server.summing import analysis_of

OBSERVING_SHARE = 0.92
"""Of the whole analysis, until the crops are embedded."""


def analyse_clip(
    channel: Channel, request: Message, detector: FaceDetector, model: LoadedModel | None
) -> Content:
    """Answer an `analyse` request; without a model there is no score.

    Raises what opening the clip raises, and CANCELLED.
    """
    began_s = time.monotonic()
    key = bytes.fromhex(request.fields["key"]) or None
    source = ClipSource(Path(request.fields["path"]), key, request.fields["capture_id"])

    def watch(done: float) -> None:
        channel.check(request)
        channel.tell(request, done=done)

    facts, observed = _observe(source, _plan(request), detector, watch)
    embedded = None
    if model is not None and observed.refusal is None:
        crops = observed.crops
        embedded = embed_crops(
            model.encoder, model.card.input, crops, lambda: watch(OBSERVING_SHARE)
        )
    model_id = model.card.model_id if model else ""
    return pack_analysis(analysis_of(facts, observed, embedded, model_id, began_s))


def embed_files(channel: Channel, request: Message, model: LoadedModel) -> Content:
    """Answer an `embed` request: its blobs are the crops."""
    embedded = embed_crops(
        model.encoder, model.card.input, request.blobs, lambda: channel.check(request)
    )
    return pack_embedding(Embedding(embedded.embedding, embedded.score, model.card.model_id))


def attribute_files(channel: Channel, request: Message, model: LoadedModel) -> Content:
    """Answer an `attribute` request: its blobs are the crops before, if any, and those after."""
    count = int(request.fields["before"])
    before, after = request.blobs[:count], request.blobs[count:]
    encoder, plan = model.encoder, model.card.input

    def between() -> None:
        channel.check(request)

    if before:
        return pack_map(attribute_change(encoder, plan, before, after, between))
    return pack_map(attribute_capture(encoder, plan, after, between))


def _plan(request: Message) -> SamplePlan:
    looked_ms = request.fields["looked_ms"]
    return FOR_ANALYSIS if looked_ms is None else SamplePlan(times_ms=tuple(looked_ms))


def _observe(
    source: ClipSource,
    plan: SamplePlan,
    detector: FaceDetector,
    watch: Callable[[float], None],
) -> tuple[ClipFacts, ObservedClip]:
    observer = ClipObserver(detector)
    with open_clip_from_outside(source, plan) as clip:
        duration_ms = max(clip.facts.duration_ms, 1.0)
        for frame in clip.frames:
            watch(min(frame.t_ms / duration_ms, 1.0) * OBSERVING_SHARE)
            observer.observe(frame)
    return clip.facts, observer.finish(clip.facts.duration_ms)
