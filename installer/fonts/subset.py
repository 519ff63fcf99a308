"""Makes the shipped fonts: a Latin and Japanese part of Noto Sans CJK, under a name of our own.

Run it after `apt-get install fonts-noto-cjk fonttools`-like preparation:

    python installer/fonts/subset.py /usr/share/fonts/opentype/noto resources/fonts

The source is Debian's fonts-noto-cjk 20220127 (SIL Open Font License 1.1, no reserved name).
What stays: Latin, Greek, punctuation and everything Windows-31J can write, which is JIS levels
1 and 2 and the variant kanji of names (髙, 﨑). Figures are all of one width in the source.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "EdemaDesk Sans"
JAPANESE_FACE = 0
KEPT_FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk"]
LATIN_RANGES = ((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2027), (0x2030, 0x203A), (0x2070, 0x20AC))
MORE = "≤≥≠≈−×÷←↑→↓∆µ℃№✓"
NARROW = "±×÷…“”‘’—–§°¶′″"
"""Signs that the source draws as wide as a kanji, and that stand between Latin words here."""


def wanted_characters() -> set[int]:
    """Code points of the shipped fonts."""
    points = {c for low, high in LATIN_RANGES for c in range(low, high + 1)}
    points |= {ord(c) for c in MORE + NARROW}
    for lead in range(0x81, 0xFD):
        for trail in range(0x40, 0xFD):
            try:
                points |= {ord(c) for c in bytes((lead, trail)).decode("cp932")}
            except UnicodeDecodeError:
                continue
    return points | {*range(0x3040, 0x3100), *range(0xFF01, 0xFFA0)}


def narrow(font: TTFont) -> None:
    """Let the signs of `NARROW` point to their proportional forms, where the font has them."""
    lookups = font["GSUB"].table
    proportional: dict[str, str] = {}
    for record in lookups.FeatureList.FeatureRecord:
        if record.FeatureTag == "pwid":
            for index in record.Feature.LookupListIndex:
                for part in lookups.LookupList.Lookup[index].SubTable:
                    proportional.update(getattr(part, "ExtSubTable", part).mapping)
    for table in font["cmap"].tables:
        if table.isUnicode() and hasattr(table, "cmap"):
            for char in NARROW:
                glyph = table.cmap.get(ord(char))
                if glyph in proportional:
                    table.cmap[ord(char)] = proportional[glyph]


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
    narrow(font)
    options = Options()
    options.layout_features = KEPT_FEATURES
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14]
    options.drop_tables += ["VORG", "vhea", "vmtx", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted_characters())
    subsetter.subset(font)
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
