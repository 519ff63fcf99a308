"""The measures of a camera, each on pictures made for it, and what they are judged as."""

import numpy as np
import pytest
from numpy.typing import NDArray

from edema_desk.domain.capture.camera import (
    CameraAddress,
    CameraKind,
    CameraMode,
    CameraReport,
    Setting,
)
from edema_desk.domain.capture.passport import (
    CameraPassport,
    Cause,
    ItemResult,
    ItemVerdict,
    PassportItem,
    judge_drift,
    judge_lock,
    judge_noise,
    judge_rate,
    judge_resolution,
)
from edema_desk.domain.capture.passport_measures import (
    Edges,
    Following,
    Levels,
    Pace,
    Tiles,
    edges_of,
    following_of,
    levels_of,
    noise_of,
    pace_of,
    tiles_of,
)
from edema_desk.domain.terms.moment import Moment

GREY = np.full((8, 8, 3), 100.0)


def report(*settings: Setting) -> CameraReport:
    address = CameraAddress(CameraKind.LOCAL, "/dev/video0", "Desk")
    return CameraReport(address, CameraMode(1920, 1080, 30.0), "v4l2", settings)


HELD = report(Setting("exposure", 120.0, 120.0), Setting("gain", None, 3.0))
SILENT = report(Setting("exposure", 120.0, None))


def with_paper(rim: float = 1.0, rim_blue: float = 1.0, middle: float = 1.8) -> Tiles:
    tiles: Tiles = GREY * np.array([rim, rim, rim * rim_blue])
    tiles[2:6, 2:6] *= middle
    return tiles


# pace


def test_pace_is_that_of_the_times() -> None:
    t_ms = np.cumsum([0.0, 40.0, 40.0, 40.0, 280.0]).tolist()
    pace = pace_of(t_ms)
    assert pace is not None
    assert pace.fps == pytest.approx(10.0)
    assert pace.longest_gap_ms == pytest.approx(280.0)
    assert pace.jitter_ms == pytest.approx(np.std([40, 40, 40, 280]))
    assert pace_of([0.0, 40.0]) is None
    assert pace_of([5.0] * 4) is None


@pytest.mark.parametrize(
    ("pace", "verdict", "cause"),
    [
        (Pace(29.9, 3.0, 70.0), ItemVerdict.GOOD, Cause.FINE),
        (Pace(20.0, 3.0, 70.0), ItemVerdict.FAIR, Cause.SLOW),
        (Pace(9.0, 3.0, 170.0), ItemVerdict.BAD, Cause.SLOW),
        (Pace(29.9, 30.0, 400.0), ItemVerdict.FAIR, Cause.GAPS),
        (Pace(29.9, 90.0, 2400.0), ItemVerdict.BAD, Cause.GAPS),
        (None, ItemVerdict.UNKNOWN, Cause.TOO_SHORT),
    ],
)
def test_the_rate_is_judged(pace: Pace | None, verdict: ItemVerdict, cause: Cause) -> None:
    found = judge_rate(pace)
    assert (found.verdict, found.cause) == (verdict, cause)


# lock


def test_paper_that_changes_only_the_middle_shows_a_lock() -> None:
    found = following_of([GREY] * 20, [with_paper()] * 20)
    assert found is not None
    assert found.level == pytest.approx(0, abs=1e-6)
    assert found.colour == pytest.approx(0, abs=1e-6)


def test_a_rim_that_gets_darker_shows_automatic_exposure() -> None:
    found = following_of([GREY] * 20, [with_paper(rim=0.8)] * 20)
    assert found is not None
    assert found.level == pytest.approx(-np.log(81 / 101), rel=1e-6)
    assert found.colour == pytest.approx(0, abs=0.01)


def test_automatic_control_is_seen_even_where_it_makes_paper_as_grey_as_the_wall_was() -> None:
    found = following_of([GREY] * 20, [with_paper(rim=0.6, middle=1.67)] * 20)
    assert found is not None
    assert found.level > 0.4


def test_the_time_control_takes_is_left_to_it() -> None:
    course = [with_paper(rim=r) for r in np.linspace(1.0, 0.8, 10)]
    found = following_of([GREY] * 20, course + [with_paper(rim=0.8)] * 12)
    assert found is not None
    assert found.level == pytest.approx(-np.log(81 / 101), rel=1e-6)


def test_a_rim_that_changes_colour_shows_automatic_white_balance() -> None:
    found = following_of([GREY] * 20, [with_paper(rim_blue=0.9)] * 20)
    assert found is not None
    assert found.colour == pytest.approx(-np.log(91 / 101), rel=1e-6)


@pytest.mark.parametrize("looks", [[GREY] * 20, [with_paper()] * 5, []])
def test_without_paper_nothing_is_known_of_the_lock(looks: list[Tiles]) -> None:
    assert following_of([GREY] * 20, looks) is None
    assert following_of([], [with_paper()] * 20) is None


@pytest.mark.parametrize(
    ("following", "told", "verdict", "cause"),
    [
        (Following(0.01, 0.005), HELD, ItemVerdict.GOOD, Cause.FINE),
        (Following(0.01, 0.005), SILENT, ItemVerdict.FAIR, Cause.SILENT_DRIVER),
        (Following(0.01, 0.005), report(), ItemVerdict.FAIR, Cause.SILENT_DRIVER),
        (Following(0.2, 0.005), HELD, ItemVerdict.BAD, Cause.FOLLOWS_LIGHT),
        (Following(0.04, 0.005), HELD, ItemVerdict.FAIR, Cause.FOLLOWS_LIGHT),
        (Following(0.01, 0.1), HELD, ItemVerdict.BAD, Cause.FOLLOWS_COLOUR),
        (None, HELD, ItemVerdict.UNKNOWN, Cause.NO_PAPER),
    ],
)
def test_the_lock_is_judged_by_the_picture_more_than_by_the_driver(
    following: Following | None, told: CameraReport, verdict: ItemVerdict, cause: Cause
) -> None:
    found = judge_lock(following, told)
    assert (found.verdict, found.cause) == (verdict, cause)


# noise


def scene(sd: float, seed: int, *, side: int = 256) -> NDArray[np.uint8]:
    rng = np.random.default_rng(seed)
    calm = 90.0 + 60.0 * np.sin(np.arange(side) / 20.0)[None, :, None]
    noisy = calm + rng.normal(0.0, sd, (side, side, 1))
    return np.repeat(np.clip(np.round(noisy), 0, 255), 3, axis=2).astype(np.uint8)


@pytest.mark.parametrize("sd", [1.0, 3.0, 8.0])
def test_noise_is_found_as_it_was_made(sd: float) -> None:
    assert noise_of(scene(sd, 1), scene(sd, 2)) == pytest.approx(sd, rel=0.12)


def test_a_hand_that_moves_is_not_noise() -> None:
    first, second = scene(2.0, 1), scene(2.0, 2)
    second[40:140, 40:180] = 200
    assert noise_of(first, second) == pytest.approx(2.0, rel=0.12)


def test_in_the_dark_noise_is_not_known() -> None:
    dark = np.zeros((64, 64, 3), np.uint8)
    assert noise_of(dark, dark) is None
    assert noise_of(dark, np.zeros((32, 32, 3), np.uint8)) is None


@pytest.mark.parametrize(
    ("noise", "verdict", "cause"),
    [
        (1.5, ItemVerdict.GOOD, Cause.FINE),
        (4.5, ItemVerdict.FAIR, Cause.NOISY),
        (9.0, ItemVerdict.BAD, Cause.NOISY),
        (0.0, ItemVerdict.UNKNOWN, Cause.NO_CHANGE),
        (None, ItemVerdict.UNKNOWN, Cause.NO_FULL_PICTURE),
    ],
)
def test_noise_is_judged(noise: float | None, verdict: ItemVerdict, cause: Cause) -> None:
    found = judge_noise(noise)
    assert (found.verdict, found.cause) == (verdict, cause)


# drift


def course(share: float, looks: int = 200) -> list[Tiles]:
    return [GREY * (1 + share * i / looks) for i in range(looks)]


def test_a_level_that_wanders_is_found_and_a_person_who_moves_is_not() -> None:
    still = levels_of(course(0.0))
    assert still == Levels(0.0, 0.0, 0.0)
    wandering = levels_of(course(0.2))
    assert wandering is not None
    assert wandering.drift == pytest.approx(np.log(1.175 / 1.025), rel=0.03)
    assert wandering.colour_drift < 0.002
    somebody = GREY.copy()
    somebody[2:6, 2:6] = 30.0
    moved = [GREY] * 90 + [somebody] * 110
    found = levels_of(moved)
    assert found is not None
    assert found.drift == pytest.approx(0.0, abs=1e-9)


def test_a_room_that_gets_warmer_and_a_lamp_that_flickers_are_found() -> None:
    warming = [GREY * np.array([1 + 0.1 * i / 200, 1, 1]) for i in range(200)]
    found = levels_of(warming)
    assert found is not None
    assert found.colour_drift == pytest.approx(np.log(1.0875 / 1.0125), rel=0.05)
    rng = np.random.default_rng(0)
    flickering = [GREY * np.exp(rng.normal(0.0, 0.03)) for _ in range(400)]
    found = levels_of(flickering)
    assert found is not None
    assert found.flicker == pytest.approx(0.03, rel=0.2)
    assert levels_of(course(0.0, looks=149)) is None


@pytest.mark.parametrize(
    ("levels", "verdict", "cause"),
    [
        (Levels(0.01, 0.005, 0.004), ItemVerdict.GOOD, Cause.FINE),
        (Levels(0.08, 0.005, 0.004), ItemVerdict.FAIR, Cause.LEVEL_DRIFTS),
        (Levels(0.30, 0.030, 0.004), ItemVerdict.BAD, Cause.LEVEL_DRIFTS),
        (Levels(0.01, 0.090, 0.004), ItemVerdict.BAD, Cause.COLOUR_DRIFTS),
        (Levels(0.01, 0.005, 0.100), ItemVerdict.BAD, Cause.FLICKERS),
        (None, ItemVerdict.UNKNOWN, Cause.TOO_SHORT),
    ],
)
def test_drift_is_judged(levels: Levels | None, verdict: ItemVerdict, cause: Cause) -> None:
    found = judge_drift(levels)
    assert (found.verdict, found.cause) == (verdict, cause)


# resolution


def step_edges(blur_px: float, side: int = 400) -> NDArray[np.uint8]:
    """Dark and bright stripes whose borders are Gaussian slopes."""
    x = np.arange(side)
    stripes = np.where((x // 40) % 2 == 0, 40.0, 200.0)
    if blur_px:
        reach = np.arange(-30, 31)
        kernel = np.exp(-0.5 * (reach / blur_px) ** 2)
        padded = np.pad(stripes, 30, mode="reflect")
        stripes = np.convolve(padded, kernel / kernel.sum(), "valid")
    picture = np.broadcast_to(stripes[None, :, None], (side, side, 3))
    return np.ascontiguousarray(np.round(picture).astype(np.uint8))


@pytest.mark.parametrize(("blur_px", "width_px"), [(0.0, 2.0), (1.0, 3.1), (2.5, 6.3)])
def test_edges_are_as_wide_as_they_were_made(blur_px: float, width_px: float) -> None:
    for picture in (step_edges(blur_px), step_edges(blur_px).transpose(1, 0, 2)):
        edges = edges_of(picture)
        assert edges is not None
        assert edges.height_px == 400
        assert edges.width_px == pytest.approx(width_px, rel=0.12)


def test_a_plain_wall_says_nothing_of_edges() -> None:
    assert edges_of(np.full((300, 300, 3), 120, np.uint8)) is None
    grain = np.random.default_rng(0).normal(120.0, 6.0, (300, 300, 1))
    assert edges_of(np.repeat(grain, 3, axis=2).astype(np.uint8)) is None


@pytest.mark.parametrize(
    ("edges", "verdict", "cause"),
    [
        (Edges(1080, 2.6), ItemVerdict.GOOD, Cause.FINE),
        (Edges(480, 2.6), ItemVerdict.FAIR, Cause.COARSE),
        (Edges(1080, 7.0), ItemVerdict.FAIR, Cause.COARSE),
        (Edges(720, 9.0), ItemVerdict.BAD, Cause.COARSE),
        (None, ItemVerdict.UNKNOWN, Cause.NO_EDGES),
    ],
)
def test_resolution_is_judged_by_what_it_shows(
    edges: Edges | None, verdict: ItemVerdict, cause: Cause
) -> None:
    found = judge_resolution(edges)
    assert (found.verdict, found.cause) == (verdict, cause)
    assert judge_resolution(None, full_picture=False).cause is Cause.NO_FULL_PICTURE


# the whole


def results(**verdicts: ItemVerdict) -> tuple[ItemResult, ...]:
    return tuple(
        ItemResult(item, verdicts.get(item.value, ItemVerdict.GOOD), Cause.FINE, {})
        for item in PassportItem
    )


@pytest.mark.parametrize(
    ("verdicts", "passed"),
    [
        ({}, True),
        ({"noise": ItemVerdict.FAIR, "rate": ItemVerdict.FAIR}, True),
        ({"noise": ItemVerdict.UNKNOWN, "resolution": ItemVerdict.UNKNOWN}, True),
        ({"noise": ItemVerdict.BAD}, False),
        ({"lock": ItemVerdict.UNKNOWN}, False),
    ],
)
def test_what_passes(verdicts: dict[str, ItemVerdict], passed: bool) -> None:
    moment = Moment(1_772_000_000_000, 540)
    assert CameraPassport("id", HELD, moment, results(**verdicts)).passed is passed


def test_tiles_are_the_means_of_parts() -> None:
    picture = np.zeros((96, 128, 3), np.uint8)
    picture[:12, :16] = (10, 20, 30)
    tiles = tiles_of(picture)
    assert tiles.shape == (8, 8, 3)
    assert tiles[0, 0].tolist() == [10.0, 20.0, 30.0]
    assert tiles[1:].sum() == 0
