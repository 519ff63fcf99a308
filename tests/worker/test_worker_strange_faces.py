"""What must not get a number gets none, and what must, does: the shipped model on two people.

The whole table, of more people and of clips, is `python -m tests.benchmarks strange-faces`.
"""

from pathlib import Path

import pytest

from edema_desk.learning.package import load_package
from edema_desk.paths import BASE_MODEL, models_dir
from edema_desk.synthesis.sources import list_people
from tests.benchmarks.strange_faces import GOOD, Bench, gallery

pytestmark = pytest.mark.media


def test_the_gallery_gets_no_number_and_its_people_do(media_dir: Path) -> None:
    model = load_package(models_dir() / BASE_MODEL)
    if model.familiar is None:
        pytest.skip("the shipped package was made before it said what it finds familiar")
    people = list_people(media_dir / "faces", only=["canada_025f", "london_101"])
    reasons = gallery(Bench(model), people, model.familiar)
    good = reasons.pop(GOOD)
    odd = [reason for of_kind in reasons.values() for reason in of_kind]
    assert len(odd) == 28
    assert sum(reason is None for reason in odd) <= 1
    assert sum(reason is not None for reason in good) <= 1
    assert reasons["other_person"] == ["other_person"] * 2
