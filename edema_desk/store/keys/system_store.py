"""The operating system's store of secrets, where there is one the program may use.

Windows, macOS and most Linux desktops have one. It is reached by the package `keyring`, which is
installed with the extra `keystore` only.
"""

import importlib
from types import ModuleType

from edema_desk.errors import ErrorCode, ExpectedError

SERVICE = "EdemaDesk"
_PACKAGE = "keyring"


def keep(account: str, secret: str) -> None:
    """Put a secret there, and read it back. Raises ExpectedError KEY_STORE_MISSING."""
    store = _store()
    try:
        store.set_password(SERVICE, account, secret)
        kept = store.get_password(SERVICE, account)
    except store.errors.KeyringError as error:
        raise ExpectedError(ErrorCode.KEY_STORE_MISSING) from error
    if kept != secret:
        raise ExpectedError(ErrorCode.KEY_STORE_MISSING)


def fetch(account: str) -> str:
    """What was kept. Raises ExpectedError KEY_STORE_MISSING, and KEY_STORE_EMPTY when the store
    has nothing of that name for who is signed in to the system."""
    store = _store()
    try:
        kept = store.get_password(SERVICE, account)
    except store.errors.KeyringError as error:
        raise ExpectedError(ErrorCode.KEY_STORE_MISSING) from error
    if kept is None:
        raise ExpectedError(ErrorCode.KEY_STORE_EMPTY)
    return str(kept)


def forget(account: str) -> bool:
    """Delete what was kept; whether that could be done."""
    try:
        store = _store()
    except ExpectedError:
        return False
    try:
        store.delete_password(SERVICE, account)
    except store.errors.KeyringError:
        return False
    return True


def _store() -> ModuleType:
    try:
        store = importlib.import_module(_PACKAGE)
        importlib.import_module(f"{_PACKAGE}.errors")
    except ImportError as error:
        raise ExpectedError(ErrorCode.KEY_STORE_MISSING) from error
    return store
