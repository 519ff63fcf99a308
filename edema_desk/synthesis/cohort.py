"""The made-up cohort: who comes when, how much fluid they carry, and how it shows in the face.

The figures are fixed, so that results of different studies compare: mean gain of a patient
N(2.0, 0.7) kg cut to 0.8-4, 0.44 kg within a patient, 0 +- 0.2 kg left after dialysis, a scale
that errs by 0.1 kg. The gap of two days carries 0.2 kg more than the mean and the gaps of one
day 0.1 kg less; this is part of the 0.44 kg, not beside it.
"""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.terms.records import Phase

REGIONS: tuple[str, ...] = ("upper_lids", "lower_lids", "cheeks", "jaw", "lips", "nose")
"""Where fluid shows. Arrays of one number a region follow this order."""

MEAN_GAIN_KG, MEAN_GAIN_SD_KG = 2.0, 0.7
MEAN_GAIN_RANGE_KG = (0.8, 4.0)
GAIN_SD_KG = 0.44
LONG_GAP_EXTRA_KG, SHORT_GAP_EXTRA_KG = 0.2, -0.1
POST_SD_KG = 0.2
SCALE_SD_KG = 0.1
MM_PER_KG, MM_PER_KG_LOG_SD = 0.6, 0.3
MIXTURE_ALPHA = 1.5
DAY_NOISE_MM = CAPTURE_NOISE_MM = 0.10

FIRST_MONDAY = date(2026, 3, 2)
_SHIFTS = ((time(8, 10), time(12, 30)), (time(13, 10), time(17, 30)), (time(17, 50), time(22, 10)))
_COHORT_KEY, _CAPTURE_KEY = 1, 2


@dataclass(frozen=True, slots=True)
class MadeUpPatient:
    """A person of the cohort. `mm_per_kg` (6,): outward millimetres a kilogram, by region."""

    patient_id: str
    index: int
    dry_weight_kg: float
    mean_gain_kg: float
    mm_per_kg: NDArray[np.float64]
    first_weekday: int
    shift: int


@dataclass(frozen=True, slots=True)
class MadeUpCapture:
    """One visit to the camera. `region_mm` (6,) is what the face really shows, noise included."""

    patient: MadeUpPatient
    session: int
    day: date
    at: time
    phase: Phase
    excess_kg: float
    weight_kg: float
    region_mm: NDArray[np.float64]

    @property
    def name(self) -> str:
        """Stem of its clip."""
        return f"{self.patient.patient_id}_{self.day.isoformat()}_{self.phase.value}"


def without_fluid(capture: MadeUpCapture) -> MadeUpCapture:
    """The same visit of someone who carries none: what is left on the scale is its own error."""
    return replace(
        capture,
        excess_kg=0.0,
        weight_kg=round(capture.weight_kg - capture.excess_kg, 2),
        region_mm=np.zeros(len(REGIONS)),
    )


def generator(seed: int, *key: int) -> np.random.Generator:
    """The random source of one thing, the same whatever else is drawn before or beside it."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


def capture_generator(seed: int, capture: MadeUpCapture) -> np.random.Generator:
    """The random source of everything that is drawn while one clip is made."""
    phase = 0 if capture.phase is Phase.PRE else 1
    return generator(seed, _CAPTURE_KEY, capture.patient.index, capture.session, phase)


def draw_cohort(
    patients: int, days: int, seed: int, last_day: date | None = None
) -> tuple[MadeUpCapture, ...]:
    """All captures of the cohort in the order of the calendar, patient by patient.

    A patient does not depend on how many others there are. With `last_day` each calendar is
    moved so that it ends on that day, whatever its weekday.
    """
    captures: list[MadeUpCapture] = []
    for index in range(patients):
        rng = generator(seed, _COHORT_KEY, index)
        captures += _draw_course(_draw_patient(index, rng), days, rng, last_day)
    return tuple(captures)


def _draw_patient(index: int, rng: np.random.Generator) -> MadeUpPatient:
    mean_gain = cut_normal(rng, MEAN_GAIN_KG, MEAN_GAIN_SD_KG, *MEAN_GAIN_RANGE_KG)
    dry = max(cut_normal(rng, 60.0, 10.0, 40.0, 95.0), mean_gain / 0.06)
    sensitivity = MM_PER_KG * rng.lognormal(0.0, MM_PER_KG_LOG_SD)
    mixture = rng.dirichlet(np.full(len(REGIONS), MIXTURE_ALPHA)) * len(REGIONS)
    return MadeUpPatient(
        patient_id=f"P{index + 1:03d}",
        index=index,
        dry_weight_kg=round(dry, 1),
        mean_gain_kg=mean_gain,
        mm_per_kg=sensitivity * mixture,
        first_weekday=int(rng.integers(2)),
        shift=int(rng.integers(len(_SHIFTS))),
    )


def cut_normal(
    rng: np.random.Generator, mean: float, sd: float, lowest: float, highest: float
) -> float:
    """A normal draw, drawn again while it lies outside."""
    while True:
        drawn = float(rng.normal(mean, sd))
        if lowest <= drawn <= highest:
            return drawn


def clinic_days(first_weekday: int, days: int) -> list[tuple[date, float]]:
    """Mon/Wed/Fri from 0, Tue/Thu/Sat from 1, with the extra gain of the gap before each, kg."""
    offsets = (0, 2, 4)
    out = []
    for i in range(days):
        week, slot = divmod(i, 3)
        extra = LONG_GAP_EXTRA_KG if slot == 0 else SHORT_GAP_EXTRA_KG
        shift = timedelta(days=7 * week + offsets[slot] + first_weekday)
        out.append((FIRST_MONDAY + shift, extra))
    return out


def _draw_course(
    patient: MadeUpPatient, days: int, rng: np.random.Generator, last_day: date | None
) -> list[MadeUpCapture]:
    gap_variance = (LONG_GAP_EXTRA_KG**2 + 2 * SHORT_GAP_EXTRA_KG**2) / 3
    rest_sd = float(np.sqrt(GAIN_SD_KG**2 - gap_variance))
    course = []
    calendar = clinic_days(patient.first_weekday, days)
    shift = last_day - calendar[-1][0] if last_day else timedelta(0)
    for session, (day, extra) in enumerate(calendar):
        day_noise = rng.normal(0.0, DAY_NOISE_MM, len(REGIONS))
        pre_kg = patient.mean_gain_kg + extra + float(rng.normal(0.0, rest_sd))
        post_kg = float(rng.normal(0.0, POST_SD_KG))
        for phase, excess in ((Phase.PRE, pre_kg), (Phase.POST, post_kg)):
            noise = day_noise + rng.normal(0.0, CAPTURE_NOISE_MM, len(REGIONS))
            scale = float(rng.normal(0.0, SCALE_SD_KG))
            late_min = int(rng.integers(-10, 11))
            at = _SHIFTS[patient.shift][0 if phase is Phase.PRE else 1]
            minutes = at.hour * 60 + at.minute + late_min
            course.append(
                MadeUpCapture(
                    patient=patient,
                    session=session,
                    day=day + shift,
                    at=time(minutes // 60, minutes % 60),
                    phase=phase,
                    excess_kg=excess,
                    weight_kg=round(patient.dry_weight_kg + excess + scale, 2),
                    region_mm=patient.mm_per_kg * excess + noise,
                )
            )
    return course
