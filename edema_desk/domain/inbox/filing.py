"""Files in the inbox folder on their way to becoming captures."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Patient, Phase
from edema_desk.errors import ErrorCode, ExpectedError


class InboxState(StrEnum):
    """How far a file has come. COPIED: a sealed copy is in the profile, and its turn comes."""

    RESTING = "resting"
    COPYING = "copying"
    COPIED = "copied"
    ANALYSING = "analysing"
    TAKEN_IN = "taken_in"
    WAITING = "waiting"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    UNDONE = "undone"
    SET_ASIDE = "set_aside"


UNDER_WAY = frozenset(
    {InboxState.RESTING, InboxState.COPYING, InboxState.COPIED, InboxState.ANALYSING}
)
"""The program goes on with these by itself."""

FOR_A_PERSON = frozenset({InboxState.WAITING, InboxState.UNDONE})
"""These wait to be told whom they show; their sealed copies are kept until then."""


class InboxDoubt(StrEnum):
    """Why a file waits for a person."""

    NO_NUMBER = "no_number"
    NUMBER_UNKNOWN = "number_unknown"
    SEVERAL_PATIENTS = "several_patients"
    NO_PHASE = "no_phase"
    SEVERAL_PHASES = "several_phases"
    SEVERAL_DAYS = "several_days"
    DAY_AHEAD = "day_ahead"
    WHICH_SESSION = "which_session"
    PHASE_TAKEN = "phase_taken"
    NO_CONSENT = "no_consent"
    SIDECAR_BROKEN = "sidecar_broken"
    SIDECAR_DIFFERS = "sidecar_differs"


class TimeFrom(StrEnum):
    """Where the time of a capture was found, the surest first. OWN: a person said whom and in
    which phase, and the clip keeps the time it had; the session follows by the rules."""

    PERSON = "person"
    OWN = "own"
    SIDECAR = "sidecar"
    NAME = "name"
    CLIP = "clip"
    FILE = "file"
    USUAL = "usual"


class AfterTakingIn(StrEnum):
    """What happens to the file in the folder once its clip is stored."""

    KEEP = "keep"
    MOVE = "move"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class InboxPlan:
    """Which folder is watched, None for none, and what happens to its files."""

    folder: Path | None = None
    after: AfterTakingIn = AfterTakingIn.KEEP


def plan_of(folder: str, after: str) -> InboxPlan:
    """The plan as settings keep it: "" for no folder, and KEEP for what is not known."""
    kept = AfterTakingIn(after) if after in set(AfterTakingIn) else AfterTakingIn.KEEP
    return InboxPlan(Path(folder) if folder else None, kept)


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a clip shows and when, as far as that is known. `session_id` None opens one."""

    patient_id: str | None = None
    session_id: str | None = None
    phase: Phase | None = None
    at: Moment | None = None
    time_from: TimeFrom | None = None


@dataclass(frozen=True, slots=True)
class InboxItem:
    """One file. `name` is its path within `folder`, with slashes; `mtime_ns` and `size_bytes`
    tell its contents apart from later ones of the same name. `sidecar` marks the state of the
    JSON file beside it, and `event` is what that says went before. `attempt` counts the times it
    was sent on its way by a person."""

    item_id: str
    folder: str
    name: str
    size_bytes: int
    mtime_ns: int
    state: InboxState
    seen_at: Moment
    sha256: str | None = None
    sidecar: str = ""
    target: Target = field(default_factory=Target)
    doubts: tuple[InboxDoubt, ...] = ()
    error: ErrorCode | None = None
    params: Mapping[str, str | int | float] = field(default_factory=dict)
    capture_id: str | None = None
    twin_id: str | None = None
    after: AfterTakingIn = AfterTakingIn.KEEP
    attempt: int = 0
    event: str = ""

    @property
    def path(self) -> Path:
        """Where the file lies, or lay."""
        return Path(self.folder, *self.name.split("/"))

    @property
    def shown_name(self) -> str:
        """The file's own name, without characters that turn or hide others."""
        last = self.name.rpartition("/")[2]
        return "".join("·" if unicodedata.category(c) in ("Cc", "Cf") else c for c in last)

    @property
    def act_id(self) -> str:
        """Of taking it in: made of what the file holds, so that a crash does nothing twice."""
        return f"inbox-{self.sha256}-{self.attempt}"

    def reason(self) -> ExpectedError | None:
        """Why it was refused, or what went wrong at the last try."""
        return ExpectedError(self.error, **self.params) if self.error else None


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """An item as the page shows it. `twin` and `twin_day` name the capture a duplicate is of;
    `refusal` is why the taken-in clip has no estimate."""

    item: InboxItem
    patient: Patient | None = None
    day: date | None = None
    twin: Patient | None = None
    twin_day: date | None = None
    refusal: Refusal | None = None
    excess_kg: float | None = None
