"""Folders whose contents another program, or another computer, also changes.

A database that is written there gets damaged: a cloud program copies and replaces it half
written, and locks do not hold across a network.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath, PurePosixPath

MARKERS: Mapping[str, str] = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".SynologyWorkingDirectory": "Synology Drive",
    ".stfolder": "Syncthing",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
}
"""Files and folders that a cloud program leaves at the top of what it keeps the same."""
_NAMED: Sequence[tuple[str, str]] = (
    (r"onedrive( ?- .+| \(.+\))?", "OneDrive"),
    (r"dropbox( \(.+\)| - .+)?", "Dropbox"),
    (r"google ?drive( \(.+\))?|googledrive-.+|drivefs", "Google Drive"),
    (r"iclouddrive|icloud drive.*|mobile documents|com~apple~clouddocs", "iCloud"),
    (r"box[ -]?sync|box-box", "Box"),
    (r"nextcloud\d*", "Nextcloud"),
    (r"owncloud\d*", "ownCloud"),
    (r"synology ?drive|cloudstation", "Synology Drive"),
    (r"pcloud ?drive|pclouddrive", "pCloud"),
    (r"megasync", "MEGA"),
    (r"yandex\.?disk", "Yandex Disk"),
    (r"proton ?drive", "Proton Drive"),
    (r"cloudstorage", "a cloud program"),
)
_IN_HOME: Mapping[str, str] = {"box": "Box", "mega": "MEGA", "seafile": "Seafile"}
"""Words that mean something else elsewhere: only as a folder right within somebody's own."""
_HOMES = frozenset({"home", "users"})
_VARIABLES: Mapping[str, str] = {
    "OneDrive": "OneDrive",
    "OneDriveConsumer": "OneDrive",
    "OneDriveCommercial": "OneDrive",
}
_NETWORK_TYPES = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|smb3|afs|afpfs|davfs\d?|ncpfs|ceph|glusterfs|lustre|beegfs|"
    r"fuse\.(sshfs|rclone|davfs2?|s3fs|smbnetfs|curlftpfs|gvfsd-fuse|ceph|glusterfs|google-drive.*"
    r"|onedriver|gcsfuse|goofys|mount\.davfs)"
)


class SharedBy(StrEnum):
    """What shares a folder with others."""

    CLOUD = "cloud"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Shared:
    """By what a folder is shared; the `name` of the program, where it is one."""

    by: SharedBy
    name: str = ""


def cloud_of(path: PurePath, variables: Mapping[str, str]) -> str | None:
    """The cloud program that keeps a folder the same elsewhere, by its path; None for none.

    `variables` are the environment's, some of which name such a folder.
    """
    for variable, name in _VARIABLES.items():
        folder = variables.get(variable)
        if folder and path.is_relative_to(type(path)(folder)):
            return name
    parts = [part.casefold() for part in path.parts]
    for place, part in enumerate(parts):
        for pattern, name in _NAMED:
            if re.fullmatch(pattern, part):
                return name
        if part in _IN_HOME and place >= 2 and parts[place - 2] in _HOMES:
            return _IN_HOME[part]
    return None


def is_unc(path: str) -> bool:
    r"""Whether a path names another computer, as `\\server\share` does."""
    plain = path.replace("/", "\\")
    if plain.startswith("\\\\?\\") or plain.startswith("\\\\.\\"):
        return plain[4:].casefold().startswith("unc\\")
    return plain.startswith("\\\\")


def network_mount(path: PurePosixPath, mounts: str) -> bool:
    """Whether a folder lies on another computer, by the system's table of mounts
    (`/proc/self/mounts`: device, place, type, ... with blanks in a place written as octal)."""
    deepest, found = -1, False
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        place = PurePosixPath(re.sub(r"\\(\d{3})", lambda m: chr(int(m[1], 8)), fields[1]))
        if path.is_relative_to(place) and len(place.parts) >= deepest:
            deepest = len(place.parts)
            found = _NETWORK_TYPES.fullmatch(fields[2]) is not None
    return found
