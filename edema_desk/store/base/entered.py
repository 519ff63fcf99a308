"""The way into a profile: who may work in it, and the key that opens it."""

from dataclasses import dataclass, field, replace

from edema_desk.domain.terms.people import LOCAL, Actor
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.base.places import check_live_place
from edema_desk.store.base.rotation import settle_rotation
from edema_desk.store.keys.keys import had_database, make_data_key, read_data_key
from edema_desk.store.keys.locks import opening


@dataclass(frozen=True, slots=True)
class Entered:
    """A profile that somebody entered."""

    profile: Profile
    actor: Actor
    data_key: bytes = field(repr=False)

    def by(self, actor: Actor) -> "Entered":
        """The same for somebody else."""
        return replace(self, actor=actor)


Where = Profile | Entered
"""A profile without users, or one that was entered."""


def enter_here(profile: Profile) -> Entered:
    """Enter a profile that has no users yet: its key lies on this PC, made when there is none.

    Raises ExpectedError: SIGN_IN_NEEDED where there are users, KEY_MISSING, WRONG_KEY,
    PROFILE_NOT_WRITABLE, PROFILE_IN_CLOUD and PROFILE_ON_NETWORK where others have the folder too.
    """
    check_live_place(profile)
    settle_rotation(profile)
    if profile.users.exists():
        raise ExpectedError(ErrorCode.SIGN_IN_NEEDED)
    if not profile.data_key.exists() and not profile.database.exists():
        profile.create()
        with opening(profile):
            fresh = not profile.data_key.exists() and not profile.database.exists()
            if fresh and not had_database(profile):
                make_data_key(profile)
    return Entered(profile, LOCAL, read_data_key(profile))


def entered(where: Where) -> Entered:
    """What was entered already, or a profile without users entered now; see `enter_here`.

    Who entered before there were users has to sign in as well, once there are.
    """
    if not isinstance(where, Entered):
        return enter_here(where)
    check_live_place(where.profile)
    settle_rotation(where.profile)
    if where.actor == LOCAL and where.profile.users.exists():
        raise ExpectedError(ErrorCode.SIGN_IN_NEEDED)
    return where
