"""Light like that of earlier captures, and light that is not."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.capture.camera import (
    CameraAddress,
    CameraKind,
    CameraMode,
    CameraReport,
    Setting,
)
from edema_desk.domain.capture.light import (
    EarlierLight,
    LightMatch,
    average_light,
    compare_light,
)
from edema_desk.domain.capture.sight import LightReading
from edema_desk.domain.capture.view import LightChange, LightNote

USUAL = LightReading(120.0, 1.3, 0.8)
FRIDAY = date(2026, 3, 6)


def earlier(*lights: LightReading | None) -> list[EarlierLight]:
    return [EarlierLight(FRIDAY - timedelta(days=i), light) for i, light in enumerate(lights)]


def report(name: str = "C920", width: int = 1920, exposure: float = 156.0) -> CameraReport:
    address = CameraAddress(CameraKind.LOCAL, "/dev/video0", name)
    mode = CameraMode(width, width * 9 // 16, 30.0, "MJPG")
    return CameraReport(address, mode, "v4l2", (Setting("exposure", exposure, exposure),))


def test_the_same_light_is_not_spoken_of() -> None:
    near = LightReading(124.0, 1.31, 0.79)
    assert compare_light(near, None, earlier(USUAL)) == LightMatch(1.0, None)


def test_a_first_capture_has_nothing_to_compare() -> None:
    assert compare_light(USUAL, report(), []) == LightMatch(None, None)
    assert compare_light(None, None, earlier(USUAL)) == LightMatch(None, None)
    assert compare_light(USUAL, None, earlier(None)) == LightMatch(None, None)


@pytest.mark.parametrize(
    ("now", "change", "usable"),
    [
        (LightReading(88.0, 1.3, 0.8), LightChange.DARKER, True),
        (LightReading(60.0, 1.3, 0.8), LightChange.DARKER, False),
        (LightReading(163.0, 1.3, 0.8), LightChange.BRIGHTER, True),
        (LightReading(120.0, 1.45, 0.71), LightChange.WARMER, True),
        (LightReading(120.0, 1.15, 0.9), LightChange.COOLER, True),
        (LightReading(125.0, 1.02, 1.0), LightChange.COOLER, False),
    ],
)
def test_the_strongest_difference_is_named(
    now: LightReading, change: LightChange, usable: bool
) -> None:
    match = compare_light(now, None, earlier(USUAL))
    assert match.note == LightNote(change, FRIDAY, usable)
    assert match.same_light is not None
    assert (match.same_light < 0.35) == (not usable)


def test_one_odd_earlier_capture_does_not_count() -> None:
    dim = LightReading(60.0, 1.6, 0.5)
    for order in ((dim, USUAL, USUAL), (USUAL, dim, USUAL), (USUAL, USUAL, dim)):
        assert compare_light(USUAL, None, earlier(*order)) == LightMatch(1.0, None)


def test_only_the_newest_captures_count_in_any_order() -> None:
    old = LightReading(60.0, 1.3, 0.8)
    history = earlier(*[USUAL] * 5, *[old] * 20)
    assert compare_light(USUAL, None, history[::-1]).same_light == 1.0


def test_another_camera_and_other_settings_are_said_where_the_light_is_the_same() -> None:
    before = [EarlierLight(FRIDAY, USUAL, report())]
    assert compare_light(USUAL, report(), before).note is None

    def change(now: CameraReport) -> LightChange | None:
        note = compare_light(USUAL, now, before).note
        return note.change if note is not None and note.usable else None

    assert change(report("Brio")) is LightChange.OTHER_CAMERA
    assert change(report(width=1280)) is LightChange.OTHER_SETTINGS
    assert change(report(exposure=312.0)) is LightChange.OTHER_SETTINGS
    assert change(report(exposure=160.0)) is None
    dark = compare_light(LightReading(60.0, 1.3, 0.8), report("Brio"), before).note
    assert dark is not None
    assert dark.change is LightChange.DARKER


def test_readings_are_averaged_by_their_middle() -> None:
    readings = [USUAL, LightReading(122.0, 1.31, 0.81), LightReading(5.0, 9.0, 9.0)]
    middle = average_light(readings)
    assert middle == LightReading(120.0, 1.31, 0.81)
    assert average_light([]) is None


lights = st.builds(LightReading, st.floats(1, 255), st.floats(0.2, 5), st.floats(0.2, 5))


@given(lights, lights)
def test_the_comparison_is_fair_both_ways_and_says_what_cannot_be_used(
    one: LightReading, other: LightReading
) -> None:
    there, back = compare_light(one, None, earlier(other)), compare_light(other, None, earlier(one))
    assert there.same_light is not None
    assert back.same_light is not None
    assert math.isclose(there.same_light, back.same_light, abs_tol=1e-9)
    assert 0.0 <= there.same_light <= 1.0
    if there.same_light == 0.0:
        assert there.note is not None
        assert not there.note.usable


@given(st.sampled_from([0.0, -1.0, math.nan, math.inf]))
def test_a_broken_reading_is_no_reading(broken: float) -> None:
    bad = LightReading(broken, 1.0, 1.0)
    assert compare_light(bad, None, earlier(USUAL)).same_light is None
    assert compare_light(USUAL, None, earlier(bad, USUAL)).same_light == 1.0
