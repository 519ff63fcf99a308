"""The two-minute test finds the fault each camera has, and only that one."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.domain.capture.passport import Cause, ItemResult, ItemVerdict, PassportItem
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel, Progress, unheard
from edema_desk.flow.capturing.passport import PassportDesk, PassportPlan, examine_camera
from tests.flow.capturing.passport_camera import RoomCamera

PLAN = PassportPlan(still_s=40.0, paper_s=10.0, after_s=20.0)
ADDRESS = CameraAddress(CameraKind.LOCAL, "/dev/video0", "Room camera")


def ignore(picture: object) -> None:
    del picture


def examine(camera: RoomCamera, plan: PassportPlan = PLAN) -> dict[PassportItem, ItemResult]:
    results = examine_camera(camera, plan, unheard, Cancel(), ignore)
    assert [r.item for r in results] == list(PassportItem)
    return {r.item: r for r in results}


def automatic(t_s: float, paper: bool) -> tuple[float, float, float]:
    return (0.85, 0.85, 0.85) if paper else (1.0, 1.0, 1.0)


def automatic_colour(t_s: float, paper: bool) -> tuple[float, float, float]:
    return (0.93, 1.0, 1.06) if paper else (1.0, 1.0, 1.0)


def dimming(t_s: float, paper: bool) -> tuple[float, float, float]:
    share = 1.0 - 0.003 * t_s
    return (share, share, share)


def flickering(t_s: float, paper: bool) -> tuple[float, float, float]:
    share = 1.0 + 0.07 * np.sin(2 * np.pi * 1.9 * t_s)
    return (share, share, share)


def test_a_good_camera_passes_with_true_figures() -> None:
    found = examine(RoomCamera())
    assert {r.verdict for r in found.values()} == {ItemVerdict.GOOD}
    assert found[PassportItem.RATE].figures["fps"] == pytest.approx(25.0, abs=0.1)
    assert found[PassportItem.NOISE].figures["noise_levels"] == pytest.approx(1.5, rel=0.15)
    assert found[PassportItem.RESOLUTION].figures["height_px"] == 640
    assert found[PassportItem.LOCK].figures["driver_holds"] == 1


@pytest.mark.parametrize(
    ("faults", "item", "cause"),
    [
        ({"fps": 8.0}, PassportItem.RATE, Cause.SLOW),
        ({"gap_s": 1.5}, PassportItem.RATE, Cause.GAPS),
        ({"gain": automatic}, PassportItem.LOCK, Cause.FOLLOWS_LIGHT),
        ({"gain": automatic_colour}, PassportItem.LOCK, Cause.FOLLOWS_COLOUR),
        ({"noise": 9.0}, PassportItem.NOISE, Cause.NOISY),
        ({"gain": dimming}, PassportItem.DRIFT, Cause.LEVEL_DRIFTS),
        ({"gain": flickering}, PassportItem.DRIFT, Cause.FLICKERS),
        ({"blur": True}, PassportItem.RESOLUTION, Cause.COARSE),
    ],
)
def test_each_fault_is_found_and_blamed_on_nothing_else(
    faults: dict[str, Any], item: PassportItem, cause: Cause
) -> None:
    found = examine(RoomCamera(**faults))
    assert (found[item].verdict, found[item].cause) == (ItemVerdict.BAD, cause)
    assert {r.item for r in found.values() if r.verdict is ItemVerdict.BAD} == {item}


@pytest.mark.parametrize(
    ("faults", "item", "verdict", "cause"),
    [
        ({"paper_s": (0, 0)}, PassportItem.LOCK, ItemVerdict.UNKNOWN, Cause.NO_PAPER),
        ({"settings": ()}, PassportItem.LOCK, ItemVerdict.FAIR, Cause.SILENT_DRIVER),
        ({"noise": 0.0}, PassportItem.NOISE, ItemVerdict.UNKNOWN, Cause.NO_CHANGE),
    ],
)
def test_what_cannot_be_seen_is_said(
    faults: dict[str, Any], item: PassportItem, verdict: ItemVerdict, cause: Cause
) -> None:
    found = examine(RoomCamera(**faults))[item]
    assert (found.verdict, found.cause) == (verdict, cause)


def test_packets_from_the_network_are_not_opened_but_their_preview_is_looked_at() -> None:
    found = examine(RoomCamera(preview_only=True, gain=automatic))
    assert found[PassportItem.LOCK].cause is Cause.FOLLOWS_LIGHT
    assert found[PassportItem.NOISE].cause is Cause.NO_FULL_PICTURE
    assert found[PassportItem.RESOLUTION].cause is Cause.NO_FULL_PICTURE


def test_progress_names_the_parts_in_order_and_pictures_are_shown() -> None:
    told: list[Progress] = []
    shown: list[object] = []
    examine_camera(RoomCamera(), PLAN, told.append, Cancel(), shown.append)
    assert list(dict.fromkeys(p.what for p in told)) == ["still", "paper", "after"]
    done = [p.done for p in told]
    assert done == sorted(done)
    assert told[-1].done == pytest.approx(70.0)
    assert told[-1].left_s == pytest.approx(0.0)
    assert len(shown) == pytest.approx(350, abs=10)


def test_it_stops_when_asked_and_when_the_camera_goes() -> None:
    cancel = Cancel()
    camera = RoomCamera()

    def stop_soon(progress: Progress) -> None:
        if progress.done > 2.0:
            cancel.set()

    with pytest.raises(ExpectedError) as stopped:
        examine_camera(camera, PLAN, stop_soon, cancel, ignore)
    assert stopped.value.code is ErrorCode.CANCELLED
    assert camera.read_count < 80
    with pytest.raises(ExpectedError) as gone:
        examine(RoomCamera(gone_after_s=3.0))
    assert gone.value.code is ErrorCode.CAMERA_GONE


def test_a_silent_camera_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(1_000))
    monkeypatch.setattr(
        "edema_desk.flow.capturing.passport.time.monotonic", lambda: float(next(clock))
    )
    with pytest.raises(ExpectedError) as gone:
        examine(RoomCamera(silent=True))
    assert gone.value.code is ErrorCode.CAMERA_GONE


class Opening:
    """Opens room cameras, or fails to."""

    def __init__(self, **faults: Any) -> None:
        self.faults = faults
        self.opened: list[RoomCamera] = []

    def __call__(self, address: CameraAddress) -> RoomCamera:
        if "error" in self.faults:
            raise ExpectedError(self.faults["error"])
        self.opened.append(RoomCamera(**self.faults))
        return self.opened[-1]


@pytest.fixture
def opening() -> Opening:
    return Opening()


@pytest.fixture
def passports(clinic: Clinic, opening: Opening) -> Iterator[PassportDesk]:
    desk = PassportDesk(clinic, opening, PLAN)
    yield desk
    desk.close()


def test_a_test_is_kept_and_found_again(passports: PassportDesk, opening: Opening) -> None:
    assert passports.latest(ADDRESS).result(10) is None
    made = passports.examine(new_id(), ADDRESS, unheard, Cancel(), ignore).result(60)
    assert made.passed
    assert passports.latest(ADDRESS).result(10) == made
    assert opening.opened[0].closed


@pytest.mark.parametrize(
    ("faults", "code"),
    [
        ({"gone_after_s": 3.0}, ErrorCode.CAMERA_GONE),
        ({"error": ErrorCode.CAMERA_BUSY}, ErrorCode.CAMERA_BUSY),
    ],
)
def test_a_test_that_fails_keeps_nothing_and_lets_the_camera_go(
    passports: PassportDesk, opening: Opening, faults: dict[str, Any], code: ErrorCode
) -> None:
    opening.faults = faults
    failed = passports.examine(new_id(), ADDRESS, unheard, Cancel(), ignore).exception(60)
    assert isinstance(failed, ExpectedError)
    assert failed.code is code
    assert all(camera.closed for camera in opening.opened)
    assert passports.latest(ADDRESS).result(10) is None


def test_closing_stops_a_test(clinic: Clinic, opening: Opening) -> None:
    desk = PassportDesk(clinic, opening, PassportPlan(still_s=1e6))
    running = desk.examine(new_id(), ADDRESS, unheard, Cancel(), ignore)
    desk.close()
    failed = running.exception(10)
    assert isinstance(failed, ExpectedError)
    assert failed.code is ErrorCode.CANCELLED
