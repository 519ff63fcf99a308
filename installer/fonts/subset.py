"""Makes the shipped fonts: a Latin and Japanese part of Noto Sans CJK, under a name of our own.

Run it where Debian's package fonts-noto-cjk is installed:

    python installer/fonts/subset.py /usr/share/fonts/opentype/noto resources/fonts

The source used is version 20220127 (SIL Open Font License 1.1, no reserved name).
What stays: Latin, Greek, punctuation and everything Windows-31J can write, which is JIS levels
1 and 2 and the variant kanji of names (髙, 﨑). Figures are all of one width in the source.
"""

import sys
from math import pi
from pathlib import Path

from fontTools.misc.transform import Transform
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "EdemaDesk Sans"
JAPANESE_FACE = 0
KEPT_FEATURES = ["kern", "ccmp", "mark", "mkmk"]
"""Neither `locl` nor `liga`: for Latin text the source puts Chinese figures in the place of its
own, and a sign that no character stands for cannot be copied or searched in a PDF."""
LATIN_RANGES = ((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2027), (0x2030, 0x203A), (0x2070, 0x20AC))
TWINS = "‒‧‵"
"""Drawn as –, ・ and ｀ are: whoever copies those from a PDF would get these."""
MORE = "≤≥≠≈−←↑→↓∆℃№✓"


def wanted_characters() -> set[int]:
    """Code points of the shipped fonts."""
    points = {c for low, high in LATIN_RANGES for c in range(low, high + 1)}
    points |= {ord(c) for c in MORE}
    for lead in range(0x81, 0xFD):
        for trail in range(0x40, 0xFD):
            try:
                points |= {ord(c) for c in bytes((lead, trail)).decode("cp932")}
            except UnicodeDecodeError:
                continue
    points |= {*range(0x3040, 0x3100), *range(0xFF01, 0xFFA0)}
    return points - {ord(c) for c in TWINS}


def draw_narrow_signs(font: TTFont) -> None:
    """Draw ± and × as wide as a figure; the source has them as wide as a kanji.

    × is the plus turned by 45 degrees, ± the plus raised over the minus.
    """
    cmap, glyphs = font.getBestCmap(), font.getGlyphSet()
    plus, minus = glyphs[cmap[ord("+")]], glyphs[cmap[ord("−")]]
    bounds = BoundsPen(glyphs)
    plus.draw(bounds)
    left, low, right, high = bounds.bounds
    x, y = (left + right) / 2, (low + high) / 2
    for char, parts in {
        "×": [(plus, Transform().translate(x, y).rotate(pi / 4).translate(-x, -y))],
        "±": [(plus, Transform(dy=95)), (minus, Transform(dy=-335))],
    }.items():
        name = cmap[ord(char)]
        strings = font["CFF "].cff.topDictIndex[0].CharStrings
        private = strings[name].private
        pen = T2CharStringPen(plus.width - private.nominalWidthX, glyphs)
        for glyph, moved in parts:
            glyph.draw(TransformPen(pen, moved))
        strings[name].program = pen.getCharString().program
        font["hmtx"][name] = (plus.width, left)


def rename(font: TTFont, style: str) -> None:
    """Give the font our family name; copyright and licence stay as they are."""
    names = font["name"]
    names.names = [n for n in names.names if n.platformID == 3 and n.langID == 0x409]
    for name_id, text in (
        (1, FAMILY),
        (2, style),
        (3, f"{FAMILY} {style}; subset of Noto Sans CJK JP"),
        (4, f"{FAMILY} {style}"),
        (6, f"EdemaDeskSans-{style}"),
        (16, None),
        (17, None),
    ):
        if text is None:
            names.removeNames(nameID=name_id)
        else:
            names.setName(text, name_id, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [f"EdemaDeskSans-{style}"]
    top = cff.topDictIndex[0]
    top.FamilyName, top.FullName = FAMILY, f"{FAMILY} {style}"


def make(source: Path, style: str, target: Path) -> None:
    """Write the subset of one weight."""
    font = TTCollection(source, lazy=True).fonts[JAPANESE_FACE]
    options = Options()
    options.layout_features = KEPT_FEATURES
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14]
    options.drop_tables += ["VORG", "vhea", "vmtx", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted_characters())
    subsetter.subset(font)
    draw_narrow_signs(font)
    rename(font, style)
    font.save(target)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")  # noqa: T201


def main() -> None:
    """Make both weights."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    for style in ("Regular", "Bold"):
        make(source / f"NotoSansCJK-{style}.ttc", style, target / f"EdemaDeskSans-{style}.otf")


if __name__ == "__main__":
    main()
