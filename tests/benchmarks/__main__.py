"""`make bench`: the speed and size tables of docs/measured.md, as ratios within one run.

None of it is a timed test: machines are noisy. Prints tables in Markdown.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks import (
    agreement_speed,
    audit_speed,
    backup_speed,
    batch_speed,
    clip_speed,
    course_speed,
    export_speed,
    live_speed,
    look_speed,
    patient_page_speed,
    real_clips,
    recorder_cost,
    recording_codecs,
    start_speed,
    strange_faces,
    tuning_speed,
)
from tests.benchmarks.figure import Figure

PARTS: dict[str, Callable[[Path], Iterator[str]]] = {
    "agreement": lambda place: _table(agreement_speed.measure(place)),
    "audit": lambda place: _table(audit_speed.measure(place)),
    "batch": lambda place: _table(batch_speed.measure(place)),
    "clip": lambda place: _table(clip_speed.measure(place)),
    "course": lambda place: _table(course_speed.measure(place)),
    "export": lambda place: _table(export_speed.measure(place)),
    "patient-page": lambda place: _table(patient_page_speed.measure(place)),
    "recorder": lambda place: _table(recorder_cost.measure(place)),
    "recording-codecs": recording_codecs.rows,
    "start": lambda place: _table(start_speed.measure(place)),
    "live": lambda place: _table(look_speed.measure(place)),
    "capture": lambda place: _table(live_speed.measure(place)),
    "real-clips": real_clips.rows,
    "strange-faces": strange_faces.rows,
    "backup": lambda place: _table(backup_speed.measure(place)),
    "tuning": lambda place: _table(tuning_speed.measure(place)),
}


def main() -> None:
    """Measure the parts named on the command line, or all."""
    wanted = sys.argv[1:] or list(PARTS)
    place = Path(tempfile.gettempdir()) / "edema-desk-bench"
    place.mkdir(exist_ok=True)
    for name in wanted:
        for row in PARTS[name](place):
            print(row, flush=True)  # noqa: T201


def _table(figures: Iterator[Figure]) -> Iterator[str]:
    yield "| what | measured | to reach | |\n|---|---|---|---|"
    for figure in figures:
        yield figure.row()


if __name__ == "__main__":
    main()
