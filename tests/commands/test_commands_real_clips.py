"""`analyse` and `compare` on every real clip."""

import json
from pathlib import Path
from typing import Any

import pytest

from edema_desk.domain.capture.choice import ENOUGH_CALM
from tests.commands.commands_runner import Commands

CLIPS = (
    "grid_bbaf2n.mpg",
    "grid_brbk7n.mpg",
    "grid_lbax4n.mpg",
    "grid_lbbc2a.mpg",
    "grid_lrwp9a.mpg",
    "grid_lwbsza.mpg",
    "grid_pwij3p.mpg",
    "grid_sbia1a.mpg",
    "grid_sbwe5n.mpg",
    "grid_swiz3n.mpg",
    "man_leaves_view.mov",
    "man_light_75.mp4",
    "man_light_100.mp4",
    "pexels_woman.mp4",
)
COMPARED = ("grid_bbaf2n.mpg", "man_leaves_view.mov")


def test_no_clip_is_forgotten(media_dir: Path) -> None:
    assert {p.name for p in (media_dir / "clips").iterdir()} == set(CLIPS)


def check_frames(told: dict[str, Any]) -> None:
    assert told["frames_chosen"] >= ENOUGH_CALM
    assert told["frames_chosen"] + sum(told["refused"].values()) == told["frames_seen"]


@pytest.mark.parametrize("name", [name for name in CLIPS if name not in COMPARED])
def test_a_clip_gives_calm_frames(commands: Commands, media_dir: Path, name: str) -> None:
    result = commands.run("analyse", media_dir / "clips" / name, "--json")
    assert result.exit_code == 0, result.output
    check_frames(json.loads(result.stdout))


@pytest.mark.parametrize("name", COMPARED)
def test_a_clip_differs_in_nothing_from_itself(
    commands: Commands, media_dir: Path, name: str
) -> None:
    clip = media_dir / "clips" / name
    result = commands.run("compare", clip, clip, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["change_kg"] == 0.0  # the same clip, the same frames, always
    alone = json.loads(commands.run("analyse", clip, "--json").stdout)
    for side in (told["pre"], told["post"], alone):
        check_frames(side)
        del side["seconds"]
    assert told["pre"] == told["post"] == alone
