"""Network cameras: their passwords lie in the database, and join the address when one is opened."""

from concurrent.futures import Future
from dataclasses import replace

from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.domain.capture.camera_address import parse_camera
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.log import LOGGER
from edema_desk.settings import Settings, save_settings
from edema_desk.store.captures.network_cameras import keep_network_camera, whole_network_camera


class NetworkCameras:
    """What is known of the network cameras of one clinic. Futures as in `Desk`."""

    def __init__(self, clinic: Clinic) -> None:
        self._clinic = clinic

    def keep(self, act_id: str, address: CameraAddress) -> Future[None]:
        """Remember an address with its password, if it has one, in place of the one before;
        elsewhere `address.public` is enough from then on."""
        return self._clinic.database.submit(lambda s: keep_network_camera(s, act_id, address))

    def take_over(self, settings: Settings) -> Settings:
        """The settings without the password that an earlier version wrote into them, which is
        kept before it is taken out of the file. Waits for both. Where it cannot be kept, all
        stays as it is until the next start."""
        try:
            address = parse_camera(settings.camera)
        except ExpectedError:  # none, or the path of a local one
            return settings
        if address == address.public:
            return settings
        try:
            self.keep(new_id(), address).result()
        except ExpectedError as error:
            LOGGER.warning("a camera's password stays in the settings: %s", error.code)
            return settings
        without = replace(settings, camera=address.public.locator)
        try:
            save_settings(self._clinic.profile.settings, without)
        except OSError as error:
            LOGGER.warning("the settings could not be written: %s", type(error).__name__)
        return without


def whole_address(clinic: Clinic, address: CameraAddress) -> CameraAddress:
    """The address with the password that is kept for it, if it has none of its own. Not for the
    database thread."""
    if address.kind is not CameraKind.NETWORK or address != address.public:
        return address
    return clinic.database.call(lambda store: whole_network_camera(store, address))
