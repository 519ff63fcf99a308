"""What an open desk does by itself after it opened, and after what was entered."""

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.terms.people import PROGRAM, Actor
from edema_desk.errors import ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.estimates.renewing import renew
from edema_desk.flow.people.recovering import finish_interrupted
from edema_desk.flow.records.erasing import finish_quietly
from edema_desk.log import LOGGER, report_bug


class Readiness:
    """Works on the intake thread of a desk, which may wait for the worker."""

    def __init__(self, clinic: Clinic, intake: Executor, tell: Callable[[Change], None]) -> None:
        self._clinic, self._intake, self._tell = clinic, intake, tell
        self._stopping = Cancel()

    def begin(self, tidy: Callable[[], None]) -> None:
        """Finish what was interrupted, and have the worker loaded before the first clip."""
        self._intake.submit(self._get_ready, tidy)

    def stop(self) -> None:
        """The desk closes: what is under way ends soon."""
        self._stopping.set()

    def renew_later(self, patient_id: str, who: Actor) -> None:
        """What was entered may be a reference: the patient's estimates are made again."""
        with suppress(RuntimeError):  # closing: the next act of the patient renews
            self._intake.submit(self._renew, patient_id, who)

    def _renew(self, patient_id: str, who: Actor) -> None:
        try:
            if renew(self._clinic.acting_as(who), self._clinic.library, patient_id):
                self._tell(Change(ChangeKind.PATIENT, patient_id))
        except Exception as error:  # noqa: BLE001  a thread's border: nobody reads its future
            report_bug(error)

    def _get_ready(self, tidy: Callable[[], None]) -> None:
        try:
            finish_quietly(self._clinic)
            if finish_interrupted(self._clinic.acting_as(PROGRAM), self._stopping):
                self._tell(Change(ChangeKind.ELSEWHERE))
            tidy()
            self._clinic.worker.warm(self._clinic.model.folder)
        except ExpectedError as error:
            if not self._stopping.asked:
                LOGGER.warning("the desk is not wholly ready: %s", error.code)
        except Exception as error:  # noqa: BLE001  a thread's border: nobody reads its future
            report_bug(error)
