"""A training as it was ordered: take in the captures, learn, judge by those held out, save."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import numpy as np
from numpy.typing import NDArray

from edema_desk import __version__
from edema_desk.domain.held_out import ScoredCapture
from edema_desk.domain.model_card import Figures, InputPlan, ModelCard, TrainedOn, render_card
from edema_desk.domain.objectives import parse_mixture
from edema_desk.domain.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.crops import cut_crops, decode_crops
from edema_desk.learning.embed import embed_crops
from edema_desk.learning.encoder import ENCODER_NAME, FaceEncoder
from edema_desk.learning.figures import judge
from edema_desk.learning.package import rounded, save_package
from edema_desk.learning.pretrain import PretrainOptions, TrainingState, pretrain
from edema_desk.learning.training_set import TrainingSet
from edema_desk.worker.protocol.contents import Content
from edema_desk.worker.protocol.framing import Message
from edema_desk.worker.protocol.training import (
    TrainingCapture,
    TrainingOrder,
    unpack_capture,
    unpack_order,
)
from edema_desk.worker.server.channel import Channel

MARGIN_SHARE = 1 / 14
"""Of the network's input, around it, for augmentation to move in."""
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
    gathered = _gather(channel, told, plan)
    quoted = order.figures
    if quoted is None and not gathered.held_out:
        raise ExpectedError(ErrorCode.STUDY_TOO_SMALL, found="nobody held out", limit=2)
    data = gathered.training_set()

    encoder = rounded(pretrain(data, plan, _options(order), told.learned, order.checkpoint))
    if quoted is None or gathered.held_out:
        scored = _score(told, encoder, plan, gathered.held_out)
        figures = judge(scored, order.measured_on)
    else:
        figures = quoted
    card = save_package(order.folder, encoder, _card(order, plan, data, figures))
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

    def learned(self, state: TrainingState) -> None:
        """After each step; raises CANCELLED when asked to."""
        self._state = state
        self._tell(state.done * LEARNING_SHARE)

    def judged(self, share: float) -> None:
        """While held-out captures are scored."""
        self._tell(LEARNING_SHARE + (1.0 - LEARNING_SHARE) * share)

    def _tell(self, done: float) -> None:
        self._channel.check(self._request)
        state = self._state
        self._channel.tell(self._request, step=state.step, done=done, loss=state.loss)


@dataclass(slots=True)
class _Gathered:
    """Captures as they come in: those to learn from as pixels, those held out as files."""

    margin_px: int
    pixels: list[NDArray[np.uint8]] = field(default_factory=list)
    learned: list[TrainingCapture] = field(default_factory=list)
    held_out: list[TrainingCapture] = field(default_factory=list)

    def add(self, capture: TrainingCapture, plan: InputPlan) -> None:
        """Crops are cut at once: the files of a whole study are many."""
        if capture.held_out:
            self.held_out.append(capture)
            return
        cut = cut_crops(decode_crops(capture.crops), plan, margin_px=self.margin_px)
        self.pixels.append(cut.contiguous().numpy())
        self.learned.append(replace(capture, crops=()))

    def training_set(self) -> TrainingSet:
        """Raises STUDY_TOO_SMALL for an empty one."""
        if not self.pixels:
            raise ExpectedError(ErrorCode.STUDY_TOO_SMALL, found="no captures", limit=4)
        counts = [len(pixels) for pixels in self.pixels]
        crops = np.empty((sum(counts), *self.pixels[0].shape[1:]), np.uint8)
        end = len(crops)
        while self.pixels:  # given up one by one: a large study is in memory only once
            part = self.pixels.pop()
            crops[end - len(part) : end] = part
            end -= len(part)
        return TrainingSet(
            crops,
            self.margin_px,
            np.repeat(np.arange(len(counts)), counts),
            np.array([c.person for c in self.learned]),
            np.array([c.session for c in self.learned]),
            np.array([c.excess_kg for c in self.learned]),
            np.array([c.phase is Phase.PRE for c in self.learned]),
        )


def _gather(channel: Channel, told: _Told, plan: InputPlan) -> _Gathered:
    gathered = _Gathered(round(plan.size_px * MARGIN_SHARE))
    while (message := channel.next_request()).kind == "capture":
        told.learned(TrainingState(0, 0.0, 0.0))
        capture = unpack_capture(message.fields, message.blobs)
        if capture.crops:
            gathered.add(capture, plan)
    return gathered


def _score(
    told: _Told,
    encoder: FaceEncoder,
    plan: InputPlan,
    captures: Sequence[TrainingCapture],
) -> list[ScoredCapture]:
    scored = []
    for number, capture in enumerate(captures):
        told.judged(number / len(captures))
        scored.append(
            ScoredCapture(
                capture_id=str(number),
                patient_id=str(capture.person),
                day=date.fromordinal(1 + capture.session),
                phase=capture.phase,
                excess_kg=capture.excess_kg,
                score=embed_crops(encoder, plan, capture.crops).score,
                refusal=None,
            )
        )
    return scored


def _card(order: TrainingOrder, plan: InputPlan, data: TrainingSet, figures: Figures) -> ModelCard:
    return ModelCard(
        name=order.folder.name,
        encoder=ENCODER_NAME,
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
    )
