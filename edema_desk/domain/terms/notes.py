"""What clinicians write beside a session. A note is corrected by another one, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from edema_desk.domain.terms.moment import Moment

LONGEST_NOTE = 2000
"""Characters."""


@dataclass(frozen=True, slots=True)
class Note:
    """One entry. `session_id` is None for a note on the patient as such; `reason` says why the
    note that it `supersedes` was corrected."""

    note_id: str
    patient_id: str
    session_id: str | None
    text: str
    written_at: Moment
    actor: str
    supersedes: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NoteThread:
    """A note as it stands, and what it said before, the newest first."""

    now: Note
    before: tuple[Note, ...] = ()


def note_threads(notes: Sequence[Note]) -> tuple[NoteThread, ...]:
    """Each note with its earlier texts; whichever was first written last comes first."""
    by_id = {one.note_id: one for one in notes}
    replaced = {one.supersedes for one in notes}
    threads = [_thread(one, by_id) for one in notes if one.note_id not in replaced]
    return tuple(sorted(threads, key=_first_written, reverse=True))


def _thread(now: Note, by_id: dict[str, Note]) -> NoteThread:
    before: list[Note] = []
    earlier = by_id.get(now.supersedes or "")
    while earlier is not None:
        before.append(earlier)
        earlier = by_id.get(earlier.supersedes or "")
    return NoteThread(now, tuple(before))


def _first_written(thread: NoteThread) -> Moment:
    return (thread.before[-1] if thread.before else thread.now).written_at
