"""The decoder process loads little, can open nothing, and has room for any clip all the same."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from edema_desk.domain.capture.clips import Frame
from edema_desk.media.children import child_command, child_environment
from edema_desk.media.writer import ClipWriter
from tests.media.media_clips import picture
from tests.media.outside_kit import linux, outside_frames

pytestmark = pytest.mark.usefixtures("no_child_is_left")


@linux
def test_the_limits_hold() -> None:
    script = """
        import os, resource, socket, subprocess
        import numpy
        from edema_desk.media.limits import limit_this_process

        def refused(act):
            try:
                act()
            except (OSError, MemoryError):
                return
            os.write(1, b"allowed: " + act.__name__.encode())

        def read_a_file(): open("/etc/passwd")
        def write_a_file(): open("/tmp/from_the_decoder", "w")
        def speak(): socket.socket()
        def pipe(): os.pipe()
        def duplicate(): os.dup(0)
        def start(): subprocess.run(["true"])
        def take_memory(): numpy.empty(4 * 1024**3, numpy.uint8)
        def raise_files(): resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))

        limit_this_process()
        if os.geteuid() != 0:
            try:
                raise_files()
                os.write(1, b"allowed: raise_files")
            except (OSError, ValueError):
                pass
        for act in (read_a_file, write_a_file, speak, pipe, duplicate, start, take_memory):
            refused(act)
        os.write(1, b"done")
        os._exit(0)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        capture_output=True,
        env=child_environment(OPENBLAS_NUM_THREADS="1"),
        check=False,
    )
    assert (done.stdout, done.stderr) == (b"done", b"")


@linux
def test_a_file_cannot_grow_under_the_limits(tmp_path: Path) -> None:
    script = f"""
        import os, signal
        from edema_desk.media.limits import limit_this_process
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        file = open({str(tmp_path / "open_before")!r}, "wb", buffering=0)
        limit_this_process()
        try:
            file.write(b"x")
        except OSError:
            os._exit(7)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], env=child_environment(), check=False
    )
    assert done.returncode == 7
    assert (tmp_path / "open_before").stat().st_size == 0


@linux
def test_4k_fits_into_the_limits(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    with ClipWriter(path, 3840, 2160, quality=40) as writer:
        for number in range(4):
            writer.write(Frame(40.0 * number, picture(3840, 2160, number)))
    assert [frame.image.shape for frame in outside_frames(path)] == [(2160, 3840, 3)] * 4


def test_the_child_loads_little() -> None:
    code = (
        "import sys, edema_desk.media.decoder as d\n"
        "print(sorted({'cv2', 'torch', 'PIL', 'PySide6', 'click'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=child_environment()
    )
    assert done.stdout.strip() == "[]"


def test_the_command_names_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    assert child_command("_decoder") == [sys.executable, "-m", "edema_desk", "_decoder"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_command("_decoder") == [sys.executable, "_decoder"]
