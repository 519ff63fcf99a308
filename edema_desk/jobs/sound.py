"""What this computer can be heard with: speech in a language, beeps, or nothing at all."""

from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QUrl
from PySide6.QtMultimedia import QMediaDevices, QSoundEffect
from PySide6.QtTextToSpeech import QTextToSpeech

from edema_desk.domain.capture.guidance_cues import Cue

_VOLUME = 0.7
_MOCK = "mock"
"""An engine of Qt's that speaks nothing, for tests."""


class Sound(QObject):
    """Beeps where there is a loudspeaker, speech where there is an engine besides. What is not
    there is silent, without a word: a clinic's PC may have neither."""

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._beeps: dict[Cue, QSoundEffect] = {}
        self._speech: QTextToSpeech | None = None
        if QMediaDevices.audioOutputs():
            self._beeps = {cue: self._beep(folder / f"{cue.value}.wav") for cue in Cue}
            self._speech = self._engine()

    def ring(self, cue: Cue) -> None:
        """Play the beep of a cue."""
        if cue in self._beeps:
            self._beeps[cue].play()

    def say(self, words: str) -> bool:
        """Speak, in the window's language; False where that cannot be."""
        speech = self._speech
        if speech is None or not _choose_language(speech):
            return False
        speech.say(words)
        return True

    def hush(self) -> None:
        """Stop speaking."""
        if self._speech is not None:
            self._speech.stop()

    def _beep(self, file: Path) -> QSoundEffect:
        made = QSoundEffect(self)
        made.setSource(QUrl.fromLocalFile(str(file)))
        made.setVolume(_VOLUME)
        return made

    def _engine(self) -> QTextToSpeech | None:
        for name in QTextToSpeech.availableEngines():
            if name == _MOCK:
                continue
            engine = QTextToSpeech(name, self)
            if engine.state() is QTextToSpeech.State.Ready:
                return engine
            engine.deleteLater()
        return None


def _choose_language(speech: QTextToSpeech) -> bool:
    """Have `speech` speak as the window does; False where it has no such voice."""
    wanted = QLocale().language()
    if speech.locale().language() == wanted:
        return True
    fit = [spoken for spoken in speech.availableLocales() if spoken.language() == wanted]
    if fit:
        speech.setLocale(fit[0])
    return bool(fit)
