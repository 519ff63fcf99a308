"""Learning from many people: one loop that can be stopped, killed and taken up again."""

from pathlib import Path

import torch

from edema_desk.domain.model_card import InputPlan
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.batch import Overlay
from edema_desk.learning.checkpoint import load_checkpoint, save_checkpoint
from edema_desk.learning.device import choose_device, process_group
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.training import PretrainOptions, Training, TrainingState, Watcher
from edema_desk.learning.training_set import TrainingSet

__all__ = ["PretrainOptions", "TrainingState", "Watcher", "pretrain"]


def pretrain(
    data: TrainingSet,
    plan: InputPlan,
    options: PretrainOptions,
    watch: Watcher,
    checkpoint: Path | None = None,
    overlay: Overlay | None = None,
) -> FaceEncoder:
    """Train a network from random weights, or go on from `checkpoint` if it is of this training.

    The network comes back on the processor. Under torchrun all processes train one network.
    Raises STUDY_TOO_SMALL, DEVICE_MISSING, or OUTPUT_NOT_WRITABLE for the checkpoint.
    """
    device = choose_device(options.device)
    with process_group(device) as group:
        torch.manual_seed(options.seed)
        encoder = FaceEncoder()
        training = Training(
            encoder, data, plan, options, device=device, group=group, overlay=overlay
        )
        laid_over = type(overlay).__name__ if overlay is not None else ""
        identity = f"{options} {plan} {data.sha256()} {laid_over} {device.type} {group.size}"
        _go_on(training, options, watch, checkpoint, identity, keeps=group.rank == 0)
    return encoder.cpu().eval()


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
