"""Pages drawn one at a time, so that the window answers between them."""

from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from edema_desk.domain.reporting import Page


class Sink(Protocol):
    """Where pages go: a PDF or a printer."""

    def add(self, page: Page) -> None:
        """Draw one more."""
        ...

    def finished(self) -> bytes:
        """What was made of them."""
        ...


class PageByPage(QObject):
    """`progressed(done, total)` after each page, then `drawn(bytes)`."""

    progressed = Signal(int, int)
    drawn = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sink: Sink | None = None
        self._left: list[Page] = []
        self._total = 0
        self._next = QTimer(self)
        self._next.setInterval(0)
        self._next.timeout.connect(self._draw_one)

    @property
    def busy(self) -> bool:
        """Whether there are pages left."""
        return self._sink is not None

    def begin(self, pages: tuple[Page, ...], sink: Sink) -> None:
        """Draw them into the sink."""
        self._sink, self._left, self._total = sink, list(pages), len(pages)
        self._next.start()

    def stop(self) -> None:
        """Draw no further; nothing comes of it."""
        self._next.stop()
        sink, self._sink = self._sink, None
        if sink is not None:
            sink.finished()

    def _draw_one(self) -> None:
        if self._sink is None:
            return
        if self._left:
            try:
                self._sink.add(self._left.pop(0))
            except BaseException:
                self.stop()  # nothing goes out that lacks a page
                raise
            self.progressed.emit(self._total - len(self._left), self._total)
            return
        self._next.stop()
        sink, self._sink = self._sink, None
        self.drawn.emit(sink.finished())
