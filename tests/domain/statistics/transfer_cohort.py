"""People in numbers, as the project's made-up studies have them, for tests of the transfer."""

from datetime import date, timedelta

import numpy as np

from edema_desk.domain.statistics.scored import ScoredCapture
from edema_desk.domain.terms.estimate import PARTS, ChangeScore
from edema_desk.domain.terms.records import Phase

FIRST_DAY = date(2026, 1, 5)


def cohort(
    seed: int,
    people: int,
    days: int = 5,
    *,
    noise_kg: float = 0.15,
    gain_spread: float = 0.3,
    level_kg: float = 0.7,
    wild_share: float = 0.0,
) -> list[ScoredCapture]:
    """Six parts a person, each with its own gain; day and capture errors of `noise_kg` each. Of
    `wild_share` of the people the errors are three times as large."""
    rng = np.random.default_rng(seed)
    made = []
    for person in range(people):
        usual = float(np.clip(rng.normal(2.0, 0.7), 0.8, 4.0))
        gains = rng.lognormal(0.0, gain_spread) * rng.dirichlet([1.5] * PARTS)
        offsets = rng.normal(0.0, level_kg, PARTS) / np.sqrt(PARTS)
        noise = noise_kg * (3.0 if rng.random() < wild_share else 1.0) / np.sqrt(PARTS)
        for day in range(days):
            day_error = rng.normal(0.0, noise, PARTS)
            for phase in (Phase.PRE, Phase.POST):
                true_kg = rng.normal(usual, 0.44) if phase is Phase.PRE else rng.normal(0.0, 0.2)
                parts = gains * true_kg + offsets + day_error + rng.normal(0.0, noise, PARTS)
                made.append(
                    ScoredCapture(
                        f"{person}-{day}-{phase}",
                        f"p{person}",
                        FIRST_DAY + timedelta(2 * day),
                        phase,
                        float(true_kg + rng.normal(0.0, 0.1)),
                        ChangeScore(float(parts.sum()), 0.2, 24, tuple(map(float, parts))),
                        None,
                        np.concatenate([parts, [1.0, parts[0] - parts[1]]]).astype(np.float16),
                    )
                )
    return made
