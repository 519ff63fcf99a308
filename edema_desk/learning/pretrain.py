"""Learning from many people: one loop that can be stopped, killed and taken up again."""

from dataclasses import dataclass
from pathlib import Path

from edema_desk.domain.models.card import InputPlan
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.batch import Overlay
from edema_desk.learning.checkpoint import load_checkpoint, save_checkpoint
from edema_desk.learning.device import choose_device, process_group
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.training import (
    PretrainOptions,
    Training,
    TrainingState,
    Watcher,
    untrained_encoder,
)
from edema_desk.learning.training_set import TrainingSet

__all__ = ["PretrainOptions", "Pretrained", "TrainingState", "Watcher", "pretrain"]


@dataclass(frozen=True, slots=True)
class Pretrained:
    """A network on the processor and in evaluation mode, and how many steps made it.

    `writes` is False in all but one of several processes that trained it together.
    """

    encoder: FaceEncoder
    steps: int
    writes: bool


def pretrain(
    data: TrainingSet,
    plan: InputPlan,
    options: PretrainOptions,
    watch: Watcher,
    checkpoint: Path | None = None,
    overlay: Overlay | None = None,
) -> Pretrained:
    """Train a network from random weights, or go on from `checkpoint` if it is of this training.

    Under torchrun all processes train one network.
    Raises STUDY_TOO_SMALL, DEVICE_MISSING, or OUTPUT_NOT_WRITABLE for the checkpoint.
    """
    device = choose_device(options.device)
    with process_group(device) as group:
        encoder = untrained_encoder(options)
        training = Training(
            encoder, data, plan, options, device=device, group=group, overlay=overlay
        )
        laid_over = type(overlay).__name__ if overlay is not None else ""
        network = f"{encoder.name} {sum(p.numel() for p in encoder.parameters())}"
        told = (options, plan, data.sha256(), network, laid_over, device.type, group.size)
        identity = " ".join(str(part) for part in told)
        _go_on(training, options, watch, checkpoint, identity, keeps=group.rank == 0)
    return Pretrained(encoder.cpu().eval(), training.step, group.rank == 0)


def _go_on(
    training: Training,
    options: PretrainOptions,
    watch: Watcher,
    checkpoint: Path | None,
    identity: str,
    *,
    keeps: bool,
) -> None:
    """To the end, from wherever it was laid aside; all processes read what one of them wrote."""
    if checkpoint is not None:
        load_checkpoint(checkpoint, identity, training)

    def keep() -> None:
        if checkpoint is not None and keeps:
            save_checkpoint(checkpoint, identity, training)

    kept_s = training.passed_s
    try:
        while training.done < 1.0:
            watch(training.advance())
            if training.passed_s - kept_s >= options.checkpoint_every_s:
                keep()
                kept_s = training.passed_s
    except ExpectedError as error:
        if error.code is ErrorCode.CANCELLED:
            keep()
        raise
    keep()
