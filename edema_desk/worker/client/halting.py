"""Making another process of ours stand still for a while, and time that leaves that out."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time

if sys.platform == "linux":
    import fcntl

if sys.platform == "win32":
    import ctypes

    _SET_INFORMATION = 0x0200
    _IDLE_PRIORITY, _NORMAL_PRIORITY = 0x0040, 0x0020

    def halt_process(process: "subprocess.Popen[bytes]") -> None:
        """Let the process run only while nothing else wants the processor."""
        _set_priority(process.pid, _IDLE_PRIORITY)

    def continue_process(process: "subprocess.Popen[bytes]") -> None:
        """Let it run as others do."""
        _set_priority(process.pid, _NORMAL_PRIORITY)

    def _set_priority(pid: int, priority: int) -> None:
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(_SET_INFORMATION, False, pid)
        if handle:
            kernel.SetPriorityClass(handle, priority)
            kernel.CloseHandle(handle)

else:

    def halt_process(process: "subprocess.Popen[bytes]") -> None:
        """Let the process stand still. It may have ended."""
        process.send_signal(signal.SIGSTOP)

    def continue_process(process: "subprocess.Popen[bytes]") -> None:
        """Let it go on."""
        process.send_signal(signal.SIGCONT)


class Lifeline:
    """A pipe that nobody writes to. Its end here falls with this program, however that ends, and
    then the system lets the process at the other end go on, so that one that stands still hears
    that it is alone, and ends. Only Linux can; elsewhere this does nothing."""

    def __init__(self) -> None:
        self.handles: tuple[int, ...] = ()
        """What the process is to inherit."""
        self._held: tuple[int, ...] = ()
        if sys.platform == "linux":
            given, held = os.pipe()
            self.handles, self._held = (given,), (held,)

    def tie(self, pid: int) -> None:
        """The process has inherited the other end."""
        if sys.platform == "linux":
            (given,) = self.handles
            fcntl.fcntl(given, fcntl.F_SETOWN, pid)
            fcntl.fcntl(given, fcntl.F_SETSIG, signal.SIGCONT)
            flags = fcntl.fcntl(given, fcntl.F_GETFL)
            fcntl.fcntl(given, fcntl.F_SETFL, flags | os.O_ASYNC)
            self.handles = ()
            os.close(given)

    def cut(self) -> None:
        """Let go of what is held here. The process may have ended."""
        open_here, self.handles, self._held = (*self.handles, *self._held), (), ()
        for handle in open_here:
            with contextlib.suppress(OSError):
                os.close(handle)


class WorkingClock:
    """Monotonic seconds, leaving out those for which it was stopped. From any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left_out_s = 0.0
        self._stopped_s: float | None = None

    @property
    def stopped(self) -> bool:
        """Whether it stands."""
        return self._stopped_s is not None

    def now_s(self) -> float:
        """Seconds from an unknown beginning."""
        with self._lock:
            now_s = time.monotonic() if self._stopped_s is None else self._stopped_s
            return now_s - self._left_out_s

    def stop(self) -> None:
        """Stand still; nothing when it does already."""
        with self._lock:
            if self._stopped_s is None:
                self._stopped_s = time.monotonic()

    def go_on(self) -> None:
        """Run again; nothing when it does already."""
        with self._lock:
            if self._stopped_s is not None:
                self._left_out_s += time.monotonic() - self._stopped_s
                self._stopped_s = None
