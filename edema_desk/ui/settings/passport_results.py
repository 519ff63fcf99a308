"""The items of a camera passport: a shape and a word for each verdict, and what to do."""

from PySide6.QtWidgets import QWidget

from edema_desk.domain.capture.passport import CameraPassport, ItemResult, ItemVerdict
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import IconLabel, column, hairline, label, row
from edema_desk.ui.settings.passport_words import (
    advice_text,
    figure_text,
    found_text,
    item_text,
    verdict_text,
)

_ICONS = {
    ItemVerdict.GOOD: ("check", "good"),
    ItemVerdict.FAIR: ("info", "accent"),
    ItemVerdict.BAD: ("warning", "bad"),
    ItemVerdict.UNKNOWN: ("info", "muted"),
}
_NAME_PX = 104


class PassportResults(QWidget):
    """A line for each item of the passport shown."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._passport: CameraPassport | None = None
        self._lines: QWidget | None = None
        self._box = column(gap=0)
        self.setLayout(self._box)

    def show_passport(self, passport: CameraPassport | None) -> None:
        """Show another one; None shows nothing."""
        self._passport = passport
        self.retranslate()

    def retranslate(self) -> None:
        """Say it again."""
        if self._lines is not None:
            self._box.removeWidget(self._lines)
            self._lines.deleteLater()
            self._lines = None
        if self._passport is not None:
            self._lines = QWidget(self)
            lines: list[QWidget] = []
            for result in self._passport.results:
                lines += [hairline(), self._line(result)] if lines else [self._line(result)]
            self._lines.setLayout(column(*lines, gap=8))
            self._box.addWidget(self._lines)
            self._lines.show()

    def _line(self, result: ItemResult) -> QWidget:
        name, verdict = label("strong", item_text(result.item)), label("caption")
        name.setFixedWidth(_NAME_PX)
        figure = figure_text(result)
        verdict.setText(" · ".join(p for p in (verdict_text(result.verdict), figure) if p))
        found = label("", found_text(result), wrap=True)
        advice = label("muted", advice_text(result.cause), wrap=True)
        advice.setVisible(bool(advice.text()))
        words = column(found, advice, verdict, None, gap=2)
        icon = IconLabel(self._theme, *_ICONS[result.verdict], 20)
        line = QWidget()
        parts = row(column(icon, None), column(name, None), words, gap=10)
        parts.setStretch(2, 1)
        line.setLayout(parts)
        return line
