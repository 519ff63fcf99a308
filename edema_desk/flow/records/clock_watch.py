"""Noticing that somebody set the clock of this PC: every weight and capture bears its time."""

import time
from collections.abc import Callable

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.keeping.clock_step import WORTH_TELLING_S, ClockStep
from edema_desk.domain.terms.people import PROGRAM
from edema_desk.domain.terms.records import new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.rounds import Rounds
from edema_desk.flow.capturing.sleep import with_sleep_s
from edema_desk.log import LOGGER
from edema_desk.store.base.clock import latest_act, note_clock_step

LOOK_EVERY_S = 15.0


class ClockWatch:
    """Compares the wall's clock with one that nobody can set and that goes on during sleep.

    `step` is what is to be told of it: None while both agree within five minutes since the start
    of the program. Each step is put on record once. A thread of its own; any thread may ask.
    """

    def __init__(
        self,
        clinic: Clinic,
        tell: Callable[[Change], None],
        *,
        wall_s: Callable[[], float] = time.time,
        steady_s: Callable[[], float] = with_sleep_s,
        every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._clinic, self._tell = clinic.acting_as(PROGRAM), tell
        self._wall_s, self._steady_s = wall_s, steady_s
        self._apart_s = wall_s() - steady_s()
        self._told_s = 0.0
        self._step: ClockStep | None = None
        self._next = self._look_back
        self._rounds = Rounds("clock", self._look_next, first_after_s=0.0, each_s=every_s)

    @property
    def step(self) -> ClockStep | None:
        """By how much the clock was set, where it still is."""
        return self._step

    def close(self) -> None:
        """Stop looking."""
        self._rounds.close()

    def look(self) -> None:
        """Compare the clocks now. Raises what the database raises."""
        apart_s = self._wall_s() - self._steady_s() - self._apart_s
        if abs(apart_s - self._told_s) <= WORTH_TELLING_S:
            return
        stepped = ClockStep(apart_s - self._told_s)
        self._told_s = apart_s
        right_again = abs(apart_s) <= WORTH_TELLING_S
        self._say(None if right_again else ClockStep(apart_s), stepped)

    def _look_back(self) -> None:
        """At the start: acts later than now were made by a clock that was set back since, or that
        was wrong then."""
        latest = self._clinic.database.call(latest_act)
        behind_s = latest.utc_ms / 1000 - self._wall_s() if latest else 0.0
        if behind_s > WORTH_TELLING_S:
            step = ClockStep(-behind_s, at_start=True)
            self._say(step, step)

    def _say(self, shown: ClockStep | None, kept: ClockStep) -> None:
        self._step = shown
        LOGGER.warning("the clock of this PC was set by %d s", round(kept.seconds))
        self._clinic.database.call(lambda store: note_clock_step(store, new_id(), kept))
        self._tell(Change(ChangeKind.CLOCK))

    def _look_next(self) -> None:
        look, self._next = self._next, self.look
        look()
