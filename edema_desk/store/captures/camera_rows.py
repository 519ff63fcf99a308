"""A camera's report as it is kept with recordings and passports."""

from dataclasses import asdict
from typing import Any

from edema_desk.domain.capture.camera import (
    CameraAddress,
    CameraKind,
    CameraMode,
    CameraReport,
    Setting,
)


def camera_fields(report: CameraReport) -> dict[str, Any]:
    """As JSON takes it, without the password that an address may hold."""
    address = report.address.public
    return {
        "kind": address.kind.value,
        "locator": address.locator,
        "name": address.name,
        "mode": asdict(report.mode),
        "backend": report.backend,
        "settings": [asdict(setting) for setting in report.settings],
    }


def camera_of(told: dict[str, Any]) -> CameraReport:
    """The inverse of `camera_fields`."""
    return CameraReport(
        CameraAddress(CameraKind(told["kind"]), told["locator"], told["name"]),
        CameraMode(**told["mode"]),
        told["backend"],
        tuple(Setting(**setting) for setting in told["settings"]),
    )
