"""The figures of a report for a window: progress, cancel, and the pages."""

from edema_desk.domain.reporting import ReportWish
from edema_desk.jobs.long_job import LongJob


class ReportJob(LongJob):
    """One report at a time; `finished(tuple of pages)`."""

    def gather(self, wish: ReportWish) -> None:
        """Begin; what was being gathered before is forgotten."""
        if self.busy:
            self.abandon()
        self.run(lambda tell, cancel: self.jobs.desk.reports.pages(wish, tell, cancel))
