"""Profiles with users, for tests: passwords that are tried in no time."""

from collections.abc import Sequence

from edema_desk.domain.terms.people import Role, User
from edema_desk.domain.terms.records import new_id
from edema_desk.flow.people.access import make_first_administrator, sign_in
from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.base.entered import Entered, enter_here
from edema_desk.store.keys.derivation import Cost
from edema_desk.store.keys.keyring import Keyring
from edema_desk.store.people.users import add_user

CHEAP = Cost(1, 8, 1)
ADMINISTRATOR, PASSWORD = "hana", "correct horse battery"


def with_administrator(profile: Profile) -> str:
    """Make the first administrator of a profile; the recovery code."""
    return make_first_administrator(
        enter_here(profile), ADMINISTRATOR, "Hana Mori", PASSWORD, CHEAP
    )


def as_administrator(profile: Profile) -> Entered:
    """Signed in as the first administrator."""
    return sign_in(profile, ADMINISTRATOR, PASSWORD)


def with_user(
    profile: Profile, login: str, roles: Sequence[Role], password: str = PASSWORD
) -> User:
    """Add a user who can sign in."""
    into = as_administrator(profile)
    with open_store(into) as store:
        user = add_user(store, new_id(), login, login.capitalize(), roles)
    Keyring(profile, CHEAP).add_user(user.user_id, login, password, into.data_key)
    return user
