"""Signatures under model packages: Ed25519 over the card, which names the hash of the weights."""

import base64
import binascii
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from edema_desk.domain.models.card import CARD_FILE, read_card
from edema_desk.errors import ErrorCode, ExpectedError

SIGNATURE_FILE = "card.sig"
LARGEST_SIGNATURE_BYTES = 1000
LARGEST_KEY_BYTES = 10_000
_PURPOSE = b"EdemaDesk model card\n"
"""Put before what is signed, so that a signature made for anything else never fits."""


def sign_package(folder: Path, key_file: Path) -> Path:
    """Write the signature beside the card; where it lies.

    Raises MODEL_KEY_INVALID, OUTPUT_NOT_WRITABLE, and what reading the card raises.
    """
    read_card(folder)
    key = _private_key(key_file)
    path = folder / SIGNATURE_FILE
    signature = key.sign(_PURPOSE + (folder / CARD_FILE).read_bytes())
    try:
        path.write_bytes(base64.b64encode(signature) + b"\n")
    except OSError as error:
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(path)) from error
    return path


def check_signature(
    card: bytes, signature: bytes | None, trusted: Mapping[str, bytes], name: str
) -> str | None:
    """The id of the trusted key (raw, by ids) that signed the card.

    None where nobody is trusted: then a signature proves nothing. Raises MODEL_UNSIGNED without
    a signature, MODEL_SIGNATURE_WRONG where none of the keys fits.
    """
    if not trusted:
        return None
    if signature is None:
        raise ExpectedError(ErrorCode.MODEL_UNSIGNED, name=name)
    try:
        raw = base64.b64decode(signature.strip(), validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    for key_id, key in trusted.items():
        if _fits(key, raw, card):
            return key_id
    raise ExpectedError(ErrorCode.MODEL_SIGNATURE_WRONG, name=name)


def read_public_key(path: Path) -> bytes:
    """The raw 32 bytes of a public key in PEM form. Raises MODEL_KEY_INVALID, FILE_MISSING."""
    try:
        key = load_pem_public_key(_read(path))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ExpectedError(ErrorCode.MODEL_KEY_INVALID, name=path.name) from error
    if not isinstance(key, Ed25519PublicKey):
        raise ExpectedError(ErrorCode.MODEL_KEY_INVALID, name=path.name)
    return key.public_bytes_raw()


def _private_key(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(_read(path), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ExpectedError(ErrorCode.MODEL_KEY_INVALID, name=path.name) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ExpectedError(ErrorCode.MODEL_KEY_INVALID, name=path.name)
    return key


def _fits(key: bytes, signature: bytes, card: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, _PURPOSE + card)
    except InvalidSignature:
        return False
    return True


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_KEY_BYTES)
    except OSError as error:
        raise ExpectedError(ErrorCode.FILE_MISSING, path=str(path)) from error
