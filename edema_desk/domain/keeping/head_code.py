"""The head of the record of acts as a code that is printed, and typed or scanned back in.

Crockford's base 32 (crockford.com/base32.html): letters that look like digits are read as these,
and a check sign, the value modulo the prime 37, shows every single wrong sign and every two
neighbours exchanged.
"""

from dataclasses import dataclass

from edema_desk.domain.terms.moment import Moment

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK_SIGNS = _SIGNS + "*~$=U"
_LIKE_DIGITS = str.maketrans("OIL", "011")
_ROWS_BITS, _MINUTES_BITS, HASH_BITS = 40, 32, 128
_LENGTH = (_ROWS_BITS + _MINUTES_BITS + HASH_BITS) // 5
_GROUP = 5


@dataclass(frozen=True, slots=True)
class PrintedHead:
    """What the code holds: so many acts, when, and how their chain's hash begins (32 digits)."""

    rows: int
    utc_min: int
    hash_start: str


def head_code(rows: int, at: Moment, hash_hex: str) -> str:
    """41 signs in groups of five; the last one is the check sign."""
    number = rows
    number = number << _MINUTES_BITS | at.utc_ms // 60_000
    number = number << HASH_BITS | int(hash_hex[: HASH_BITS // 4], 16)
    text = in_base32(number, _LENGTH) + _CHECK_SIGNS[number % 37]
    return in_groups(text)


def read_head_code(code: str) -> PrintedHead:
    """What a code says. Raises ValueError for one that was mistyped."""
    typed = "".join(code.split()).replace("-", "").upper()
    body, check = typed[:-1].translate(_LIKE_DIGITS), typed[-1:]
    if len(body) != _LENGTH or any(sign not in _SIGNS for sign in body):
        raise ValueError("not a code of a head")
    number = 0
    for sign in body:
        number = number * 32 + _SIGNS.index(sign)
    if _CHECK_SIGNS[number % 37] != check.translate(_LIKE_DIGITS):
        raise ValueError("the check sign does not fit")
    return PrintedHead(
        number >> (_MINUTES_BITS + HASH_BITS),
        number >> HASH_BITS & (1 << _MINUTES_BITS) - 1,
        f"{number & (1 << HASH_BITS) - 1:032x}",
    )


def in_base32(number: int, length: int) -> str:
    """The number in so many signs."""
    return "".join(_SIGNS[number >> 5 * place & 31] for place in reversed(range(length)))


def in_groups(text: str) -> str:
    """Five signs, then a hyphen."""
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))
