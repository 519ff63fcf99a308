"""Notes, judgements and where a model looked, without database and worker."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import numpy as np

from edema_desk.domain.capture.difference import face_share
from edema_desk.domain.course.attribution import Attribution
from edema_desk.domain.course.veil import Veil, veiled_pair
from edema_desk.domain.course.views import Change, ChangeKind, SessionPair
from edema_desk.domain.terms.judgement import Judgement, NewJudgement
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.notes import Note
from edema_desk.domain.terms.people import Actor
from edema_desk.flow.base.notes_desk import NotesDesk
from edema_desk.flow.base.progress import Cancel, Listener
from edema_desk.flow.estimates.attributing import AttributionDesk

Run = Callable[..., Future[Any]]


class FakeNotes(NotesDesk):
    """`kept` and `judged` hold what there is; every session has all of it."""

    def __init__(
        self, run: Run, tell: Callable[[Change], None], person: Callable[[], Actor]
    ) -> None:
        self._run, self._tell, self._person = run, tell, person
        self.kept: list[Note] = []
        self.judged: list[Judgement] = []
        self.since_ms: int | None = None
        self.asked_for: list[tuple[str, int | None]] = []

    def judge_first(self, user_id: str, since_ms: int | None) -> None:
        self.asked_for.append((user_id, since_ms))
        self.since_ms = since_ms

    def dress(self, pair: SessionPair) -> SessionPair:
        """The session with its notes and judgements, veiled where somebody judges first."""
        captures = {d.capture.capture_id for d in (pair.pre, pair.post) if d is not None}
        judged = tuple(j for j in self.judged if j.capture_id in captures)
        dressed = replace(pair, notes=tuple(self.kept), judgements=judged)
        if self.since_ms is None:
            return dressed
        me = self._person().actor_id
        own = frozenset(j.capture_id for j in self.judged if j.actor == me)
        return veiled_pair(dressed, Veil(self.since_ms, own, me))

    def add_note(
        self, act_id: str, patient_id: str, session_id: str | None, text: str
    ) -> Future[Note]:
        def act() -> Note:
            me = self._person().actor_id
            made = Note(act_id, patient_id, session_id, text, Moment.now(), me)
            return self._keep(made)

        return self._run("add_note", act, act_id)

    def correct_note(self, act_id: str, note_id: str, text: str, reason: str) -> Future[Note]:
        def act() -> Note:
            before = next(one for one in self.kept if one.note_id == note_id)
            return self._keep(
                replace(
                    before,
                    note_id=act_id,
                    text=text,
                    written_at=Moment.now(),
                    actor=self._person().actor_id,
                    supersedes=note_id,
                    reason=reason,
                )
            )

        return self._run("correct_note", act, act_id)

    def judge(
        self, act_id: str, judgements: Sequence[NewJudgement]
    ) -> Future[tuple[Judgement, ...]]:
        def act() -> tuple[Judgement, ...]:
            me, at = self._person().actor_id, Moment.now()
            blind = self.since_ms is not None
            made = tuple(
                Judgement(f"{act_id}-{i}", one, blind and not one.skipped, at, me)
                for i, one in enumerate(judgements)
            )
            self.judged.extend(made)
            self._tell(Change(ChangeKind.ELSEWHERE))
            return made

        return self._run("judge", act, act_id)

    def _keep(self, made: Note) -> Note:
        self.kept.append(made)
        self._tell(Change(ChangeKind.SESSION, made.patient_id, made.session_id))
        return made


class FakeAttribution(AttributionDesk):
    """Every model looks at the cheeks."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def of_session(
        self, session_id: str, listener: Listener, cancel: Cancel
    ) -> Future[Attribution]:
        def look() -> Attribution:
            cancel.check()
            return Attribution("m" * 64, "made-up", cheeks())

        return self._run("attribution", look)

    def close(self) -> None:
        """Nothing runs."""


def cheeks() -> np.ndarray[Any, np.dtype[np.float32]]:
    """A map with less fluid in the cheeks, and a little more over the brows."""
    places = np.arange(256)

    def spot(x: float, y: float, wide: float) -> np.ndarray[Any, np.dtype[np.float64]]:
        across = np.exp(-0.5 * ((places - x) / wide) ** 2)
        down = np.exp(-0.5 * ((places - y) / wide) ** 2)
        return np.outer(down, across)

    kg = -spot(88, 150, 16) - spot(168, 150, 16) + 0.35 * spot(128, 80, 14)
    return np.asarray(1e-5 * kg * face_share(256), np.float32)
