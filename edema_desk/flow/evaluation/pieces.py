"""Finished pieces of an evaluation, kept so that a run that was killed goes on where it was."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.terms.estimate import ChangeScore, Refusal
from edema_desk.flow.studies.crops import study_cache
from edema_desk.media.library import ClipLibrary
from edema_desk.store.base.entered import Where, entered

PIECES_VERSION = 2
"""To be raised when training or scoring change, so that old pieces are not used."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a network says of one capture: its score and embedding (512,), or neither."""

    score: ChangeScore | None = None
    embedding: NDArray[np.float16] | None = None


def key_of(*parts: object) -> str:
    """A name for what follows from `parts`, each told by its `repr`."""
    return hashlib.sha256(repr((PIECES_VERSION, *parts)).encode()).hexdigest()[:32]


class Pieces:
    """Sealed like the crops they come from, under the profile's cache."""

    def __init__(self, where: Where) -> None:
        self._library: ClipLibrary = study_cache(where)
        self._folder = entered(where).profile.root / "cache" / "evaluation"

    def has(self, key: str) -> bool:
        """Whether the piece is finished."""
        return self._library.has_crops(_name(key))

    def said(self, key: str) -> tuple[Said, ...]:
        """What was kept under the key, in its order."""
        text, vectors = self._library.crops(_name(key))
        rows = np.frombuffer(vectors, np.float16)
        scores = [None if s is None else _score(s) for s in json.loads(text)["scores"]]
        told = [score is not None for score in scores]
        parts = iter(np.split(rows, max(sum(told), 1)))
        return tuple(Said(score, next(parts)) if score else Said() for score in scores)

    def note(self, key: str) -> dict[str, float]:
        """The figures that were kept with it."""
        text, _ = self._library.crops(_name(key))
        return {str(name): float(value) for name, value in json.loads(text)["note"].items()}

    def keep(self, key: str, said: Sequence[Said], **note: float) -> None:
        """Keep it, all or nothing, with figures by name."""
        scores = [None if s.score is None else _fields(s.score) for s in said]
        vectors = [s.embedding for s in said if s.embedding is not None]
        content = np.concatenate(vectors).astype(np.float16).tobytes() if vectors else b""
        text = json.dumps({"scores": scores, "note": note}).encode()
        self._library.store_crops(_name(key), (text, content))

    def refusals(self, key: str) -> tuple[Refusal | None, ...]:
        """What `keep_refusals` kept under the key."""
        (text,) = self._library.crops(_name(key))
        return tuple(None if why is None else Refusal(why) for why in json.loads(text))

    def keep_refusals(self, key: str, refusals: Sequence[Refusal | None]) -> None:
        """Keep which captures are refused, and why, all or nothing."""
        told = json.dumps([None if why is None else why.value for why in refusals])
        self._library.store_crops(_name(key), (told.encode(),))

    def workplace(self, key: str) -> Path:
        """A folder for what is not finished: a network in training."""
        folder = self._folder / key
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    def clear(self, keys: Iterable[str]) -> None:
        """Remove their workplaces."""
        for key in keys:
            shutil.rmtree(self._folder / key, ignore_errors=True)


def _name(key: str) -> str:
    return f"scores-{key}"


def _fields(score: ChangeScore) -> list[object]:
    return [score.g_kg, score.frame_sd_kg, score.frames, list(score.parts_kg)]


def _score(fields: list[object]) -> ChangeScore:
    g_kg, frame_sd_kg, frames, parts_kg = fields
    if not isinstance(parts_kg, list):
        raise ValueError("not a kept score")
    return ChangeScore(
        float(str(g_kg)), float(str(frame_sd_kg)), int(str(frames)), tuple(map(float, parts_kg))
    )
