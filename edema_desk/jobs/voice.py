"""What a patient hears of a capture, for the lens cannot be looked at and the screen be read."""

import time
from collections.abc import Callable
from importlib import import_module
from typing import Protocol

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, qInstallMessageHandler

from edema_desk.domain.capture.guidance_cues import Cue, next_sounds, silence
from edema_desk.domain.capture.view import CaptureView, Instruction
from edema_desk.log import LOGGER
from edema_desk.paths import resources_dir

SPEAK, BEEP, OFF = "speak", "beep", "off"


class Loudspeaker(Protocol):
    """What can be heard; `sound.Sound` is one."""

    def ring(self, cue: Cue) -> None:
        """Play a beep."""

    def say(self, words: str) -> bool:
        """Speak; False where that cannot be."""
        ...

    def hush(self) -> None:
        """Stop speaking."""


def open_sound(parent: QObject) -> Loudspeaker:
    """The sound of this computer. Loaded when first needed: a window that shows a worklist has
    no use for the multimedia libraries. What they say about sound that is not there is no
    trouble of ours: it goes to the log."""
    before = qInstallMessageHandler(_note)
    try:
        module = import_module("edema_desk.jobs.sound")
        made: Loudspeaker = module.Sound(resources_dir() / "sounds", parent)
    finally:
        qInstallMessageHandler(before)
    return made


def _note(kind: QtMsgType, context: QMessageLogContext, words: str | None) -> None:
    del kind, context
    LOGGER.info("sound: %s", words)


class Voice(QObject):
    """Speaks or beeps what a capture's views ask for, or neither. `words` of an instruction are
    those on the screen. Where nobody can speak its language, beeps remain."""

    def __init__(
        self,
        words: Callable[[Instruction], str],
        parent: QObject,
        sound_of: Callable[[QObject], Loudspeaker] = open_sound,
    ) -> None:
        super().__init__(parent)
        self._words, self._sound_of = words, sound_of
        self._sound: Loudspeaker | None = None
        self._heard = silence()
        self.choice = SPEAK

    def choose(self, choice: str) -> None:
        """ "speak", "beep" or "off"."""
        self.choice = choice
        if choice != SPEAK and self._sound is not None:
            self._sound.hush()

    def begin(self) -> None:
        """A new capture: nothing was heard of it. Loads the sound, before anything is recorded."""
        self._heard = silence()
        if self.choice != OFF and self._sound is None:
            self._sound = self._sound_of(self)

    def hear(self, view: CaptureView) -> None:
        """The newest view; the same one again makes no sound twice."""
        self._heard, cue, said = next_sounds(self._heard, view, time.monotonic() * 1000)
        if self.choice == OFF:
            return
        if self._sound is None:
            self._sound = self._sound_of(self)
        if cue is not None:
            self._sound.ring(cue)
        if said is not None and self.choice == SPEAK:
            self._sound.say(self._words(said))

    def hush(self) -> None:
        """Say nothing more of this capture."""
        if self._sound is not None:
            self._sound.hush()
