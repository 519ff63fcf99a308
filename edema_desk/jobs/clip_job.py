"""Taking in a clip, for a dialog: progress, cancel, and the capture or the reason for none."""

from dataclasses import dataclass
from pathlib import Path

from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase
from edema_desk.jobs.long_job import LongJob


@dataclass(frozen=True, slots=True)
class ClipOrder:
    """A clip file and where it belongs. `act_id` stays the same when it is tried again."""

    act_id: str
    path: Path
    patient_id: str
    session_id: str | None
    phase: Phase
    at: Moment
    event: str = ""


class ClipJob(LongJob):
    """One clip at a time; `finished(Capture)`."""

    def start(self, order: ClipOrder) -> None:
        """Begin. Does nothing while busy."""
        self.run(
            lambda tell, cancel: self.jobs.desk.add_clip(
                order.act_id,
                order.path,
                order.patient_id,
                order.session_id,
                order.phase,
                order.at,
                tell,
                cancel,
                order.event,
            )
        )
