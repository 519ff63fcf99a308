"""An export in a process of its own, to be killed."""

from collections.abc import Callable
from pathlib import Path

from edema_desk.domain.export_plan import ExportKind, ExportWish
from edema_desk.domain.records import new_id
from edema_desk.flow import exports
from edema_desk.flow.clinic import Clinic
from edema_desk.flow.model import model_at
from edema_desk.flow.progress import Cancel, unheard
from edema_desk.paths import Profile
from tests.flow.made_up_worker import MadeUpWorker


def export_study(profile: str, model: str, out: str, step: Callable[[str], None]) -> None:
    """Export everybody as a study; a moment to be killed at is also that after the act."""
    noted = exports.note_went_out

    def note(*arguments: object) -> None:
        noted(*arguments)  # type: ignore[arg-type]
        step("noted")

    exports.note_went_out = note
    with Clinic(
        Profile(Path(profile)), model=model_at(Path(model)), worker=MadeUpWorker()
    ) as clinic:
        wish = ExportWish(ExportKind.STUDY)
        exports.export_patients(clinic, new_id(), wish, Path(out), unheard, Cancel())
