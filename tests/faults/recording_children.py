"""Starting and ending programs that record, for the fault tests."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from edema_desk.media.decode import open_clip
from edema_desk.media.plan import EVERY_FRAME
from tests.faults.endless_recording import CAPTURE, library_in

PROGRAM = Path(__file__).with_name("endless_recording.py")
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Recording:
    """A program that records into `folder`."""

    folder: Path
    kind: str
    told: Path
    child: "subprocess.Popen[bytes]" = field(init=False)

    def __post_init__(self) -> None:
        with self.told.open("wb") as out:
            self.child = subprocess.Popen(
                [sys.executable, str(PROGRAM), str(self.folder), self.kind],
                cwd=ROOT,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdout=out,
            )

    def wait_for_pictures(self) -> None:
        """Until the first picture was given."""
        until_s = time.monotonic() + 60
        while not self.told.read_bytes():
            assert self.child.poll() is None, "it died by itself"
            assert time.monotonic() < until_s, "it does not record"
            time.sleep(0.05)

    def kill(self) -> None:
        """At once, with no chance to tidy up."""
        assert self.child.poll() is None, "it died by itself"
        self.child.kill()
        self.child.wait()

    def end(self) -> None:
        """The same for one that may be dead already."""
        if self.child.poll() is None:
            self.kill()

    def last_given_ms(self) -> float:
        """The time of the last picture given to the recorder."""
        return float(self.told.read_text().rpartition("\n")[0].splitlines()[-1])


def let_run(
    recordings: list[Recording], span_s: tuple[float, float], rng: random.Random
) -> Iterator[int]:
    """Kill each at a random moment of its own, counted from its first picture on; gives the
    place of each in the list at once when it is dead."""
    for each in recordings:
        each.wait_for_pictures()
    began_s = time.monotonic()
    moments = [(rng.uniform(*span_s), place) for place in range(len(recordings))]
    for at_s, place in sorted(moments):
        time.sleep(max(0.0, began_s + at_s - time.monotonic()))
        recordings[place].kill()
        yield place


def lost_ms(folder: Path, last_given_ms: float) -> float:
    """Recover the clip of a killed program; what of its end is not in it."""
    library = library_in(folder)
    assert library.unfinished() == (CAPTURE,)
    found = library.recover_clip(CAPTURE)
    assert found is not None, "nothing was left"
    with open_clip(library.clip(CAPTURE), EVERY_FRAME) as clip:
        times_ms = [frame.t_ms for frame in clip.frames]
    assert len(times_ms) == found.frames
    assert times_ms[0] == 0.0
    library.verify_clip(CAPTURE, found.sha256)
    return last_given_ms - times_ms[-1]
