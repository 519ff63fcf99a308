"""Which of the tested captures the program would give no number although their frames are good.

They are held against the captures of the same patient's other days, as `range_checking` holds a
clinic's capture against the earlier ones.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from edema_desk.domain.statistics.scored import ScoredCapture
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.out_of_range import out_of_range
from edema_desk.flow.estimates.range_checking import (
    REFERENCES_SHOWN,
    Known,
    references_compared,
    seen_compared,
)
from edema_desk.flow.evaluation.bench import Bench
from edema_desk.flow.evaluation.captures import StudyCapture
from edema_desk.flow.evaluation.pieces import key_of
from edema_desk.flow.evaluation.rows import ScoredFold
from edema_desk.flow.evaluation.sources import ScoreSource
from edema_desk.flow.studies.crops import Crops

CHECK_S = 1.0
"""About what one comparison takes: only for the time to go."""

CropsOf = dict[tuple[str, object, object], Crops]


def only_in_range(
    bench: Bench,
    source: ScoreSource,
    captures: Sequence[StudyCapture],
    scored: Sequence[ScoredFold],
) -> list[ScoredFold]:
    """The folds with a reason in the place of the score of each tested capture out of range."""
    crops: CropsOf = {(c.patient_id, c.day, c.phase): c.crops for c in captures}
    checked = []
    for fold, said in zip(source.folds, scored, strict=True):
        name = source.network_id(fold, captures)
        ids = [(c.capture_id, c.patient_id, c.day.isoformat()) for c in said.tested]
        key = key_of("range", name, ids)
        cost_s = CHECK_S * len(said.tested)
        if bench.pieces.has(key):
            bench.meter.skip(cost_s)
        else:
            network = source.network(bench, fold, captures)
            bench.pieces.keep_refusals(key, _refusals(bench, network, said.tested, crops))
        refusals = bench.pieces.refusals(key)
        tested = tuple(
            c if refusal is None else replace(c, score=None, embedding=None, refusal=refusal)
            for c, refusal in zip(said.tested, refusals, strict=True)
        )
        checked.append(replace(said, tested=tested))
    return checked


def _refusals(
    bench: Bench, network: Path, tested: Sequence[ScoredCapture], crops: CropsOf
) -> list[Refusal | None]:
    tell = bench.meter.part(CHECK_S * len(tested))
    found: list[Refusal | None] = []
    for done, capture in enumerate(tested, 1):
        bench.cancel.check()
        found.append(_refusal(bench, network, capture, tested, crops))
        tell(done / len(tested))
    return found


def _refusal(
    bench: Bench,
    network: Path,
    capture: ScoredCapture,
    tested: Sequence[ScoredCapture],
    crops: CropsOf,
) -> Refusal | None:
    if capture.embedding is None:
        return None
    others = sorted(
        (
            c
            for c in tested
            if c.patient_id == capture.patient_id and c.day != capture.day and c.score is not None
        ),
        key=lambda c: c.day,
    )
    known = [
        Known(c.embedding, tuple(_crops(crops, c)) if number < REFERENCES_SHOWN else ())
        for number, c in enumerate(reversed(others))
        if c.embedding is not None
    ]
    check = bench.worker.check_range(
        seen_compared(capture.embedding, tuple(_crops(crops, capture))),
        references_compared(known[::-1], len(capture.embedding)),
        network,
        lambda: bench.cancel.asked,
    )
    return out_of_range(check)


def _crops(crops: CropsOf, capture: ScoredCapture) -> Crops:
    return crops[(capture.patient_id, capture.day, capture.phase)]
