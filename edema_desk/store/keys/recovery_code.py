"""The code that opens a profile when every password is lost: printed, kept in a safe, typed.

170 random bits in Crockford's base 32 (no I, L, O and U), and a check sign, so that a slip of
the finger is told apart from a code of another profile. Seven groups of five.
"""

import hashlib
import hmac
import secrets
import unicodedata

from edema_desk.errors import ErrorCode, ExpectedError

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS = 170
_LENGTH = _BITS // 5 + 1
_GROUP = 5
_CHECK = 37
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """A code nobody had before. Its check sign is one of the 32 as well, for any keyboard."""
    value = secrets.randbits(_BITS)
    while value % _CHECK >= len(_SIGNS):
        value = secrets.randbits(_BITS)
    signs = [_SIGNS[value >> shift & 31] for shift in range(_BITS - 5, -1, -5)]
    text = "".join(signs) + _SIGNS[value % _CHECK]
    return "-".join(text[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def code_bytes(code: str) -> bytes:
    """What a typed code stands for: small letters, full-width signs, spaces and dashes of any
    kind do not matter, nor O for 0 and I or L for 1.

    Raises ExpectedError RECOVERY_CODE_MISTYPED.
    """
    folded = unicodedata.normalize("NFKC", code).upper()
    signs = "".join(s for s in folded if s.isalnum() and s != "ー").translate(_MISREAD)
    if len(signs) != _LENGTH or not set(signs) <= set(_SIGNS):
        raise ExpectedError(ErrorCode.RECOVERY_CODE_MISTYPED)
    value = 0
    for sign in signs[:-1]:
        value = value << 5 | _SIGNS.index(sign)
    if value % _CHECK != _SIGNS.index(signs[-1]):
        raise ExpectedError(ErrorCode.RECOVERY_CODE_MISTYPED)
    return value.to_bytes((_BITS + 7) // 8, "big")


def code_key(code: str, salt: bytes) -> bytes:
    """The key of a code. It is random enough to need no slow derivation."""
    return hmac.new(salt, b"edema-desk recovery" + code_bytes(code), hashlib.sha256).digest()
