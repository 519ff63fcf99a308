"""What of the program touches a network: nothing, unless a camera there was chosen."""

from edema_desk.domain.capture.camera_address import parse_camera
from edema_desk.errors import ExpectedError
from edema_desk.settings import Settings
from edema_desk.ui.parts.widgets import label
from edema_desk.ui.settings.card import SettingsCard


class NetworkCard(SettingsCard):
    """Words only; they follow the camera that is chosen."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(gap=8)
        self._settings = settings
        self._heading, self.state = label("card-title"), label(wrap=True)
        self._note = label("muted", wrap=True)
        for part in (self._heading, self.state, self._note):
            self.body.addWidget(part)
        self.retranslate()

    def follow(self, settings: Settings) -> None:
        """Another camera may have been chosen."""
        self._settings = settings
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._heading.setText(self.tr("Network"))
        camera = self._settings.camera
        if "://" in camera:
            said = self.tr("One connection, while its camera is used: {address}")
            self.state.setText(said.format(address=_without_password(camera)))
        else:
            self.state.setText(
                self.tr("No connection is opened: neither to the internet nor here.")
            )
        self._note.setText(
            self.tr(
                "The program needs no network and fetches nothing from one. Records, clips, models "
                "and backups stay on this PC and on the folders you choose."
            )
        )


def _without_password(camera: str) -> str:
    try:
        return parse_camera(camera).public.locator
    except ExpectedError:
        return ""
