"""Exports that are answered by the test."""

from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from edema_desk.domain.models.export_plan import ExportCount, ExportWish
from edema_desk.domain.terms.places import Shared
from edema_desk.flow.base.progress import Cancel, Listener
from edema_desk.flow.exports.files import ExportDesk

T = TypeVar("T")


def answered(value: T) -> Future[T]:
    made: Future[T] = Future()
    made.set_result(value)
    return made


class FakeExports(ExportDesk):
    """`looked` and `begun` hold what was asked; `count` answers at once, `running` when the test
    says so."""

    def __init__(self) -> None:
        self.known_origins: tuple[str, ...] = ("clinic",)
        self.count = ExportCount(24, 310, 12, 3)
        self.looked: list[ExportWish] = []
        self.begun: list[tuple[str, ExportWish, Path]] = []
        self.running: Future[ExportCount] = Future()
        self.sharing: dict[Path, Shared] = {}
        self.listener: Listener | None = None
        self.counting: Future[ExportCount] | None = None
        self.count_listener: Listener | None = None
        self.cancel: Cancel | None = None

    def begin(self) -> None:
        pass

    def close(self) -> None:
        pass

    def origins(self) -> Future[tuple[str, ...]]:
        return answered(self.known_origins)

    def shared(self, folder: Path) -> Future[Shared | None]:
        return answered(self.sharing.get(folder))

    def preview(self, wish: ExportWish, listener: Listener, cancel: Cancel) -> Future[ExportCount]:
        self.looked.append(wish)
        self.count_listener = listener
        return self.counting or answered(self.count)

    def export(
        self, act_id: str, wish: ExportWish, out: Path, listener: Listener, cancel: Cancel
    ) -> Future[ExportCount]:
        self.begun.append((act_id, wish, out))
        self.listener, self.cancel, self.running = listener, cancel, Future()
        return self.running
