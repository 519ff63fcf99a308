"""Reports of the made-up clinic: the pages are those of `flow`, only the database is not there."""

from concurrent.futures import Future

from edema_desk.domain.course.course_rows import gathered, rows_of_course
from edema_desk.domain.reporting import Limits, Page, ReportKind, ReportMade, ReportWish
from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Cancel, Listener
from edema_desk.flow.exports.reporting import PageMaker, ReportDesk
from edema_desk.store.leaving.reporting import ReportGround
from tests.ui.fakes.exports import answered
from tests.ui.made_up_clinic import Clinic


class FakeReports(ReportDesk):
    """`wishes` and `made` hold what was asked and put on record; `error` fails what is put there
    next."""

    def __init__(self, clinic: Clinic) -> None:
        self._made_up = clinic
        self.wishes: list[ReportWish] = []
        self.made: list[tuple[str, ReportMade]] = []
        self.error: ErrorCode | None = None

    def pages(
        self, wish: ReportWish, listener: Listener, cancel: Cancel
    ) -> Future[tuple[Page, ...]]:
        self.wishes.append(wish)
        ids = wish.patient_ids or self._who_come(wish.shift)
        maker = PageMaker({}, Limits(13.0, 6.0), Moment.at_clinic(self._made_up.today, 14, 5))
        if wish.kind is ReportKind.AGREEMENT:
            grounds = [self._ground(one) for one in self._made_up.patients]
            course = gathered([(ground.patient, ground.rows) for ground in grounds])
            return answered((maker.agreement(course, wish),))
        if not ids:
            failed: Future[tuple[Page, ...]] = Future()
            failed.set_exception(ExpectedError(ErrorCode.REPORT_NOBODY))
            return failed
        make = maker.review if wish.kind is ReportKind.SHEET else maker.patient
        return answered(tuple(make(self._ground(one), wish) for one in ids))

    def note_made(self, act_id: str, made: ReportMade) -> Future[None]:
        if self.error is not None:
            failed: Future[None] = Future()
            failed.set_exception(ExpectedError(self.error))
            return failed
        self.made.append((act_id, made))
        return answered(None)

    def close(self) -> None:
        pass

    def _who_come(self, shift: int | None) -> tuple[str, ...]:
        plans = self._made_up.schedules
        return tuple(one for one, plan in plans.items() if shift in (None, plan.shift))

    def _ground(self, patient_id: str) -> ReportGround:
        trend = self._made_up.trend(patient_id)
        rows = rows_of_course(trend, self._made_up.schedules[patient_id].shift, {})
        return ReportGround(self._made_up.patients[patient_id], trend, rows, ())
