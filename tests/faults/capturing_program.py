"""A program that captures until it is killed, telling what it has recorded. Arguments: profile
and model folder. Its camera and its worker are made up, all else is the program's own."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from edema_desk.domain.capture.order import CaptureOrder
from edema_desk.domain.capture.view import Stage
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import model_at
from edema_desk.flow.base.news import News
from edema_desk.flow.capturing.desk import CaptureDesk
from edema_desk.paths import Profile
from edema_desk.store.people.patients import add_patient
from tests.flow.capturing.made_up_live import USB, MadeUpCamera, MadeUpLiveWorker
from tests.flow.made_up_worker import MadeUpWorker


def main(profile: Profile, model: Path) -> None:
    """Record for ever."""
    profile.create()
    clinic = Clinic(profile, model=model_at(model), worker=MadeUpWorker())
    new = NewPatient("1001", "Sato Haruko", dry_weight_g=52_000, care_given=date(2026, 1, 5))
    patient = clinic.database.call(lambda store: add_patient(store, new_id(), new))
    desk = CaptureDesk(
        *(clinic, News(clinic.database), ThreadPoolExecutor(1)),
        open_any=lambda address: MadeUpCamera(),
        make_worker=MadeUpLiveWorker,
    )
    order = CaptureOrder(new_id(), patient.patient_id, None, Phase.PRE, USB)
    live = desk.begin(order, lambda: None)
    while live.view.stage is not Stage.COUNTING:
        live.start_now()
        time.sleep(0.05)
    while True:
        print(live.recorded_to_ms, flush=True)  # noqa: T201  read by the test
        time.sleep(0.02)


if __name__ == "__main__":
    main(Profile(Path(sys.argv[1])), Path(sys.argv[2]))
