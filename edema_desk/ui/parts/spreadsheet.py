"""Rows for the clipboard as a spreadsheet takes them."""

from collections.abc import Sequence

_FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""A spreadsheet takes full-width signs for the half-width ones."""


def tsv_line(cells: Sequence[str]) -> str:
    """One row, tab-separated: a real minus becomes the one that is read as a number, and a word
    that would be run as a formula stands in brackets."""
    return "\t".join(_cell(" ".join(cell.split()).replace("−", "-")) for cell in cells) + "\n"


def _cell(text: str) -> str:
    number = text[1:].replace(".", "", 1).isdigit()
    return f"({text})" if text.startswith(_FORMULAS) and not number else text
