"""The password of a network camera is in the encrypted database, and nowhere else."""

from pathlib import Path
from typing import NoReturn

import pytest

from edema_desk.domain.capture.camera import CameraAddress
from edema_desk.domain.capture.camera_address import parse_camera
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base import network_cameras
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.network_cameras import NetworkCameras, whole_address
from edema_desk.settings import Settings, load_settings, save_settings
from edema_desk.store.audit.verifying import verify_audit
from tests.flow.made_up_station import Station

URL = "rtsp://nurse:se%20cret@10.0.0.7:8554/live?channel=2"
PUBLIC = "rtsp://10.0.0.7:8554/live"


@pytest.fixture
def cameras(clinic: Clinic) -> NetworkCameras:
    return NetworkCameras(clinic)


def written(folder: Path) -> bytes:
    """All that a thief of the disk could read."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_whole_address_comes_back_for_the_public_one(
    clinic: Clinic, cameras: NetworkCameras
) -> None:
    assert whole_address(clinic, parse_camera(PUBLIC)).locator == PUBLIC
    cameras.keep(new_id(), parse_camera(URL)).result()
    assert whole_address(clinic, parse_camera(PUBLIC)).locator == URL
    other = "rtsp://10.0.0.8/live"
    assert whole_address(clinic, parse_camera(other)).locator == other
    typed = "rtsp://doctor:other@10.0.0.7:8554/live"
    assert whole_address(clinic, parse_camera(typed)).locator == typed
    cameras.keep(new_id(), parse_camera(typed)).result()
    assert whole_address(clinic, parse_camera(PUBLIC)).locator == typed
    cameras.keep(new_id(), parse_camera(PUBLIC)).result()
    assert whole_address(clinic, parse_camera(PUBLIC)).locator == PUBLIC


def test_it_is_written_nowhere_in_clear(clinic: Clinic, cameras: NetworkCameras) -> None:
    cameras.keep(new_id(), parse_camera(URL)).result()
    clinic.database.call(verify_audit)
    assert b"cret" not in written(clinic.profile.root)


def test_what_an_earlier_version_wrote_is_moved(clinic: Clinic, cameras: NetworkCameras) -> None:
    path = clinic.profile.settings
    before = Settings(camera=URL, voice="beep", unknown=(("newer", 1),))
    save_settings(path, before)
    after = cameras.take_over(load_settings(path))
    assert after == load_settings(path)
    assert (after.camera, after.voice, after.unknown) == (PUBLIC, "beep", (("newer", 1),))
    assert b"cret" not in written(clinic.profile.root)
    assert whole_address(clinic, parse_camera(after.camera)).locator == URL
    assert cameras.take_over(after) == after
    assert whole_address(clinic, parse_camera(after.camera)).locator == URL


@pytest.mark.parametrize("camera", ["", "/dev/video0", "0", "usb:Webcam#3", PUBLIC])
def test_other_cameras_stay_as_they_are(cameras: NetworkCameras, camera: str) -> None:
    settings = Settings(camera=camera)
    assert cameras.take_over(settings) is settings


def test_a_password_that_cannot_be_kept_stays_until_it_can(
    clinic: Clinic, cameras: NetworkCameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> NoReturn:
        raise ExpectedError(ErrorCode.DISK_FULL)

    save_settings(clinic.profile.settings, Settings(camera=URL))
    with monkeypatch.context() as patched:
        patched.setattr(network_cameras, "keep_network_camera", full)
        assert cameras.take_over(Settings(camera=URL)).camera == URL
    assert load_settings(clinic.profile.settings).camera == URL
    assert cameras.take_over(Settings(camera=URL)).camera == PUBLIC


def test_a_capture_opens_the_camera_with_its_password(station: Station) -> None:
    opened: list[str] = []

    def refuses(address: CameraAddress) -> NoReturn:
        opened.append(address.locator)
        raise ExpectedError(ErrorCode.CAMERA_REFUSED)

    NetworkCameras(station.clinic).keep(new_id(), parse_camera(URL)).result()
    station.desk._open_any = refuses
    live = station.begin(camera=parse_camera(PUBLIC))
    with pytest.raises(ExpectedError):
        live.result.result(timeout=10)
    assert opened == [URL]
