"""Starts the window on a profile, waits until Today shows its rows, and says how long it took
since the process began."""

import json
import os
import sys
import time
from pathlib import Path


def process_age_s() -> float:
    """Seconds since the system started this process."""
    ticks = int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19])
    uptime_s = float(Path("/proc/uptime").read_text().split()[0])
    return uptime_s - ticks / os.sysconf("SC_CLK_TCK")


def peak_memory_mb() -> float:
    """The most memory this program has held. (`getrusage` would count its parent's too.)"""
    status = Path("/proc/self/status").read_text().splitlines()
    peak = next(line for line in status if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


def main() -> None:
    """Print one line of JSON."""
    from PySide6.QtCore import QCoreApplication

    from edema_desk.app import App, _qt
    from edema_desk.flow.desk import open_desk
    from edema_desk.paths import Profile
    from edema_desk.settings import Settings

    qt = _qt()
    desk = open_desk(Profile(Path(sys.argv[1])), window=True)
    app = App(qt, desk, Settings("en", "light"))
    app.window.show()
    while not app.window.source.rows or app.window.grab().isNull():
        QCoreApplication.processEvents()
        time.sleep(0.002)
    seconds = process_age_s()
    told = {
        "seconds": seconds,
        "memory_mb": peak_memory_mb(),
        "torch": "torch" in sys.modules,
    }
    app.close()
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main()
