"""A secret sealed by a key, for one purpose: AES-256-GCM, the purpose authenticated with it."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from edema_desk.errors import ErrorCode, ExpectedError

_NONCE_BYTES = 12


def seal(key: bytes, purpose: str, secret: bytes) -> bytes:
    """`secret`, to be read again only with `key` and for the same `purpose`."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret, purpose.encode())


def unseal(key: bytes, purpose: str, sealed: bytes) -> bytes:
    """What was sealed. Raises ExpectedError WRONG_KEY for another key, purpose or content."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], purpose.encode())
    except (InvalidTag, ValueError) as error:
        raise ExpectedError(ErrorCode.WRONG_KEY) from error
