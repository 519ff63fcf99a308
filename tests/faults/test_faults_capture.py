"""V1, V3, V5 for the whole way of a capture: killed, no room, a clock that jumps."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from edema_desk.domain.terms.records import CaptureState, Phase
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.people.recovering import finish_interrupted
from edema_desk.media.decode import open_clip
from edema_desk.media.plan import EVERY_FRAME
from edema_desk.paths import Profile
from edema_desk.store.captures.captures import capture_states, unfinished_captures
from edema_desk.store.captures.cards import patient_card
from edema_desk.store.people.patients import patients
from tests.faults.rounds import rounds, seconds
from tests.flow.made_up_worker import MadeUpWorker

PROGRAM = Path(__file__).with_name("capturing_program.py")
ROOT = Path(__file__).resolve().parents[2]
LOSES_MS = 1000.0


def killed_after(profile: Profile, model: ModelInUse, told: Path, wait_s: float) -> float:
    """Let the program record for so long, kill it, and give the last time it told of."""
    with told.open("wb") as out:
        child = subprocess.Popen(
            [sys.executable, str(PROGRAM), str(profile.root), str(model.folder)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=out,
        )
    try:
        until_s = time.monotonic() + 60
        while not told.read_bytes():
            assert child.poll() is None, "it died by itself"
            assert time.monotonic() < until_s, "it does not record"
            time.sleep(0.02)
        time.sleep(wait_s)
    finally:
        child.kill()
        child.wait()
    return float(told.read_text().rpartition("\n")[0].splitlines()[-1])


@pytest.mark.parametrize("number", range(rounds(20)))
def test_a_killed_capture_is_found_under_its_patient(
    tmp_path: Path, model: ModelInUse, number: int
) -> None:
    profile = Profile(tmp_path / "profile")
    wait_s = random.Random(number).uniform(*seconds(5.0, 15.0))
    last_ms = killed_after(profile, model, tmp_path / "told", wait_s)
    worker = MadeUpWorker()
    worker.sees_recordings = True
    with Clinic(profile, model=model, worker=worker) as clinic:
        (left,) = clinic.database.call(unfinished_captures)
        assert (left.state, left.phase, left.whole) == (CaptureState.RECORDING, Phase.PRE, False)
        assert finish_interrupted(clinic, Cancel()) == 1
        (person,) = clinic.database.call(patients)
        card = clinic.database.call(lambda store: patient_card(store, person.patient_id))
        entry = card.trend.sessions[-1].pre
        assert entry is not None
        assert entry.capture is not None
        found = entry.capture
        assert found.capture_id == left.capture_id
        assert (found.state, found.whole, found.recovered) == (CaptureState.ANALYSED, False, True)
        with open_clip(clinic.library.clip(found.capture_id), EVERY_FRAME) as clip:
            shown_ms = [frame.t_ms for frame in clip.frames][-1]
        lost_ms = last_ms - shown_ms
        print(f"killed: lost {lost_ms:.0f} of {last_ms:.0f} ms")  # noqa: T201  shown by -rA
        assert lost_ms <= LOSES_MS
        assert clinic.library.orphans(list(clinic.database.call(capture_states))) == ()
        assert clinic.library.unfinished() == ()
