"""Shows a ten-year patient and a ten-day patient in the window in turns, and says how long the
page took to take the answer in and to draw it."""

import json
import tempfile
import time
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from edema_desk.app import App, _qt
from edema_desk.domain.course.views import PatientCard
from edema_desk.settings import Settings
from tests.ui.fakes.desk import FakeDesk
from tests.ui.made_up_clinic import Clinic, made_up_clinic

TODAY = date(2026, 3, 2)
DAYS = {"ten_years": 3652, "ten_days": 10}
TRIES = 5


def main() -> None:
    """Print one line of JSON: milliseconds of the processor, by patient and part."""
    clinics = {name: made_up_clinic(1, days, TODAY) for name, days in DAYS.items()}
    with tempfile.TemporaryDirectory() as folder:
        desk = FakeDesk(clinics["ten_days"], Path(folder))
        app = App(_qt(), desk, Settings("en", "light"), lambda: TODAY)
        app.window.resize(1440, 900)
        app.window.show()
        app.window.go_to_patient("p0")
        while app.window.patient.card is None:
            QCoreApplication.processEvents()
            time.sleep(0.002)
        app.window.grab()
        told: dict[str, dict[str, float]] = {}
        for _ in range(TRIES):
            for name, clinic in clinics.items():
                for part, ms in _shown(app, clinic, name).items():
                    best = told.setdefault(name, {})
                    best[part] = min(ms, best.get(part, ms))
        app.close()
    print(json.dumps(told))  # noqa: T201


def _shown(app: App, clinic: Clinic, name: str) -> dict[str, float]:
    patient = clinic.patients["p0"]
    card = PatientCard(patient, clinic.schedules["p0"], 52_000, clinic.trend("p0"))
    page = app.window.patient
    page.card = None  # as another patient's
    began_s = time.process_time()
    page.show_card(card)
    set_s = time.process_time()
    page.grab()
    return {"set": 1000 * (set_s - began_s), "draw": 1000 * (time.process_time() - set_s)}


if __name__ == "__main__":
    main()
