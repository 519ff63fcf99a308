"""Opening whatever an address names."""

from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.media.cameras.backend import CameraBackend
from edema_desk.media.cameras.clip_camera import ClipCamera
from edema_desk.media.cameras.local import LocalCamera, this_machine
from edema_desk.media.cameras.network import NetworkCamera


def open_camera(address: CameraAddress, *, lock: bool = True) -> CameraBackend:
    """The camera at `address`, ready to be read.

    Takes seconds, with some drivers half a minute: never call it on the window's thread. `lock`
    holds exposure and white balance of a local camera still. Raises ExpectedError:
    CAMERA_MISSING, CAMERA_BUSY, CAMERA_REFUSED, and for a clip what `open_clip` raises. A
    synthetic camera is none of the house's media: see `flow.made_up_camera`; ValueError here.
    """
    if address.kind is CameraKind.LOCAL:
        local = LocalCamera(address, lock=lock, machine=this_machine())
        local.open()
        return local
    if address.kind is CameraKind.NETWORK:
        network = NetworkCamera(address)
        network.open()
        return network
    if address.kind is CameraKind.FILE:
        clip = ClipCamera(address)
        clip.open()
        return clip
    raise ValueError("a made-up face is opened by flow")
