"""A local camera: its mode, its packets, its locks, and a driver that fails in every way."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

import cv2
import pytest

from edema_desk.domain.capture.camera import CameraMode, CameraReport, Setting
from edema_desk.domain.capture.camera_address import parse_camera
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.cameras import feed as feed_module
from edema_desk.media.cameras import local as local_module
from edema_desk.media.cameras import mode_setting, steadying
from edema_desk.media.cameras.backend import Shot
from edema_desk.media.cameras.feed import ShotFeed
from edema_desk.media.cameras.jpeg import decode_packet
from edema_desk.media.cameras.local import LocalCamera, Machine
from edema_desk.media.cameras.opening import open_camera
from tests.media.made_up_cameras import HD, SMALL, Driver, local_camera, machine
from tests.media.media_clips import corners


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steadying, "SETTLE_S", 0.05)
    monkeypatch.setattr(mode_setting, "_MEASURED_S", 0.6)
    monkeypatch.setattr(mode_setting, "FIRST_PICTURE_S", 0.4)


@contextmanager
def opened(where: Machine, *, lock: bool = False) -> Iterator[LocalCamera]:
    camera = local_camera(where, lock=lock)
    camera.open()
    try:
        yield camera
    finally:
        camera.close()


def shots(camera: LocalCamera, count: int) -> list[Shot]:
    found = [camera.read(2.0) for _ in range(count)]
    return [shot for shot in found if shot is not None]


def setting(report: CameraReport, name: str) -> Setting:
    return next(s for s in report.settings if s.name == name)


def code_of(act: Callable[[], object]) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        act()
    return caught.value.code


def test_packets_come_unchanged_at_the_mode_that_suits() -> None:
    driver = Driver(padding=500)
    with opened(machine(driver)) as camera:
        mode = camera.report.mode
        got = shots(camera, 10)
        assert (mode.width, mode.height, mode.fourcc) == (1280, 720, "MJPG")
        assert mode.packets
        assert 0 < mode.fps < 120
        assert camera.report.backend == "MADEUP"
        assert setting(camera.report, "power_line_frequency").reported == 1.0
        assert setting(camera.report, "gain") == Setting("gain", None, 12.0)
        assert setting(camera.report, "focus").reported is None
    assert driver.released.is_set()
    assert all(shot.packet and shot.packet.endswith(b"\xff\xd9") for shot in got)
    assert corners(decode_packet(got[0].packet or b"") * 2) == "RGBW"
    times = [shot.t_ns for shot in got]
    assert times == sorted(set(times))


def test_a_camera_without_packets_gives_pictures() -> None:
    with opened(machine(Driver(), modes=(SMALL,))) as camera:
        assert camera.report.mode.fourcc == "YUYV"
        got = shots(camera, 3)
    assert [shot.image.shape for shot in got if shot.image is not None] == [(480, 640, 3)] * 3
    assert got[0].image is not None
    assert corners(got[0].image * 2) == "RGBW"  # in RGB, not BGR


def test_a_camera_that_says_mjpeg_and_sends_raw_gives_pictures() -> None:
    with opened(machine(Driver(sends_packets=False))) as camera:
        assert not camera.report.mode.packets
        assert shots(camera, 1)[0].image is not None


def test_broken_packets_are_left_out_and_counted() -> None:
    with opened(machine(Driver(broken_every=3))) as camera:
        got = shots(camera, 12)
        assert camera.damaged >= 5
    assert all(decode_packet(shot.packet or b"").shape == (720, 1280, 3) for shot in got)


def test_without_a_list_the_ladder_finds_the_largest_that_is_fast() -> None:
    with opened(machine(Driver(), modes=())) as camera:
        assert (camera.report.mode.width, camera.report.mode.height) == (1280, 720)
    slow = {(1920, 1080): 12.0, (1280, 720): 15.0, (640, 480): 20.0}
    with opened(machine(Driver(paces=slow), modes=())) as camera:
        assert (camera.report.mode.width, camera.report.mode.height) == (640, 480)
        assert 15 < camera.report.mode.fps < 25


def test_locked_where_the_driver_tells_what_it_settled_at() -> None:
    driver = Driver()
    with opened(machine(driver), lock=True) as camera:
        exposure = setting(camera.report, "exposure")
        assert (exposure.asked, exposure.reported) == (200.0, 200.0)
        assert exposure.held
        assert setting(camera.report, "auto_exposure") == Setting("auto_exposure", 1.0, 1.0)
        assert setting(camera.report, "auto_white_balance").held
        assert setting(camera.report, "white_balance_k").asked is None


def test_unlocked_nothing_is_asked() -> None:
    with opened(machine(Driver())) as camera:
        assert all(s.asked is None for s in camera.report.settings)
        assert setting(camera.report, "auto_exposure").reported == 3.0


@pytest.mark.parametrize("remembered", [20.0, 900.0])
def test_where_the_driver_tells_an_old_exposure_the_picture_decides(remembered: float) -> None:
    with opened(machine(Driver(remembers=remembered)), lock=True) as camera:
        exposure = setting(camera.report, "exposure")
        assert exposure.held
        assert exposure.asked == pytest.approx(200.0, rel=0.16)  # 6 % of brightness
        assert setting(camera.report, "auto_exposure").held


def test_white_balance_that_jumps_is_given_back() -> None:
    driver = Driver(drifts=True)
    with opened(machine(driver), lock=True) as camera:
        assert setting(camera.report, "auto_white_balance") == Setting(
            "auto_white_balance", 0.0, 1.0
        )
        assert not setting(camera.report, "auto_white_balance").held
        assert setting(camera.report, "exposure").held


def test_a_camera_that_cannot_lock_still_serves() -> None:
    with opened(machine(Driver(locks=False)), lock=True) as camera:
        assert not any(s.held for s in camera.report.settings)
        assert shots(camera, 2)


def test_the_second_back_end_is_tried() -> None:
    first, second = Driver(opens=False), Driver()
    where = machine(first, second, backends=(cv2.CAP_MSMF, cv2.CAP_DSHOW), modes=())
    with opened(where, lock=True) as camera:
        assert shots(camera, 1)[0].image is not None  # these unpack MJPEG themselves
    assert first.released.is_set()
    turned_off = (cv2.CAP_PROP_AUTO_EXPOSURE, 0.0)
    assert turned_off not in second.log  # to Media Foundation this means an exposure of zero


@pytest.mark.parametrize(
    ("driver", "present", "allowed", "modes", "code"),
    [
        (Driver(), False, True, (HD,), ErrorCode.CAMERA_MISSING),
        (Driver(), True, False, (HD,), ErrorCode.CAMERA_REFUSED),
        (Driver(opens=False), True, True, (HD,), ErrorCode.CAMERA_BUSY),
        (Driver(opens=False), True, True, (), ErrorCode.CAMERA_REFUSED),
        (Driver(silent=True), True, True, (HD,), ErrorCode.CAMERA_BUSY),
    ],
)
def test_why_it_does_not_open(
    driver: Driver, present: bool, allowed: bool, modes: tuple[CameraMode, ...], code: ErrorCode
) -> None:
    camera = local_camera(machine(driver, modes=modes, present=present, allowed=allowed))
    assert code_of(camera.open) is code
    assert not camera._thread.is_alive()


def test_a_number_this_machine_does_not_have() -> None:
    """With OpenCV itself."""
    assert code_of(lambda: open_camera(parse_camera("99"))) is ErrorCode.CAMERA_MISSING


def test_a_number_nobody_has() -> None:
    where = machine(Driver())
    nowhere = Machine(
        where.open_source,
        find=lambda locator, backend: None,
        present=lambda device: True,
        allowed=lambda device: True,
    )
    assert code_of(local_camera(nowhere).open) is ErrorCode.CAMERA_MISSING


def test_unplugged_is_told_at_once_and_every_time() -> None:
    driver = Driver()
    with opened(machine(driver)) as camera:
        assert shots(camera, 2)
        driver.unplugged.set()
        began_s = time.monotonic()

        def read_on() -> None:
            while True:
                camera.read(0.1)

        assert code_of(read_on) is ErrorCode.CAMERA_GONE
        assert time.monotonic() - began_s < 1.5
        assert code_of(lambda: camera.read(0.0)) is ErrorCode.CAMERA_GONE
        assert driver.released.wait(1.0)


def test_a_driver_that_only_fails_is_gone_too() -> None:
    driver = Driver()
    with opened(machine(driver)) as camera:
        driver.silent = True
        began_s = time.monotonic()

        def read_on() -> None:
            while time.monotonic() - began_s < 5.0:
                camera.read(0.2)

        assert code_of(read_on) is ErrorCode.CAMERA_GONE
        assert 1.0 < time.monotonic() - began_s < 3.0


def test_a_driver_that_hangs_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_module, "CLOSE_LIMIT_S", 0.2)
    driver = Driver()
    camera = local_camera(machine(driver))
    camera.open()
    driver.hangs.set()
    began_s = time.monotonic()
    while camera.read(0.1) is not None:
        assert time.monotonic() - began_s < 2.0
    camera.close()
    assert time.monotonic() - began_s < 3.0
    assert not driver.released.is_set()
    driver.freed.set()
    assert driver.released.wait(2.0)  # as soon as the driver returns
    camera._thread.join(2.0)


def test_a_driver_that_hangs_while_opening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_module, "CLOSE_LIMIT_S", 0.1)
    driver = Driver()
    driver.hangs.set()
    camera = local_camera(machine(driver))
    assert code_of(lambda: camera.open(0.3)) is ErrorCode.CAMERA_BUSY
    driver.freed.set()
    camera._thread.join(5.0)
    assert not camera._thread.is_alive()
    assert driver.released.is_set()


def test_a_camera_that_dies_while_it_is_set_up_is_closed_at_once() -> None:
    driver = Driver()
    camera = local_camera(machine(driver), lock=True)
    threading.Timer(0.8, lambda: setattr(driver, "silent", True)).start()
    began_s = time.monotonic()
    assert code_of(lambda: camera.open(1.2)) is ErrorCode.CAMERA_BUSY
    assert time.monotonic() - began_s < 2.5
    assert driver.released.wait(1.0)


def test_closing_twice_and_reading_after() -> None:
    camera = local_camera(machine(Driver()))
    camera.open()
    camera.close()
    camera.close()

    def read_on() -> None:
        while True:
            camera.read(0.0)

    assert code_of(read_on) is ErrorCode.CAMERA_GONE


def test_a_reader_that_keeps_up_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_module, "ShotFeed", lambda: ShotFeed(room_shots=12))
    paces = {(1280, 720): 60.0, (640, 480): 60.0}
    with opened(machine(Driver(paces=paces), modes=(SMALL,))) as camera:
        shots(camera, 12)
        before = camera.dropped
        times = [shot.t_ns for shot in shots(camera, 60)]
        assert camera.dropped == before
        time.sleep(0.6)
        assert camera.dropped > before
    gaps = [b - a for a, b in pairwise(times)]
    assert max(gaps) < 0.4e9
