"""A desk over one course, for tests of the patient and session pages."""

import io
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.views import SessionPair
from edema_desk.domain.terms.records import Patient
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.session.page import SessionPage
from tests.ui.fakes.desk import FakeDesk
from tests.ui.made_up_clinic import Clinic
from tests.ui.trend_data import FIRST_DAY, PATIENT, SCHEDULE, Course, make_pair


class CourseDesk(FakeDesk):
    """Knows one patient with `course`. Every frame of a capture has a grey of its own."""

    def __init__(self, course: Course, root: Path, patient: Patient = PATIENT) -> None:
        today = course.sessions[-1].day if course.sessions else FIRST_DAY
        clinic = Clinic(today, weighings=course.weighings, estimates=course.estimates)
        key = patient.patient_id
        clinic.patients[key] = patient
        clinic.schedules[key] = SCHEDULE
        clinic.photos[key] = picture(0)
        clinic.dry_weights[key] = course.dry_weights
        clinic.sessions[key] = course.sessions
        clinic.captures[key] = course.captures
        super().__init__(clinic, root)
        self.course = course

    def session_pair(self, session_id: str) -> Future[SessionPair]:
        ids = [s.session_id for s in self.course.sessions]
        at = ids.index(session_id)
        return self._run("session_pair", lambda: self.notes.dress(make_pair(self.course, at)))

    def crops(self, capture_id: str) -> Future[tuple[bytes, ...]]:
        capture = next(c for c in self.course.captures if c.capture_id == capture_id)
        count = capture.frames_chosen or 0
        return self._run("crops", lambda: tuple(picture(shade(i)) for i in range(count)))


def shade(index: int) -> int:
    """The grey of a frame."""
    return 5 + 5 * index


@cache
def picture(grey: int) -> bytes:
    """A JPEG of 256 px in one grey."""
    file = io.BytesIO()
    Image.fromarray(np.full((256, 256, 3), grey, np.uint8)).save(file, "JPEG", quality=95)
    return file.getvalue()


def session_page_on_screen(
    jobs: DeskJobs, theme: Theme, qtbot: QtBot, settled: Callable[[], None]
) -> SessionPage:
    """The page of the newest of 36 sessions, with its faces."""
    made = SessionPage(jobs, theme)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    qtbot.waitExposed(made)
    made.show_session("s35")
    settled()
    settled()
    return made
