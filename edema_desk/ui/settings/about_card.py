"""Which version this is, what its numbers rest on, and where everything lies."""

from edema_desk.ui.parts.phrases import interval_note, research_note
from edema_desk.ui.parts.widgets import label
from edema_desk.ui.settings.card import SettingsCard


class AboutCard(SettingsCard):
    """Words only."""

    def __init__(self, version: str, folder: str) -> None:
        super().__init__(gap=8)
        self._version, self._folder = version, folder
        self._heading, self._version_line = label("card-title"), label()
        self._research, self._spread = label("muted", wrap=True), label("muted", wrap=True)
        self._place = label("caption", wrap=True)
        parts = (self._heading, self._version_line, self._research, self._spread, self._place)
        for part in parts:
            self.body.addWidget(part)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._heading.setText(self.tr("About"))
        self._version_line.setText(self.tr("EdemaDesk {version}").format(version=self._version))
        self._research.setText(research_note())
        self._spread.setText(interval_note())
        place = self.tr("Everything is kept on this PC, in {folder}")
        self._place.setText(place.format(folder=self._folder))
