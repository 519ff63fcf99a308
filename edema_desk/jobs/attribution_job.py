"""Asking where a session's estimates came from, for the session page."""

from edema_desk.jobs.long_job import LongJob


class AttributionJob(LongJob):
    """One session at a time; `finished(Attribution)`."""

    def start(self, session_id: str) -> None:
        """Begin. Does nothing while busy."""
        self.run(
            lambda tell, cancel: self.jobs.desk.attribution.of_session(session_id, tell, cancel)
        )
