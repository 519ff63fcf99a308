"""Notes and judgements of clinicians, for a window; and what is kept back until they judged."""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from datetime import date

from edema_desk.domain.course.exporting import Period
from edema_desk.domain.course.veil import Veil
from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.judgement import Judgement, NewJudgement
from edema_desk.domain.terms.notes import Note
from edema_desk.domain.terms.rights import may_do
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.sitting import Ask
from edema_desk.store.base.database import Store
from edema_desk.store.captures.captures import capture
from edema_desk.store.captures.judgements import days_to_judge, judge, judged_by, judgements_of
from edema_desk.store.captures.notes import add_note, correct_note, notes_of

Untold = Callable[[Store], frozenset[tuple[str, date]]]
"""Patients and days whose figures are kept back from the actor of a store."""


class NotesDesk:
    """A part of the `Desk`. Acts take an `act_id`, so that a retry does nothing twice."""

    def __init__(self, clinic: Clinic, tell: Callable[[Change], None], ask: Ask) -> None:
        self._clinic, self._tell, self._ask = clinic, tell, ask
        self._first: tuple[str, int] | None = None

    def judge_first(self, user_id: str, since_ms: int | None) -> None:
        """Keep the figures of what `user_id` has not judged back from now on; None: of nothing.
        Whose wish that is, and since when (UTC), the settings of this PC tell."""
        self._first = (user_id, since_ms) if since_ms is not None else None

    def veil(self, store: Store) -> Veil | None:
        """What the actor of `store` is not to be shown, if anything."""
        since_ms = self._since_ms(store)
        if since_ms is None:
            return None
        actor_id = store.actor.actor_id
        return Veil(since_ms, judged_by(store, actor_id), actor_id)

    def untold(self, store: Store) -> frozenset[tuple[str, date]]:
        """Patients and days whose figures are kept back from the actor of `store` everywhere."""
        veil = self.veil(store)
        return days_to_judge(store, veil) if veil is not None else frozenset()

    def check_told(self, store: Store, patient_ids: Collection[str], period: Period) -> None:
        """Raise ExpectedError LEAVES_JUDGE_FIRST where a page or a file about these patients'
        days would tell the actor of `store` what is kept back."""
        if any(one in patient_ids and period.holds(day) for one, day in self.untold(store)):
            raise ExpectedError(ErrorCode.LEAVES_JUDGE_FIRST)

    # questions

    def notes_of(self, patient_id: str) -> Future[tuple[Note, ...]]:
        """All notes on a patient and the patient's sessions, oldest first."""
        return self._ask(lambda store: notes_of(store, patient_id))

    def judgements_of(self, patient_id: str) -> Future[tuple[Judgement, ...]]:
        """Everything that was judged of a patient's captures, oldest first."""
        return self._ask(lambda store: judgements_of(store, patient_id))

    # acts

    def add_note(
        self, act_id: str, patient_id: str, session_id: str | None, text: str
    ) -> Future[Note]:
        """Write a note. Raises as `store.notes.add_note`."""
        of = (patient_id, session_id)
        return self._act_on_note(lambda store: add_note(store, act_id, *of, text))

    def correct_note(self, act_id: str, note_id: str, text: str, reason: str) -> Future[Note]:
        """Correct one. Raises as `store.notes.correct_note`."""
        return self._act_on_note(lambda store: correct_note(store, act_id, note_id, text, reason))

    def judge(
        self, act_id: str, judgements: Sequence[NewJudgement]
    ) -> Future[tuple[Judgement, ...]]:
        """Judge captures of one session. Raises as `store.judgements.judge`."""

        def act(store: Store) -> tuple[Judgement, ...]:
            done = judge(store, act_id, judgements, self._since_ms(store))
            about = capture(store, done[0].capture_id)
            self._tell(Change(ChangeKind.SESSION, about.patient_id, about.session_id))
            return done

        return self._clinic.database.submit(act)

    def _act_on_note(self, work: Callable[[Store], Note]) -> Future[Note]:
        def act(store: Store) -> Note:
            done = work(store)
            self._tell(Change(ChangeKind.SESSION, done.patient_id, done.session_id))
            return done

        return self._clinic.database.submit(act)

    def _since_ms(self, store: Store) -> int | None:
        actor = store.actor
        if self._first is None or self._first[0] != actor.actor_id:
            return None
        return self._first[1] if may_do(actor, ActKind.JUDGE_CAPTURE) else None
