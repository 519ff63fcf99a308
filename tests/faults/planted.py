"""Names, numbers and passwords that must be nowhere on a disk, and how to look for them there."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

NAMES = ("Quxzelbrandt Wynfrith", "Zyvokhanna Plimsworth", "Obrexiq Dunwhistle")
KANA = ("クスゼルブラント ウィンフリス", "ジボカンナ プリムスワス", "オブレクシク ダンウィスル")
CHARTS = ("ZQ-7741906", "ZQ-8852017", "ZQ-9963128")
BORN = "1913-11-29"
REASON = "reason-vexillolog-5521"
AWAY = "away-xylothete-9917"
BED = "BEDQ-6620"
WHEELCHAIR = "chair-zugzwang-3384"
SEARCHED = "searchkwyjibo4417"
LOGINS = ("adm-ypsiliform", "nur-quetzalco")
USERS = ("Ypsiliform Adminperson", "Quetzalco Nurseperson")
PASSWORDS = ("correct-zebra-battery-81", "wrong-ocelot-staple-27", "second-tapir-anvil-63")
CAMERA_PASSWORD = "camera-gnu-lantern-45"
CLIP_NAME = "Quxzelbrandt ZQ-7741906 film.mkv"

PLANTED = (
    *(*NAMES, *KANA, *CHARTS, REASON, AWAY, BED, WHEELCHAIR, SEARCHED),
    *(*LOGINS, *USERS, *PASSWORDS, CAMERA_PASSWORD, CLIP_NAME),
)

PICTURES = {
    "a JPEG": re.compile(
        rb"\xff\xd8\xff[\xe0-\xef\xdb].{2}(JFIF|Exif)|\xff\xd8\xff\xdb\x00[\x43\x84]"
    ),
    "a PNG": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "an MP4": re.compile(rb"ftyp(isom|iso[2-6]|mp4[12]|avc1|qt  |dash)"),
    "a Matroska": re.compile(rb"\x42\x82.(matroska|webm)", re.DOTALL),
    "an AVI": re.compile(rb"RIFF.{4}AVI ", re.DOTALL),
    "a SQLite database": re.compile(rb"SQLite format 3\x00"),
}
"""Longer than the first three bytes alone, which come up in what is encrypted by chance."""
_AT_BEGINNING = {b"\xff\xd8\xff": "a JPEG", b"\x1a\x45\xdf\xa3": "a Matroska"}


def _base64_cores(data: bytes) -> Iterator[bytes]:
    """What base64 makes of it wherever in a longer text it stands."""
    for shift in range(3):
        whole = base64.b64encode(bytes(shift) + data)
        first, last = -(-shift * 8 // 6), (shift + len(data)) * 8 // 6
        yield whole[first:last]


def _forms(text: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "shift_jis", "euc-jp"):
        data = text.encode(encoding)
        yield data
        yield from (data.hex().encode(), data.hex().upper().encode())
        yield from _base64_cores(data)
    yield ascii(text)[1:-1].encode()  # as JSON escapes it
    for kind in ("md5", "sha1", "sha256"):  # a number can be guessed from an unkeyed hash
        digest = hashlib.new(kind, text.encode(), usedforsecurity=False)
        yield from (digest.digest(), digest.hexdigest().encode())


_WORDS = {form: text for text in PLANTED for form in _forms(text)}
_BY_BEGINNING: dict[bytes, list[bytes]] = {}
for _form in _WORDS:
    _BY_BEGINNING.setdefault(_form[:4], []).append(_form)
_FIRST, _SECOND = np.zeros(65536, bool), np.zeros(65536, bool)
for _beginning in _BY_BEGINNING:
    _FIRST[int.from_bytes(_beginning[:2], "big")] = True
    _SECOND[int.from_bytes(_beginning[2:], "big")] = True


def _words_in(content: bytes) -> set[str]:
    """The planted ones in it. Hundreds of forms are sought at once by their first four bytes."""
    data = np.frombuffer(content, np.uint8).astype(np.uint16)
    if len(data) < 4:
        return set()
    pairs = data[:-1] << 8 | data[1:]
    places = np.flatnonzero(_FIRST[pairs[:-2]] & _SECOND[pairs[2:]])
    return {
        _WORDS[form]
        for at in places.tolist()
        for form in _BY_BEGINNING.get(content[at : at + 4], ())
        if content.startswith(form, at)
    }


def found_in(content: bytes) -> set[str]:
    """What of it stands in clear, or merely encoded, in a file's content."""
    if content.count(0) == len(content):  # the reserve
        return set()
    found = _words_in(content)
    found |= {name for name, mark in PICTURES.items() if mark.search(content)}
    return found | {name for mark, name in _AT_BEGINNING.items() if content.startswith(mark)}


def search(*folders: Path) -> dict[str, set[str]]:
    """Every file under the folders, and every file's name, that gives something away."""
    found: dict[str, set[str]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            try:
                content = path.read_bytes() if path.is_file() else b""
            except FileNotFoundError:  # a temporary one that is gone again
                continue
            told = found_in(path.name.encode()) | found_in(content)
            if told:
                found[str(path.relative_to(folder.parent))] = told
    return found
