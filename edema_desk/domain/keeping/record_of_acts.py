"""The record of acts as people read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class ActFilter:
    """Which acts are wanted; None is any. Days are the clinic's, both of them included."""

    actor_id: str | None = None
    patient_id: str | None = None
    chart_number: str | None = None
    kind: ActKind | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """One value that an act changed: which, what it was and is, and the reason that was given.

    `what` names the value (`net_g`, `dry_weight_g`, `patient`, `session`, `phase` ...).
    """

    what: str
    old: Value
    new: Value
    why: str = ""


@dataclass(frozen=True, slots=True)
class ActEntry:
    """One act. `patient` is chart number and name as they are now, "" where it is about nobody.

    `changed` is filled where one act is asked for, with old and new values."""

    row: int
    at: Moment
    actor_id: str
    kind: ActKind
    patient_id: str | None
    patient: str
    details: Mapping[str, object]
    changed: tuple[WhatChanged, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class LastVerification:
    """What the last verification of the whole record found; `fault` is a `store.chain` fault."""

    at: Moment
    actor_id: str
    rows: int
    fault: str | None
    at_row: int | None


@dataclass(frozen=True, slots=True)
class RecordState:
    """How the record of acts stands: so many acts, the newest signed head, what was found last.

    `fault` is that of this start's look at the acts since the last signed head, or of the last
    whole verification."""

    acts: int
    head_rows: int | None
    head_at: Moment | None
    verified: LastVerification | None
    fault: str | None = None
    at_row: int | None = None
