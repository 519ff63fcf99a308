"""Where the program's own files and a profile's files lie. Nothing else uses `__file__`."""

import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from edema_desk.errors import ErrorCode, ExpectedError

PROFILE_VARIABLE = "EDEMA_DESK_PROFILE"
BASE_MODEL = "base"
_INTAKES = 4
"""So many programs may take files in at the same time; more of them wait."""


def _shipped() -> Path:
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen)
    package = Path(__file__).resolve().parent
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent


def resources_dir() -> Path:
    """Icons, fonts, translations and the style sheet."""
    return _shipped() / "resources"


def models_dir() -> Path:
    """The shipped model packages, one folder each."""
    return _shipped() / "models"


def reference_faces_dir() -> Path:
    """Crops of drawn faces that models are checked with."""
    return resources_dir() / "reference-faces"


def consent_texts_dir() -> Path:
    """What patients read before they consent: a file for each purpose and language."""
    return resources_dir() / "consent"


def face_parts_file() -> Path:
    """A picture of where the parts of a face lie in the canonical crop."""
    return resources_dir() / "face-parts.png"


def default_profile_dir() -> Path:
    """The platform's place for the program's data."""
    return Path(platformdirs.user_data_dir("EdemaDesk", appauthor=False))


@dataclass(frozen=True, slots=True)
class Profile:
    """A folder with everything one clinic keeps. Two profiles share nothing."""

    root: Path

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.root / "edema-desk.db"

    @property
    def data_key(self) -> Path:
        """The data key, until users exist: readable by its owner only."""
        return self.root / "data.key"

    @property
    def users(self) -> Path:
        """The data key, wrapped for each user and for the recovery key. While there is none the
        profile has no users."""
        return self.root / "users.keys"

    @property
    def cache_keys(self) -> Path:
        """The keys of prepared crops of studies."""
        return self.root / "cache" / "keys"

    @property
    def tries(self) -> Path:
        """How often passwords were tried lately."""
        return self.root / "sign-in.tries"

    @property
    def rotation(self) -> Path:
        """What a change of the data key prepares, until it is done or given up."""
        return self.root / "rotation"

    @property
    def capture_keys(self) -> Path:
        """The keys of clips and crops, each wrapped by the data key."""
        return self.root / "capture.keys"

    @property
    def audit_key(self) -> Path:
        """The key that signs heads of the record of acts, wrapped by the data key."""
        return self.root / "audit.key"

    @property
    def audit_heads(self) -> Path:
        """Signed heads of the record of acts, one a line, and the keys that signed them."""
        return self.root / "audit.heads"

    @property
    def clips(self) -> Path:
        """Sealed clips and crops."""
        return self.root / "clips"

    @property
    def courses(self) -> Path:
        """Sealed copies of courses that were worked out; whatever is missing is made anew."""
        return self.root / "courses"

    @property
    def backups(self) -> Path:
        """Copies of the database made before a migration, and where other backups go as long as
        no other folder was chosen."""
        return self.root / "backups"

    @property
    def backup_state(self) -> Path:
        """Which folder the backups go to, and how that stood last: known without the database."""
        return self.root / "backup.json"

    @property
    def erased(self) -> Path:
        """The ids of what was erased: no copy may bring it back."""
        return self.root / "erased.ids"

    @property
    def models(self) -> Path:
        """Installed model packages, one folder each, named by their ids."""
        return self.root / "models"

    @property
    def log(self) -> Path:
        """Diagnostics without patient data."""
        return self.root / "log" / "edema-desk.log"

    @property
    def settings(self) -> Path:
        """Choices of this PC."""
        return self.root / "settings.json"

    @property
    def reserve(self) -> Path:
        """Room on the disk that is given up when there is no other."""
        return self.root / "reserve.bin"

    @property
    def suspect(self) -> Path:
        """There while a page of the database was found damaged and not all were checked since."""
        return self.root / "edema-desk.suspect"

    @property
    def exports_unfinished(self) -> Path:
        """Where an export is being written: what lies there after a power cut is removed."""
        return self.root / "exports.unfinished"

    @property
    def exports_lock(self) -> Path:
        """Held by who exports patients of this profile."""
        return self.root / "exports.lock"

    @property
    def window_lock(self) -> Path:
        """Held by the one window of this profile."""
        return self.root / "window.lock"

    @property
    def capture_lock(self) -> Path:
        """Held by who records on this profile."""
        return self.root / "capture.lock"

    @property
    def inbox(self) -> Path:
        """Sealed copies of files of the inbox folder, until they are taken in."""
        return self.root / "inbox"

    @property
    def inbox_keys(self) -> Path:
        """The keys of those copies, each wrapped by the data key."""
        return self.root / "inbox.keys"

    @property
    def inbox_lock(self) -> Path:
        """Held by who works on the inbox of this profile."""
        return self.root / "inbox.lock"

    @property
    def intake_locks(self) -> tuple[Path, ...]:
        """Each held by one who takes a file in; none of them free for who clears up after them."""
        return tuple(self.root / f"intake-{number}.lock" for number in range(_INTAKES))

    def create(self) -> None:
        """Make the folders, for their owner only. Raises ExpectedError where that fails."""
        try:
            for folder in (self.root, self.clips, self.backups, self.models, self.log.parent):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            probe = self.root / ".writable"
            probe.touch()
            probe.unlink(missing_ok=True)  # another start may be trying too
        except OSError as error:
            raise ExpectedError(ErrorCode.PROFILE_NOT_WRITABLE, path=str(self.root)) from error
