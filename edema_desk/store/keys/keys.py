"""The profile's data key, and how to tell a wrong key from a damaged database.

Until users exist the key lies beside the database, readable by its owner only: it guards a
copied database, not a copied folder. Or it lies in the operating system's store, and the file
says under which name.
"""

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.keys import system_store

KEY_BYTES = 32
_IN_SYSTEM_STORE = "in the system's key store: "
_SALT_BYTES = 16  # SQLCipher keeps the salt of a database in clear at its beginning


def read_data_key(profile: Profile) -> bytes:
    """The 32 bytes that lock the database and wrap the capture keys.

    Raises ExpectedError KEY_MISSING without the file, WRONG_KEY when it holds no key, and
    KEY_STORE_MISSING, KEY_STORE_EMPTY.
    """
    try:
        text = profile.data_key.read_text(encoding="ascii")
        account = _account_in(text)
        key = bytes.fromhex(text if account is None else system_store.fetch(account))
    except FileNotFoundError as error:
        raise ExpectedError(ErrorCode.KEY_MISSING) from error
    except ValueError as error:
        raise ExpectedError(ErrorCode.WRONG_KEY) from error
    if len(key) != KEY_BYTES:
        raise ExpectedError(ErrorCode.WRONG_KEY)
    return key


def make_data_key(profile: Profile) -> bytes:
    """A new random key, on disk before this returns. Only for a profile that has none.

    The file appears whole or not at all. Call it under the profile's opening lock.
    """
    if profile.data_key.exists() or profile.database.exists():
        raise FileExistsError("a key belongs to this profile already")
    key = secrets.token_bytes(KEY_BYTES)
    write_private(profile.data_key, key.hex())
    return key


def in_system_store(profile: Profile) -> bool:
    """Whether the data key lies in the operating system's store."""
    try:
        return _account_in(profile.data_key.read_text(encoding="ascii")) is not None
    except (OSError, ValueError):
        return False


def move_to_system_store(profile: Profile) -> None:
    """Keep the data key in the operating system's store, and only there.

    Raises what `read_data_key` raises; the file stays as it was then.
    """
    if not in_system_store(profile):
        key = read_data_key(profile)
        account = secrets.token_hex(8)
        system_store.keep(account, key.hex())
        with suppress(OSError):  # a second name, where the file system has such
            _old_file(profile).hardlink_to(profile.data_key)
        write_private(profile.data_key, _IN_SYSTEM_STORE + account)
    wipe(_old_file(profile))


def move_to_file(profile: Profile) -> None:
    """Keep the data key in its file again. Raises what `read_data_key` raises."""
    account = _account_in(profile.data_key.read_text(encoding="ascii"))
    if account is not None:
        write_private(profile.data_key, read_data_key(profile).hex())
        system_store.forget(account)


def destroy_data_key(profile: Profile) -> None:
    """Nobody shall open anything with it any more. Nothing happens where there is none."""
    try:
        account = _account_in(profile.data_key.read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        account = None
    if account is not None:
        system_store.forget(account)
    wipe(profile.data_key)
    wipe(_old_file(profile))


def _old_file(profile: Profile) -> Path:
    """The file with the key, between losing its own name and being overwritten."""
    return profile.data_key.with_name(profile.data_key.name + ".old")


def _account_in(text: str) -> str | None:
    """Under which name the system's store has the key, where it has."""
    return text.removeprefix(_IN_SYSTEM_STORE) if text.startswith(_IN_SYSTEM_STORE) else None


def write_key_check(profile: Profile, key: bytes) -> None:
    """Keep the value by which `key_check_fits` knows this key and this database again."""
    if not _fits(profile, key):
        write_private(key_check_file(profile), _check_value(profile.database, key))


def key_check_fits(profile: Profile) -> bool:
    """Whether the profile's key once opened the profile's database; False when unknown.

    Where there are users, no other key than the profile's comes out of their passwords.
    """
    if profile.users.exists():
        return had_database(profile)
    try:
        return _fits(profile, read_data_key(profile))
    except ExpectedError:
        return False


def key_check_file(profile: Profile) -> Path:
    """By this the key of a database is known again; there is one once it was open."""
    return profile.database.with_suffix(".keycheck")


def had_database(profile: Profile) -> bool:
    """Whether a database of this profile was ever open under its name."""
    return key_check_file(profile).exists()


def _fits(profile: Profile, key: bytes) -> bool:
    try:
        kept = key_check_file(profile).read_text(encoding="ascii")
        return hmac.compare_digest(kept, _check_value(profile.database, key))
    except (OSError, ValueError):
        return False


def _check_value(database: Path, key: bytes) -> str:
    with database.open("rb") as file:
        salt = file.read(_SALT_BYTES)
    return hmac.new(key, b"edema-desk key check" + salt, hashlib.sha256).hexdigest()


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file for its owner only. It appears whole or not at all, and outlasts a power cut."""
    data = content.encode("ascii") if isinstance(content, str) else content
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")  # two may write at once
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)


def wipe(path: Path) -> None:
    """Overwrite a small file, then remove it. What a flash disk keeps of it nobody can say."""
    try:
        with path.open("rb+") as file:
            _overwrite(file)
    except FileNotFoundError:
        return
    path.unlink(missing_ok=True)


def _overwrite(file: BinaryIO) -> None:
    file.seek(0)
    file.write(b"0" * os.fstat(file.fileno()).st_size)
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut, where the system lets folders be synced."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
