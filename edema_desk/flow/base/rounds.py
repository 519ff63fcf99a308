"""What the open program does by itself from time to time."""

import threading
from collections.abc import Callable

from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.log import LOGGER, report_bug

DAILY_H = 20.0
"""A little less than a day: a PC that is switched on each morning has its round each day."""


def daily_is_due(last: Moment | None, now: Moment) -> bool:
    """Whether a daily round is due. A last one that lies ahead was made by a clock that was wrong,
    and holds up nothing for more than a day."""
    return last is None or abs(now.hours_since(last)) >= DAILY_H


class Rounds:
    """Calls `look` after `first_after_s`, and `each_s` after its end again, on a thread of its own.

    What fails is told to the log; the next look follows.
    """

    def __init__(
        self, name: str, look: Callable[[], None], *, first_after_s: float, each_s: float
    ) -> None:
        self._name, self._look = name, look
        self._first_after_s, self._each_s = first_after_s, each_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop; a look under way comes to its end."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        wait_s = self._first_after_s
        while not self._stop.wait(wait_s):
            wait_s = self._each_s
            try:
                self._look()
            except ExpectedError as error:
                if error.code is not ErrorCode.CANCELLED and not self._stop.is_set():
                    LOGGER.warning("%s: cut short: %s", self._name, error.code)
            except Exception as error:  # noqa: BLE001  a thread's border: the next look follows
                report_bug(error)
