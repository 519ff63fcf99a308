"""Language and theme of this PC, in force at once."""

from dataclasses import replace

from edema_desk.settings import Settings
from edema_desk.ui.parts.widgets import Chips, label, row
from edema_desk.ui.settings.card import SettingsCard

LANGUAGES = ("system", "en", "ja")
THEMES = ("system", "light", "dark")
_CAPTION_PX = 140


class LooksCard(SettingsCard):
    """Chips for each. Languages are called by their own names."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.languages, self.themes = Chips(LANGUAGES), Chips(THEMES)
        self._heading, self._note = label("card-title"), label("caption", wrap=True)
        self._language, self._theme_word = label(), label()
        for words in (self._language, self._theme_word):
            words.setMinimumWidth(_CAPTION_PX)
        self.body.addWidget(self._heading)
        self.body.addLayout(row(self._language, self.languages, None))
        self.body.addLayout(row(self._theme_word, self.themes, None))
        self.body.addWidget(self._note)
        self.languages.chosen.connect(self._on_language)
        self.themes.chosen.connect(self._on_theme)
        self.follow(settings)
        self.retranslate()

    def follow(self, settings: Settings) -> None:
        """Show what is in force."""
        self._settings = settings
        for chips, key in ((self.languages, settings.language), (self.themes, settings.theme)):
            if key in chips.keys:
                chips.choose(key)

    def _on_language(self, key: str) -> None:
        self.chosen.emit(replace(self._settings, language=key))

    def _on_theme(self, key: str) -> None:
        self.chosen.emit(replace(self._settings, theme=key))

    def retranslate(self) -> None:
        """Set every text again."""
        self._heading.setText(self.tr("Appearance"))
        self._language.setText(self.tr("Language"))
        self._theme_word.setText(self.tr("Theme"))
        self._note.setText(self.tr("These are choices of this PC; everybody who uses it has them."))
        for key, word in (
            ("system", self.tr("As the system")),
            ("en", "English"),
            ("ja", "日本語"),
        ):
            self.languages.set_text(key, word)
        for key, word in (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self.themes.set_text(key, word)
