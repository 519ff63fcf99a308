"""Long work on the record of acts for a window: proving it, or writing it out."""

from pathlib import Path

from edema_desk.domain.keeping.record_of_acts import ActFilter
from edema_desk.jobs.long_job import LongJob


class AuditJob(LongJob):
    """One thing at a time."""

    def verify(self) -> None:
        """Prove the whole record; `finished(RecordCheck)`. Does nothing while busy."""
        self.run(lambda tell, cancel: self.jobs.desk.audit.verify(tell, cancel))

    def export(self, path: Path, wanted: ActFilter) -> None:
        """Write the wanted acts as a table; `finished(count)`. Does nothing while busy."""
        self.run(lambda tell, cancel: self.jobs.desk.audit.export(path, wanted, tell, cancel))
