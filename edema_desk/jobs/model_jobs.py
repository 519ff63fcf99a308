"""Work with models that takes long, for the window."""

from pathlib import Path

from edema_desk.jobs.long_job import LongJob


class ModelJob(LongJob):
    """Short questions and the switch itself (`desk.models.entries`, `activate`, `back`, `remove`)
    are asked with a `DeskCall`."""

    def install(self, package: Path) -> None:
        """Install a package; `finished(ModelInUse)`. Cannot be cancelled: it takes seconds."""
        self.run(lambda tell, cancel: self.jobs.desk.models.install(package))

    def compare(self, first: str, second: str) -> None:
        """Compare two models on the clinic's captures; `finished(ModelComparison)`."""
        self.run(lambda tell, cancel: self.jobs.desk.models.compare(first, second, tell, cancel))

    def reestimate(self) -> None:
        """Estimate stored captures with the model in use; `finished(Reestimated)`."""
        self.run(lambda tell, cancel: self.jobs.desk.models.reestimate(tell, cancel))
