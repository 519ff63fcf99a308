"""Draws of the same faces told together: `tests.benchmarks.pooled_draws`."""

import csv
import json
import re
from pathlib import Path

from tests.benchmarks.pooled_draws import told

FACES = 8


def _draw(folder: Path, name: str, first: int) -> tuple[Path, Path]:
    """A study whose patients are numbered from another face on, and its report: the intervals of
    the faces of even number hold, those of the others do not."""
    study, report = folder / name, folder / f"{name}.json"
    study.mkdir()
    order = [(first + place) % FACES for place in range(FACES)]
    with (study / "study.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("patient_id", "source"))
        table.writerows((f"P{place}", f"face{face}") for place, face in enumerate(order))
    rows = [
        {
            "patient_id": f"P{place}",
            "date": f"2026-03-0{day}",
            "phase": phase,
            "excess_kg": excess_kg,
            "estimate_kg": excess_kg + _off_kg(face),
            "low_kg": excess_kg + _off_kg(face) - 0.3,
            "high_kg": excess_kg + _off_kg(face) + 0.3,
            "p_edema": 0.9 if phase == "pre" else 0.1,
            "refused": None,
        }
        for place, face in enumerate(order)
        for day in (1, 2, 3)
        for phase, excess_kg in (("pre", 2.0), ("post", 0.0))
    ]
    report.write_text(json.dumps({"predictions": rows}), encoding="utf-8")
    return study, report


def _off_kg(face: int) -> float:
    return 0.1 if face % 2 == 0 else 0.5


def _coverage(lines: list[str]) -> list[float]:
    (line,) = [line for line in lines if line.startswith("coverage_90")]
    return [float(number) for number in re.findall(r"\d\.\d+", line)]


def test_draws_of_one_face_are_not_counted_as_two_people(tmp_path: Path) -> None:
    once = list(told([_draw(tmp_path, "one", 0)]))
    twice = list(told([(tmp_path / "one", tmp_path / "one.json"), _draw(tmp_path, "two", 3)]))
    assert _coverage(once) == _coverage(twice)
    share, low, high = _coverage(twice)
    assert share == 0.5
    assert low < 0.3  # of eight faces, however often each was drawn
    assert high > 0.7
    assert f"together, {FACES} faces" in twice[2]


def test_right_and_error_are_those_of_the_reports(tmp_path: Path) -> None:
    line = next(told([_draw(tmp_path, "one", 0)]))
    assert line == "one.json: 48 captures, 48 with a number, 50.0 % held, 100.0 % right, 0.300 kg"
