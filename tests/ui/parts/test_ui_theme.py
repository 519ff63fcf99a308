"""Colours can be read, fonts are the shipped ones, icons can be drawn."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from edema_desk.paths import resources_dir
from edema_desk.plots.style import DARK, FAMILY, LIGHT, Tokens, text_font
from edema_desk.ui.parts.theme import BUTTON_PX, Theme
from edema_desk.ui.parts.widgets import button


def luminance(color: str) -> float:
    """Relative luminance after WCAG 2.2."""
    paint = QColor(color)
    parts = (paint.redF(), paint.greenF(), paint.blueF())
    linear = [c / 12.92 if c <= 0.04045 else float((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2.2, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read_on_their_grounds(tokens: Tokens) -> None:
    pairs = [
        *((words, tokens.card) for words in (tokens.ink, tokens.muted, tokens.accent)),
        *((words, tokens.ground) for words in (tokens.ink, tokens.muted)),
        *((words, tokens.card) for words in (tokens.good, tokens.attention, tokens.bad)),
        *((words, tokens.card) for words in (tokens.post, tokens.spot)),
        (tokens.on_accent, tokens.accent),
        (tokens.on_accent, tokens.accent_hover),
        (tokens.accent, tokens.accent_ground),
        (tokens.ink, tokens.attention_ground),
        *((words, tokens.accent_ground) for words in (tokens.ink, tokens.muted)),
        *((words, tokens.accent_ground) for words in (tokens.good, tokens.attention, tokens.bad)),
        (tokens.ink, tokens.bad_ground),
        (tokens.muted, tokens.hover),
    ]
    weak = [(a, b, round(contrast(a, b), 2)) for a, b in pairs if contrast(a, b) < 4.5]
    assert not weak
    assert contrast(tokens.pre, tokens.card) >= 4.4  # given by the design; used in bold only


def test_the_shipped_font_is_in_use_with_figures_of_one_width(theme: Theme) -> None:
    font = text_font()
    assert QFontInfo(font).family() == FAMILY
    widths = {QFontMetricsF(font).horizontalAdvance(c) for c in "0123456789+−±"}
    assert max(widths) - min(widths) < 0.02
    bold = {QFontMetricsF(text_font(bold=True)).horizontalAdvance(c) for c in "0123456789"}
    assert max(bold) - min(bold) < 0.02


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_names_can_be_written(qapp: QApplication, weight: str) -> None:
    file = resources_dir() / "fonts" / f"EdemaDeskSans-{weight}.otf"
    font = QRawFont(str(file), 15)
    missing = [
        c
        for c in "髙﨑邉齋渡辺ヴヶ々ー透析前後余剰体液量±−…—×≤→é①㎏"
        if not font.supportsCharacter(ord(c))
    ]
    assert not missing
    assert "Open Font License" in (file.parent / "OFL.txt").read_text(encoding="utf-8")


def icon_names() -> list[str]:
    return sorted(p.stem for p in (resources_dir() / "icons").glob("*.svg"))


@pytest.mark.parametrize("name", icon_names())
def test_each_icon_draws_in_the_asked_colour(theme: Theme, name: str) -> None:
    image = theme.pixmap(name, "accent", 24, 1.5).toImage()
    assert image.width() == 36
    strong = [
        image.pixelColor(x, y)
        for x in range(36)
        for y in range(36)
        if image.pixelColor(x, y).alpha() > 200
    ]
    assert len(strong) > 20
    assert all(abs(c.red() - theme.color("accent").red()) < 12 for c in strong)
    assert 'stroke-width="1.8"' in (resources_dir() / "icons" / f"{name}.svg").read_text()


def test_choosing_a_dress_tells_and_recolours(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.choose("dark")
    assert theme.is_dark
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert DARK.card in app.styleSheet()
    theme.choose("light")
    assert not theme.is_dark


def test_the_style_sheet_names_only_files_that_are_there(theme: Theme) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    named = [part.split('"')[1] for part in app.styleSheet().split("url(")[1:]]
    assert named
    assert all(Path(file).is_file() for file in named)


def test_buttons_are_large_enough_for_gloves(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    for kind in ("primary", "secondary", "quiet"):
        made = button(kind)
        made.setParent(window)
        made.setText("Add")
        made.ensurePolished()
        assert isinstance(made, QPushButton)
        assert made.sizeHint().height() == BUTTON_PX
