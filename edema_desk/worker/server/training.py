"""A training as it was ordered: take in the captures, learn, judge by those held out, save."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import numpy as np

from edema_desk import __version__
from edema_desk.domain.models.card import (
    Figures,
    InputPlan,
    ModelCard,
    Recipe,
    TrainedOn,
    render_card,
)
from edema_desk.domain.models.judging import judge, require_enough
from edema_desk.domain.models.objectives import parse_mixture
from edema_desk.domain.statistics.held_out import ScoredCapture
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.embed import embed_crops
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.familiar_fitting import familiar_of
from edema_desk.learning.overlay import swelling_overlay
from edema_desk.learning.package import rounded, save_package
from edema_desk.learning.pretrain import PretrainOptions, TrainingState, pretrain
from edema_desk.learning.training_set import TrainingSet
from edema_desk.worker.protocol.contents import Content
from edema_desk.worker.protocol.framing import Message
from edema_desk.worker.protocol.training import (
    TrainingCapture,
    TrainingOrder,
    unpack_order,
)
from edema_desk.worker.server.channel import Channel
from edema_desk.worker.server.gathering import gather, received

LEARNING_SHARE = 0.96
"""Of the progress; the rest is judging."""


def train(channel: Channel, request: Message) -> Content:
    """Answer a `pretrain` request: the card of the package that was saved.

    Raises STUDY_TOO_SMALL, OUTPUT_EXISTS, OUTPUT_NOT_WRITABLE, CANCELLED.
    """
    order = unpack_order(request.fields)
    if order.folder.exists():
        raise ExpectedError(ErrorCode.OUTPUT_EXISTS, path=str(order.folder))
    plan = InputPlan(size_px=order.size_px)
    told = _Told(channel, request)
    gathered = gather(received(channel, told.gathering), plan)
    quoted = order.figures
    if quoted is None or gathered.held_out:  # before hours of learning, not after them
        require_enough((c.person, c.session, c.phase) for c in gathered.held_out)
    data = gathered.training_set()

    overlay = swelling_overlay(plan, data.margin_px) if order.lay_over else None
    learned = pretrain(data, plan, _options(order), told.learned, order.checkpoint, overlay)
    encoder = rounded(learned.encoder)
    if quoted is None or gathered.held_out:
        scored = _score(told, encoder, plan, gathered.held_out)
        figures = judge(scored, order.measured_on, order.transfer)
    else:
        figures = quoted
    card = _card(order, plan, data, figures, learned.steps, encoder.name)
    if learned.writes:
        familiar = familiar_of(encoder, plan, data, overlay, told.checked)
        card = save_package(order.folder, encoder, card, familiar)
        if order.checkpoint is not None:
            order.checkpoint.unlink(missing_ok=True)
    return {}, (render_card(card).encode(),)


def _options(order: TrainingOrder) -> PretrainOptions:
    return PretrainOptions(
        steps=order.steps,
        minutes=order.minutes,
        seed=order.seed,
        objectives=parse_mixture(order.objectives),
        learning_rate=order.learning_rate,
        device=order.device,
    )


class _Told:
    """What is told of the progress: mostly learning, judging at its end."""

    def __init__(self, channel: Channel, request: Message) -> None:
        self._channel, self._request = channel, request
        self._state = TrainingState(0, 0.0, 0.0)

    def gathering(self) -> None:
        """While captures come in."""
        self._tell(0.0)

    def learned(self, state: TrainingState) -> None:
        """After each step; raises CANCELLED when asked to."""
        self._state = state
        self._tell(state.done * LEARNING_SHARE)

    def judged(self, share: float) -> None:
        """While held-out captures are scored."""
        self._tell(LEARNING_SHARE + (1.0 - LEARNING_SHARE) * share)

    def checked(self) -> None:
        """While what is familiar is gathered."""
        self._tell(1.0)

    def _tell(self, done: float) -> None:
        self._channel.check(self._request)
        state = self._state
        self._channel.tell(self._request, step=state.step, done=done, loss=state.loss)


def _score(
    told: _Told,
    encoder: FaceEncoder,
    plan: InputPlan,
    captures: Sequence[TrainingCapture],
) -> list[ScoredCapture]:
    scored = []
    for number, capture in enumerate(captures):
        told.judged(number / len(captures))
        embedded = embed_crops(encoder, plan, capture.crops)
        scored.append(
            ScoredCapture(
                capture_id=str(number),
                patient_id=str(capture.person),
                day=date.fromordinal(1 + capture.session),
                phase=capture.phase,
                excess_kg=capture.excess_kg,
                score=embedded.score,
                refusal=None,
                embedding=embedded.embedding,
            )
        )
    return scored


def _card(
    order: TrainingOrder,
    plan: InputPlan,
    data: TrainingSet,
    figures: Figures,
    steps: int,
    encoder_name: str,
) -> ModelCard:
    return ModelCard(
        name=order.folder.name,
        encoder=encoder_name,
        input=plan,
        weights_sha256="",
        parent=order.parent,
        trained_on=TrainedOn(
            study_sha256=data.sha256(),
            patients=len(np.unique(data.person)),
            captures=len(data.person),
            frames=len(data.crops),
            made_up=order.made_up,
        ),
        figures=figures,
        licence=order.licence,
        attributions=order.attributions,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        program_version=__version__,
        commands=order.commands,
        recipe=Recipe(order.objectives, steps, order.seed, order.learning_rate),
    )
