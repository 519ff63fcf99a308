"""Which folders are shared with others, told by their paths."""

from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest

from edema_desk.domain.terms.places import cloud_of, is_unc, network_mount

SHARED = [
    (PureWindowsPath(r"C:\Users\nurse\OneDrive\EdemaDesk"), "OneDrive"),
    (PureWindowsPath(r"C:\Users\nurse\OneDrive - Contoso Hospital\desk"), "OneDrive"),
    (PureWindowsPath(r"D:\Dropbox (Clinic)\desk"), "Dropbox"),
    (PureWindowsPath(r"C:\Users\nurse\Google Drive\desk"), "Google Drive"),
    (PureWindowsPath(r"C:\Users\nurse\iCloudDrive\desk"), "iCloud"),
    (PureWindowsPath(r"C:\Users\nurse\Box\desk"), "Box"),
    (PureWindowsPath(r"C:\Users\nurse\SynologyDrive\desk"), "Synology Drive"),
    (PurePosixPath("/home/nurse/Dropbox/desk"), "Dropbox"),
    (PurePosixPath("/home/nurse/Nextcloud/desk"), "Nextcloud"),
    (PurePosixPath("/home/nurse/Nextcloud2/desk"), "Nextcloud"),
    (PurePosixPath("/home/nurse/ownCloud/desk"), "ownCloud"),
    (PurePosixPath("/Users/nurse/Library/Mobile Documents/com~apple~CloudDocs/x"), "iCloud"),
    (PurePosixPath("/Users/nurse/Library/CloudStorage/GoogleDrive-a@b.c/x"), "a cloud program"),
    (PurePosixPath("/home/nurse/ONEDRIVE/desk"), "OneDrive"),
]
OWN = [
    PureWindowsPath(r"C:\Users\nurse\AppData\Local\EdemaDesk"),
    PureWindowsPath(r"C:\Box\desk"),
    PurePosixPath("/home/nurse/.local/share/EdemaDesk"),
    PurePosixPath("/srv/dropbox-of-letters/desk"),
    PurePosixPath("/data/box/desk"),
    PurePosixPath("/home/nurse/onedrives/desk"),
]


@pytest.mark.parametrize(("path", "name"), SHARED, ids=str)
def test_folders_of_cloud_programs(path: PurePath, name: str) -> None:
    assert cloud_of(path, {}) == name


@pytest.mark.parametrize("path", OWN, ids=str)
def test_other_folders(path: PurePath) -> None:
    assert cloud_of(path, {}) is None


def test_the_environment_names_a_folder_of_any_name() -> None:
    named = {"OneDriveCommercial": r"D:\Work"}
    assert cloud_of(PureWindowsPath(r"D:\Work\desk"), named) == "OneDrive"
    assert cloud_of(PureWindowsPath(r"D:\Workshop\desk"), named) is None


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        (r"\\server\share\desk", True),
        ("//server/share", True),
        (r"\\?\UNC\server\share", True),
        (r"\\?\C:\desk", False),
        (r"C:\desk", False),
        ("/home/nurse", False),
    ],
)
def test_paths_of_other_computers(path: str, is_one: bool) -> None:
    assert is_unc(path) is is_one


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
proc /proc proc rw 0 0
nas:/clinic /mnt/nas nfs4 rw 0 0
/dev/sdb1 /mnt/nas/usb vfat rw 0 0
//pc/share /mnt/with\\040blank cifs rw 0 0
me@host:/x /home/me/far fuse.sshfs rw 0 0
/dev/sdc1 /home/me/near fuseblk rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("path", "is_far"),
    [
        ("/home/me/desk", False),
        ("/mnt/nas/desk", True),
        ("/mnt/nas", True),
        ("/mnt/nas/usb/desk", False),
        ("/mnt/nasty", False),
        ("/mnt/with blank/desk", True),
        ("/home/me/far/desk", True),
        ("/home/me/near/desk", False),
    ],
)
def test_the_deepest_mount_decides(path: str, is_far: bool) -> None:
    assert network_mount(PurePosixPath(path), MOUNTS) is is_far
