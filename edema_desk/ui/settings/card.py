"""What every card of the settings is to their page."""

from PySide6.QtCore import Signal

from edema_desk.settings import Settings
from edema_desk.ui.parts.theme import STEP_PX
from edema_desk.ui.parts.widgets import Card, Part


class SettingsCard(Card):
    """A card of the page. `chosen(Settings)` when something was chosen that all pages follow;
    `done_well(str)` with a sentence for the person when an act was done."""

    chosen = Signal(object)
    done_well = Signal(str)

    def __init__(self, *parts: Part, gap: int = STEP_PX * 3) -> None:
        super().__init__(*parts, gap=gap)

    def retranslate(self) -> None:
        """Set every text again."""

    def refresh(self) -> None:
        """The card comes on the screen, or its data may be another."""

    def wanted(self) -> bool:
        """Whether the card has anything to say now."""
        return True

    def admit(self, administrator: bool) -> None:
        """Whether who is at the desk administrates. A card for everybody may show less."""
        del administrator

    def follow(self, settings: Settings) -> None:
        """Something was chosen, here or elsewhere."""
        del settings
