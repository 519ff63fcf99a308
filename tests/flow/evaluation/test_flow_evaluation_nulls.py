"""Null tests take the fluid out and leave the rest."""

import io
from collections import Counter
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture

from edema_desk.domain.models.card import InputPlan
from edema_desk.flow.evaluation.captures import NullTest, without_fluid
from edema_desk.flow.studies.crops import StoredCrops
from tests.flow.evaluation.evaluation_samples import noise, study

CAPTURES = tuple(noise(c, i) for i, c in enumerate(study(people=2, days=3)))


def pixels(crop: bytes) -> NDArray[np.float64]:
    with Picture.open(io.BytesIO(crop)) as picture:
        return np.asarray(picture.convert("RGB"), float)


def test_shuffled_weights_stay_with_patient_and_phase() -> None:
    shuffled = without_fluid(CAPTURES, NullTest.WEIGHTS_SHUFFLED, 1)

    def weights(captures: object) -> Counter[tuple[str, str, float]]:
        return Counter((c.patient_id, c.phase.value, c.excess_kg) for c in captures)  # type: ignore[attr-defined]

    assert weights(shuffled) == weights(CAPTURES)
    assert [c.excess_kg for c in shuffled] != [c.excess_kg for c in CAPTURES]
    assert [c.crops for c in shuffled] == [c.crops for c in CAPTURES]
    assert without_fluid(CAPTURES, NullTest.WEIGHTS_SHUFFLED, 1) == shuffled


def test_a_blanked_face_shows_none_of_what_networks_see_of_its_middle() -> None:
    blanked = without_fluid(CAPTURES[:1], NullTest.FACE_BLANKED, 0)[0]
    shown = pixels(next(iter(blanked.crops)))
    left, top, right, bottom = InputPlan().box
    inside = shown[top + 12 : bottom - 12, left + 12 : right - 12]
    assert inside.std() < 12  # was noise of 74, some of which JPEG smears in from the corners
    assert shown[:12].std() > 30
    assert blanked.capture_id != CAPTURES[0].capture_id


def test_colours_only_leave_one_colour() -> None:
    coloured = without_fluid(CAPTURES[:1], NullTest.COLOURS_ONLY, 0)[0]
    before, after = (pixels(next(iter(c.crops))) for c in (CAPTURES[0], coloured))
    assert after.reshape(-1, 3).std(axis=0).max() < 1
    assert np.abs(after.mean(axis=(0, 1)) - before.mean(axis=(0, 1))).max() < 2


def test_changed_crops_are_drawn_when_somebody_looks_and_kept_by_nobody() -> None:
    read: list[int] = []

    def load() -> tuple[bytes, ...]:
        read.append(1)
        return tuple(CAPTURES[0].crops)

    stored = replace(CAPTURES[0], crops=StoredCrops(load))
    (changed,) = without_fluid([stored], NullTest.COLOURS_ONLY, 0)
    assert changed.crops
    assert read == []
    assert len(tuple(changed.crops)) == len(tuple(changed.crops)) == 1
    assert read == [1, 1]
    assert changed.capture_id.endswith("colours_only")
    (without,) = without_fluid([replace(stored, crops=())], NullTest.COLOURS_ONLY, 0)
    assert without.crops == ()
