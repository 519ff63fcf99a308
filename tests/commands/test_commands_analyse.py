"""`analyse` and `compare`: the figures, and a sentence for everything that can be wrong."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from edema_desk.domain.capture.clips import Image
from tests.commands.commands_runner import Commands
from tests.commands.made_up_clips import (
    HEIGHT,
    WIDTH,
    Fault,
    blurred,
    dark,
    scene,
    turned,
    two_faces,
    write_still,
)

KEYS = {"frames_seen", "faces_found", "frames_chosen", "refused", "scores", "seconds"}


def test_analyse_tells_what_it_saw(commands: Commands, portrait: Image, tmp_path: Path) -> None:
    clip = write_still(tmp_path / "good.mp4", scene(portrait))
    result = commands.run("analyse", clip, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert set(told) >= KEYS
    assert told["frames_seen"] == told["faces_found"] == told["frames_chosen"] == 12
    assert told["refused"] == {}
    assert told["scores"]["Sharpness"] > 0
    assert told["seconds"] > 0


def test_analyse_writes_frames_and_sheet(
    commands: Commands, portrait: Image, tmp_path: Path
) -> None:
    clip = write_still(tmp_path / "good.mp4", scene(portrait))
    out = tmp_path / "frames"
    assert commands.run("analyse", clip, "--frames", out).exit_code == 0
    assert len(list(out.glob("frame_*.jpg"))) == 12
    assert (out / "contact-sheet.jpg").read_bytes().startswith(b"\xff\xd8")
    again = commands.run("analyse", clip, "--frames", out)
    assert again.exit_code == 1
    assert "already holds something" in again.stderr


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (lambda face: np.full_like(scene(face), 180), "No face was found"),
        (two_faces, "More than one face"),
        (lambda face: scene(face, face_height=0.28), "too small"),
        (turned, "turned away"),
        (dark, "light"),
        (blurred, "blurred"),
    ],
    ids=["no-face", "two-faces", "small", "turned", "dark", "blurred"],
)
def test_a_clip_nobody_can_use_is_refused_with_its_reason(
    commands: Commands, portrait: Image, tmp_path: Path, fault: Fault, sentence: str
) -> None:
    clip = write_still(tmp_path / "bad.mp4", fault(portrait))
    result = commands.run("analyse", clip, "--json")
    assert result.exit_code == 1
    assert sentence in result.stderr
    told = json.loads(result.stdout)
    assert told["frames_chosen"] == 0
    assert sum(told["refused"].values()) == told["frames_seen"] == 12


def test_fewer_than_eight_usable_frames(
    commands: Commands, portrait: Image, tmp_path: Path
) -> None:
    clip = write_still(tmp_path / "short.mp4", scene(portrait), frames=7)
    result = commands.run("analyse", clip)
    assert result.exit_code == 1
    assert "Fewer than 8 usable frames" in result.stderr


def bad_files(folder: Path, portrait: Image) -> dict[str, Path]:
    good = write_still(folder / "good.mp4", scene(portrait), frames=40)
    whole = good.read_bytes()
    files = {
        "gone": folder / "gone.mp4",
        "text": folder / "text.mp4",
        "empty": folder / "empty.mp4",
        "cut": folder / "cut.mp4",
        "folder": folder / "folder.mp4",
    }
    files["text"].write_text("Dear nurse, this is not a video.")
    files["empty"].touch()
    files["cut"].write_bytes(whole[: len(whole) // 2])
    files["folder"].mkdir()
    return files


@pytest.mark.parametrize(
    ("which", "sentence"),
    [
        ("gone", "There is no file"),
        ("text", "not a video"),
        ("empty", "holds no picture"),
        ("cut", "cut off or damaged"),
        ("folder", "cannot be read"),
    ],
)
def test_files_that_are_no_clips(
    commands: Commands, portrait: Image, tmp_path: Path, which: str, sentence: str
) -> None:
    path = bad_files(tmp_path, portrait)[which]
    result = commands.run("analyse", path)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.output


def test_large_turned_and_uneven_clips_are_read(
    commands: Commands, portrait: Image, tmp_path: Path
) -> None:
    large = cv2.resize(scene(portrait), (2160, 2520))
    wide = np.full((2160, 3840, 3), 200, np.uint8)
    wide[:, 800 : 800 + 1851] = cv2.resize(large, (1851, 2160))
    upright = np.ascontiguousarray(np.rot90(scene(portrait), 1))
    clips = {
        "4k": write_still(tmp_path / "4k.mp4", wide, frames=9),
        "portrait": write_still(tmp_path / "phone.mp4", upright, rotation_deg=-90),
        "uneven": write_still(
            tmp_path / "uneven.mkv",
            scene(portrait),
            times_ms=[0, 20, 90, 100, 400, 430, 900, 905, 1500, 2200],
        ),
    }
    for name, clip in clips.items():
        result = commands.run("analyse", clip, "--json")
        assert result.exit_code == 0, (name, result.output)
        told = json.loads(result.stdout)
        assert told["frames_chosen"] == told["frames_seen"], name
    told = json.loads(commands.run("analyse", clips["portrait"], "--json").stdout)
    assert (told["width"], told["height"]) == (WIDTH, HEIGHT)


def test_compare_estimates_the_change(commands: Commands, portrait: Image, tmp_path: Path) -> None:
    pre = write_still(tmp_path / "pre.mp4", scene(portrait))
    post = write_still(tmp_path / "post.mp4", scene(portrait, shift=(3, 2)))
    result = commands.run(
        "compare", pre, post, "--pre-weight", "５３，６", "--post-weight", "51.4 kg", "--json"
    )
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["scale_change_kg"] == pytest.approx(2.2)
    assert abs(told["change_kg"]) < 1.0  # the same face, hardly moved
    assert told["spread_kg"] > 0
    assert set(told["pre"]) >= KEYS
    assert "made-up" in told["note"]
    swapped = json.loads(commands.run("compare", post, pre, "--json").stdout)
    assert swapped["change_kg"] == pytest.approx(-told["change_kg"], abs=2e-3)


@pytest.mark.parametrize(
    ("weight", "sentence"),
    [
        ("heavy", "is not a weight"),
        ("154.3 lb", "looks like pounds"),
        ("536", "outside 20 to 300 kg"),
        ("7.0", "outside 20 to 300 kg"),
        ("", "is not a weight"),
    ],
)
def test_weights_that_are_none(
    commands: Commands, tmp_path: Path, weight: str, sentence: str
) -> None:
    clip = tmp_path / "never-read.mp4"
    result = commands.run("compare", clip, clip, "--pre-weight", weight, "--post-weight", "51.4")
    assert result.exit_code == 1
    assert sentence in result.stderr


def test_one_weight_alone_is_wrong_usage(commands: Commands, tmp_path: Path) -> None:
    clip = tmp_path / "never-read.mp4"
    assert commands.run("compare", clip, clip, "--pre-weight", "51").exit_code == 2
