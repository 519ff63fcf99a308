"""How a training is ordered: what to learn from, how long, and what the card shall say."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from edema_desk.domain.models.card import SIZE_PX, Figures
from edema_desk.domain.models.objectives import DEFAULT_MIXTURE, DeviceChoice, render_mixture
from edema_desk.domain.statistics.population import DEFAULT_KIND
from edema_desk.domain.statistics.transfer_prior import prior_from
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.domain.terms.records import Phase
from edema_desk.worker.protocol.contents import (
    Content,
    Embedding,
    checked,
    pack_embedding,
    unpack_embedding,
)


@dataclass(frozen=True, slots=True)
class TrainingCapture:
    """JPEG crops of one capture and its excess by the scale. Persons and sessions are numbers
    of this training only. Those held out are not trained on: the card's figures come from them.
    """

    person: int
    session: int
    phase: Phase
    excess_kg: float
    crops: tuple[bytes, ...]
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class TrainingOrder:
    """`folder` is where the package shall stand, its last part the model's name.

    With `minutes` the clock ends it, else `steps`. `figures` are quoted in the card when nobody
    is held out; then one of both must be there. `checkpoint` is where it is laid aside.
    `objectives` is written as `render_mixture` does; `lay_over` draws swelling over the crops
    while they are learned from, for which parts of the face can be told apart. `transfer` is how
    the card carries the model over to a patient.
    """

    folder: Path
    checkpoint: Path | None
    steps: int
    minutes: float | None
    seed: int
    made_up: bool
    measured_on: str
    licence: str
    attributions: tuple[str, ...]
    commands: tuple[str, ...]
    parent: str | None = None
    figures: Figures | None = None
    size_px: int = SIZE_PX
    objectives: str = render_mixture(DEFAULT_MIXTURE)
    learning_rate: float = 1e-3
    device: DeviceChoice = DeviceChoice.AUTO
    lay_over: bool = False
    transfer: TransferKind = DEFAULT_KIND


@dataclass(frozen=True, slots=True)
class TuneOrder:
    """How to make a network one patient's own: the last block of `model` tuned, or, without one,
    all of a network of `size_px` learned from nothing until its loss is flat.

    `steps` are the most that are made.
    """

    model: Path | None
    steps: int = 30
    learning_rate: float = 1e-4
    seed: int = 0
    size_px: int = SIZE_PX


@dataclass(frozen=True, slots=True)
class Tuned:
    """What the patient's own network says of each capture that was sent, in their order; None of
    those without crops. `flat` is whether its loss fell no more."""

    embeddings: tuple[Embedding | None, ...]
    steps: int
    flat: bool


@dataclass(frozen=True, slots=True)
class TrainingProgress:
    """`done` goes from 0 to 1."""

    step: int
    done: float
    loss: float


def unpack_progress(fields: Mapping[str, Any]) -> TrainingProgress:
    """As it was told."""
    return checked(
        lambda: TrainingProgress(int(fields["step"]), float(fields["done"]), float(fields["loss"]))
    )


def pack_order(order: TrainingOrder) -> dict[str, Any]:
    """As JSON can hold it."""
    checkpoint = str(order.checkpoint) if order.checkpoint else None
    return asdict(order) | {"folder": str(order.folder), "checkpoint": checkpoint}


def unpack_order(fields: Mapping[str, Any]) -> TrainingOrder:
    """What `pack_order` packed."""
    figures, checkpoint = fields["figures"], fields["checkpoint"]
    plain = {
        "folder": Path(fields["folder"]),
        "checkpoint": Path(checkpoint) if checkpoint is not None else None,
        "attributions": tuple(fields["attributions"]),
        "commands": tuple(fields["commands"]),
        "figures": _figures(figures) if figures is not None else None,
        "device": DeviceChoice(fields["device"]),
        "transfer": TransferKind(fields["transfer"]),
    }
    return TrainingOrder(**{**fields, **plain})


def _figures(fields: Mapping[str, Any]) -> Figures:
    prior = fields["transfer"]
    return Figures(**{**fields, "transfer": None if prior is None else prior_from(prior)})


def pack_capture(capture: TrainingCapture) -> tuple[dict[str, Any], tuple[bytes, ...]]:
    """The crops are the blobs."""
    fields = {
        "person": capture.person,
        "session": capture.session,
        "phase": capture.phase.value,
        "excess_kg": capture.excess_kg,
        "held_out": capture.held_out,
    }
    return fields, capture.crops


def unpack_capture(fields: Mapping[str, Any], blobs: tuple[bytes, ...]) -> TrainingCapture:
    """What `pack_capture` packed."""
    return TrainingCapture(
        person=int(fields["person"]),
        session=int(fields["session"]),
        phase=Phase(fields["phase"]),
        excess_kg=float(fields["excess_kg"]),
        crops=blobs,
        held_out=bool(fields["held_out"]),
    )


def pack_tune_order(order: TuneOrder) -> dict[str, Any]:
    """As JSON can hold it."""
    return asdict(order) | {"model": str(order.model.absolute()) if order.model else ""}


def unpack_tune_order(fields: Mapping[str, Any]) -> TuneOrder:
    """What `pack_tune_order` packed."""
    return TuneOrder(**{**fields, "model": Path(fields["model"]) if fields["model"] else None})


def pack_tuned(tuned: Tuned) -> Content:
    """One blob for each capture, empty for those without crops."""
    said, blobs = [], []
    for embedding in tuned.embeddings:
        fields, parts = pack_embedding(embedding) if embedding is not None else (None, (b"",))
        said.append(fields)
        blobs.append(parts[0])
    return {"said": said, "steps": tuned.steps, "flat": tuned.flat}, tuple(blobs)


def unpack_tuned(fields: Mapping[str, Any], blobs: tuple[bytes, ...]) -> Tuned:
    """What `pack_tuned` packed. Raises ProtocolError."""

    def read() -> Tuned:
        embeddings = tuple(
            unpack_embedding(said, (blob,)) if said is not None else None
            for said, blob in zip(fields["said"], blobs, strict=True)
        )
        return Tuned(embeddings, int(fields["steps"]), bool(fields["flat"]))

    return checked(read)
