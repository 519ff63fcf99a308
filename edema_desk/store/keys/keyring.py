"""Whose password opens a profile: a random data key, wrapped once for each user."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import replace

from edema_desk.domain.keeping.passwords import check_password
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import tidy_login
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.keys.derivation import FULL, SALT_BYTES, Cost, derive
from edema_desk.store.keys.envelope import seal, unseal
from edema_desk.store.keys.faults import translated
from edema_desk.store.keys.keys import KEY_BYTES
from edema_desk.store.keys.locks import waited_for
from edema_desk.store.keys.recovery_code import code_key, new_code
from edema_desk.store.keys.slots import Slot, Slots, read_slots, write_slots
from edema_desk.store.keys.tries import Tries

_RECOVERY = "data key for the recovery code"


class Keyring:
    """The keys of a profile's users. It holds no secret: each call reads the file anew.

    `cost` is what a password set here costs to try; a slot remembers its own. `now` is the clock
    by which tries are counted. Raises ExpectedError
    USERS_FILE_DAMAGED and USERS_FILE_NEWER, and on writing DISK_FULL, PROFILE_NOT_WRITABLE.
    """

    def __init__(
        self, profile: Profile, cost: Cost = FULL, now: Callable[[], Moment] = Moment.now
    ) -> None:
        self._profile = profile
        self._file = profile.users
        self._cost = cost
        self._tries = Tries(profile, now)

    # who is there

    def has(self, login: str) -> bool:
        """Whether somebody signs in by this name."""
        slots = self._read()
        return _of_login(slots, _mark(slots, login)) is not None

    def user_ids(self) -> frozenset[str]:
        """Everybody who can sign in."""
        return frozenset(slot.user_id for slot in self._read().users)

    def user_of_mark(self, login_mark: str) -> str | None:
        """Whose login has this mark."""
        slot = _of_login(self._read(), login_mark)
        return slot.user_id if slot else None

    def mark(self, login: str) -> str:
        """The login as a keyed hash, to count tries by."""
        return _mark(self._read(), login)

    @property
    def data_key_mark(self) -> str:
        """Tells which data key it is: the same for all files under the same key."""
        return self._read().data_key_mark

    # opening

    def open(self, login: str, password: str) -> tuple[str, bytes]:
        """The user id and the data key. Raises ExpectedError SIGN_IN_WRONG, in the same time and
        with the same words for a wrong password and for a login nobody has."""
        slots = self._read()
        slot = _of_login(slots, _mark(slots, login)) or _decoy(slots, self._cost)
        return slot.user_id, _opened(slot, password)

    def open_by_recovery(self, code: str) -> bytes:
        """The data key. Raises ExpectedError RECOVERY_CODE_MISTYPED, RECOVERY_CODE_WRONG."""
        slots = self._read()
        key = code_key(code, slots.recovery_salt)
        try:
            return unseal(key, _RECOVERY, slots.recovery_wrapped)
        except ExpectedError as error:
            raise ExpectedError(ErrorCode.RECOVERY_CODE_WRONG) from error

    # changing

    def create(self, data_key: bytes) -> str:
        """Make the file, with no user yet; the recovery code. Only where there is none."""
        if self._file.exists():
            raise FileExistsError("the profile has users already")
        salt = secrets.token_bytes(KEY_BYTES)
        code = new_code()
        wrapped = seal(code_key(code, salt), _RECOVERY, data_key)
        mark_key = secrets.token_bytes(KEY_BYTES)
        with translated(self._profile):
            write_slots(self._file, Slots(mark_key, data_key_mark(data_key), (), salt, wrapped))
        return code

    def add_user(self, user_id: str, login: str, password: str, data_key: bytes) -> None:
        """Let a user sign in, with another password if they could before. Raises ExpectedError
        PASSWORD_SHORT, PASSWORD_IS_LOGIN, LOGIN_TAKEN, WRONG_KEY."""
        check_password(login, password)

        def change(slots: Slots) -> Slots:
            _require_key(slots, data_key)
            login_mark = _mark(slots, login)
            taken = _of_login(slots, login_mark)
            if taken is not None and taken.user_id != user_id:
                raise ExpectedError(ErrorCode.LOGIN_TAKEN)
            self._tries.forgive(login_mark)
            return slots.with_user(self._slot(user_id, login_mark, password, data_key))

        self._change(change)

    def change_password(self, user_id: str, old: str, new: str) -> None:
        """Another password for who knows the old one: a try like any other. Raises ExpectedError
        SIGN_IN_WRONG, SIGN_IN_WAIT, PASSWORD_SHORT, PASSWORD_IS_LOGIN."""

        def change(slots: Slots) -> Slots:
            slot = _of_user(slots, user_id)
            if slot is None:
                raise ExpectedError(ErrorCode.SIGN_IN_WRONG)
            self._tries.begin(slot.login_mark)
            data_key = _opened(slot, old)
            self._tries.succeeded(slot.login_mark)
            return self._with_password(slots, slot, new, data_key)

        self._change(change)

    def set_password(self, user_id: str, new: str, data_key: bytes) -> None:
        """Another password for who forgot theirs. Earlier tries are forgiven. Raises ExpectedError
        SIGN_IN_WRONG for who cannot sign in, PASSWORD_SHORT, PASSWORD_IS_LOGIN, WRONG_KEY."""

        def change(slots: Slots) -> Slots:
            _require_key(slots, data_key)
            slot = _of_user(slots, user_id)
            if slot is None:
                raise ExpectedError(ErrorCode.SIGN_IN_WRONG)
            self._tries.forgive(slot.login_mark)
            return self._with_password(slots, slot, new, data_key)

        self._change(change)

    def remove_user(self, user_id: str) -> None:
        """The user cannot sign in any more. Nothing happens when they could not."""
        self._change(lambda slots: slots.without(user_id))

    def new_recovery_code(self, data_key: bytes) -> str:
        """Another recovery code; the earlier one opens nothing any more. Raises WRONG_KEY."""
        code = new_code()
        salt = secrets.token_bytes(KEY_BYTES)

        def change(slots: Slots) -> Slots:
            _require_key(slots, data_key)
            wrapped = seal(code_key(code, salt), _RECOVERY, data_key)
            return replace(slots, recovery_salt=salt, recovery_wrapped=wrapped)

        self._change(change)
        return code

    def _read(self) -> Slots:
        return read_slots(self._file)

    def _change(self, change: Callable[[Slots], Slots]) -> None:
        with translated(self._profile), waited_for(self._file.with_suffix(".lock")):
            write_slots(self._file, change(self._read()))

    def _with_password(self, slots: Slots, slot: Slot, new: str, data_key: bytes) -> Slots:
        check_password("", new)
        if _mark(slots, new) == slot.login_mark:
            raise ExpectedError(ErrorCode.PASSWORD_IS_LOGIN)
        return slots.with_user(self._slot(slot.user_id, slot.login_mark, new, data_key))

    def _slot(self, user_id: str, login_mark: str, password: str, data_key: bytes) -> Slot:
        salt = secrets.token_bytes(SALT_BYTES)
        key = derive(password, salt, self._cost)
        return Slot(user_id, login_mark, self._cost, salt, seal(key, _purpose(user_id), data_key))


def data_key_mark(data_key: bytes) -> str:
    """See `Keyring.data_key_mark`."""
    return hmac.new(data_key, b"edema-desk data key", hashlib.sha256).hexdigest()[:16]


def _mark(slots: Slots, login: str) -> str:
    return hmac.new(slots.mark_key, tidy_login(login).encode(), hashlib.sha256).hexdigest()


def _of_login(slots: Slots, login_mark: str) -> Slot | None:
    return next((s for s in slots.users if hmac.compare_digest(s.login_mark, login_mark)), None)


def _of_user(slots: Slots, user_id: str) -> Slot | None:
    return next((slot for slot in slots.users if slot.user_id == user_id), None)


def _decoy(slots: Slots, cost: Cost) -> Slot:
    """What is tried for a login nobody has: it costs as much and opens to nobody."""
    dearest = max((slot.cost for slot in slots.users), default=cost)
    wrapped = seal(secrets.token_bytes(KEY_BYTES), "", bytes(KEY_BYTES))
    return Slot("", "", dearest, secrets.token_bytes(SALT_BYTES), wrapped)


def _opened(slot: Slot, password: str) -> bytes:
    try:
        return unseal(derive(password, slot.salt, slot.cost), _purpose(slot.user_id), slot.wrapped)
    except ExpectedError as error:
        raise ExpectedError(ErrorCode.SIGN_IN_WRONG) from error


def _purpose(user_id: str) -> str:
    return f"data key for user {user_id}"


def _require_key(slots: Slots, data_key: bytes) -> None:
    if not hmac.compare_digest(slots.data_key_mark, data_key_mark(data_key)):
        raise ExpectedError(ErrorCode.WRONG_KEY)
