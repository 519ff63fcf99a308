"""Where a piece of work may be killed: before each thing it does to the files of a folder."""

import itertools
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

_CHANGES = frozenset(
    {"os.rename", "os.remove", "os.link", "os.truncate", "os.chmod", "os.mkdir", "os.rmdir"}
)
_CALLS = ("shutil.copyfile", "os.fsync")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _changes(event: str, arguments: tuple[object, ...], folder: str) -> bool:
    if event == "open":
        path, mode, flags = arguments
        writes = bool(isinstance(flags, int) and flags & _WRITING) or "w" in str(mode)
        return writes and str(path).startswith(folder)
    return event in _CHANGES and any(str(a).startswith(folder) for a in arguments)


class _Count:
    """Counts what is done to a folder, and kills the process before the `last` of it."""

    def __init__(self, folder: str, last: int) -> None:
        self._folder, self._last = folder, last
        self.done: list[str] = []

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        """To be called at each event of the interpreter."""
        if _changes(event, arguments, self._folder):
            self.step(f"{event} {Path(str(arguments[0])).name}")

    def step(self, what: str) -> None:
        """One more thing was about to be done."""
        if len(self.done) == self._last:
            os.kill(os.getpid(), signal.SIGKILL)
        self.done.append(what)

    def before(self, call: Callable[..., object]) -> Callable[..., object]:
        """A function that counts before it does what `call` does."""

        def counted(*arguments: object, **named: object) -> object:
            self.step(call.__name__)
            return call(*arguments, **named)

        return counted


def _run(folder: str, last: int, work: Callable[..., None], arguments: tuple[object, ...]) -> None:
    count = _Count(folder, last)
    os.fsync = count.before(os.fsync)  # type: ignore[assignment]
    sys.addaudithook(count.hear)
    work(*arguments, count.step)


def killed_at(folder: Path, last: int, work: Callable[..., None], *arguments: object) -> bool:
    """Run `work(*arguments, step)` in a process of its own and kill it before the change of
    `folder` numbered `last`, from 0. `step(name)` lets the work name further moments. False when
    it came to its end before; it fails the test when it failed."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([work.__module__])
    child = context.Process(target=_run, args=(str(folder), last, work, arguments))
    child.start()
    child.join()
    assert child.exitcode in (0, -signal.SIGKILL), child.exitcode
    killed = child.exitcode != 0
    child.close()
    return killed


def kill_points(every: int = 1) -> Iterator[int]:
    """0, 1, 2 ... (or each so many of them) for a loop that ends where nothing was killed."""
    return itertools.count(0, every)
