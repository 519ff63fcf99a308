"""Colours and type, of the window and of paper."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from edema_desk.domain.terms.records import Phase

FAMILY = "EdemaDesk Sans"
TEXT_PX, CAPTION_PX, CARD_TITLE_PX, TITLE_PX, FIGURE_PX, HERO_PX = 15, 13, 16, 20, 24, 38


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one dress, as #rrggbb. `soft` ones are grounds for words of that colour."""

    ground: str
    card: str
    line: str
    ink: str
    muted: str
    accent: str
    accent_ground: str
    accent_hover: str
    on_accent: str
    hover: str
    pre: str
    post: str
    spot: str
    good: str
    attention: str
    attention_ground: str
    bad: str
    bad_ground: str

    def of_phase(self, phase: Phase) -> str:
        """The colour of a phase's series."""
        return {Phase.PRE: self.pre, Phase.POST: self.post, Phase.SPOT: self.spot}[phase]


LIGHT = Tokens(
    ground="#f4f6f8",
    card="#ffffff",
    line="#dfe4ea",
    ink="#17212b",
    muted="#5b6876",
    accent="#0b6e75",
    accent_ground="#e2f1f2",
    accent_hover="#095a60",
    on_accent="#ffffff",
    hover="#eef2f5",
    pre="#c8511b",
    post="#1f6fb2",
    spot="#8a4fa3",
    good="#1d7a46",
    attention="#a05900",
    attention_ground="#fdf3e3",
    bad="#b3261e",
    bad_ground="#fdecea",
)
DARK = Tokens(
    ground="#12171c",
    card="#1b2229",
    line="#2d3741",
    ink="#e8edf2",
    muted="#9aa8b5",
    accent="#4fc1c9",
    accent_ground="#173a3e",
    accent_hover="#74d3da",
    on_accent="#0a2326",
    hover="#232c35",
    pre="#f0946a",
    post="#6fb3ee",
    spot="#c99be0",
    good="#69c48f",
    attention="#f0b45a",
    attention_ground="#33291a",
    bad="#ff8a80",
    bad_ground="#3a2022",
)


def load_fonts(folder: Path) -> None:
    """Make the shipped fonts known to Qt; missing ones are a damaged installation."""
    for file in sorted(folder.glob("*.otf")):
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise OSError(f"font {file.name} cannot be loaded")


def text_font(px: int = TEXT_PX, *, bold: bool = False) -> QFont:
    """The program's font in a size of its scale."""
    font = QFont(FAMILY)
    font.setPixelSize(px)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
