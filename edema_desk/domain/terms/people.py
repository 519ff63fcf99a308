"""Who works with the program, and in what role."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from edema_desk.domain.terms.records import LOCAL_ACTOR


class Role(StrEnum):
    """What somebody is in the clinic. `PROGRAM` is given to nobody: it is what the program does
    by itself, when it finishes interrupted work or takes in the files of a watched folder."""

    NURSE = "nurse"
    CLINICIAN = "clinician"
    ADMINISTRATOR = "administrator"
    PROGRAM = "program"


GIVEN_ROLES = (Role.NURSE, Role.CLINICIAN, Role.ADMINISTRATOR)
"""The roles a user may have. One person may have several."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks or acts. `actor_id` stands in the record of acts, never the name."""

    actor_id: str
    roles: frozenset[Role]
    name: str = ""

    @property
    def known(self) -> bool:
        """Whether it is a person who signed in."""
        return self not in (LOCAL, NOBODY, PROGRAM, RECOVERY)


LOCAL = Actor(LOCAL_ACTOR, frozenset(GIVEN_ROLES))
"""Who sits at this PC while the profile has no users."""
NOBODY = Actor("nobody", frozenset())
"""Who sits at a desk that is locked, or that nobody signed in to."""
PROGRAM = Actor("program", frozenset({Role.PROGRAM}))
RECOVERY = Actor("recovery", frozenset({Role.ADMINISTRATOR}))
"""Whoever holds the recovery code."""


@dataclass(frozen=True, slots=True)
class User:
    """A named user. One who is disabled stays, since acts bear the id, but cannot sign in."""

    user_id: str
    login: str
    name: str
    roles: frozenset[Role]
    disabled: bool = False

    @property
    def actor(self) -> Actor:
        """The user as whoever acts."""
        return Actor(self.user_id, self.roles, self.name)


@dataclass(frozen=True, slots=True)
class Account:
    """A user, and whether a password is kept with which they can sign in."""

    user: User
    can_sign_in: bool


def tidy_login(login: str) -> str:
    """A user name as it is kept and compared: half-width, small, without outer spaces."""
    return unicodedata.normalize("NFKC", login).strip().casefold()
