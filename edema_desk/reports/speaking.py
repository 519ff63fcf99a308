"""Paper in another language than the window's, without the window hearing of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QTranslator

from edema_desk.paths import resources_dir

ENGLISH, JAPANESE = "en", "ja"


class _AsWritten(QTranslator):
    """Gives every sentence back as it stands in the program, in English."""

    def isEmpty(self) -> bool:
        """It has an answer to everything."""
        return False

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803  # Qt's name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        """The sentence itself."""
        return sourceText


class _Deaf(QObject):
    """Keeps the news of another language from the windows."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow that news."""
        return event.type() == QEvent.Type.LanguageChange


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Everything translated and every day written inside is in "en" or "ja". Let no event be
    handled inside. Needs an application; on its thread."""
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("no application")
    before, deaf, translator = QLocale(), _Deaf(), _translator(language)
    app.installEventFilter(deaf)
    try:
        app.installTranslator(translator)
        QLocale.setDefault(_locale(language))
        yield
    finally:
        QLocale.setDefault(before)
        app.removeTranslator(translator)
        app.removeEventFilter(deaf)


def _locale(language: str) -> QLocale:
    if language == JAPANESE:
        return QLocale(QLocale.Language.Japanese, QLocale.Country.Japan)
    return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)


def _translator(language: str) -> QTranslator:
    if language != JAPANESE:
        return _AsWritten()
    translator = QTranslator()
    file = resources_dir() / "i18n" / "edema_desk_ja.qm"
    if not translator.load(str(file)):
        raise OSError(f"translation {file.name} cannot be loaded")
    return translator
