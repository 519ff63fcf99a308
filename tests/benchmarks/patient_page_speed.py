"""What the patient page costs with ten years of one patient: its figures made and painted."""

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from PySide6.QtWidgets import QApplication

from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.paths import resources_dir
from edema_desk.plots.trend_canvas import Span
from edema_desk.reports.canvas import screenless_qt
from edema_desk.settings import Settings
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.patient.page import PatientPage
from tests.benchmarks.figure import Figure
from tests.ui.patient.trend_kit import CourseDesk
from tests.ui.trend_data import make_card, make_course

SESSIONS = 1565
MOST_MS = 50.0
_ROUNDS = 7


def measure(place: Path) -> Iterator[Figure]:
    """Time of the window's thread, so that other work on the machine does not count."""
    qt = screenless_qt()
    desk = CourseDesk(make_course(3), place)
    jobs = DeskJobs(desk)
    page = PatientPage(jobs, Theme(qt, resources_dir(), "light"), Settings())
    page.resize(1300, 760)
    page.show()
    QApplication.processEvents()
    card = make_card(SESSIONS)
    page.show_card(card)
    for span, name in ((Span.QUARTER, "90 days, as it opens"), (Span.ALL, "all ten years")):
        page.trend.plot.set_span(span)
        times = []
        for _ in range(_ROUNDS):
            start = time.thread_time()
            page.show_card(card)
            page.trend.plot.grab()
            times.append(1000 * (time.thread_time() - start))
        took = median(times)
        what = f"patient page, {SESSIONS:,} sessions, {name}: made and its trend painted"
        yield Figure(what, f"{took:.0f} ms", f"{MOST_MS:.0f} ms", took <= MOST_MS)
    page.close()
    jobs.close()
    desk.close()
