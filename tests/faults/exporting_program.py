"""An export in a process of its own, to be killed."""

from collections.abc import Callable
from pathlib import Path
from unittest import mock

from edema_desk.domain.models.export_plan import ExportKind, ExportWish, WentOut
from edema_desk.domain.terms.records import new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import model_at
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.exports import files as exports
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store
from edema_desk.store.leaving.exporting import note_went_out
from tests.flow.made_up_worker import MadeUpWorker


def export_study(profile: str, model: str, out: str, step: Callable[[str], None]) -> None:
    """Export everybody as a study; a moment to be killed at is also that after the act."""

    def note(store: Store, act_id: str, went: WentOut) -> None:
        note_went_out(store, act_id, went)
        step("noted")

    with (
        mock.patch.object(exports, "note_went_out", note),
        Clinic(
            Profile(Path(profile)), model=model_at(Path(model)), worker=MadeUpWorker()
        ) as clinic,
    ):
        wish = ExportWish(ExportKind.STUDY)
        exports.export_patients(clinic, new_id(), wish, Path(out), unheard, Cancel())
