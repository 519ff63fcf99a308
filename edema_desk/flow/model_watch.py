"""How estimates stand by now, of each patient and of the whole clinic, for the page Models."""

from concurrent.futures import Future
from dataclasses import dataclass

from edema_desk.domain.clinic_course import ClinicCourse
from edema_desk.domain.drift_view import Drift, PatientDrift, clinic_drift, patient_drifts
from edema_desk.domain.patient_models import PatientModel, patient_models
from edema_desk.flow.agreement_desk import AgreementDesk
from edema_desk.flow.progress import Cancel, Listener


@dataclass(frozen=True, slots=True)
class ModelsWatch:
    """Every patient, in the same order in both."""

    clinic: Drift
    drifts: tuple[PatientDrift, ...]
    models: tuple[PatientModel, ...]

    @property
    def drifted(self) -> tuple[PatientDrift, ...]:
        """Whose estimates have come to lie beside the scale for good, the newest first."""
        found = [(one.drift.since, one) for one in self.drifts if one.drift.since is not None]
        return tuple(one for _, one in sorted(found, key=lambda pair: pair[0], reverse=True))


def models_watch(
    agreement: AgreementDesk, listener: Listener, cancel: Cancel
) -> Future[ModelsWatch]:
    """Worked out on the thread that gathers the courses. Fails as `AgreementDesk.course`."""
    answer: Future[ModelsWatch] = Future()

    def work_out(asked: Future[ClinicCourse]) -> None:
        if asked.cancelled():
            answer.cancel()
            return
        try:
            course = asked.result()
            watch = ModelsWatch(
                clinic_drift(course), patient_drifts(course), patient_models(course)
            )
        except Exception as error:  # noqa: BLE001  a thread's border: whoever waits is told
            answer.set_exception(error)
        else:
            answer.set_result(watch)

    agreement.course(listener, cancel).add_done_callback(work_out)
    return answer
