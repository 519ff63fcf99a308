"""The captures an evaluation works on, and what null tests make of them."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
from PIL import Image as Picture
from PIL import ImageDraw

from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.geometry import CANONICAL_POINTS, CROP_PX
from edema_desk.domain.terms.records import Phase
from edema_desk.flow.studies.crops import Crops, PreparedStudy, StoredCrops, StudyFace


@dataclass(frozen=True, slots=True)
class StudyCapture:
    """One capture before or after dialysis. `face` names the person behind the patient: in
    made-up studies several patients may be made from one. Without `crops` there is a `refusal`.
    """

    capture_id: str
    patient_id: str
    face: str
    day: date
    phase: Phase
    excess_kg: float
    crops: Crops
    refusal: Refusal | None
    planted_kg: float | None = None

    @property
    def key(self) -> str:
        """Which capture of the study it is, whatever its clip shows."""
        return f"{self.patient_id} {self.day.isoformat()} {self.phase.value}"


class NullTest(StrEnum):
    """Changes that take the fluid out of a study: nothing must be found after them."""

    WEIGHTS_SHUFFLED = "weights_shuffled"
    """Among the days of a patient, before and after apart: the phase can still be told."""
    FACE_BLANKED = "face_blanked"
    """Hair, ground and light remain."""
    COLOURS_ONLY = "colours_only"
    """Each frame is of one colour, its own mean."""


def captures_of(study: PreparedStudy) -> tuple[StudyCapture, ...]:
    """The study's captures in the order of its table."""
    return tuple(_capture(face) for face in study.faces)


def without_fluid(
    captures: Sequence[StudyCapture], test: NullTest, seed: int
) -> tuple[StudyCapture, ...]:
    """The captures as the null test has them, drawn when somebody looks at their crops."""
    if test is NullTest.WEIGHTS_SHUFFLED:
        return _shuffled(captures, seed)
    change = {NullTest.FACE_BLANKED: _blank, NullTest.COLOURS_ONLY: _one_colour}[test]
    return tuple(
        replace(
            c,
            capture_id=f"{c.capture_id}-{test.value}",
            crops=_all_redrawn(c.crops, change) if c.crops else (),
        )
        for c in captures
    )


def _capture(face: StudyFace) -> StudyCapture:
    row = face.row
    return StudyCapture(
        capture_id=face.crops_id,
        patient_id=row.patient_id,
        face=face.drawn_on or row.patient_id,
        day=row.day,
        phase=row.phase,
        excess_kg=face.excess_kg,
        crops=face.crops,
        refusal=face.refusal,
        planted_kg=row.planted_truth_kg,
    )


def _shuffled(captures: Sequence[StudyCapture], seed: int) -> tuple[StudyCapture, ...]:
    groups: dict[tuple[str, Phase], list[int]] = {}
    for place, capture in enumerate(captures):
        groups.setdefault((capture.patient_id, capture.phase), []).append(place)
    rng = np.random.default_rng([seed, 13])
    excess: Mapping[int, float] = {
        place: captures[other].excess_kg
        for places in groups.values()
        for place, other in zip(places, rng.permutation(places), strict=True)
    }
    return tuple(
        replace(capture, excess_kg=excess[place], planted_kg=None)
        for place, capture in enumerate(captures)
    )


def _all_redrawn(crops: Crops, change: Callable[[Picture.Image], Picture.Image]) -> StoredCrops:
    return StoredCrops(lambda: tuple(_redrawn(crop, change) for crop in crops))


def _redrawn(crop: bytes, change: Callable[[Picture.Image], Picture.Image]) -> bytes:
    with Picture.open(io.BytesIO(crop), formats=("JPEG",)) as picture:
        changed = change(picture.convert("RGB"))
    file = io.BytesIO()
    changed.save(file, "JPEG", quality=92)
    return file.getvalue()


def _one_colour(picture: Picture.Image) -> Picture.Image:
    return Picture.new("RGB", picture.size, _mean_colour(picture))


def _blank(picture: Picture.Image) -> Picture.Image:
    """A disc from above the brows to below the chin, as wide as the cheeks, in the mean colour."""
    colour = _mean_colour(picture)
    eyes, mouth = CANONICAL_POINTS[:2].mean(axis=0), CANONICAL_POINTS[3:].mean(axis=0)
    x, y = (eyes + mouth) / 2
    tall = 1.65 * float(mouth[1] - eyes[1])
    box = (x - 0.85 * tall, y - 0.95 * tall, x + 0.85 * tall, y + 1.05 * tall)
    ImageDraw.Draw(picture).ellipse([min(max(v, 0.0), CROP_PX) for v in box], fill=colour)
    return picture


def _mean_colour(picture: Picture.Image) -> tuple[int, int, int]:
    red, green, blue = np.asarray(picture).reshape(-1, 3).mean(axis=0).round().astype(int).tolist()
    return red, green, blue
