"""The language of the window, changed without a restart."""

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

ENGLISH, JAPANESE = "en", "ja"


def system_language() -> str:
    """The system's language if the program speaks it, else English."""
    japanese = QLocale.system().language() == QLocale.Language.Japanese
    return JAPANESE if japanese else ENGLISH


class Language:
    """Installs the translators of one language and makes its way of writing days the default."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app, self._folder = app, folder
        self._installed: list[QTranslator] = []

    def choose(self, choice: str) -> None:
        """Speak "en" or "ja", or as the system does with "system"."""
        language = system_language() if choice == "system" else choice
        english, japanese = QLocale.Language.English, QLocale.Language.Japanese
        if language == JAPANESE:
            QLocale.setDefault(QLocale(japanese, QLocale.Country.Japan))
        else:
            QLocale.setDefault(QLocale(english, QLocale.Country.UnitedKingdom))
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = []
        if language == JAPANESE:
            qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._install(Path(qt) / "qtbase_ja.qm", needed=False)
            self._install(self._folder / "edema_desk_ja.qm", needed=True)

    def _install(self, file: Path, *, needed: bool) -> None:
        translator = QTranslator(self._app)
        if translator.load(str(file)):
            self._installed.append(translator)
            self._app.installTranslator(translator)
        elif needed:
            raise OSError(f"translation {file.name} cannot be loaded")
