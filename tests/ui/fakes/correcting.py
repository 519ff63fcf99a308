"""Moving and deleting captures without a database: what was asked is kept."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from edema_desk.domain.terms.records import Capture, Phase
from edema_desk.flow.records.correcting import CaptureCorrecting


class FakeCorrecting(CaptureCorrecting):
    """`moved`, `removed`, `returned` and `said` hold the arguments after the act id, in order."""

    def __init__(self, run: Callable[..., Future[Any]]) -> None:
        self._run = run
        self.moved: list[tuple[Any, ...]] = []
        self.removed: list[tuple[str, str]] = []
        self.returned: list[tuple[str, str]] = []
        self.said: list[tuple[str, str]] = []

    def move(
        self,
        act_id: str,
        capture_id: str,
        patient_id: str,
        session_id: str | None,
        phase: Phase,
        reason: str,
    ) -> Future[Capture]:
        entry = (capture_id, patient_id, session_id, phase, reason)
        return self._run("move", lambda: self.moved.append(entry), act_id)

    def remove(self, act_id: str, capture_id: str, reason: str) -> Future[None]:
        return self._run("remove", lambda: self.removed.append((capture_id, reason)), act_id)

    def take_back(self, act_id: str, capture_id: str, reason: str) -> Future[Capture]:
        return self._run("take_back", lambda: self.returned.append((capture_id, reason)), act_id)

    def say_event(self, act_id: str, capture_id: str, said: str) -> Future[None]:
        return self._run("say_event", lambda: self.said.append((capture_id, said)), act_id)
