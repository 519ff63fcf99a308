"""Making the first administrator: from then on nobody works without signing in.

The data key lay in clear on this PC until then, so all that lies under it gets another one; see
`store.rotation`.
"""

import secrets

from edema_desk.domain.keeping.passwords import check_password
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.people import Role
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.keys import rewrap
from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.base.entered import Entered
from edema_desk.store.base.exclusive import exclusively
from edema_desk.store.base.noting import note
from edema_desk.store.base.rotation import begin_rotation, commit_rotation, copy_under_another_key
from edema_desk.store.keys.derivation import FULL, Cost
from edema_desk.store.keys.faults import translated
from edema_desk.store.keys.keyring import Keyring
from edema_desk.store.keys.keys import KEY_BYTES
from edema_desk.store.people.users import add_user


def make_first_administrator(
    into: Entered, login: str, name: str, password: str, cost: Cost = FULL
) -> str:
    """Make the first user of a profile and change its data key; the recovery code, which is shown
    this once. Afterwards `access.sign_in` opens the profile.

    The profile's desk must be closed. Whatever happens meanwhile, the profile is as it was or
    wholly the new one. Older copies of the database and generations of backups that lie in the
    profile are destroyed; a backup in another folder is not touched.

    Raises ExpectedError SIGN_IN_NEEDED where there are users already, DATABASE_BUSY, DISK_FULL,
    FIELD_EMPTY, FIELD_TOO_LONG, PASSWORD_SHORT, PASSWORD_IS_LOGIN.
    """
    check_password(login, password)
    open_store(into).close()  # made, migrated, and known to open
    profile = into.profile
    with exclusively(into), translated(profile):
        if profile.users.exists():
            raise ExpectedError(ErrorCode.SIGN_IN_NEEDED)
        new_key = secrets.token_bytes(KEY_BYTES)
        staged = Entered(begin_rotation(profile), into.actor, new_key)
        copy_under_another_key(profile, into.data_key, staged.profile, new_key)
        rewrapped = _rewrap_keys(profile, into.data_key, staged)
        user_id = _add_administrator(staged, login, name, rewrapped)
        keyring = Keyring(staged.profile, cost)
        code = keyring.create(new_key)
        keyring.add_user(user_id, login, password, new_key)
        commit_rotation(profile, new_key)
    return code


def _rewrap_keys(profile: Profile, old_key: bytes, staged: Entered) -> int:
    new = staged.profile
    pairs = (
        (profile.capture_keys, new.capture_keys),
        (profile.inbox_keys, new.inbox_keys),
        (profile.cache_keys, new.cache_keys),
    )
    count = 0
    for path, target in pairs:
        if path.exists():
            target.parent.mkdir(mode=0o700, exist_ok=True)
            count += rewrap(path, old_key, target, staged.data_key)
    return count


def _add_administrator(staged: Entered, login: str, name: str, rewrapped: int) -> str:
    """The user's row and what is kept on record, in the new database."""
    with open_store(staged) as store:
        user_id = add_user(store, new_id(), login, name, (Role.ADMINISTRATOR,)).user_id
        note(store, ActKind.CHANGE_DATA_KEY, why="first_administrator", keys=rewrapped)
        note(store, ActKind.NEW_RECOVERY_CODE)
    with exclusively(staged):  # nothing is left in a log beside it
        return user_id
