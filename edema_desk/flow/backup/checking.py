"""Whether everything in a backup folder is still as it was written."""

from dataclasses import dataclass
from pathlib import Path

from edema_desk.domain.keeping.backup import Generation
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.backup.backing_up import Pace, Tell, Watch, untold
from edema_desk.flow.backup.restoring import offered
from edema_desk.media.clip_copies import SUMS, hash_read_back, read_sums
from edema_desk.store.backup.folder import BackupFolder, told_of
from edema_desk.store.backup.generations import check_generation, key_mark


@dataclass(frozen=True, slots=True)
class BackupCheck:
    """What was looked at and what of it is damaged or gone; `other_key` are generations that
    today's key does not open."""

    generations: int
    damaged: tuple[Generation, ...]
    other_key: int
    clips: int
    damaged_clips: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is damaged or gone."""
        return not self.damaged and not self.damaged_clips


def check_backup(folder: Path, data_key: bytes, pace: Pace, tell: Tell = untold) -> BackupCheck:
    """Open every generation and read every copy of a clip. Raises ExpectedError BACKUP_NONE,
    BACKUP_NEWER, BACKUP_FAILED, CANCELLED."""
    place = BackupFolder(folder)
    there = offered(folder)
    with told_of(folder):
        sums = list(read_sums(folder / SUMS).values())
    mine = [each for each in there if each.key == key_mark(data_key)]
    total = sum(each.size_bytes for each in mine) + sum(each.size_bytes for each in sums)
    watch = Watch(tell, total, "check")
    damaged = []
    for generation in mine:
        pace.ease()
        try:
            with told_of(folder):
                check_generation(place.generations, generation, data_key)
        except ExpectedError as error:
            if error.code is not ErrorCode.BACKUP_DAMAGED:
                raise
            damaged.append(generation)
        watch.add(generation.size_bytes)
    bad = []
    for each in sums:
        path = place.clips / each.name
        if not path.exists() or hash_read_back(path, lambda _: pace.ease()) != each.sha256:
            bad.append(each.name)
        watch.add(each.size_bytes)
    other = len(there) - len(mine)
    return BackupCheck(len(mine), tuple(damaged), other, len(sums), tuple(bad))
