"""What a patient agreed to: one answer for each purpose, the one that was entered last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import CLINIC_ORIGIN, LOCAL_ACTOR, Patient

SHIPPED_TEXT = 0
"""The version of the consent texts that come with the program."""


class Purpose(StrEnum):
    """What pictures and figures of a patient may be used for; each is asked on its own."""

    CARE = "care"
    TRAINING = "training"
    RESEARCH = "research"


class ConsentState(StrEnum):
    """How it stands with one purpose. BY_STUDY: who came with a study, or is made up, agreed
    there."""

    NEVER_ASKED = "never_asked"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    BY_STUDY = "by_study"


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """One answer. `day` is when the patient gave it; `text_version` is the text that was shown,
    None where that is not known. Entries come in the order they were made."""

    consent_id: str
    patient_id: str
    purpose: Purpose
    given: bool
    day: date
    remark: str = ""
    text_version: int | None = None
    actor: str = LOCAL_ACTOR
    entered_at: Moment | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one purpose, and by which entry."""

    purpose: Purpose
    state: ConsentState
    entry: ConsentEntry | None = None

    @property
    def allowed(self) -> bool:
        """Whether pictures and figures may be used for it."""
        return self.state in (ConsentState.GIVEN, ConsentState.BY_STUDY)


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What a patient reads before answering, in both languages."""

    purpose: Purpose
    version: int
    en: str
    ja: str


def standings(origin: str, entries: Sequence[ConsentEntry]) -> Mapping[Purpose, Standing]:
    """How it stands with each purpose. The entry made last counts, whatever day it names."""
    return {purpose: _standing(purpose, origin, entries) for purpose in Purpose}


def _standing(purpose: Purpose, origin: str, entries: Sequence[ConsentEntry]) -> Standing:
    last = next((e for e in reversed(entries) if e.purpose is purpose), None)
    if last is not None:
        state = ConsentState.GIVEN if last.given else ConsentState.WITHDRAWN
        return Standing(purpose, state, last)
    elsewhere = origin != CLINIC_ORIGIN
    return Standing(purpose, ConsentState.BY_STUDY if elsewhere else ConsentState.NEVER_ASKED)


@dataclass(frozen=True, slots=True)
class PatientConsent:
    """All there is to show of one patient; `models` were trained on captures of the patient."""

    patient: Patient
    standings: Mapping[Purpose, Standing]
    entries: tuple[ConsentEntry, ...]
    models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal did: whether a capture was ended, and of how many captures the pictures
    were destroyed."""

    capture_ended: bool
    destroyed: int
