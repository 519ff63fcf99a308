"""Run as a program by the fault tests: a clinic in full work, until it is ended.

    busy_clinic.py PROFILE PREFIX

Acts are written as fast as they go, each told by a line with its number once it was kept; beside
that one recording after another is made, each of a second or so, with the live camera's writer.
"""

import sys
import threading
import time
from pathlib import Path

from edema_desk.domain.course.views import NewPatient
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from edema_desk.media.recording.jpeg import encode_packet
from edema_desk.media.recording.recorder import ClipRecorder
from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.keys.keys import read_data_key
from edema_desk.store.people.patients import add_patient
from tests.faults.endless_recording import FPS, SIZE, noisy_pictures


def record(profile: Profile, prefix: str) -> None:
    """One clip after another, for ever."""
    library = ClipLibrary(profile.clips, CaptureKeys(profile.capture_keys, read_data_key(profile)))
    packets = [encode_packet(image) for image in noisy_pictures(8)]
    number = 0
    while True:
        recorder = ClipRecorder(library.record(f"{prefix}-{number}"), *SIZE, packets=True)
        for frame in range(FPS):
            recorder.write_packet(round(frame * 1000.0 / FPS), packets[frame % len(packets)])
            time.sleep(1 / FPS)
        recorder.finish()
        number += 1


def main(root: str, prefix: str) -> None:
    """Work for ever."""
    profile = Profile(Path(root))
    number = 0
    with open_store(profile) as store:
        threading.Thread(target=record, args=(profile, prefix), daemon=True).start()
        while True:
            name = f"{prefix}{number:06}"
            add_patient(store, name, NewPatient(name, "N", dry_weight_g=50_000))
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
            number += 1
            time.sleep(0.002)


if __name__ == "__main__":
    main(*sys.argv[1:])
