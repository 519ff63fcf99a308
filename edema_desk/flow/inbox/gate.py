"""What the inbox gives way to."""

from typing import Protocol

from edema_desk.flow.base.progress import Cancel


class Gate(Protocol):
    """`busy` while something goes on that the inbox must not slow down: a live capture."""

    @property
    def busy(self) -> bool:
        """Whether it goes on. Asked from any thread, often."""


class GatedCancel(Cancel):
    """Asks the work to stop as soon as the gate is busy, too."""

    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self._gate = gate

    @property
    def asked(self) -> bool:
        """Whether someone asked, or the gate is busy."""
        return super().asked or self._gate.busy
