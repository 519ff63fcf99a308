"""Makes the beeps of a capture: short notes of a marimba-like tone, as small WAV files.

    python installer/sounds.py resources/sounds

Higher means go on, lower means something is amiss, so that they are told apart unlearned.
"""

import sys
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 16_000
FADE_S = 0.006
CUES: dict[str, tuple[tuple[float, float], ...]] = {
    "start": ((659.3, 0.09), (880.0, 0.15)),
    "lost": ((440.0, 0.09), (329.6, 0.13)),
    "back": ((880.0, 0.12),),
    "half": ((784.0, 0.07), (784.0, 0.09)),
    "done": ((659.3, 0.09), (784.0, 0.09), (1046.5, 0.24)),
    "trouble": ((311.1, 0.13), (311.1, 0.15)),
}
"""Notes of each cue: pitch in Hz and length in seconds."""


def note(pitch_hz: float, length_s: float) -> NDArray[np.float64]:
    """A struck note that dies away, with its fourth harmonic as wooden bars have it."""
    t = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
    tone = np.sin(2 * np.pi * pitch_hz * t) + 0.2 * np.sin(8 * np.pi * pitch_hz * t) * np.exp(
        -t / 0.03
    )
    edge = np.minimum(1.0, np.minimum(t, length_s - t) / FADE_S)
    faded: NDArray[np.float64] = tone * np.exp(-t / 0.12) * edge
    return faded


def write(path: Path, notes: tuple[tuple[float, float], ...]) -> None:
    """One cue, 16 bits, one channel, half of the loudest there is."""
    whole = np.concatenate([note(*one) for one in notes])
    samples = np.round(whole / np.abs(whole).max() * 0.5 * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.tobytes())


if __name__ == "__main__":
    for name, cue in CUES.items():
        write(Path(sys.argv[1]) / f"{name}.wav", cue)
