"""What a patient hears: spoken, beeped or nothing, and a computer that has no sound."""

import os
import subprocess
import sys
import wave

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from edema_desk.domain.capture.guidance_cues import Cue
from edema_desk.domain.capture.view import CaptureView, Instruction, Stage
from edema_desk.jobs.voice import Voice
from edema_desk.paths import resources_dir


class FakeSound:
    """Notes what was heard."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def ring(self, cue: Cue) -> None:
        self.heard.append(f"({cue.value})")

    def say(self, words: str) -> bool:
        self.heard.append(words)
        return True

    def hush(self) -> None:
        self.heard.append("hush")


def words(instruction: Instruction) -> str:
    return instruction.value.upper()


VIEWS = (
    CaptureView(Stage.SEARCHING, Instruction.COME_CLOSER),
    CaptureView(Stage.COUNTING, Instruction.HOLD_STILL, recorded_ms=10.0),
)


@pytest.mark.parametrize(
    ("choice", "heard"),
    [("speak", ["COME_CLOSER", "(start)"]), ("beep", ["(start)"]), ("off", [])],
)
def test_a_capture_is_heard_as_was_chosen(
    qapp: QApplication, choice: str, heard: list[str]
) -> None:
    owner, sound, opened = QObject(), FakeSound(), []

    def open_sound(parent: QObject) -> FakeSound:
        opened.append(parent)
        return sound

    voice = Voice(words, owner, open_sound)
    voice.choose(choice)
    voice.begin()
    for view in VIEWS:
        voice.hear(view)
    assert sound.heard == heard
    assert len(opened) == (0 if choice == "off" else 1)  # silence loads nothing
    voice.choose("off")
    voice.hear(CaptureView(Stage.DONE, Instruction.WELL_DONE))
    assert [h for h in sound.heard if h != "hush"] == heard


def test_a_new_capture_is_heard_from_its_beginning(qapp: QApplication) -> None:
    owner, sound = QObject(), FakeSound()
    voice = Voice(words, owner, lambda parent: sound)
    voice.choose("beep")
    for _ in range(2):
        voice.begin()
        voice.hear(VIEWS[1])
    assert sound.heard == ["(start)", "(start)"]


def test_each_cue_has_a_small_beep() -> None:
    folder = resources_dir() / "sounds"
    assert {f.stem for f in folder.glob("*.wav")} == {cue.value for cue in Cue}
    assert sum(f.stat().st_size for f in folder.iterdir()) < 60_000
    for file in folder.glob("*.wav"):
        with wave.open(str(file)) as sound:
            assert 0.05 < sound.getnframes() / sound.getframerate() < 0.6


def test_a_computer_without_sound_is_silent_without_a_word() -> None:
    """In a process of its own: libraries for sound stay loaded, and say things as they load."""
    code = (
        "from PySide6.QtCore import QCoreApplication, QObject, qInstallMessageHandler\n"
        "told = []\n"
        "qInstallMessageHandler(lambda kind, where, what: told.append((kind.name, what)))\n"
        "app = QCoreApplication([])\n"
        "from edema_desk.domain.capture.guidance_cues import Cue\n"
        "from edema_desk.jobs.voice import open_sound\n"
        "owner = QObject()\n"
        "sound = open_sound(owner)\n"
        "said = sound.say('Look at the camera')\n"
        "for cue in Cue: sound.ring(cue)\n"
        "sound.hush()\n"
        "app.processEvents()\n"
        "print(said, [t for t in told if t[0] not in ('QtDebugMsg', 'QtInfoMsg')])\n"
    )
    nowhere = {**os.environ, "PULSE_SERVER": "unix:/nowhere", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=nowhere, check=True
    )
    assert done.stdout.strip() == "False []"
