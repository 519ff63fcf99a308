"""The plots and words of agreement, against counts and sentences done by hand."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication, QWidget

from edema_desk.domain.course.agreement_view import AgreementChoice, AgreementView, agreement_view
from edema_desk.domain.course.clinic_rows import ClinicRows, Guess, no_rows
from edema_desk.domain.course.clinic_verdict import STEPS, Comparison, Verdict
from edema_desk.plots.agreement_bars import BaselineBars
from edema_desk.plots.agreement_cloud import MOST_MARKS, ROWS, Points, counts_in, shades
from edema_desk.plots.agreement_curve import CurvePlot, step_text
from edema_desk.plots.agreement_figures import figure_lines
from edema_desk.plots.agreement_plots import DifferencePlot, ScatterPlot
from edema_desk.plots.agreement_words import (
    gain_text,
    kg_between,
    number_text,
    percent_between,
    percent_text,
    verdict_headline,
    verdict_reason,
)
from edema_desk.plots.style import DARK, LIGHT
from tests.ui.fixtures import nothing_left, theme

__all__ = ["nothing_left", "theme"]

pytestmark = pytest.mark.usefixtures("theme")


def clinic(patients: int = 6, days: int = 10) -> ClinicRows:
    rng = np.random.default_rng(7)
    number = patients * days * 2
    pre = np.tile(np.array([True, False]), patients * days)
    day = np.tile(np.repeat(np.arange(days), 2), patients)
    truth = np.where(pre, 2.0, 0.0) + rng.normal(0, 0.4, number)
    said = np.where(day == 0, np.nan, truth + rng.normal(0.1, 0.2, number))
    none = np.zeros(number, np.int64)
    return ClinicRows(
        *(np.repeat(np.arange(patients), days * 2), np.repeat(np.arange(patients * days), 2)),
        day=730_000 + 2 * day,
        pre=pre,
        truth_kg=truth,
        estimate_kg=said,
        half_kg=np.full(number, 0.4),
        p_edema=np.where(pre, 0.9, 0.1),
        shift=none,
        camera=none,
        model=none,
    )


@pytest.fixture(scope="module")
def view() -> AgreementView:
    return agreement_view(clinic(), AgreementChoice())


@pytest.fixture
def room(qapp: QApplication) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(600, 420)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def test_each_capture_is_counted_in_its_cell() -> None:
    area = QRectF(-0.05, 0.0, 0.3, 9.0)  # three cells of a tenth, rows of a tenth
    points = Points(
        np.array([0.0, 0.0, 0.1, 0.2, 0.2]),
        np.array([0.05, 0.06, 0.05, 8.95, 99.0]),
        np.array([True, True, False, True, False]),
    )
    before, after = counts_in(points, area)
    assert before.shape == (3, ROWS)
    assert before[0, 0] == 2
    assert after[1, 0] == 1
    assert (before[2, ROWS - 1], after[2, ROWS - 1]) == (1, 1)  # beyond counts at the edge
    assert before.sum() + after.sum() == 5


def test_shades_are_stronger_with_more_and_of_the_phase() -> None:
    before, after = np.zeros((2, 2)), np.zeros((2, 2))
    before[0, 0], after[0, 1], before[1, 0] = 100.0, 100.0, 1.0
    made = shades(before, after, LIGHT)
    assert made[1, 1, 3] == 0
    assert made[0, 0, 3] == made[0, 1, 3] > made[1, 0, 3] > 0
    assert tuple(made[0, 0, :3]) == (0xC8, 0x51, 0x1B)
    assert tuple(made[0, 1, :3]) == (0x1F, 0x6F, 0xB2)


def test_scatter_holds_every_capture_at_the_same_scale_both_ways(
    room: QWidget, view: AgreementView
) -> None:
    plot = ScatterPlot(LIGHT, room)
    plot.show_view(view)
    x, y = plot.cloud.before.getData()
    np.testing.assert_allclose(x, view.scale_kg[view.pre])
    np.testing.assert_allclose(y, view.estimate_kg[view.pre])
    x, y = plot.cloud.after.getData()
    np.testing.assert_allclose(y, view.estimate_kg[~view.pre])
    across, upwards = plot.view.viewRange()
    assert across == pytest.approx(upwards)
    assert across[0] < min(view.scale_kg.min(), view.estimate_kg.min())
    assert across[1] > max(view.scale_kg.max(), view.estimate_kg.max())


def test_differences_have_bias_and_limits_where_they_are(
    room: QWidget, view: AgreementView
) -> None:
    plot = DifferencePlot(LIGHT, room)
    plot.show_view(view)
    limits = view.limits
    places = [line.value() for line in plot._lines]
    assert places == pytest.approx([limits.low_kg, limits.bias_kg, limits.high_kg])
    assert plot._bands[2].getRegion() == pytest.approx(limits.high_between)
    said = [text for _, text, _ in plot.end_labels()]
    assert f"upper limit {limits.high_kg:+.2f}" in said
    assert f"{limits.high_between[0]:+.2f} to {limits.high_between[1]:+.2f}" in said


def test_with_one_capture_nothing_is_drawn_that_is_not_known(room: QWidget) -> None:
    one = agreement_view(clinic(1, 2).of(np.array([0, 1, 2])), AgreementChoice())
    assert one.captures == 1
    for plot in (ScatterPlot(LIGHT, room), DifferencePlot(LIGHT, room)):
        plot.show_view(one)
        plot.grab()
    assert isinstance(plot, DifferencePlot)
    assert not any(line.isVisible() for line in plot._lines)
    assert plot.end_labels() == ()


def test_too_many_captures_become_shades_with_the_medians(room: QWidget) -> None:
    many = agreement_view(clinic(20, MOST_MARKS // 20), AgreementChoice())
    plot = DifferencePlot(LIGHT, room)
    plot.show_view(many)
    assert plot.points.crowded
    assert plot.cloud.shades.isVisible()
    x, _ = plot.cloud.before.getData()
    assert x == pytest.approx([np.median(many.mean_kg[many.pre])])
    light = plot.cloud.shades.image.copy()
    plot.dress(DARK)
    assert not np.array_equal(light, plot.cloud.shades.image)


def test_the_curve_is_that_of_the_view(room: QWidget, view: AgreementView) -> None:
    plot = CurvePlot(LIGHT, room)
    plot.show_view(view)
    x, y = plot.estimate.getData()
    assert [STEPS[int(place)] for place in x] == [point.sessions for point in view.curve]
    np.testing.assert_allclose(y, [point.mae_kg for point in view.curve])
    plot.show_view(agreement_view(no_rows(), AgreementChoice()))
    plot.grab()


def test_steps_of_the_curve_in_words() -> None:
    said = [step_text(step) for step in STEPS]
    assert said == ["1", "2", "3", "4", "5–6", "7–9", "10–14", "15–24", "25+"]


def test_bars_hold_each_guess_beside_the_estimates(room: QWidget, view: AgreementView) -> None:
    bars = BaselineBars(LIGHT, room)
    bars.show_view(view)
    assert bars.bars[0].error_kg == view.figures.mae_kg
    assert bars.bars[1].name == "The patient's usual value"
    by_guess = {one.guess: one for one in view.comparisons}
    assert bars.bars[1].error_kg == by_guess[Guess.CLASS_MEAN].guess_mae_kg
    assert bars.bars[1].beside_kg == by_guess[Guess.CLASS_MEAN].mae_kg
    assert [one.name for one in bars.bars[2:]] == [
        "The same as last time",
        "The patient's mean so far",
        "No excess at all",
    ]
    bars.grab()
    bars.show_view(agreement_view(no_rows(), AgreementChoice()))
    assert not list(bars.bars)
    assert "kg" not in bars.accessibleDescription()


@pytest.mark.parametrize(
    ("value", "signed", "said"),
    [
        (0.236, False, "0.24"),
        (-0.236, True, "−0.24"),
        (0.5, True, "+0.50"),
        (-0.001, True, "0.00"),
        (-0.001, False, "0.00"),
        (float("nan"), True, "–"),
    ],
)
def test_numbers_in_words(value: float, signed: bool, said: str) -> None:
    assert number_text(value, signed=signed) == said


def test_shares_and_intervals_in_words() -> None:
    assert percent_text(0.875) == "88 %"
    assert percent_between((0.81, 0.934)) == "81 to 93 %"
    assert percent_between((float("nan"), 0.9)) == ""
    assert kg_between((-0.104, 0.2), signed=True) == "−0.10 to +0.20"


def compared(gain_kg: float, low_kg: float, high_kg: float) -> Comparison:
    return Comparison(Guess.CLASS_MEAN, 300, 0.4, 0.4 + gain_kg, low_kg, high_kg)


@pytest.mark.parametrize(
    ("word", "comparison", "headline", "reason"),
    [
        (
            Verdict.BETTER,
            compared(0.1, 0.05, 0.15),
            "The camera says more than the calendar",
            "The camera's gain is +0.10 kg (95 % interval +0.05 to +0.15).",
        ),
        (
            Verdict.NOT_BETTER,
            compared(0.02, -0.03, 0.07),
            "The camera does not beat the patient's usual value",
            "The camera's gain of +0.02 kg (95 % interval −0.03 to +0.07) may be chance.",
        ),
        (
            Verdict.WORSE,
            compared(-0.2, -0.3, -0.1),
            "The camera lies further from the scale than the patient's usual value",
            "The camera's gain is −0.20 kg (95 % interval −0.30 to −0.10).",
        ),
    ],
)
def test_the_verdict_in_words(
    view: AgreementView, word: Verdict, comparison: Comparison, headline: str, reason: str
) -> None:
    told = replace(view, verdict=word, comparisons=(comparison,))
    assert verdict_headline(told) == headline
    assert verdict_reason(told).endswith(reason)
    assert f"{comparison.guess_mae_kg:.2f} kg from it" in verdict_reason(told)


def test_too_few_are_told_what_is_missing() -> None:
    nothing = agreement_view(no_rows(), AgreementChoice())
    assert verdict_headline(nothing) == "Too few captures to tell"
    assert "20 captures" in verdict_reason(nothing)


def test_a_loss_is_told_as_one() -> None:
    assert gain_text(compared(0.1, 0.05, 0.15)) == "camera 0.10 kg nearer (0.05 to 0.15)"
    assert gain_text(compared(-0.2, -0.3, -0.1)) == "camera 0.20 kg further off (0.10 to 0.30)"


def test_figures_in_words_are_those_of_the_view(view: AgreementView) -> None:
    held = {line.name: line for line in figure_lines(view)}
    told = view.told
    assert held["Mean error"].value == f"{view.figures.mae_kg:.2f}"
    assert held["Mean error"].between == f"{told.mae_kg.low:.2f} to {told.mae_kg.high:.2f}"
    assert held["Mean error"].beside == f"usual value: {view.usual.mae_kg:.2f} kg"
    assert held["Mean error"].rests_on == "108 captures"
    assert held["Concordance of the change"].rests_on == "54 sessions"
    assert held["Without an estimate"].value == "10 %"
    assert held["Without an estimate"].rests_on == "120 captures"
    assert held["Before or after told right"].value == "100 %"
    assert held["Before or after told right"].beside == "the commoner call alone: 50 %"
    assert held["Scale within the interval"].beside == "promised: 90 %"
    assert held["Interval on average"].value == "±0.40"
    assert all(line.about for line in held.values())


def test_figures_of_nothing_are_dashes() -> None:
    lines = figure_lines(agreement_view(no_rows(), AgreementChoice()))
    assert {line.value for line in lines} <= {"–", "– / –"}
    assert not any(line.between for line in lines)
