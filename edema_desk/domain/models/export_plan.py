"""What of whom shall leave the program as files, what would, and what did."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from edema_desk.domain.course.exporting import Period
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import CLINIC_ORIGIN


class ExportKind(StrEnum):
    """The words of the command line: tables, one FHIR bundle a patient, a study folder."""

    TABLES = "csv"
    FHIR = "fhir"
    STUDY = "study"


class LeftOut(StrEnum):
    """Why a capture is not in a study. NO_CLIP: its clip was dropped when its days were over, or
    destroyed. TWICE: a study holds one pre and one post a day. DAMAGED: the clip is not whole."""

    NO_CLIP = "no_clip"
    NO_WEIGHT = "no_weight"
    NO_DRY_WEIGHT = "no_dry_weight"
    TWICE = "twice"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What shall go out. Without `patient_ids` everybody of one origin who agreed; those named
    must be of one origin. `named` puts names beside the codes, for care elsewhere."""

    kind: ExportKind
    patient_ids: tuple[str, ...] = ()
    origin: str = CLINIC_ORIGIN
    period: Period = field(default_factory=Period)
    named: bool = False

    @property
    def act(self) -> ActKind:
        """The act it is."""
        if self.kind is ExportKind.STUDY:
            return ActKind.EXPORT_STUDY
        return ActKind.EXPORT_NAMED if self.named else ActKind.EXPORT_PATIENTS


@dataclass(frozen=True, slots=True)
class ExportCount:
    """What would go out, or did, counted: patients with anything in the period, their sessions
    and spot captures; of a study the clips. `not_agreed` were asked for and stay; `nothing` may
    go out, but have none."""

    patients: int
    sessions: int
    spots: int
    not_agreed: int
    nothing: int = 0
    clips: int = 0
    size_bytes: int = 0
    left_out: Mapping[LeftOut, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WentOut:
    """What an export put on record."""

    wish: ExportWish
    patient_ids: tuple[str, ...]
    sessions: int
    spots: int
    clips: int = 0
