"""Which files of a folder are clips, and which of them have come to rest.

A folder is looked through every few seconds rather than watched for events: shares and cloud
clients tell of none, and looking through a thousand names takes milliseconds.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from edema_desk.errors import ErrorCode, ExpectedError

CLIP_SUFFIXES = frozenset(
    {".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".3gp", ".3g2"}
)
DONE_FOLDER = "done"
"""Within the inbox folder: where files go when the clinic wants them moved."""

REST_S = 3.0
REST_LOOKS = 2
"""A file rests when it looked the same this often and for this long."""

_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".icloud")
_MOST_FILES = 20_000
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A clip file by its name within the folder, with slashes, and the state of its sidecar."""

    name: str
    size_bytes: int
    mtime_ns: int
    sidecar: str = ""


def scan(folder: Path) -> tuple[FoundFile, ...]:
    """All clip files in a folder and the folders within, by name.

    Left alone: links, hidden files and folders, what sync clients and browsers have not
    finished, the `done` folder, and every other kind of file. Raises
    ExpectedError(INBOX_FOLDER_GONE).
    """
    try:
        found = list(_walk(folder, "", 0))
    except OSError as error:
        raise ExpectedError(ErrorCode.INBOX_FOLDER_GONE, path=str(folder)) from error
    return tuple(sorted(found, key=lambda file: file.name)[:_MOST_FILES])


def sidecar_paths(clip: Path) -> tuple[Path, Path]:
    """Where the JSON file of a clip may be: `clip.mp4.json` or `clip.json`."""
    return clip.with_name(clip.name + ".json"), clip.with_suffix(".json")


def _walk(folder: Path, within: str, depth: int) -> Iterator[FoundFile]:
    with os.scandir(folder) as entries:
        here = sorted((entry for entry in entries if not _is_left_alone(entry)), key=_name)
    states = {entry.name: _state(entry) for entry in here}
    for entry in here:
        kept = states[entry.name]
        if kept is None:
            continue
        if stat.S_ISDIR(kept.st_mode):
            if depth < _DEEPEST and not (depth == 0 and entry.name == DONE_FOLDER):
                yield from _within(folder / entry.name, f"{within}{entry.name}/", depth + 1)
        elif stat.S_ISREG(kept.st_mode) and Path(entry.name).suffix.lower() in CLIP_SUFFIXES:
            beside = (states.get(path.name) for path in sidecar_paths(Path(entry.name)))
            sidecar = next((f"{s.st_size}-{s.st_mtime_ns}" for s in beside if s), "")
            yield FoundFile(within + entry.name, kept.st_size, kept.st_mtime_ns, sidecar)


def _within(folder: Path, within: str, depth: int) -> Sequence[FoundFile]:
    """A folder that goes away, or may not be read, holds nothing."""
    try:
        return list(_walk(folder, within, depth))
    except OSError:
        return ()


def _name(entry: "os.DirEntry[str]") -> str:
    return entry.name


def _state(entry: "os.DirEntry[str]") -> os.stat_result | None:
    try:
        return entry.stat(follow_symlinks=False)
    except OSError:
        return None


def _is_left_alone(entry: "os.DirEntry[str]") -> bool:
    name = entry.name.lower()
    return (
        name.startswith((".", "~", "@", "$"))
        or name.endswith((*_UNFINISHED, "~"))
        or any("\ud800" <= c <= "\udfff" for c in name)  # no text: cannot be kept or shown
        or entry.is_symlink()
    )


class RestWatch:
    """Remembers how files looked, to tell those that still grow."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[FoundFile, float, int]] = {}

    def rested(self, found: Sequence[FoundFile], now_s: float) -> frozenset[str]:
        """Names of the files that rest, after this look at `now_s` of a monotonic clock."""
        seen: dict[str, tuple[FoundFile, float, int]] = {}
        for file in found:
            before, since_s, looks = self._seen.get(file.name, (file, now_s, 0))
            if before != file:
                since_s, looks = now_s, 0
            seen[file.name] = (file, since_s, looks + 1)
        self._seen = seen
        return frozenset(
            name
            for name, (file, since_s, looks) in seen.items()
            if file.size_bytes and looks >= REST_LOOKS and now_s - since_s >= REST_S
        )

    def forget(self, name: str) -> None:
        """Watch a file as if it were new."""
        self._seen.pop(name, None)
