"""How estimates stand by now, of each patient and of the whole clinic, for the page Models."""

from concurrent.futures import Future

from edema_desk.domain.course.clinic_course import ClinicCourse
from edema_desk.domain.course.drift_view import clinic_drift, patient_drifts
from edema_desk.domain.models.patient_models import patient_models
from edema_desk.domain.models.view import ModelsWatch
from edema_desk.flow.base.progress import Cancel, Listener
from edema_desk.flow.estimates.agreement_desk import AgreementDesk


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
            own = course.of_origin(course.origin_of(None))
            watch = ModelsWatch(clinic_drift(own), patient_drifts(own), patient_models(course))
        except Exception as error:  # noqa: BLE001  a thread's border: whoever waits is told
            answer.set_exception(error)
        else:
            answer.set_result(watch)

    agreement.course(listener, cancel).add_done_callback(work_out)
    return answer
