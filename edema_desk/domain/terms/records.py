"""What the clinic keeps: patients, sessions, weights, captures, estimates.

Identifiers are UUIDs made by whoever makes the record, so that a retried act finds its own
record instead of making a second one. Weights are integer grams. Records are only ever
added; a correction is a new record that `supersedes` the old one.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import uuid4

from edema_desk.domain.terms.estimate import IntervalKind, Refusal, TransferKind
from edema_desk.domain.terms.moment import Moment

LOCAL_ACTOR = "local"
"""Who acts until the profile has users."""

CLINIC_ORIGIN = "clinic"
DEMO_ORIGIN = "demo"


def new_id() -> str:
    """A fresh identifier."""
    return uuid4().hex


class Phase(StrEnum):
    """When in the course of dialysis a capture was made."""

    PRE = "pre"
    POST = "post"
    SPOT = "spot"


class CaptureState(StrEnum):
    """How far a capture has come. The row exists before its first frame."""

    RECORDING = "recording"
    INCOMPLETE = "incomplete"
    STORED = "stored"
    ANALYSED = "analysed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Patient:
    """A person. `origin` is `clinic`, `demo`, or the name of the study they came with."""

    patient_id: str
    chart_number: str
    name: str
    kana: str = ""
    birth_date: date | None = None
    origin: str = CLINIC_ORIGIN
    has_photo: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """When and where a patient is dialysed, and for how long as a rule. Weekdays: Monday is 0."""

    weekdays: tuple[int, ...] = ()
    shift: int = 1
    bed: str = ""
    planned_hours: float | None = None


@dataclass(frozen=True, slots=True)
class DryWeight:
    """The weight without excess fluid, valid from a day until the next entry."""

    entry_id: str
    patient_id: str
    weight_g: int
    valid_from: date
    entered_at: Moment
    actor: str = LOCAL_ACTOR
    reason: str = ""
    supersedes: str | None = None


@dataclass(frozen=True, slots=True)
class DialysisSession:
    """One treatment, opened by its first pre or post entry. `day` is its clinic day."""

    session_id: str
    patient_id: str
    day: date
    opened_at: Moment
    planned_hours: float | None = None
    planned_removal_ml: int | None = None


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the scale said. `net_g` is what counts; `gross_g` includes the tare."""

    weighing_id: str
    session_id: str
    phase: Phase
    gross_g: int
    tare_g: int
    weighed_at: Moment
    actor: str = LOCAL_ACTOR
    reason: str = ""
    supersedes: str | None = None

    @property
    def net_g(self) -> int:
        """The patient's own weight."""
        return self.gross_g - self.tare_g


@dataclass(frozen=True, slots=True)
class Capture:
    """One clip of a face. A spot capture belongs to a day but to no session.

    One that is not `whole` was recorded here and cut short; `recovered` says that what there is
    of it was found after the program had ended.
    """

    capture_id: str
    patient_id: str
    session_id: str | None
    phase: Phase
    captured_at: Moment
    state: CaptureState
    source: str
    sha256: str | None = None
    duration_ms: int | None = None
    frames_seen: int | None = None
    frames_chosen: int | None = None
    whole: bool = True
    recovered: bool = False

    @property
    def given_up(self) -> bool:
        """Whether nothing is left of it but its record: it was discarded, or never came whole."""
        return self.state is CaptureState.INCOMPLETE and self.sha256 is None


@dataclass(frozen=True, slots=True)
class StoredEstimate:
    """What a model said of a capture: a number with its spread, or the reason for none.

    `references` are the captures of known weight that it rests on and `transfer` says how.
    `spread_kg` is half the width that shall hold 90 %, `interval_kind` what it rests on, and
    `sd_kg` the estimate's own standard deviation. `p_edema` is the probability that the face is
    as before dialysis rather than as after it.
    """

    estimate_id: str
    capture_id: str
    model_id: str
    made_at: Moment
    excess_kg: float | None
    spread_kg: float | None
    refusal: Refusal | None
    references: tuple[str, ...] = field(default=())
    program_version: str = ""
    sd_kg: float | None = None
    p_edema: float | None = None
    interval_kind: IntervalKind = IntervalKind.SPREAD
    transfer: TransferKind = TransferKind.REFERENCE
