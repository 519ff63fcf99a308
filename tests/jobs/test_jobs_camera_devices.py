"""Cameras by name, and word when one comes or goes; no warning where there is none."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QByteArray, QObject, Signal
from pytestqt.qtbot import QtBot

from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.jobs import camera_devices
from edema_desk.jobs.camera_devices import CameraDevices

pytestmark = pytest.mark.usefixtures("qapp")


@dataclass
class MadeUpDevice:
    path: str
    name: str

    def id(self) -> QByteArray:
        return QByteArray(self.path.encode())

    def description(self) -> str:
        return self.name


class Plugs(QObject):
    """Stands for `QMediaDevices`."""

    videoInputsChanged = Signal()  # noqa: N815 - Qt's name

    def __init__(self) -> None:
        super().__init__()
        self.devices: list[MadeUpDevice] = []

    def videoInputs(self) -> list[MadeUpDevice]:
        return self.devices

    def plug(self, *devices: MadeUpDevice) -> None:
        self.devices = list(devices)
        self.videoInputsChanged.emit()


BRIO = MadeUpDevice("/dev/video2", "BRIO カメラ")
LAPTOP = MadeUpDevice("/dev/video0", "Integrated Camera")


@pytest.fixture
def plugs(monkeypatch: pytest.MonkeyPatch) -> Plugs:
    made_up = Plugs()
    monkeypatch.setattr(camera_devices, "media_devices", lambda parent: made_up)
    return made_up


def test_names_and_plug_events(qtbot: QtBot, plugs: Plugs) -> None:
    cameras = CameraDevices()
    cameras.watch()
    assert not cameras.cameras
    with qtbot.waitSignal(cameras.changed, timeout=1000):
        plugs.plug(LAPTOP, BRIO)
    assert cameras.cameras == (
        CameraAddress(CameraKind.LOCAL, "/dev/video2", "BRIO カメラ"),
        CameraAddress(CameraKind.LOCAL, "/dev/video0", "Integrated Camera"),
    )
    with qtbot.waitSignal(cameras.changed, timeout=1000):
        plugs.plug(BRIO)
    assert [camera.name for camera in cameras.cameras] == ["BRIO カメラ"]


def test_another_order_is_no_change(qtbot: QtBot, plugs: Plugs) -> None:
    plugs.plug(LAPTOP, BRIO)
    cameras = CameraDevices()
    cameras.watch()
    with qtbot.assertNotEmitted(cameras.changed):
        plugs.plug(BRIO, LAPTOP)


def test_the_system_is_asked_without_a_warning(qtbot: QtBot) -> None:
    """Whatever cameras this computer has; Qt's warnings fail the run."""
    owner = QObject()
    cameras = CameraDevices(owner)
    cameras.watch()
    assert isinstance(cameras.cameras, tuple)
    qtbot.wait(20)
    owner.deleteLater()
