"""The local cameras for a window: their names, and word when one is plugged in or out."""

from PySide6.QtCore import QLoggingCategory, QObject, Signal
from PySide6.QtMultimedia import QMediaDevices

from edema_desk.domain.camera import CameraAddress, CameraKind

_QUIET = "qt.multimedia.symbolsresolver.warning=false"
"""Qt looks for libraries of video hardware and sound, and warns of each that is not there."""


class CameraDevices(QObject):
    """The cameras there are. `changed()` follows when that is no longer so.

    Qt names a device as OpenCV opens it: by its path on Linux, by a path on Windows and an
    identifier on macOS that `media.cameras.listing` looks up when the camera is opened. So
    neither order nor number matters, both of which change as cameras come and go.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        QLoggingCategory.setFilterRules(_QUIET)
        self._devices = QMediaDevices(self)
        self.cameras = self._listed()
        self._devices.videoInputsChanged.connect(self._on_change)

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
