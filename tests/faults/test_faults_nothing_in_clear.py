"""A1: nothing of a patient, a password or a picture is on the disk in clear, at any moment of a day
at the window and after it; looked for in every file that the program could have written."""

import base64
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

from edema_desk.domain.capture.clips import Frame
from edema_desk.domain.models.card import render_card
from edema_desk.media.writer import ClipWriter
from edema_desk.synthesis.portraits import draw_portrait
from tests.commands.made_up_clips import scene
from tests.faults import planted
from tests.faults.rounds import SHARE
from tests.flow.made_up_worker import clip_file, make_card

PROGRAM = Path(__file__).with_name("planted_window.py")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Disk:
    """The folders a program of a user writes to."""

    profile: Path
    home: Path
    temporary: Path
    working: Path

    def search(self) -> dict[str, set[str]]:
        """What of the planted is found, by file."""
        return planted.search(self.profile, self.home, self.temporary, self.working)


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    made = Disk(*(tmp_path / name for name in ("clinic", "home", "tmp", "here")))
    for folder in (made.home, made.temporary, made.working):
        folder.mkdir()
    return made


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Clips from elsewhere, under names that tell a lot, and a model."""
    folder = tmp_path / "outside"
    for name in ("pre", "post", "inbox", "model"):
        (folder / name).mkdir(parents=True)
    (folder / "model" / "card.json").write_text(render_card(make_card()))
    return folder


def made_up_clips(outside: Path) -> None:
    """Of which the made-up worker says what they show."""
    for name, g_kg in (("pre", 2.0), ("post", 0.0), ("inbox", 1.0)):
        clip_file(outside / name, planted.CLIP_NAME, g_kg=g_kg)


def drawn_clips(outside: Path) -> None:
    """Of a drawn face."""
    picture = scene(draw_portrait(np.random.default_rng(11)).image)
    for name, light in (("pre", 1.0), ("post", 0.96), ("inbox", 0.92)):
        with ClipWriter(outside / name / planted.CLIP_NAME, 480, 560, "mjpeg") as writer:
            for number in range(16):
                shown = np.asarray(picture * light, np.uint8)
                writer.write(Frame(100.0 * number, shown))


@contextmanager
def window(disk: Disk, outside: Path, kind: str) -> Iterator["subprocess.Popen[str]"]:
    """The program, with its folders in watched places; it does not outlive the block."""
    folders = {"HOME": disk.home, "TMPDIR": disk.temporary, "TEMP": disk.temporary}
    folders |= {f"XDG_{name}_HOME": disk.home / name for name in ("CACHE", "CONFIG", "DATA")}
    child = subprocess.Popen(
        [sys.executable, "-X", "faulthandler", str(PROGRAM), str(disk.profile), str(outside), kind],
        cwd=disk.working,
        env=os.environ
        | {name: str(folder) for name, folder in folders.items()}
        | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


def looks(child: "subprocess.Popen[str]", disk: Disk) -> Iterator[str]:
    """Search at each moment at which the program says so; gives the moment's name."""
    assert child.stdout is not None
    assert child.stdin is not None
    for line in child.stdout:
        assert line.startswith("look "), line
        assert disk.search() == {}, line
        yield line[5:-1]
        child.stdin.write("go on\n")
        child.stdin.flush()


MOMENTS = ["the forms", "the clips", "a locked desk"]


def test_a_day_at_the_window(disk: Disk, outside: Path) -> None:
    made_up_clips(outside)
    with window(disk, outside, "") as child:
        seen = list(looks(child, disk))
        assert child.stderr is not None
        said = child.stderr.read()
        assert child.wait() == 0, said
    assert seen == MOMENTS, said
    assert planted.found_in(said.encode()) == set()
    assert disk.search() == {}
    written = {p.relative_to(disk.profile).parts[0] for p in disk.profile.rglob("*") if p.is_file()}
    assert {"edema-desk.db", "users.keys", "clips", "backups", "log"} <= written
    log = "".join(p.read_text() for p in (disk.profile / "log").iterdir())
    assert "bug " in log
    assert "ValueError" in log
    assert not list(disk.working.iterdir())


def test_a_window_that_was_killed(disk: Disk, outside: Path) -> None:
    """What lies there then: log, half files, what was about to be moved."""
    made_up_clips(outside)
    with window(disk, outside, "") as child:
        for moment in looks(child, disk):
            if moment == "the clips":
                os.kill(child.pid, signal.SIGABRT)  # with the dump of a fault, if one is made
                break
        said = child.communicate()[1]
    assert "Abort" in said
    assert planted.found_in(said.encode()) == set()
    assert disk.search() == {}


@pytest.mark.skipif(SHARE < 1.0, reason="the real worker and camera: in `make faults`")
def test_a_day_with_the_real_worker_and_a_camera(disk: Disk, outside: Path) -> None:
    drawn_clips(outside)
    with window(disk, outside, "real") as child:
        seen = list(looks(child, disk))
        assert child.stderr is not None
        said = child.stderr.read()
        assert child.wait() == 0, said
    whole = [*MOMENTS[:2], "a running recording", "the capture", MOMENTS[2]]
    assert seen == whole, said
    assert planted.found_in(said.encode()) == set()
    assert disk.search() == {}


def test_the_search_finds_what_it_looks_for(tmp_path: Path) -> None:
    """In every place and form, one at a time; and nothing where there is nothing."""
    picture = np.random.default_rng(1).integers(0, 255, (64, 64, 3), np.uint8)
    name, kana, chart = planted.NAMES[0], planted.KANA[0], planted.CHARTS[0]
    forms = {
        "plain": name.encode(),
        "wide": kana.encode("utf-16-le"),
        "old": kana.encode("euc-jp"),
        "hex": chart.encode().hex().encode(),
        "json": json.dumps({"name": kana}).encode(),
        "photo": cv2.imencode(".jpg", picture)[1].tobytes(),
        "inside": bytes(1000) + cv2.imencode(".jpg", picture)[1].tobytes(),
        "picture": cv2.imencode(".png", picture)[1].tobytes(),
    }
    for shift in range(3):
        forms[f"base64 {shift}"] = base64.b64encode(b"x" * shift + chart.encode() + b"more")
    assert planted.search(tmp_path) == {}
    (tmp_path / "noise").write_bytes(os.urandom(4_000_000))
    assert planted.search(tmp_path) == {}
    for number, (form, content) in enumerate(forms.items()):
        path = tmp_path / f"{number}.bin"
        path.write_bytes(content)
        assert len(planted.search(tmp_path)) == 1, form
        path.unlink()
    (tmp_path / f"{chart}.bin").touch()
    assert len(planted.search(tmp_path)) == 1
