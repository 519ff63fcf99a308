"""How unlike the training faces an embedding is, and how unlike the same person's other ones.

Two Gaussians over embeddings: of all captures about their mean, and of captures about the mean
of the same person's others. Each keeps its largest directions and one variance for all others
(probabilistic principal components: Tipping & Bishop, J. R. Stat. Soc. B 61 (1999) 611-622),
because captures are fewer than dimensions. Distances are told as multiples of what 98 % of the
captures of people left out of the fit stayed below.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from edema_desk.domain.terms.out_of_range import Strangeness

DIRECTIONS = 16
"""More separated no better on 83 people of two dozen crops each."""
SHARE_BELOW = 0.98
FOLDS = 5
FEWEST_PEOPLE = 10
"""Of fewer people no distance can be told from another."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spread:
    """A Gaussian: orthonormal `directions` (k, d) with `variances` (k,), `rest` in all others.
    `unit` is the squared distance that 98 % of people left out stayed below."""

    directions: Array
    variances: Array
    rest: float
    unit: float = 1.0

    def squared(self, deviations: Array) -> Array:
        """Squared Mahalanobis distances of (n, d), over d and `unit`."""
        along = deviations @ self.directions.T
        off = np.maximum((deviations**2).sum(axis=1) - (along**2).sum(axis=1), 0.0)
        total = (along**2 / self.variances).sum(axis=1) + off / self.rest
        return np.asarray(total / deviations.shape[1] / self.unit)


@dataclass(frozen=True, slots=True)
class Familiar:
    """What a network finds familiar. `mean` (d,) is that of all captures."""

    mean: Array
    among_all: Spread
    within_person: Spread

    def strangeness(self, embedding: Array, references: Array) -> Strangeness:
        """Of one capture (d,) beside captures of the same person (m, d), which may be none."""
        from_all = self.among_all.squared((embedding - self.mean)[None])[0]
        if len(references) == 0:
            return Strangeness(float(from_all), None)
        # a mean of few is itself off by its share of the scatter
        apart = (embedding - references.mean(axis=0)) * np.sqrt(1 / (1 + 1 / len(references)))
        return Strangeness(float(from_all), float(self.within_person.squared(apart[None])[0]))


def fit_familiar(embeddings: Array, person: NDArray[np.int64]) -> Familiar | None:
    """From captures' mean embeddings (n, d) and whose they are (n,); None from too few people."""
    people = [who for who in np.unique(person) if (person == who).sum() > 1]
    if len(people) < FEWEST_PEOPLE:
        return None
    held_all: list[Array] = []
    held_within: list[Array] = []
    for fold in range(FOLDS):
        out = np.isin(person, people[fold::FOLDS])
        mean, among, within = _fit(embeddings[~out], person[~out])
        held_all.append(among.squared(embeddings[out] - mean))
        held_within.append(within.squared(_from_others(embeddings[out], person[out])))
    mean, among, within = _fit(embeddings, person)
    return Familiar(mean, _in_units(among, held_all), _in_units(within, held_within))


def familiar_tensors(familiar: Familiar) -> dict[str, Tensor]:
    """As a package holds it, in single precision."""
    arrays = {
        "mean": familiar.mean,
        **_spread_arrays("among_all", familiar.among_all),
        **_spread_arrays("within_person", familiar.within_person),
    }
    return {name: torch.from_numpy(np.asarray(a, np.float32).copy()) for name, a in arrays.items()}


def familiar_from(tensors: Mapping[str, Tensor]) -> Familiar:
    """What `familiar_tensors` made. Raises ValueError or KeyError where it is something else."""
    arrays = {name: value.double().numpy() for name, value in tensors.items()}
    mean = arrays.pop("mean")
    spreads = []
    for name in ("among_all", "within_person"):
        directions = arrays.pop(f"{name}.directions")
        variances = arrays.pop(f"{name}.variances")
        rest, unit = (float(v) for v in arrays.pop(f"{name}.rest_and_unit"))
        fits = mean.ndim == 1 and directions.shape == (len(variances), len(mean))
        if not (fits and variances.ndim == 1 and min(rest, unit, *variances.tolist()) > 0.0):
            raise ValueError("a spread that is none")
        spreads.append(Spread(directions, variances, rest, unit))
    parts = [mean, *(part for s in spreads for part in (s.directions, s.variances))]
    if arrays or not all(np.isfinite(part).all() for part in parts):
        raise ValueError("not what is familiar")
    return Familiar(mean, *spreads)


def _fit(embeddings: Array, person: NDArray[np.int64]) -> tuple[Array, Spread, Spread]:
    mean = embeddings.mean(axis=0)
    return mean, _spread(embeddings - mean), _spread(_from_others(embeddings, person))


def _from_others(embeddings: Array, person: NDArray[np.int64]) -> Array:
    """Each capture less the mean of the person's others, as large as without that mean's own
    scatter; captures that are alone are left out."""
    parts = []
    for who in np.unique(person):
        own = embeddings[person == who]
        if len(own) > 1:
            parts.append((own - own.mean(axis=0)) * np.sqrt(len(own) / (len(own) - 1)))
    return np.concatenate(parts)


def _spread(deviations: Array) -> Spread:
    scatter = deviations.T @ deviations / len(deviations)
    variances, directions = np.linalg.eigh(scatter)
    largest = slice(-1, -1 - min(DIRECTIONS, len(variances) - 1), -1)
    kept = variances[largest]
    floor = max(1e-6 * float(variances[-1]), 1e-12)  # a network that tells nothing apart
    rest = (float(variances.sum()) - float(kept.sum())) / (len(variances) - len(kept))
    return Spread(directions[:, largest].T, np.maximum(kept, floor), max(rest, floor))


def _in_units(spread: Spread, held_out: list[Array]) -> Spread:
    unit = max(float(np.quantile(np.concatenate(held_out), SHARE_BELOW)), 1e-6)
    return Spread(spread.directions, spread.variances, spread.rest, unit)


def _spread_arrays(name: str, spread: Spread) -> dict[str, Array]:
    return {
        f"{name}.directions": spread.directions,
        f"{name}.variances": spread.variances,
        f"{name}.rest_and_unit": np.array([spread.rest, spread.unit]),
    }
