"""What a process gives up for good before it looks at bytes that came from outside."""

import sys

if sys.platform != "win32":
    import resource

MEMORY_BYTES = 3 * 1024**3
"""Address space: enough for 4K with a few threads, and for the libraries themselves."""

CPU_S = 3600
"""Processor time in all, over all threads; the parent's own clock is far tighter."""


def limit_this_process(files: int = 0) -> None:
    """From here on: no new file, socket or pipe, no file growth, no core dump, bounded memory.

    What is open stays usable. Descriptors below `files` may still be used anew. Does nothing on
    Windows, which has no such limits; there the
    parent's clock and the separate process remain.
    """
    if sys.platform != "win32":
        for what, most in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CPU, CPU_S),
            (resource.RLIMIT_AS, MEMORY_BYTES),
            (resource.RLIMIT_NOFILE, files),
        ):
            _, hard = resource.getrlimit(what)
            lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (lowest, lowest))
