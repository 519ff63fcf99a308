"""No network: without a network camera neither the window nor any child opens an internet socket.

Every `socket` call of all processes is traced through a day in the window; that the trace sees
one is shown with a network camera set.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.media.made_up_servers import mjpeg, serving

TOP = Path(__file__).parents[2]
MOST_S = 400.0
_SOCKET = re.compile(r"\bsocket(?:pair)?\((\w+)")
STEPS = [
    "signed in",
    "clip taken in",
    "pages shown",
    "face recorded",
    "models looked at",
    "closed",
]

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None and os.environ.get("CI") != "true",
    reason="strace is not installed (installer/linux/system-libraries.sh --test-tools)",
)


def traced(folder: Path, camera: str) -> tuple[list[str], set[str]]:
    """The steps a day in the window came to, and the kinds of sockets that were opened."""
    trace = folder / "trace"
    command = [
        *("strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=network", "-o", str(trace)),
        *(sys.executable, "-m", "tests.faults.working_window", str(folder), camera),
    ]
    home = {"HOME": str(folder), "TMPDIR": str(folder)}
    done = subprocess.run(
        command,
        cwd=TOP,
        env={**os.environ, **home},
        capture_output=True,
        text=True,
        timeout=MOST_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines(), set(_SOCKET.findall(trace.read_text(errors="replace")))


def test_a_day_in_the_window_opens_no_internet_socket(tmp_path: Path) -> None:
    steps, kinds = traced(tmp_path, "none")
    assert steps == STEPS
    assert kinds <= {"AF_UNIX"}


def test_the_trace_sees_the_socket_of_a_network_camera(tmp_path: Path) -> None:
    """Else the test above could not fail."""
    with serving(mjpeg()) as camera:
        steps, kinds = traced(tmp_path, camera.url())
    assert steps == ["camera opened", "closed"]
    assert kinds & {"AF_INET", "AF_INET6"}
