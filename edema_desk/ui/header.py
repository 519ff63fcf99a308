"""The header: where one is, the page's tools, and that this is for research."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from edema_desk.domain.terms.records import CLINIC_ORIGIN, DEMO_ORIGIN
from edema_desk.ui.parts.page import Page
from edema_desk.ui.parts.phrases import origin_text, research_note
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import IconButton, label, row


class Header(QWidget):
    """`back_wanted()` by the arrow, which shows where there is a way back."""

    back_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._page: Page | None = None
        self._origins: frozenset[str] = frozenset()
        self._back = IconButton(theme, "back", "ink")
        self._back.clicked.connect(self.back_wanted)
        self._title, self._subtitle = label("title"), label("muted")
        self._tools = QStackedWidget()
        self._nothing = QWidget()
        self._tools.addWidget(self._nothing)
        self._origin, self._research = label("badge-origin-big"), label("badge-research")
        self._origin.hide()
        for badge in (self._origin, self._research):
            badge.setFixedHeight(28)
        self.setLayout(
            row(
                self._back,
                self._title,
                self._subtitle,
                self._tools,
                None,
                self._origin,
                self._research,
                gap=12,
            )
        )
        self.setFixedHeight(48)
        self._retranslate()

    def adopt(self, page: Page) -> None:
        """Take a page's tools in."""
        tools = page.header_tools()
        if tools is not None:
            self._tools.addWidget(tools)

    def show_page(self, page: Page, *, has_back: bool) -> None:
        """Say where one is."""
        self._page = page
        self._title.setText(page.title())
        self._subtitle.setText(page.subtitle())
        self._subtitle.setVisible(bool(page.subtitle()))
        self._back.setVisible(has_back)
        self._tools.setCurrentWidget(page.header_tools() or self._nothing)
        self._tools.setVisible(page.header_tools() is not None)

    def show_origins(self, origins: frozenset[str]) -> None:
        """Say where people come from, where that is not this clinic."""
        self._origins = origins
        self._retranslate()

    def _retranslate(self) -> None:
        self._back.say(self.tr("Back (Alt+Left)"))
        self._research.setText(research_note())
        strangers = sorted(self._origins - {CLINIC_ORIGIN})
        if len(strangers) == 1 and CLINIC_ORIGIN not in self._origins:
            demo = strangers[0] == DEMO_ORIGIN
            made_up = self.tr("Made-up people (demo)")
            self._origin.setText(made_up if demo else origin_text(strangers[0]))
        else:
            self._origin.setText(self.tr("Not only the clinic's own people"))
        self._origin.setVisible(bool(strangers))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
