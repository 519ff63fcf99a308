"""Swelling moves skin by the millimetres it claims, changes light, and never folds."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from edema_desk.synthesis.cohort import REGIONS, draw_cohort
from edema_desk.synthesis.field import (
    GRID_ORIGIN,
    GRID_STEP,
    Field,
    backward,
    make_grid,
    over_picture,
    sample,
)
from edema_desk.synthesis.layout import (
    PUPIL_DISTANCE_MM,
    average_layout,
    layout_from_detected,
    layout_from_marked,
)
from edema_desk.synthesis.swelling import (
    SwellingStyle,
    forward_field,
    region_fields,
    repaint,
    shade,
    stiffened_mm,
    swell,
)

PUPILS_PX = 126.0
SIZE = (600, 620)
FRAME = np.array([[PUPILS_PX, 0.0, 300.0], [0.0, PUPILS_PX, 280.0]])
FIELDS = region_fields(average_layout())


def only(region: str, mm: float) -> NDArray[np.float64]:
    """Amplitudes with one region swollen."""
    amplitudes = np.zeros(len(REGIONS))
    amplitudes[REGIONS.index(region)] = mm
    return amplitudes


def speckle(scale: int = 1) -> NDArray[np.uint8]:
    """A texture whose motion can be measured everywhere."""
    rng = np.random.default_rng(0)
    noise = cv2.GaussianBlur(
        rng.normal(0, 1, (SIZE[1] * scale, SIZE[0] * scale)).astype(np.float32), (0, 0), 1.2
    )
    grey = np.clip(128 + 60 * noise / noise.std(), 0, 255).astype(np.uint8)
    return np.asarray(np.dstack([grey, grey, grey]), np.uint8)


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("mm", [0.6, 1.2, 2.4])
def test_the_skin_moves_by_the_millimetres_put_in(region: str, mm: float) -> None:
    """Measured back from pixels, 4 px to the millimetre."""
    texture = speckle(2)
    style = SwellingStyle(softening=0, shading=0)
    size = (SIZE[0] * 2, SIZE[1] * 2)
    swelling = swell(FIELDS, only(region, mm), style)
    came = over_picture(swelling.backward, 2 * FRAME, size) * 2 * PUPILS_PX
    columns, rows = np.meshgrid(*(np.arange(side, dtype=np.float32) for side in size))
    warped = cv2.remap(texture, columns - came[..., 0], rows - came[..., 1], cv2.INTER_CUBIC)
    strongest = np.hypot(came[..., 0], came[..., 1])
    peak = np.argwhere(strongest > 0.97 * strongest.max())[::7, ::-1]
    start = peak.astype(np.float32)[:, None]
    end, found, _ = cv2.calcOpticalFlowPyrLK(
        warped, texture, start, start.copy(), winSize=(9, 9), maxLevel=3
    )
    moved_px = np.hypot(*np.moveaxis(np.asarray(end - start), -1, 0))[np.asarray(found) == 1]
    moved_mm = np.median(moved_px) * PUPIL_DISTANCE_MM / (2 * PUPILS_PX)
    # nearly all of it: skin stiffens by a few hundredths at 2.4 mm
    kept_mm = float(stiffened_mm(only(region, mm)).max())
    assert 0.93 * mm < kept_mm <= mm
    assert moved_mm == pytest.approx(kept_mm, rel=0.05)


@pytest.mark.parametrize("region", REGIONS)
def test_a_unit_is_a_unit(region: str) -> None:
    index = REGIONS.index(region)
    size = np.hypot(*np.moveaxis(FIELDS.displacement[index], -1, 0))
    assert size.max() == pytest.approx(1.0, abs=1e-5)
    assert FIELDS.height[index].max() == pytest.approx(1.0, abs=1e-5)
    assert size[0].max() < 0.01  # nothing moves at the edge of the grid
    assert size[:, 0].max() < 0.01


def test_amplitudes_are_kept_where_fluid_usually_is() -> None:
    usual = np.full(len(REGIONS), 2.0)
    assert stiffened_mm(usual) == pytest.approx(usual, rel=0.05)
    assert (np.diff([stiffened_mm(np.full(6, mm)) for mm in range(30)], axis=0) > 0).all()


def test_the_backward_field_undoes_the_forward_one() -> None:
    forward = forward_field(FIELDS, np.full(6, 2.0), SwellingStyle())
    back = backward(forward)
    grid = make_grid()
    again = sample(forward, grid.x - back[..., 0], grid.y - back[..., 1])
    assert np.abs(again - back).max() < 0.05 / PUPIL_DISTANCE_MM  # a twentieth of a millimetre


@settings(max_examples=60, deadline=None)
@given(
    mixture=st.lists(st.floats(0.02, 1.0), min_size=6, max_size=6),
    millimetres=st.floats(-1.0, 6 * 0.6 * 2.0 * 4.0),
)
def test_the_picture_never_folds(
    smallest_stretch: Callable[[Field], float], mixture: list[float], millimetres: float
) -> None:
    """Up to 4 kg in a person twice as sensitive as the mean, in any mixture."""
    amplitudes = np.array(mixture) / sum(mixture) * millimetres
    field = forward_field(FIELDS, amplitudes, SwellingStyle())
    assert smallest_stretch(field) > 0.1


def test_no_patient_of_the_cohort_folds(smallest_stretch: Callable[[Field], float]) -> None:
    worst = [
        smallest_stretch(forward_field(FIELDS, c.region_mm, SwellingStyle()))
        for c in draw_cohort(60, 1, 3)
    ]
    assert min(worst) > 0.1


def test_lids_narrow_the_eyes_and_lips_widen_the_mouth() -> None:
    layout = average_layout()

    def moved(region: str, index: int) -> NDArray[np.float64]:
        field = forward_field(FIELDS, only(region, 2.0), SwellingStyle())
        place = layout.points[index].astype(np.float32)
        return np.asarray(sample(field, place[:1, None], place[1:, None])[0, 0], np.float64)

    assert moved("upper_lids", 20)[1] > 0.005  # the margin of the lid comes down
    assert moved("lower_lids", 29)[1] < -0.003
    assert moved("lips", 90)[1] < 0 < moved("lips", 106)[1]
    assert moved("cheeks", 110)[0] < -0.01 < 0.01 < moved("cheeks", 113)[0]
    assert moved("jaw", 129)[1] > 0.02
    assert moved("jaw", 126)[0] < -0.01
    assert moved("nose", 62)[0] < -0.01 < 0.01 < moved("nose", 67)[0]


def test_light_from_above_shows_the_upper_side_of_a_hill() -> None:
    swelling = swell(FIELDS, only("cheeks", 3.0))
    factor = shade(swelling, (0.0, -0.5))
    grid = make_grid()
    top = int(np.argmin(np.abs(grid.y[:, 0] - 0.45)))
    foot = int(np.argmin(np.abs(grid.y[:, 0] - 1.15)))
    cheek = int(np.argmin(np.abs(grid.x[0] - 0.75)))
    assert factor[top, cheek] > 1.02
    assert factor[foot, cheek] < 0.98
    flat = swell(FIELDS, only("cheeks", 3.0), SwellingStyle(shading=0.0))
    assert np.abs(shade(flat, (0.0, -0.5)) - 1).max() < 1e-6


def test_no_fluid_changes_nothing() -> None:
    swelling = swell(FIELDS, np.zeros(6))
    assert np.abs(swelling.backward).max() == 0
    texture = speckle()
    assert np.array_equal(
        repaint(texture, FRAME, swelling, shade(swelling, (0.2, -0.3)), PUPILS_PX), texture
    )


def test_creases_soften_where_it_swells_and_eyes_stay_sharp() -> None:
    texture = speckle()
    swelling = swell(FIELDS, np.full(6, 3.0), SwellingStyle(shading=0.0))
    painted = repaint(texture, FRAME, swelling, shade(swelling, (0.0, 0.0)), PUPILS_PX)

    def contrast(picture: NDArray[np.uint8], x: float, y: float) -> float:
        column, row = round(300 + x * PUPILS_PX), round(280 + y * PUPILS_PX)
        return float(picture[row - 4 : row + 5, column - 6 : column + 7, 0].std())

    assert contrast(painted, 0.75, 0.78) < 0.9 * contrast(texture, 0.75, 0.78)
    assert contrast(painted, 0.5, 0.01) > 0.97 * contrast(texture, 0.5, 0.01)


def test_five_points_place_the_layout() -> None:
    average = average_layout()
    turn = np.array([[80.0, -20.0], [20.0, 80.0]])
    seen = average.five() @ turn.T + (320, 250)
    frame, layout = layout_from_detected(seen)
    assert layout.points == pytest.approx(average.points, abs=1e-9, nan_ok=True)
    whole = np.nan_to_num(average.points) @ turn.T + (320, 250)
    marked_frame, marked = layout_from_marked(whole)
    assert marked_frame == pytest.approx(frame)
    assert marked.five() == pytest.approx(layout.five())


def test_a_grid_lies_over_a_picture_where_its_frame_says() -> None:
    grid = make_grid()
    on_picture = over_picture(np.dstack([grid.x, grid.y]), FRAME, SIZE)
    row, column = 280 + 63, 300 - 126
    assert on_picture[row, column] == pytest.approx([-1.0, 0.5], abs=1e-3)
    assert GRID_ORIGIN[0] + 176 * GRID_STEP == pytest.approx(2.2)
