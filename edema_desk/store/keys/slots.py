"""The file `users.keys`: the data key wrapped for each user and for the recovery code.

It tells neither name nor login: logins stand in it as a keyed hash, users by their random ids.
Written as a whole, beside the old one, then renamed.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.keys.derivation import SALT_BYTES, Cost
from edema_desk.store.keys.keys import write_private

VERSION = 1


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key, wrapped by the password of one user."""

    user_id: str
    login_mark: str
    cost: Cost
    salt: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Slots:
    """All of the file. `data_key_mark` tells which data key it is, and nothing else of it."""

    mark_key: bytes = field(repr=False)
    data_key_mark: str
    users: tuple[Slot, ...] = ()
    recovery_salt: bytes = b""
    recovery_wrapped: bytes = b""

    def with_user(self, slot: Slot) -> "Slots":
        """With this slot in place of an earlier one of the same user."""
        others = tuple(s for s in self.users if s.user_id != slot.user_id)
        return replace(self, users=(*others, slot))

    def without(self, user_id: str) -> "Slots":
        """Without the slot of a user."""
        return replace(self, users=tuple(s for s in self.users if s.user_id != user_id))


def read_slots(path: Path) -> Slots:
    """Raises ExpectedError USERS_FILE_DAMAGED (also where there is none), USERS_FILE_NEWER."""
    try:
        raw = json.loads(path.read_text(encoding="ascii"))
        if raw["version"] > VERSION:
            raise ExpectedError(ErrorCode.USERS_FILE_NEWER)
        slots = Slots(
            bytes.fromhex(raw["mark_key"]),
            str(raw["data_key_mark"]),
            tuple(_slot(one) for one in raw["users"]),
            bytes.fromhex(raw["recovery"]["salt"]),
            bytes.fromhex(raw["recovery"]["wrapped"]),
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise ExpectedError(ErrorCode.USERS_FILE_DAMAGED) from error
    return slots


def write_slots(path: Path, slots: Slots) -> None:
    """On the disk, whole, when this returns."""
    raw = {
        "version": VERSION,
        "mark_key": slots.mark_key.hex(),
        "data_key_mark": slots.data_key_mark,
        "users": [_told(slot) for slot in slots.users],
        "recovery": {"salt": slots.recovery_salt.hex(), "wrapped": slots.recovery_wrapped.hex()},
    }
    write_private(path, json.dumps(raw, indent=1))


def _slot(raw: Mapping[str, Any]) -> Slot:
    cost = Cost(**{name: int(value) for name, value in raw["argon2id"].items()})
    salt = bytes.fromhex(raw["salt"])
    if not cost.bearable or len(salt) != SALT_BYTES:
        raise ValueError("no slot of this program")
    return Slot(str(raw["user_id"]), str(raw["login"]), cost, salt, bytes.fromhex(raw["wrapped"]))


def _told(slot: Slot) -> dict[str, object]:
    return {
        "user_id": slot.user_id,
        "login": slot.login_mark,
        "argon2id": asdict(slot.cost),
        "salt": slot.salt.hex(),
        "wrapped": slot.wrapped.hex(),
    }
