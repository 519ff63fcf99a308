"""Work that comes last at the processor."""

import os
import sys
import threading

if sys.platform == "win32":
    import ctypes

    _BACKGROUND_BEGIN = 0x10000

    def come_last() -> None:
        """Let this thread come after the others, also at the disk."""
        kernel = ctypes.windll.kernel32
        kernel.SetThreadPriority(kernel.GetCurrentThread(), _BACKGROUND_BEGIN)
elif sys.platform == "linux":
    _NICE = 15

    def come_last() -> None:
        """Let this thread come after the others."""
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
else:

    def come_last() -> None:
        """This system sets no priority of single threads."""
