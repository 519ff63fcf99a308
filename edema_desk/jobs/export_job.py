"""Exports for a window: what would go out is counted, then it goes."""

from pathlib import Path

from edema_desk.domain.models.export_plan import ExportWish
from edema_desk.jobs.long_job import LongJob


class ExportJob(LongJob):
    """One thing at a time; each `finished(ExportCount)`."""

    def count(self, wish: ExportWish) -> None:
        """What would go out; whatever was counted before is dropped."""
        self.abandon()
        self.run(lambda tell, cancel: self.jobs.desk.exports.preview(wish, tell, cancel))

    def export(self, act_id: str, wish: ExportWish, out: Path) -> None:
        """Write it into the new folder `out`. Does nothing while busy."""
        self.run(
            lambda tell, cancel: self.jobs.desk.exports.export(act_id, wish, out, tell, cancel)
        )
