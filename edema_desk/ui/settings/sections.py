"""The sections of the settings: a list at the left, and what belongs to each at the right."""

from dataclasses import dataclass, field

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.waiting import scrolling
from edema_desk.ui.parts.widgets import Notice, column, row
from edema_desk.ui.settings.card import SettingsCard

LOOKS, CLINIC, USERS, CAMERA, BACKUP = "looks", "clinic", "users", "camera", "backup"
CONSENT, RECORD, NETWORK, ABOUT = "consent", "record", "network", "about"
_LIST_PX, _LINE_PX, _WIDEST_PX = 232, 42, 860


@dataclass
class _Section:
    """One page of the stack: the sentence for who may not, then the cards."""

    page: QWidget
    box: QVBoxLayout
    barred: Notice
    cards: list[tuple[SettingsCard, bool]] = field(default_factory=list)


class Sections(QWidget):
    """Sections without a card are not in the list."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.names = QListWidget()
        self.names.setProperty("role", "sections")
        self.names.setFixedWidth(_LIST_PX)
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedWidget()
        self._sections: dict[str, _Section] = {}
        whole = row(self.names, self._stack, gap=STEP_PX * 4)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.names.currentItemChanged.connect(self._on_chosen)

    def put(self, key: str, card: SettingsCard, *, administrators_only: bool) -> None:
        """Add a card at the end of a section; sections come in the order of their first card."""
        section = self._sections.get(key) or self._add(key)
        section.cards.append((card, administrators_only))
        section.box.insertWidget(section.box.count() - 1, card)

    def _add(self, key: str) -> _Section:
        barred = Notice(self._theme)
        box = column(barred, None, gap=STEP_PX * 4)
        box.setContentsMargins(0, 0, STEP_PX * 2, STEP_PX * 4)
        held = QWidget()
        held.setLayout(box)
        held.setMaximumWidth(_WIDEST_PX)
        page = scrolling(column(held))
        made = _Section(page, box, barred)
        self._sections[key] = made
        self._stack.addWidget(page)
        line = QListWidgetItem()
        line.setData(Qt.ItemDataRole.UserRole, key)
        line.setSizeHint(QSize(_LIST_PX - STEP_PX * 4, _LINE_PX))
        self.names.addItem(line)
        if self.names.count() == 1:
            self.names.setCurrentRow(0)
        return made

    @property
    def cards(self) -> tuple[SettingsCard, ...]:
        """All cards, in order."""
        return tuple(card for s in self._sections.values() for card, _ in s.cards)

    @property
    def shown(self) -> str:
        """The key of the section that is in front."""
        line = self.names.currentItem()
        return str(line.data(Qt.ItemDataRole.UserRole)) if line is not None else ""

    @property
    def cards_shown(self) -> tuple[SettingsCard, ...]:
        """Those of the section in front that this person may see."""
        section = self._sections.get(self.shown)
        return tuple(c for c, _ in section.cards if not c.isHidden()) if section else ()

    def go(self, key: str) -> None:
        """Bring a section to the front."""
        self.names.setCurrentRow(list(self._sections).index(key))

    def name(self, key: str, text: str) -> None:
        """What a section is called; nothing where it has no card."""
        if key in self._sections:
            self.names.item(list(self._sections).index(key)).setText(text)

    def admit(self, administrator: bool, why_not: str) -> None:
        """Show the cards for administrators to one, and to everybody else `why_not`."""
        for section in self._sections.values():
            barred = False
            for card, only in section.cards:
                card.admit(administrator)
                card.setVisible(card.wanted() and (administrator or not only))
                barred = barred or (only and not administrator)
            section.barred.say(why_not if barred else "")

    def _on_chosen(self) -> None:
        self._stack.setCurrentIndex(self.names.currentRow())
        for card in self.cards_shown:
            card.refresh()
