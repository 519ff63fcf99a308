"""`analyse` and `compare` on every real clip."""

import json
from pathlib import Path

import pytest

from edema_desk.domain.choice import ENOUGH_CALM
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


def test_no_clip_is_forgotten(media_dir: Path) -> None:
    assert {p.name for p in (media_dir / "clips").iterdir()} == set(CLIPS)


@pytest.mark.parametrize("name", CLIPS)
def test_a_clip_differs_in_nothing_from_itself(
    commands: Commands, media_dir: Path, name: str
) -> None:
    clip = media_dir / "clips" / name
    result = commands.run("compare", clip, clip, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["change_kg"] == 0.0  # the same clip, the same frames, always
    for side in (told["pre"], told["post"]):
        assert side["frames_chosen"] >= ENOUGH_CALM
        assert side["frames_chosen"] + sum(side["refused"].values()) == side["frames_seen"]


@pytest.mark.parametrize("name", ["grid_bbaf2n.mpg", "man_leaves_view.mov"])
def test_analyse_says_the_same_as_compare(commands: Commands, media_dir: Path, name: str) -> None:
    clip = media_dir / "clips" / name
    result = commands.run("analyse", clip, "--json")
    assert result.exit_code == 0, result.output
    alone = json.loads(result.stdout)
    beside = json.loads(commands.run("compare", clip, clip, "--json").stdout)["pre"]
    for told in (alone, beside):
        del told["seconds"]
    assert alone == beside
