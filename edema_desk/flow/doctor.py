"""Whether the installation, the models and the profile are well, and what to do if not."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from edema_desk import __version__, words
from edema_desk.domain.terms.records import CaptureState
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.model import ModelInUse, base_model
from edema_desk.flow.base.model_registry import active_model
from edema_desk.flow.inbox.examining import inbox_told
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from edema_desk.paths import Profile, resources_dir
from edema_desk.store.audit.verifying import verify_audit
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.entered import Entered
from edema_desk.store.captures.captures import capture_states, unfinished_captures
from edema_desk.store.captures.clip_checks import damaged_clips
from edema_desk.store.captures.recordings import parts_kept
from edema_desk.store.captures.worklist import counts
from edema_desk.store.people.erasing import dropped_clips
from edema_desk.worker.client import WorkerClient

_NOT_LOOKED = (
    "it is locked, and nobody signed in: records, clips and inbox were not looked at. "
    "With --user NAME they are"
)
LEAST_FREE_BYTES = 5 * 1024**3
"""Below this a full disk is near: a day's clips are several gigabytes."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `advice` says what to do where it is not well."""

    what: str
    well: bool
    detail: str
    advice: str = ""


def examine(profile: Profile, way_in: Callable[[], Entered]) -> Iterator[Finding]:
    """Look at one thing after another; slow ones come as they are found.

    `way_in` enters the profile; it may ask who it is.
    """
    yield Finding("program", True, f"EdemaDesk {__version__}")
    yield _resources()
    yield from _guarded("base model", _model)
    yield from _guarded("analysis process", _worker)
    yield _space(profile)
    if not profile.database.exists() and not profile.data_key.exists():
        yield Finding("profile", True, f"{profile.root}: none yet; it is made at the first start")
        return
    yield from _profile(way_in)


def _guarded(what: str, look: Callable[[], str]) -> Iterator[Finding]:
    try:
        yield Finding(what, True, look())
    except ExpectedError as error:
        said = words.ERRORS[error.code.value]
        text = said.text.format_map(error.params)
        yield Finding(what, False, text, said.hint.format_map(error.params))


def _resources() -> Finding:
    missing = [n for n in ("style.qss", "fonts", "icons", "i18n") if not _resource(n).exists()]
    if missing:
        return Finding("resources", False, f"missing: {', '.join(missing)}", "Install again.")
    return Finding("resources", True, str(resources_dir()))


def _resource(name: str) -> Path:
    return resources_dir() / name


def _model() -> str:
    card = base_model().card
    figures = card.figures
    return (
        f"{card.model_id}: {figures.mae_kg:.2f} kg and {100 * figures.accuracy:.0f} % on "
        f"{figures.measured_on}"
    )


def _worker() -> str:
    with WorkerClient() as worker:
        told = _tried(worker, base_model())
        memory_mb = worker.memory_mb()
        return f"starts; {told}" + (f", {memory_mb:.0f} MB" if memory_mb is not None else "")


def _tried(worker: WorkerClient, model: ModelInUse) -> str:
    off_kg = worker.check(model.folder)
    return f"the weights are whole, and off by {off_kg:.3f} kg on the reference faces"


def _in_use(store: Store) -> str:
    model = active_model(store)
    if model.model_id == base_model().model_id:
        return "the shipped one"
    with WorkerClient() as worker:
        return f"{model.model_id}; {_tried(worker, model)}"


def _space(profile: Profile) -> Finding:
    place = profile.root
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    well = free >= LEAST_FREE_BYTES
    return Finding("disk", well, f"{free / 1024**3:.0f} GB free", "" if well else "Make room.")


def _profile(way_in: Callable[[], Entered]) -> Iterator[Finding]:
    try:
        into = way_in()
        store = open_store(into)
    except ExpectedError as error:
        if error.code is ErrorCode.SIGN_IN_NEEDED:
            yield Finding("database", True, _NOT_LOOKED)
            return
        said = words.ERRORS[error.code.value]
        text, hint = (t.format_map(error.params) for t in (said.text, said.hint))
        yield Finding("database", False, text, hint)
        return
    with store:
        held = counts(store)
        yield Finding(
            "database",
            True,
            f"{into.profile.database}: {held.patients} patients, {held.sessions} sessions, "
            f"{held.captures} clips, {held.estimates} estimates",
        )
        yield _settings(store)
        yield _audit(store)
        yield from _guarded("model in use", lambda: _in_use(store))
        yield from _clips(store, into)
        yield from _guarded("inbox", lambda: inbox_told(store, into.profile))


def _settings(store: Store) -> Finding:
    values = store.settings()
    well = values == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
    }
    told = ", ".join(f"{k}={v}" for k, v in values.items())
    return Finding("durability", well, told, "" if well else "Install EdemaDesk again.")


def _audit(store: Store) -> Finding:
    check = verify_audit(store)
    if check.sound:
        return Finding("record of acts", True, f"{check.head.rows} entries, unbroken")
    return Finding(
        "record of acts",
        False,
        f"does not fit together at entry {check.at_row}",
        "Someone changed the database outside the program: keep it and restore a backup.",
    )


def _clips(store: Store, into: Entered) -> Iterator[Finding]:
    ids = capture_states(store)
    library = ClipLibrary(into.profile.clips, CaptureKeys(into.profile.capture_keys, into.data_key))
    dropped = dropped_clips(store)
    wanted = [i for i, s in ids.items() if s in _KEPT and i not in dropped]
    lost = [i for i in wanted if not library.has_clip(i)]
    if lost:
        yield Finding(
            "clips", False, f"{len(lost)} stored clips are missing", "Restore the backup."
        )
    else:
        yield Finding("clips", True, "all stored clips are there")
    damaged = damaged_clips(store)
    if damaged:
        yield Finding(
            "clip contents",
            False,
            f"{len(damaged)} clips are not what was stored",
            "Their estimates stand. Restore the clips from a backup, and check the disk.",
        )
    strangers = library.orphans(list(ids))
    if strangers:
        yield Finding(
            "clip folder",
            False,
            f"{len(strangers)} files belong to no capture",
            f"If you did not put them there, move them out of {into.profile.clips}.",
        )
    yield from _recordings(store)
    left = unfinished_captures(store)
    if left:
        yield Finding(
            "captures",
            False,
            f"{len(left)} captures were interrupted",
            "Open the window: it finishes them at its start.",
        )


def _recordings(store: Store) -> Iterator[Finding]:
    parts = parts_kept(store)
    if not parts:
        yield Finding("recordings", True, "all are whole")
        return
    days = ", ".join(sorted({str(part.captured_at.day) for part in parts})[-5:])
    recovered = sum(part.recovered for part in parts)
    told = f"{len(parts)} incomplete, {recovered} of them recovered; the latest of {days}"
    yield Finding("recordings", True, told)


_KEPT = frozenset({CaptureState.STORED, CaptureState.ANALYSED})
