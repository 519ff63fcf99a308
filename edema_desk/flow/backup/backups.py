"""The backups of an open profile: made by themselves each half hour in use, and at the end."""

import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from edema_desk.domain.keeping.backup import EACH_MS, BackupProgress, BackupState
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import PROGRAM
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.backup.backing_up import Pace, back_up, changed_since, is_own
from edema_desk.flow.base.backup_memory import BackupMemory, backup_folder, remember, remembered
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.progress import Cancel
from edema_desk.log import LOGGER, report_bug
from edema_desk.media.key_copies import forget_keys
from edema_desk.store.backup.folder import BackupFolder, told_of
from edema_desk.store.backup.generations import generations_in, records_id
from edema_desk.store.base.clinic_settings import clinic_settings
from edema_desk.store.base.places import shared_by
from edema_desk.store.people.erasing import erased_captures

FIRST_AFTER_S = 60.0
"""The first minute belongs to whoever waits for the window."""
LOOK_EVERY_S = 20.0
AGAIN_AFTER_MS = 5 * 60_000
"""After a try that failed."""
CLIPS_AT_CLOSE_S = 20.0
"""So long closing waits for clips; the rest is copied after the next start."""


class BackupDesk:
    """`begin` makes backups from then on; `close` makes the last one. Questions and wishes are
    answered without it too. Listeners are called on another thread."""

    def __init__(
        self,
        clinic: Clinic,
        gate: Gate,
        first_after_s: float = FIRST_AFTER_S,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._clinic, self._gate = clinic, gate
        self._first_after_s, self._look_every_s = first_after_s, look_every_s
        self._profile = clinic.profile
        self._door = clinic.database.acting_as(PROGRAM)
        self._memory = remembered(self._profile)
        self._work = ThreadPoolExecutor(1, "backup")
        self._listeners: list[Callable[[], None]] = []
        self._cancel, self._stop, self._wake = Cancel(), threading.Event(), threading.Event()
        self._failed_at: Moment | None = None
        self._clips_left = True
        self._forgotten = frozenset[str]()
        self._watch: threading.Thread | None = None
        self._state = BackupState(self._folder, self._memory.newest)

    @property
    def state(self) -> BackupState:
        """How it stands, as far as was looked."""
        return self._state

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever the state changed."""
        self._listeners.append(listener)

    def begin(self) -> None:
        """Make backups from now on."""
        if self._watch is None:
            self._watch = threading.Thread(target=self._look, name="backup watch", daemon=True)
            self._watch.start()

    def look_again(self) -> None:
        """Something was chosen or put in: look now."""
        self._wake.set()

    def back_up_now(self, cancel: Cancel) -> Future[BackupState]:
        """A backup at once. Raises ExpectedError as `back_up` does, and CANCELLED."""
        return self._work.submit(self._run, cancel)

    def refresh(self) -> Future[BackupState]:
        """How it stands, looked at anew."""
        return self._work.submit(self._looked)

    def check_folder(self, folder: str) -> Future[str]:
        """The folder as it is kept, where backups may go to it; "" is the profile's own.

        Raises ExpectedError BACKUP_FOLDER_GONE, _INSIDE, _TAKEN, BACKUP_NEWER, BACKUP_FAILED.
        """
        return self._work.submit(self._checked, folder)

    def forget(self, capture_ids: tuple[str, ...]) -> Future[None]:
        """Destroy the keys of erased captures in the copies, and the copies themselves. Where the
        folder is away that is done when it is back."""
        return self._work.submit(self._forget, frozenset(capture_ids))

    def close(self) -> None:
        """Make the last backup, if anything was written since, and stop. The second time it does
        nothing."""
        self._listeners.clear()
        self._stop.set()
        self._wake.set()
        self._cancel.set()
        if self._watch is not None:
            self._watch.join()
            self._watch = None
            self._work.submit(self._last)
        self._work.shutdown()

    @property
    def _folder(self) -> Path:
        return backup_folder(self._profile, self._memory.folder)

    def _look(self) -> None:
        self._work.submit(self._round, may_work=False).result()
        wait_s = self._first_after_s
        while True:
            self._wake.wait(wait_s)
            if self._stop.is_set():
                return
            self._wake.clear()
            wait_s = self._look_every_s
            with suppress(RuntimeError):  # closing
                self._work.submit(self._round).result()

    def _round(self, may_work: bool = True) -> None:
        """Look, and make a backup where one is due."""
        try:
            state = self._looked()
            if may_work and self._due(state) and not self._cancel.asked:
                self._run(self._cancel)
        except ExpectedError as error:
            if error.code not in (ErrorCode.CANCELLED, ErrorCode.BACKUP_FOLDER_GONE):
                LOGGER.warning("a backup failed: %s", error.code)
        except Exception as error:  # noqa: BLE001  a thread's border: the next round follows
            report_bug(error)

    def _last(self) -> None:
        try:
            if not self._looked().current:
                self._back_up(Pace(), time.monotonic() + CLIPS_AT_CLOSE_S)
        except ExpectedError as error:
            LOGGER.warning("the last backup failed: %s", error.code)
        except Exception as error:  # noqa: BLE001  a thread's border: the rest has to close
            report_bug(error)

    def _due(self, state: BackupState) -> bool:
        """Whether something was written for half an hour, or was never backed up here."""
        now = Moment.now()
        if self._failed_at is not None and _since(self._failed_at, now) < AGAIN_AFTER_MS:
            return False
        if state.current and not self._clips_left:
            return False
        if state.gone_since is not None:
            return False
        back_again = self._memory.gone_since is not None
        age_ms = None if not state.generations else state.age_ms(now)
        return state.current or back_again or age_ms is None or age_ms >= EACH_MS

    def _run(self, cancel: Cancel) -> BackupState:
        pace = Pace(check=cancel.check, busy=lambda: self._gate.busy)
        self._looked()
        try:
            self._back_up(pace, None)
        except ExpectedError as error:
            if error.code is ErrorCode.BACKUP_FOLDER_GONE:
                self._looked()
            elif error.code is not ErrorCode.CANCELLED:
                self._failed_at = Moment.now()
                self._say(replace(self._state, error=error, progress=None))
            else:
                self._say(replace(self._state, progress=None))
            raise
        self._failed_at = None
        return self._looked()

    def _back_up(self, pace: Pace, clips_until_s: float | None) -> None:
        def tell(progress: BackupProgress) -> None:
            self._say(replace(self._state, progress=progress))

        back_up(
            *(self._clinic.entered, self._door, BackupFolder(self._folder)),
            known_folder=self._memory.known,
            pace=pace,
            tell=tell,
            clips_until_s=clips_until_s,
        )
        self._clips_left = clips_until_s is not None
        self._keep(replace(self._memory, known=True, gone_since=None))

    def _looked(self) -> BackupState:
        self._follow()
        place = BackupFolder(self._folder)
        state = BackupState(
            place.root,
            newest=self._memory.newest,
            error=self._state.error if self._failed_at is not None else None,
            gone_since=self._memory.gone_since,
            same_disk=_same_disk(place.root, self._profile.root),
            shared=shared_by(place.root),
            sealed_here=not self._profile.users.exists(),
        )
        if self._away(place):
            gone = self._memory.gone_since or Moment.now()
            self._forgotten = frozenset()  # of a disk that comes back nothing is known
            self._keep(replace(self._memory, gone_since=gone))
            state = replace(state, gone_since=gone)
        else:
            self._forget_erased()
            with told_of(place.root):
                there = generations_in(place.generations) if place.generations.is_dir() else ()
            current = not changed_since(self._door, there[0] if there else None)
            newest = there[0].made_at if there else None
            state = replace(state, gone_since=None, generations=there, newest=newest)
            state = replace(state, current=current)
            if newest != self._memory.newest:
                self._keep(replace(self._memory, newest=newest))
        self._say(state)
        return state

    def _follow(self) -> None:
        """The folder the clinic chose."""
        chosen = self._door.call(clinic_settings).backup_folder
        if chosen != self._memory.folder:
            self._failed_at, self._forgotten = None, frozenset()
            self._keep(BackupMemory(chosen))

    def _checked(self, folder: str) -> str:
        if not folder.strip():
            return ""
        place = BackupFolder(Path(folder.strip()).absolute())
        own = self._profile.root.resolve()
        if place.root.resolve() == self._profile.backups.resolve():
            return ""
        if place.root.resolve().is_relative_to(own) or own.is_relative_to(place.root.resolve()):
            raise ExpectedError(ErrorCode.BACKUP_FOLDER_INSIDE, path=str(place.root))
        if not place.root.is_dir():
            raise ExpectedError(ErrorCode.BACKUP_FOLDER_GONE, path=str(place.root))
        mine = self._door.call(records_id)
        if place.owner() not in (None, mine):
            raise ExpectedError(ErrorCode.BACKUP_FOLDER_TAKEN, path=str(place.root))
        with told_of(place.root), tempfile.TemporaryFile(dir=place.root):
            return str(place.root)

    def _away(self, place: BackupFolder) -> bool:
        if is_own(place, self._profile):
            return False
        return not place.root.is_dir() or (self._memory.known and place.owner() is None)

    def _forget_erased(self) -> None:
        """What was erased since the last look leaves the copies too, without waiting for a
        backup."""
        fresh = self._door.call(erased_captures) - self._forgotten
        if fresh:
            self._forget(fresh)
            self._forgotten |= fresh

    def _forget(self, capture_ids: frozenset[str]) -> None:
        place = BackupFolder(self._folder)
        if place.clips.is_dir():
            with told_of(place.root):
                forget_keys(self._profile.capture_keys.name, place.root, capture_ids)
                for path in place.clips.iterdir():
                    if path.name.partition(".")[0] in capture_ids:
                        path.unlink(missing_ok=True)

    def _keep(self, memory: BackupMemory) -> None:
        self._memory = memory
        try:
            remember(self._profile, memory)
        except OSError as error:
            LOGGER.warning("where backups go is not written down: %s", type(error).__name__)

    def _say(self, state: BackupState) -> None:
        self._state = state
        for listener in tuple(self._listeners):
            listener()


def _since(earlier: Moment, now: Moment) -> int:
    return max(now.utc_ms - earlier.utc_ms, 0)


def _same_disk(folder: Path, profile: Path) -> bool:
    try:
        return folder.stat().st_dev == profile.stat().st_dev
    except OSError:  # it is away, or not made yet
        return False
