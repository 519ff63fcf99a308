"""What exporting ten years of one patient costs, and the memory of a clinic.

Seconds are those of the processor: whoever else uses the machine does not count.
"""

import resource
import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unittest.mock import patch

from edema_desk.domain.models.export_plan import ExportKind, ExportWish
from edema_desk.domain.terms.records import DEMO_ORIGIN, new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.exports.files import export_patients, preview_export
from edema_desk.paths import Profile
from tests.benchmarks import large_clinic
from tests.benchmarks.figure import Figure

PATIENTS = 8
LAST_DAY = date(2026, 11, 1)
_MB = 1024.0


def measure(place: Path) -> Iterator[Figure]:
    """The figures, by the mean of some patients."""
    folder = place / "exports"
    shutil.rmtree(folder, ignore_errors=True)
    profile = Profile(folder / "profile")
    with patch.object(large_clinic, "PATIENTS", PATIENTS):
        sessions = large_clinic.build(profile, LAST_DAY) // PATIENTS
    with Clinic(profile) as clinic:
        before_mb = _most_mb()
        for kind, most_s in ((ExportKind.TABLES, 0.5), (ExportKind.FHIR, 1.0)):
            wish, out = ExportWish(kind, origin=DEMO_ORIGIN), folder / kind.value
            began_s = time.process_time()
            export_patients(clinic, new_id(), wish, out, unheard, Cancel())
            s = (time.process_time() - began_s) / PATIENTS
            size_mb = sum(path.stat().st_size for path in out.iterdir()) / 1e6 / PATIENTS
            told = f"{s:.2f} s, {size_mb:.1f} MB"
            what = f"export {kind.value}: a patient of {sessions} sessions"
            yield Figure(what, told, f"<= {most_s} s", s <= most_s)
        grown_mb = _most_mb() - before_mb
        what = f"memory that these {PATIENTS} patients took at most"
        yield Figure(what, f"{grown_mb:.0f} MB", "<= 200 MB", grown_mb <= 200.0)
        began_s = time.process_time()
        preview_export(clinic, ExportWish(ExportKind.TABLES, origin=DEMO_ORIGIN), unheard, Cancel())
        ms = (time.process_time() - began_s) * 1000.0
        what = f"counting what would go out of {PATIENTS} patients"
        yield Figure(what, f"{ms:.0f} ms", "<= 100 ms", ms <= 100.0)
    shutil.rmtree(folder)


def _most_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MB
