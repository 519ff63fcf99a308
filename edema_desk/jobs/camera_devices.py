"""The local cameras for a window: their names, and word when one is plugged in or out."""

import importlib
from typing import Any

from PySide6.QtCore import QLoggingCategory, QObject, Signal

from edema_desk.domain.capture.camera import CameraAddress, CameraKind

_QUIET = "qt.multimedia.symbolsresolver.warning=false\nqt.multimedia.ffmpeg.info=false"
"""Qt looks for libraries of video hardware and sound, and warns of each that is not there; and it
tells its version to whoever only wants a list."""


class CameraDevices(QObject):
    """The cameras there are, once `watch` was called. `changed()` follows when that changes.

    Qt names a device as OpenCV opens it: by its path on Linux, by a path on Windows and an
    identifier on macOS that `media.cameras.listing` looks up when the camera is opened. So
    neither order nor number matters, both of which change as cameras come and go.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices: Any = None
        self.cameras: tuple[CameraAddress, ...] = ()

    def watch(self) -> None:
        """Look for cameras from now on. Does nothing the second time.

        What Qt needs for it is loaded only here: that takes longer than to open the window.
        """
        if self._devices is not None:
            return
        QLoggingCategory.setFilterRules(_QUIET)
        self._devices = media_devices(self)
        self._devices.videoInputsChanged.connect(self._on_change)
        self.cameras = self._listed()

    def _on_change(self) -> None:
        cameras = self._listed()
        if cameras != self.cameras:
            self.cameras = cameras
            self.changed.emit()

    def _listed(self) -> tuple[CameraAddress, ...]:
        found = (
            CameraAddress(
                CameraKind.LOCAL,
                bytes(device.id().data()).decode("utf-8", "replace"),
                device.description(),
            )
            for device in self._devices.videoInputs()
        )
        return tuple(sorted(found, key=lambda camera: (camera.name, camera.locator)))


def media_devices(parent: QObject) -> Any:
    """Qt's own list of cameras, a QMediaDevices."""
    return importlib.import_module("PySide6.QtMultimedia").QMediaDevices(parent)
