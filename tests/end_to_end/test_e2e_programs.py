"""The program as a person starts it: whole processes, and what they leave behind."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.captures.worklist import counts

LONGEST_S = 280


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.run(
        [sys.executable, "-m", "edema_desk", *(str(a) for a in arguments)],
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        cwd=cwd,
        env=environment,
        check=False,
    )


def test_the_demo_without_a_screen(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("demo", "--headless", out, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "to go" in done.stderr
    names = {p.name for p in out.iterdir()}
    assert names >= {"today.png", "patient.png", "session.png", "estimates.csv"}
    with (out / "estimates.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 8  # four people, before and after, on the day held out
    assert {r["phase"] for r in rows} == {"pre", "post"}
    estimated = [r for r in rows if r["estimate_kg"]]
    assert len(estimated) >= 7
    assert all(float(r["spread_kg"]) > 0 for r in estimated)
    assert list(tmp_path.iterdir()) == [out]


def synthesise(study: Path, patients: int, days: int) -> Path:
    """A study of drawn faces, by the program; clips are short."""
    made = run("study", "synthesise", study, "--patients", str(patients), "--days", str(days),
               "--seed", "3", "--seconds", "1.5", cwd=study.parent)  # fmt: skip
    assert made.returncode == 0, made.stderr
    return study


@pytest.fixture(scope="module")
def drawn_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One person on two days."""
    return synthesise(tmp_path_factory.mktemp("drawn") / "study", 1, 2)


def test_a_study_of_drawn_faces_goes_in_twice_and_changes_nothing(
    drawn_study: Path, tmp_path: Path
) -> None:
    study, profile = drawn_study, tmp_path / "profile"
    first = run("study", "import", study, "--profile", profile, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "4 taken in" in first.stdout
    with open_store(Profile(profile)) as store:
        before = counts(store)
    again = run("--profile", profile, "study", "import", study, cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert "4 there before" in again.stdout
    with open_store(Profile(profile)) as store:
        assert counts(store) == before
    checked = run("doctor", "--profile", profile, cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "All is well" in checked.stdout


def test_no_picture_or_name_lies_in_clear(drawn_study: Path, tmp_path: Path) -> None:
    study, profile = tmp_path / "study-with-a-name", tmp_path / "profile"
    shutil.copytree(drawn_study, study)
    table = study / "study.csv"
    table.write_text(table.read_text().replace("P001,", "PLANTED-NAME,"))
    done = run("study", "import", study, "--profile", profile, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    files = [p for p in profile.rglob("*") if p.is_file()]
    assert any(p.suffix == ".clip" for p in files)
    for file in files:
        data = file.read_bytes()
        assert b"PLANTED-NAME" not in data, file.name
        assert b"ftypisom" not in data, file.name
        assert b"\xff\xd8\xff\xe0" not in data, file.name


def test_evaluation_prints_figures_and_writes_the_report(tmp_path: Path) -> None:
    study, report = synthesise(tmp_path / "study", 2, 2), tmp_path / "report.json"
    base = Path(__file__).resolve().parents[2] / "models" / "base"
    done = run("study", "evaluate", study, "--base", base, "--report", report,
               "--profile", tmp_path / "profile", cwd=tmp_path)  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(report.read_text())
    assert told["patients"] == 2
    assert len(told["predictions"]) == 8
    assert told["folds"] == 0
    assert {"metrics", "from_scratch", "learning_curve", "first_sessions"} < set(told)
    assert report.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
    assert {"cohort_mean", "patient_mean", "patient_class_mean"} < set(told["baselines"])
    assert told["made_up"] is True
    assert "made-up" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [("analyse",), ("study", "synthesise", "x"), ("no-such-command",), ("compare", "a.mp4")],
)
def test_wrong_usage_ends_with_two(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_window_without_a_screen_says_what_to_do(tmp_path: Path) -> None:
    done = run("--profile", tmp_path / "profile", cwd=tmp_path)
    assert done.returncode == 1
    assert "no screen" in done.stderr
