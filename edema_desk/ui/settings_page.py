"""Settings of this PC: language, theme and the hours of the shifts, in force at once."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit

from edema_desk.domain.schedule import parse_shift_starts
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.settings import Settings
from edema_desk.ui.camera_card import CameraCard
from edema_desk.ui.fields import Field
from edema_desk.ui.page import Page
from edema_desk.ui.patient_waiting import scrolling
from edema_desk.ui.phrases import interval_note, research_note
from edema_desk.ui.theme import Theme
from edema_desk.ui.widgets import Card, Chips, column, label, row

LANGUAGES = ("system", "en", "ja")
THEMES = ("system", "light", "dark")


class SettingsPage(Page):
    """`chosen(Settings)` after each choice; whoever listens applies and keeps it."""

    chosen = Signal(object)

    def __init__(self, jobs: DeskJobs, theme: Theme, settings: Settings, version: str) -> None:
        super().__init__(jobs, theme)
        self._settings, self._version = settings, version
        self._languages, self._themes = Chips(LANGUAGES), Chips(THEMES)
        self._languages.choose(settings.language)
        self._themes.choose(settings.theme)
        self.shifts_edit = QLineEdit(settings.shift_starts)
        self.shifts_edit.setMaximumWidth(260)
        self.shifts = Field(self.shifts_edit, None)
        self._looks, self._about = label("card-title"), label("card-title")
        self._language, self._theme_word = label(), label()
        self._version_line, self._research = label(), label("muted", wrap=True)
        self._spread, self._place = label("muted", wrap=True), label("caption", wrap=True)
        for words in (self._language, self._theme_word):
            words.setMinimumWidth(140)
        looks = Card(
            self._looks,
            row(self._language, self._languages, None),
            row(self._theme_word, self._themes, None),
            gap=14,
        )
        self._day = label("card-title")
        clinic = Card(self._day, self.shifts, gap=14)
        about = Card(
            self._about, self._version_line, self._research, self._spread, self._place, gap=8
        )
        self.camera = CameraCard(jobs, theme, settings)
        cards = column(looks, clinic, self.camera, about, None, gap=16)
        self.setLayout(column(scrolling(cards)))
        self.shifts_edit.editingFinished.connect(self._on_shifts)
        self._languages.chosen.connect(self._on_language)
        self._themes.chosen.connect(self._on_theme)
        self.camera.chosen.connect(self._on_camera)
        self.retranslate()

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Settings")

    def adopt(self, settings: Settings) -> None:
        """Something was chosen on another page."""
        self._settings = settings
        self.camera.follow(settings)

    def refresh(self) -> None:
        """Look again which cameras there are."""
        self.camera.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """A camera may have been plugged in meanwhile."""
        super().showEvent(event)
        self.refresh()

    def _on_language(self, key: str) -> None:
        self._choose(replace(self._settings, language=key))

    def _on_theme(self, key: str) -> None:
        self._choose(replace(self._settings, theme=key))

    def _on_camera(self, settings: Settings) -> None:
        self._choose(settings)

    def _choose(self, settings: Settings) -> None:
        self._settings = settings
        self.camera.follow(settings)
        self.chosen.emit(settings)

    def _on_shifts(self) -> None:
        text = self.shifts_edit.text().strip()
        if text == self._settings.shift_starts:
            return
        try:
            parse_shift_starts(text)
        except ValueError:
            said = self.tr("Enter when the shifts start, one after another: 08:00 13:00 18:00")
            self.shifts.complain(said)
            return
        self.shifts.complain("")
        self._settings = replace(self._settings, shift_starts=text)
        self.chosen.emit(self._settings)

    def retranslate(self) -> None:
        """Set every text again. Languages are called by their own names."""
        self._looks.setText(self.tr("Appearance"))
        self._language.setText(self.tr("Language"))
        self._theme_word.setText(self.tr("Theme"))
        for key, word in (
            ("system", self.tr("As the system")),
            ("en", "English"),
            ("ja", "日本語"),
        ):
            self._languages.set_text(key, word)
        for key, word in (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self._themes.set_text(key, word)
        self._day.setText(self.tr("The day"))
        self.shifts.say(self.tr("Shifts start at"))
        self.camera.retranslate()
        self._about.setText(self.tr("About"))
        said = self.tr("EdemaDesk {version}")
        self._version_line.setText(said.format(version=self._version))
        self._research.setText(research_note())
        self._spread.setText(interval_note())
        place = self.tr("Everything is kept on this PC, in {folder}")
        self._place.setText(place.format(folder=str(self.jobs.desk.profile.root)))
