"""Backups as they are told of: one generation, and how it stands with all of them."""

from dataclasses import dataclass
from pathlib import Path

from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.places import Shared
from edema_desk.errors import ExpectedError

EACH_MS = 30 * 60_000
"""So often a backup is made while something is written."""
TOO_OLD_MS = 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Generation:
    """The records as they were at one moment. `acts` and `head` are the end of the record of
    acts; `key` tells with which data key it was sealed; `clips` is how many captures have one."""

    name: str
    made_at: Moment
    size_bytes: int
    sha256: str
    program: str
    acts: int
    head: str
    patients: int
    sessions: int
    clips: int
    key: str


@dataclass(frozen=True, slots=True)
class BackupProgress:
    """What is being done (`records`, `check`, `clips`), its share from 0 to 1, seconds to go."""

    what: str
    share: float
    left_s: float | None


@dataclass(frozen=True, slots=True)
class BackupState:
    """How it stands with the backups of a profile.

    `folder` is where they go and `generations` what is there, the newest first. `newest` is when
    the last one was made, also while the folder is away (`gone_since`). `current`: nothing was
    written since. `error` is why the last try failed. `same_disk`: the disk of the profile, with
    which it would be lost. `shared`: others may see the folder. `sealed_here`: the profile has no
    users, so that only the key on this PC opens its backups.
    """

    folder: Path
    newest: Moment | None = None
    generations: tuple[Generation, ...] = ()
    current: bool = False
    error: ExpectedError | None = None
    gone_since: Moment | None = None
    progress: BackupProgress | None = None
    same_disk: bool = False
    shared: Shared | None = None
    sealed_here: bool = False

    def age_ms(self, now: Moment) -> int | None:
        """How old the newest backup is; None without any. A clock set back makes it new."""
        return max(now.utc_ms - self.newest.utc_ms, 0) if self.newest is not None else None

    def needs_attention(self, now: Moment) -> bool:
        """Whether somebody should look after it: what is not in a backup is a day old, or the
        last try failed. A folder that is away counts only then."""
        if self.error is not None:
            return True
        age_ms = self.age_ms(now)
        return not self.current and age_ms is not None and age_ms > TOO_OLD_MS


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoring brought: the generation, how many clips and crops came with it, how many of
    them nobody has any more, how many acts the profile had after it, and where the files lie that
    were in the way."""

    generation: Generation
    clips: int
    missing: int
    acts_lost: int | None
    set_aside: Path | None
