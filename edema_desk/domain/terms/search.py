"""Finding people by name, kana or chart number, however it was typed."""

import unicodedata

_HIRAGANA = range(0x3041, 0x3097)
_TO_KATAKANA = 0x60


def search_key(text: str) -> str:
    """`text` folded for comparison: width, case, kana kind, spaces and hyphens do not count."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        chr(ord(c) + _TO_KATAKANA) if ord(c) in _HIRAGANA else c
        for c in folded
        if not c.isspace() and c not in "-‐‑–—"
    )


def matches(query: str, *fields: str) -> bool:
    """Whether every word of `query` occurs in one of `fields`."""
    keys = [search_key(field) for field in fields]
    words = unicodedata.normalize("NFKC", query).split()
    return all(any(search_key(word) in key for key in keys) for word in words)
