"""Signed heads of the record of acts, in a file beside the database that is only added to.

A line is `key <public key>` or `head <rows> <hash> <utc ms> <key id> <signature>`. The signature
is Ed25519 over the line before it. A copy in another place shows a record whose end was cut off,
or that was made anew, to whoever could change the database.
"""

import base64
import binascii
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.base.chain import AuditHead
from edema_desk.store.keys.envelope import seal, unseal
from edema_desk.store.keys.keys import sync_folder, write_private

_PURPOSE = b"EdemaDesk head of the record of acts\n"
"""Put before what is signed, so that a signature made for anything else never fits."""
_KEY_PURPOSE = "audit key"
_LAST_BYTES = 4096


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head as it stood at a time, with the key that signed it by its id."""

    head: AuditHead
    utc_ms: int
    key_id: str
    signature: bytes

    def holds(self, public_keys: Iterable[bytes]) -> bool:
        """Whether one of these keys signed it."""
        for key in public_keys:
            if key_id(key) == self.key_id:
                try:
                    told = _told(self.head, self.utc_ms, self.key_id)
                    Ed25519PublicKey.from_public_bytes(key).verify(self.signature, told)
                except InvalidSignature:
                    return False
                return True
        return False


class HeadsCopied(StrEnum):
    """How the copy in another place was found."""

    SAME = "same"
    DIFFERED = "differed"


def key_id(public_key: bytes) -> str:
    """A short name of a key."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def signing_key(profile: Profile, data_key: bytes) -> Ed25519PrivateKey | None:
    """The profile's key, or None where there is none that opens with the data key."""
    try:
        raw = unseal(data_key, _KEY_PURPOSE, profile.audit_key.read_bytes())
        return Ed25519PrivateKey.from_private_bytes(raw)
    except (OSError, ValueError, ExpectedError):
        return None


def make_signing_key(profile: Profile, data_key: bytes) -> Ed25519PrivateKey:
    """A new key in place of whatever lies there. It is on the disk when this returns."""
    key = Ed25519PrivateKey.generate()
    write_private(profile.audit_key, seal(data_key, _KEY_PURPOSE, key.private_bytes_raw()))
    return key


def announce_key(profile: Profile, public_key: bytes) -> None:
    """Name a key in the file of heads, before it is put on record and before it signs any."""
    _append(profile.audit_heads, b"key " + public_key.hex().encode())


def append_head(
    profile: Profile, key: Ed25519PrivateKey, head: AuditHead, at: Moment
) -> SignedHead:
    """Sign a head and put it on the disk behind those before it."""
    name = key_id(key.public_key().public_bytes_raw())
    signature = key.sign(_told(head, at.utc_ms, name))
    line = _line(head, at.utc_ms, name) + b" " + base64.b64encode(signature)
    _append(profile.audit_heads, line)
    return SignedHead(head, at.utc_ms, name, signature)


def last_head(profile: Profile) -> SignedHead | None:
    """The newest head, without reading all before it."""
    try:
        with profile.audit_heads.open("rb") as file:
            end = file.seek(0, os.SEEK_END)
            file.seek(max(end - _LAST_BYTES, 0))
            lines = file.read().split(b"\n")
    except OSError:
        return None
    return next(_heads(reversed(lines)), None)


def heads_in(place: Path) -> tuple[SignedHead, ...]:
    """All heads of a file, or of a folder that holds a copy; none where there is no file.

    Lines that are no heads are passed over: a power cut may leave one.
    """
    return tuple(_heads(_file_of(place)))


def public_keys_in(place: Path) -> frozenset[bytes]:
    """The public keys that the file says its heads were signed with; trust none for it."""
    found = set()
    for line in _file_of(place):
        if line.startswith(b"key "):
            with suppress(ValueError):
                found.add(bytes.fromhex(line[4:].strip().decode(errors="replace")))
    return frozenset(found)


def copy_heads(profile: Profile, folder: Path) -> HeadsCopied:
    """Put the heads into another folder, whole or not at all.

    What lies there and is not the beginning of them is evidence: it is kept beside the new copy
    as `audit.heads.other-...`. Errors of the file system pass.
    """
    ours = profile.audit_heads.read_bytes() if profile.audit_heads.exists() else b""
    target = folder / profile.audit_heads.name
    theirs = target.read_bytes() if target.exists() else b""
    state = HeadsCopied.SAME if ours.startswith(theirs) else HeadsCopied.DIFFERED
    if state is HeadsCopied.DIFFERED:
        aside = f"{target.name}.other-{hashlib.sha256(theirs).hexdigest()[:16]}"
        target.replace(target.with_name(aside))
    if ours != theirs:
        write_private(target, ours)
    return state


def copies_in(folder: Path) -> tuple[Path, ...]:
    """The files with heads in a folder that `copy_heads` fills: the copy, and what lay there
    before and was not the beginning of it."""
    copy = folder / "audit.heads"
    return (copy, *sorted(folder.glob(f"{copy.name}.other-*")))


def restore_heads(folder: Path, profile: Profile, rows: int) -> int:
    """Give a restored profile the copied heads that its record of so many acts reaches.

    Returns how many acts the newest copied head tells of that the record does not reach: acts
    made after the backup, which are lost.
    """
    kept, most = [], 0
    for line in _file_of(folder):
        head = next(_heads([line]), None)
        if head is not None:
            most = max(most, head.head.rows)
        if head is None or head.head.rows <= rows:
            kept.append(line)
    if kept:
        write_private(profile.audit_heads, b"\n".join(kept) + b"\n")
    return max(most - rows, 0)


def _append(path: Path, line: bytes) -> None:
    with path.open("ab+") as file:
        end = file.seek(0, os.SEEK_END)
        if end:
            file.seek(end - 1)
            if file.read(1) != b"\n":
                line = b"\n" + line  # after one that a power cut left unfinished
        file.write(line + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if end == 0:
        sync_folder(path.parent)


def _file_of(place: Path) -> list[bytes]:
    file = place / "audit.heads" if place.is_dir() else place
    try:
        return [line for line in file.read_bytes().split(b"\n") if line]
    except FileNotFoundError:
        return []


def _heads(lines: Iterable[bytes]) -> Iterator[SignedHead]:
    for line in lines:
        parts = line.split(b" ")
        if len(parts) != 6 or parts[0] != b"head":
            continue
        with suppress(ValueError, binascii.Error):
            _, rows, hashed, utc_ms, name, signature = (part.decode("ascii") for part in parts)
            raw = base64.b64decode(signature, validate=True)
            yield SignedHead(AuditHead(int(rows), hashed), int(utc_ms), name, raw)


def _line(head: AuditHead, utc_ms: int, name: str) -> bytes:
    return f"head {head.rows} {head.hash} {utc_ms} {name}".encode()


def _told(head: AuditHead, utc_ms: int, name: str) -> bytes:
    return _PURPOSE + _line(head, utc_ms, name)
