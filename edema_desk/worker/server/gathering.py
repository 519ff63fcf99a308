"""The captures that follow a request to learn: decoded once, held as pixels."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.models.card import InputPlan
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.crops import cut_crops, decode_crops
from edema_desk.learning.training_set import TrainingSet
from edema_desk.worker.protocol.training import TrainingCapture, unpack_capture
from edema_desk.worker.server.channel import Channel

MARGIN_SHARE = 1 / 14
"""Of the network's input, around it, for augmentation to move in."""


@dataclass(slots=True)
class Gathered:
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


def received(channel: Channel, between: Callable[[], None]) -> Iterator[TrainingCapture]:
    """Each capture that is sent, until the last; `between` is called before each."""
    while (message := channel.next_request()).kind == "capture":
        between()
        yield unpack_capture(message.fields, message.blobs)


def gather(captures: Iterable[TrainingCapture], plan: InputPlan) -> Gathered:
    """Those that have crops."""
    gathered = Gathered(round(plan.size_px * MARGIN_SHARE))
    for capture in captures:
        if capture.crops:
            gathered.add(capture, plan)
    return gathered
