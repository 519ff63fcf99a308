"""What Agreement of 200 patients and ten years costs, from a choice to the picture."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figure import Figure


def measure(place: Path) -> Iterator[Figure]:
    """In a program of its own, as nothing else shall be in its memory."""
    del place
    command = [sys.executable, "-m", "tests.benchmarks.agreement_program"]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    whole_ms = told["count"] + told["set"] + told["draw"]
    yield Figure("626,000 captures counted", f"{told['count']:.0f} ms")
    yield Figure("put into all plots and cards", f"{told['set']:.0f} ms")
    drawn_ms = told["draw"]
    yield Figure("all cards painted", f"{drawn_ms:.0f} ms", "<= 100 ms", drawn_ms <= 100)
    yield Figure("from a choice to the picture", f"{whole_ms:.0f} ms", "<= 1 s", whole_ms <= 1000)
    yield Figure("the capture under the pointer", f"{told['point']:.1f} ms", "", None)
