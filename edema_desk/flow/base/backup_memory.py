"""What is remembered of the backups beside the database: a damaged one must not hide them, and a
disk that is away cannot be asked."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from edema_desk.domain.terms.moment import Moment
from edema_desk.paths import Profile


@dataclass(frozen=True, slots=True)
class BackupMemory:
    """The folder ("" for the profile's own), whether it held a backup once, when the newest was
    made, and since when the folder is away."""

    folder: str = ""
    known: bool = False
    newest: Moment | None = None
    gone_since: Moment | None = None


def remembered(profile: Profile) -> BackupMemory:
    """What was written last; nothing where that cannot be read."""
    try:
        raw = json.loads(profile.backup_state.read_text(encoding="utf-8"))
        newest, gone = (_moment(raw[name]) for name in ("newest", "gone_since"))
        return BackupMemory(str(raw["folder"]), bool(raw["known"]), newest, gone)
    except (OSError, ValueError, KeyError, TypeError):
        return BackupMemory()


def remember(profile: Profile, memory: BackupMemory) -> None:
    """Write it down, whole or not at all. Raises OSError."""
    part = profile.backup_state.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        json.dump(asdict(memory), file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(profile.backup_state)


def backup_folder(profile: Profile, chosen: str) -> Path:
    """Where the backups go: the folder chosen, or the profile's own."""
    return Path(chosen) if chosen else profile.backups


def _moment(raw: dict[str, int] | None) -> Moment | None:
    return Moment(raw["utc_ms"], raw["offset_min"]) if raw is not None else None
