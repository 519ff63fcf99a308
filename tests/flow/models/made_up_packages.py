"""Packages whose weights are a few bytes: whole by their hashes, for what never runs a network."""

import hashlib
from dataclasses import replace
from pathlib import Path

from edema_desk.domain.models.card import CARD_FILE, WEIGHTS_FILE, ModelCard, render_card
from tests.flow.made_up_worker import make_card


def package(folder: Path, content: bytes = b"weights", **changes: object) -> tuple[Path, ModelCard]:
    """Write a package; its folder and its card."""
    weights_sha256 = hashlib.sha256(content).hexdigest()
    card = replace(make_card(), name=folder.name, weights_sha256=weights_sha256, **changes)  # type: ignore[arg-type]
    folder.mkdir(parents=True)
    (folder / WEIGHTS_FILE).write_bytes(content)
    (folder / CARD_FILE).write_text(render_card(card), encoding="utf-8")
    return folder, card


def no_check(folder: Path) -> float:
    """A self-check that finds nothing."""
    assert (folder / WEIGHTS_FILE).exists()
    return 0.0
