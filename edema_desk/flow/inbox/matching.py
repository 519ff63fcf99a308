"""The evidence of an item brought together, and what follows from it."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from edema_desk.domain.capture.clips import ClipSource
from edema_desk.domain.inbox.filing import InboxItem, Target, TimeFrom
from edema_desk.domain.inbox.matching import Evidence, match, place
from edema_desk.domain.inbox.naming import read_name
from edema_desk.domain.inbox.sidecar import (
    MOST_BYTES,
    BrokenSidecarError,
    Sidecar,
    read_sidecar,
)
from edema_desk.domain.terms.moment import Moment
from edema_desk.flow.base.database import DatabaseDoor
from edema_desk.flow.inbox.scanning import sidecar_paths
from edema_desk.media.creation_time import creation_time
from edema_desk.store.captures.inbox import people_by_number
from edema_desk.store.captures.sessions import session_states


def matched(database: DatabaseDoor, item: InboxItem, copy: ClipSource) -> InboxItem:
    """The item with its target and doubts. What a person has said stays."""
    if item.target.time_from is TimeFrom.PERSON:
        return replace(item, doubts=())
    if item.target.time_from is TimeFrom.OWN:
        return _placed(database, item, item.target)
    people = database.call(people_by_number)
    sidecar, broken = _sidecar(item.path)
    evidence = Evidence(
        name=read_name(item.path.stem, people),
        file_at=datetime.fromtimestamp(item.mtime_ns / 1e9, UTC),
        clip_at=creation_time(copy),
        sidecar=sidecar,
        sidecar_broken=broken,
    )
    found = match(evidence, people, Moment.now())
    event = sidecar.event if sidecar else ""
    item = replace(item, event=event)
    if found.doubts:
        return replace(item, target=found.target, doubts=found.doubts)
    return _placed(database, item, found.target)


def _placed(database: DatabaseDoor, item: InboxItem, target: Target) -> InboxItem:
    patient_id, at = target.patient_id, target.at
    if patient_id is None or at is None:
        return replace(item, target=target)
    states = database.call(lambda store: session_states(store, patient_id, at))
    settled = place(target, states)
    return replace(item, target=settled.target, doubts=settled.doubts)


def _sidecar(clip: Path) -> tuple[Sidecar | None, bool]:
    """The sidecar beside a clip, and whether there is one that cannot be used."""
    for path in sidecar_paths(clip):
        try:
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | _NO_WAIT)
        except FileNotFoundError:
            continue
        except (OSError, ValueError):
            return None, True
        try:
            with os.fdopen(handle, "rb") as file:
                return read_sidecar(file.read(MOST_BYTES + 1)), False
        except (OSError, BrokenSidecarError):
            return None, True
    return None, False


_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
"""A pipe of that name is not waited for."""
