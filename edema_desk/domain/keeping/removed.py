"""Captures that were deleted."""

from dataclasses import dataclass

from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Capture

STAYS_DAYS = 7
"""So long a deleted capture can be taken back; then its clip is destroyed."""


@dataclass(frozen=True, slots=True)
class RemovedCapture:
    """A deleted capture, with who deleted it, when and why."""

    capture: Capture
    reason: str
    actor: str
    removed_at: Moment

    @property
    def erased(self) -> bool:
        """Whether its clip is destroyed."""
        return self.capture.sha256 is None
