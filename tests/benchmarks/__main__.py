"""`make bench`: the speed and size tables of docs/measured.md, as ratios within one run.

None of it is a timed test: machines are noisy. Prints a table in Markdown.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks import clip_speed, start_speed
from tests.benchmarks.figure import Figure

PARTS: dict[str, Callable[[Path], Iterator[Figure]]] = {
    "clip": clip_speed.measure,
    "start": start_speed.measure,
}


def main() -> None:
    """Measure the parts named on the command line, or all."""
    wanted = sys.argv[1:] or list(PARTS)
    place = Path(tempfile.gettempdir()) / "edema-desk-bench"
    place.mkdir(exist_ok=True)
    print("| what | measured | to reach | |\n|---|---|---|---|")  # noqa: T201
    for name in wanted:
        for figure in PARTS[name](place):
            print(figure.row(), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
