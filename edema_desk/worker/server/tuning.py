"""A network made one patient's own as ordered, and what it says of the patient's captures."""

from edema_desk.domain.models.card import InputPlan
from edema_desk.learning.embed import embed_crops
from edema_desk.learning.package import LoadedModel
from edema_desk.learning.tuning import FromScratch, TuneOptions, from_scratch, tune_encoder
from edema_desk.worker.protocol.contents import Content, Embedding
from edema_desk.worker.protocol.framing import Message
from edema_desk.worker.protocol.training import Tuned, pack_tuned, unpack_tune_order
from edema_desk.worker.server.channel import Channel
from edema_desk.worker.server.gathering import gather, received

LEARNING_SHARE = 0.8
"""Of the progress; the rest is saying."""


def tune(channel: Channel, request: Message, model: LoadedModel | None) -> Content:
    """Answer a `tune` request. Nothing is learned of the captures held out, and nothing is kept.

    Raises STUDY_TOO_SMALL without two captures to learn from, and CANCELLED.
    """
    order = unpack_tune_order(request.fields)
    plan = model.card.input if model is not None else InputPlan(size_px=order.size_px)

    def watch(done: float) -> None:
        channel.check(request)
        channel.tell(request, done=done)

    captures = tuple(received(channel, lambda: watch(0.0)))
    data = gather(captures, plan).training_set()
    options = TuneOptions(order.steps, order.learning_rate, seed=order.seed)

    def learned(done: float) -> None:
        watch(done * LEARNING_SHARE)

    if model is not None:
        own = tune_encoder(model.encoder, plan, data, options, learned)
        made, model_id = FromScratch(own, order.steps, flat=False), model.card.model_id
    else:
        made, model_id = from_scratch(plan, data, options, learned), "from-scratch"

    embeddings: list[Embedding | None] = []
    for number, capture in enumerate(captures):
        watch(LEARNING_SHARE + (1.0 - LEARNING_SHARE) * number / len(captures))
        said: Embedding | None = None
        if capture.crops:
            embedded = embed_crops(made.encoder, plan, capture.crops)
            said = Embedding(embedded.embedding, embedded.score, f"{model_id}-own")
        embeddings.append(said)
    return pack_tuned(Tuned(tuple(embeddings), made.steps, made.flat))
