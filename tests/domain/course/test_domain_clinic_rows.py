"""Arrays over a clinic against the same counted row by row."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from edema_desk.domain.course.clinic_rows import (
    ClinicRows,
    Guess,
    columns_by_guess,
    columns_of,
    earlier_last,
    earlier_means,
    guesses,
    no_rows,
    sessions_before,
)
from edema_desk.domain.statistics.agreement import figures_of, lins_concordance

Numbers = NDArray[np.float64]


def rows_of(
    whole: NDArray[np.int64], pre: NDArray[np.bool_], truth: Numbers, said: Numbers, p: Numbers
) -> ClinicRows:
    """`whole`: patient, session and day of each row. Each estimate is half a kilogram wide."""
    other = np.zeros(len(whole), np.int64)
    patient, session, day = whole.T
    half = np.where(np.isnan(said), np.nan, 0.5)
    return ClinicRows(
        *(patient, session, day),
        pre=pre,
        truth_kg=truth,
        estimate_kg=said,
        half_kg=half,
        p_edema=p,
        shift=other,
        camera=other,
        model=other,
    )


@st.composite
def clinics(draw: st.DrawFn) -> ClinicRows:
    """Up to four people with sessions that may lack a pre, a post or an estimate."""
    rows: list[tuple[float, ...]] = []
    session = 0
    for patient in range(draw(st.integers(1, 4))):
        for day in sorted(draw(st.sets(st.integers(1, 30), max_size=6))):
            session += 1
            for pre in draw(st.sampled_from([(True,), (False,), (True, False)])):
                truth = draw(st.floats(-1, 4))
                guess = draw(st.one_of(st.just(math.nan), st.floats(-1, 4)))
                rows.append((patient, session, day, pre, truth, guess))
    table: Numbers = np.array(rows, float).reshape(-1, 6)
    said: Numbers = table[:, 5]
    p: Numbers = np.where(np.isnan(said), np.nan, 0.9)
    return rows_of(table[:, :3].astype(np.int64), table[:, 3] > 0, table[:, 4], said, p)


def before(rows: ClinicRows, i: int, *, by_phase: bool) -> list[int]:
    return [
        j
        for j in range(len(rows))
        if rows.patient[j] == rows.patient[i]
        and rows.day[j] < rows.day[i]
        and (not by_phase or rows.pre[j] == rows.pre[i])
    ]


def same(found: Numbers, wanted: list[float]) -> None:
    np.testing.assert_allclose(found, np.array(wanted, float), atol=1e-9)


@given(clinics())
def test_what_was_known_before_is_what_a_loop_finds(rows: ClinicRows) -> None:
    for by_phase in (True, False):
        wanted = [
            float(np.mean(rows.truth_kg[known])) if known else math.nan
            for known in (before(rows, i, by_phase=by_phase) for i in range(len(rows)))
        ]
        same(earlier_means(rows, by_phase=by_phase), wanted)
    last = [
        float(rows.truth_kg[known[-1]]) if known else math.nan
        for known in (before(rows, i, by_phase=True) for i in range(len(rows)))
    ]
    same(earlier_last(rows), last)
    days = [len({rows.day[j] for j in before(rows, i, by_phase=False)}) for i in range(len(rows))]
    assert sessions_before(rows).tolist() == days


@given(clinics())
def test_figures_are_what_a_loop_finds(rows: ClinicRows) -> None:
    found = figures_of(columns_of(rows))
    told = [i for i in range(len(rows)) if not math.isnan(rows.estimate_kg[i])]
    assert found.captures == len(told)
    if not told:
        assert math.isnan(found.mae_kg)
        return
    errors = [abs(rows.estimate_kg[i] - rows.truth_kg[i]) for i in told]
    assert found.mae_kg == pytest.approx(np.mean(errors))
    assert found.coverage_90 == pytest.approx(np.mean([e <= 0.5 for e in errors]))
    assert found.accuracy == pytest.approx(np.mean([rows.pre[i] for i in told]))
    pairs = [
        (rows.estimate_kg[i] - rows.estimate_kg[j], rows.truth_kg[i] - rows.truth_kg[j])
        for i in told
        for j in told
        if rows.session[i] == rows.session[j] and rows.pre[i] and not rows.pre[j]
    ]
    if len(pairs) >= 3:
        said, true = np.array(pairs).T
        assert found.change_concordance == pytest.approx(lins_concordance(said, true))
        assert found.change_mae_kg == pytest.approx(np.abs(said - true).mean())


def two_sessions() -> ClinicRows:
    whole: NDArray[np.int64] = np.array([[0, 1, 10], [0, 1, 10], [0, 2, 12], [0, 2, 12]], np.int64)
    truth, said = np.array([2.0, 0.2, 3.0, 0.0]), np.array([np.nan, np.nan, 2.5, 0.5])
    p = np.array([np.nan, np.nan, 0.9, 0.2])
    return rows_of(whole, np.array([True, False, True, False]), truth, said, p)


def test_guesses_by_hand() -> None:
    rows = two_sessions()
    said = guesses(rows)
    same(said[Guess.DRY_WEIGHT], [0, 0, 0, 0])
    same(said[Guess.LAST_TIME], [math.nan, math.nan, 2.0, 0.2])
    same(said[Guess.CLASS_MEAN], [math.nan, math.nan, 2.0, 0.2])
    same(said[Guess.PATIENT_MEAN], [math.nan, math.nan, 1.1, 1.1])
    columns = columns_of(rows)
    beside = columns_by_guess(rows, columns)
    assert figures_of(beside[Guess.CLASS_MEAN]).mae_kg == pytest.approx(0.6)
    assert figures_of(columns).skill_vs_class_mean == pytest.approx(1 - 0.5 / 0.6)
    assert figures_of(columns).accuracy == 1.0


def test_a_guess_has_no_interval_and_calls_nothing() -> None:
    rows = two_sessions()
    columns = columns_by_guess(rows, columns_of(rows))[Guess.LAST_TIME]
    assert np.isnan(columns.half_width_kg).all()
    assert np.isnan(columns.right).all()


def test_no_rows_tell_nothing() -> None:
    rows = no_rows()
    assert len(rows) == 0
    assert math.isnan(figures_of(columns_of(rows)).mae_kg)
    assert sessions_before(rows).tolist() == []


def test_some_rows_alone_are_those_rows() -> None:
    rows = two_sessions()
    assert rows.of(rows.day == 12).truth_kg.tolist() == [3.0, 0.0]
