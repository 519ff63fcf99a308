"""What a page asks for at once: everything about one patient, or one session."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.course.trend import SessionEntry, Trend
from edema_desk.domain.keeping.removed import RemovedCapture
from edema_desk.domain.terms.alike import LookAlike
from edema_desk.domain.terms.judgement import Judgement
from edema_desk.domain.terms.notes import Note
from edema_desk.domain.terms.records import (
    CLINIC_ORIGIN,
    Capture,
    Patient,
    Phase,
    Schedule,
    StoredEstimate,
    Weighing,
)


@dataclass(frozen=True, slots=True)
class NewPatient:
    """What is typed to add a person. `care_given`: the day of the consent for care, None where it
    is still to be asked."""

    chart_number: str
    name: str
    kana: str = ""
    birth_date: date | None = None
    schedule: Schedule = field(default_factory=Schedule)
    dry_weight_g: int | None = None
    origin: str = CLINIC_ORIGIN
    care_given: date | None = None


@dataclass(frozen=True, slots=True)
class PatientCard:
    """One patient with the whole course. `alike`: others who may be mistaken for this one.

    `events` say what went before spot captures, by their ids; `removed_spots` are those deleted,
    `names` what users are called, by their ids.
    """

    patient: Patient
    schedule: Schedule
    dry_weight_g: int | None
    trend: Trend
    alike: tuple[LookAlike, ...] = ()
    events: Mapping[str, str] = field(default_factory=dict)
    removed_spots: tuple[RemovedCapture, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaptureDetail:
    """One capture as the session page shows it. Arrays belong to the chosen frames."""

    capture: Capture
    t_ms: NDArray[np.float64]
    frame_scores: NDArray[np.float32]
    refused: tuple[tuple[str, int], ...]
    estimates: tuple[StoredEstimate, ...]


@dataclass(frozen=True, slots=True)
class SessionPair:
    """Pre and post of one session side by side. `weighings` holds the corrected ones too,
    `removed` the deleted captures; `alike` are others who may be mistaken for the patient, `names`
    what users are called, by their ids. `notes` and `judgements` are in the order they were made.
    A `veiled` one lacks all that tells an excess, until who looks has judged; `untold`: it always
    has."""

    patient: Patient
    entry: SessionEntry
    pre: CaptureDetail | None
    post: CaptureDetail | None
    weighings: tuple[Weighing, ...]
    alike: tuple[LookAlike, ...] = ()
    removed: tuple[RemovedCapture, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    veiled: bool = False
    untold: bool = False

    def detail(self, phase: Phase) -> CaptureDetail | None:
        """Of the pre or the post."""
        return self.pre if phase is Phase.PRE else self.post


class ChangeKind(StrEnum):
    """What an act touched; pages refresh what they show of it."""

    PATIENTS = "patients"
    PATIENT = "patient"
    SESSION = "session"
    CLIPS = "clips"
    SETTINGS = "settings"
    USERS = "users"
    DATABASE_DAMAGED = "database_damaged"
    RECORD_OF_ACTS = "record_of_acts"
    CLOCK = "clock"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Change:
    """Announced after an act. `CLIPS`: stored clips were found damaged. `RECORD_OF_ACTS`: it was
    verified. `SETTINGS`: of the
    clinic. `DATABASE_DAMAGED`: a page of it. `CLOCK`: that of this PC
    was set. `ELSEWHERE`: another command wrote to the database."""

    kind: ChangeKind
    patient_id: str | None = None
    session_id: str | None = None
