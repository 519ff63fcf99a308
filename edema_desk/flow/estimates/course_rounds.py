"""Courses worked out ahead of time, so that nobody who opens a patient or Agreement waits."""

from edema_desk.domain.terms.people import PROGRAM
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.base.rounds import Rounds
from edema_desk.store.courses.whole_course import keep_one

FIRST_AFTER_S = 20.0
EACH_S = 15.0
BETWEEN_S = 0.5
"""One course takes the database thread some 0.2 s; questions of the window come in between."""


class CourseRounds:
    """Keeps one course after the other while no capture runs, on a thread of its own."""

    def __init__(
        self,
        clinic: Clinic,
        gate: Gate,
        *,
        first_after_s: float = FIRST_AFTER_S,
        each_s: float = EACH_S,
        between_s: float = BETWEEN_S,
    ) -> None:
        self._database = clinic.acting_as(PROGRAM).database
        self._gate, self._between_s = gate, between_s
        self._cancel = Cancel()
        self._rounds = Rounds(*("courses", self._look), first_after_s=first_after_s, each_s=each_s)

    def close(self) -> None:
        """Stop after the course that is being worked out."""
        self._cancel.set()
        self._rounds.close()

    def _look(self) -> None:
        more = True
        while more:
            self._gate.wait(self._cancel)
            more = self._database.call(keep_one)
            self._cancel.rest(self._between_s)
