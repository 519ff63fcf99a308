"""The door of a profile: signing in, the recovery code, and what each leaves on record."""

from collections.abc import Callable

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import PROGRAM, RECOVERY, Actor, Role, User
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.people.first_administrator import make_first_administrator
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.entered import Entered
from edema_desk.store.base.noting import SignInTry, note, note_sign_in, note_tries
from edema_desk.store.base.reserve import free_reserve
from edema_desk.store.base.rotation import settle_rotation
from edema_desk.store.keys.derivation import FULL, Cost
from edema_desk.store.keys.keyring import Keyring
from edema_desk.store.keys.recovery_code import code_bytes
from edema_desk.store.keys.tries import Tries
from edema_desk.store.people.users import change_user, note_password, user, users

__all__ = [
    "administrators",
    "admit",
    "keep_tries",
    "make_first_administrator",
    "needs_sign_in",
    "new_recovery_code",
    "open_with_recovery",
    "recognise",
    "reset_administrator",
    "sign_in",
]

_RECOVERY_TRIES = "\0 recovery code"
"""Under which name tries with it are counted; no login has it."""


def needs_sign_in(profile: Profile) -> bool:
    """Whether the profile has users. Without any it is open to who sits at this PC."""
    settle_rotation(profile)
    return profile.users.exists()


def sign_in(
    profile: Profile, login: str, password: str, now: Callable[[], Moment] = Moment.now
) -> Entered:
    """Enter a profile as one of its users; on record when this returns.

    Raises ExpectedError SIGN_IN_WRONG (the same, after the same time, for a login nobody has),
    SIGN_IN_WAIT(seconds) after too many wrong tries, USERS_FILE_*, and what opening the database
    raises. It takes a tenth of a second and much memory: not for the window's thread.
    """
    user_id, data_key = _recognised(profile, login, password, now)
    with open_store(Entered(profile, PROGRAM, data_key)) as store:
        actor = admit(store, user_id)
    return Entered(profile, actor, data_key)


def recognise(
    profile: Profile, login: str, password: str, now: Callable[[], Moment] = Moment.now
) -> str:
    """The user whose password this is, for a profile that is open already: see `admit`.

    Raises ExpectedError as `sign_in` does, without the database.
    """
    return _recognised(profile, login, password, now)[0]


def admit(store: Store, user_id: str) -> Actor:
    """Who was recognised, with today's roles. Their sign-in and the tries that failed before are
    on record when this returns, whoever `store` belongs to.

    Raises ExpectedError SIGN_IN_WRONG for somebody disabled.
    """
    keep_tries(store)
    asking = store.by(PROGRAM)
    try:
        found = user(asking, user_id)
    except ExpectedError as error:
        if error.code is not ErrorCode.UNKNOWN_USER:
            raise
        raise ExpectedError(ErrorCode.SIGN_IN_WRONG) from error
    if found.disabled:
        raise ExpectedError(ErrorCode.SIGN_IN_WRONG)
    note_sign_in(store.by(found.actor))
    return found.actor


def keep_tries(store: Store) -> None:
    """Put on record the tries that failed since somebody could write there."""
    profile = store.profile
    tries = Tries(profile)
    failed, unlisted = tries.waiting_for_record()
    if not failed and not unlisted:
        return
    keyring = Keyring(profile)
    whose = {one.login_mark: keyring.user_of_mark(one.login_mark) for one in failed}
    by_program = store.by(PROGRAM)
    note_tries(by_program, [SignInTry(one.at, whose[one.login_mark]) for one in failed])
    if unlisted:
        note(by_program, ActKind.SIGN_IN_FAILED, unlisted=unlisted)
    tries.recorded(len(failed), unlisted)


def open_with_recovery(profile: Profile, code: str) -> Entered:
    """Enter with the recovery code, as an administrator who is nobody in particular; on record.

    Raises ExpectedError RECOVERY_CODE_MISTYPED, RECOVERY_CODE_WRONG and SIGN_IN_WAIT (wrong codes
    count as tries), USERS_FILE_*, and what opening the database raises.
    """
    settle_rotation(profile)
    code_bytes(code)  # a slip of the finger is no try
    keyring, tries = Keyring(profile), Tries(profile)
    mark = keyring.mark(_RECOVERY_TRIES)
    _begin(profile, tries, mark)
    into = Entered(profile, RECOVERY, keyring.open_by_recovery(code))
    tries.succeeded(mark)
    with open_store(into) as store:
        keep_tries(store)
        note_sign_in(store, how="recovery")
    return into


def administrators(into: Entered) -> tuple[User, ...]:
    """Whose password `reset_administrator` may set, by name."""
    with open_store(into) as store:
        return tuple(one for one in users(store) if Role.ADMINISTRATOR in one.roles)


def reset_administrator(into: Entered, user_id: str, password: str, cost: Cost = FULL) -> str:
    """Give an administrator another password, let them in again if they were disabled, and end
    the recovery code that was used: the new code. On record.

    Raises ExpectedError UNKNOWN_USER (also for who is no administrator), PASSWORD_SHORT,
    PASSWORD_IS_LOGIN, NOT_ALLOWED.
    """
    keyring = Keyring(into.profile, cost)
    with open_store(into) as store:
        one = user(store, user_id)
        if Role.ADMINISTRATOR not in one.roles:
            raise ExpectedError(ErrorCode.UNKNOWN_USER)
        note_password(store, new_id(), user_id)
        keyring.add_user(user_id, one.login, password, into.data_key)
        if one.disabled:
            change_user(store, new_id(), user_id, disabled=False)
        return _another_code(store, keyring, into.data_key)


def new_recovery_code(into: Entered) -> str:
    """Another recovery code, shown once; the earlier one ends. On record.

    Raises ExpectedError NOT_ALLOWED for who is no administrator.
    """
    with open_store(into) as store:
        return _another_code(store, Keyring(into.profile), into.data_key)


def _another_code(store: Store, keyring: Keyring, data_key: bytes) -> str:
    note(store, ActKind.NEW_RECOVERY_CODE)
    return keyring.new_recovery_code(data_key)


def _recognised(
    profile: Profile, login: str, password: str, now: Callable[[], Moment]
) -> tuple[str, bytes]:
    settle_rotation(profile)
    keyring, tries = Keyring(profile), Tries(profile, now)
    login_mark = keyring.mark(login)
    _begin(profile, tries, login_mark)
    found = keyring.open(login, password)
    tries.succeeded(login_mark)
    return found


def _begin(profile: Profile, tries: Tries, login_mark: str) -> None:
    """Count a try; on a full disk with the room that is kept free for such moments, so that
    people can sign in and make more of it."""
    try:
        tries.begin(login_mark)
    except ExpectedError as error:
        if error.code is not ErrorCode.DISK_FULL or not free_reserve(profile):
            raise
        tries.begin(login_mark)
