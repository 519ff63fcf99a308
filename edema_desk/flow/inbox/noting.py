"""What a look at the folder changes: new files, files that grew, went, or got a sidecar."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from edema_desk.domain.inbox.filing import InboxItem, InboxState
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.inbox.scanning import FoundFile
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store
from edema_desk.store.captures.inbox import forget_files, items_in_folder, keep_item, note_file


def require_outside(profile: Profile, folder: Path) -> None:
    """Raise ExpectedError(INBOX_FOLDER_INSIDE) for a folder that the profile lies in, or that
    lies in the profile."""
    inbox, own = folder.resolve(), profile.root.resolve()
    if inbox == own or own in inbox.parents or inbox in own.parents:
        raise ExpectedError(ErrorCode.INBOX_FOLDER_INSIDE, path=str(folder))


def note_files(store: Store, folder: str, found: Sequence[FoundFile]) -> tuple[InboxItem, ...]:
    """Keep what is new in the folder; the items of the files that are there now."""
    held = items_in_folder(store, folder)
    known = {(i.name, i.size_bytes, i.mtime_ns): i for i in held}
    growing = {i.name: i for i in held if i.state is InboxState.RESTING}
    names = {file.name for file in found}
    forget_files(store, [i.item_id for i in growing.values() if i.name not in names])
    return tuple(_noted(store, folder, file, known, growing) for file in found)


def _noted(
    store: Store,
    folder: str,
    file: FoundFile,
    known: dict[tuple[str, int, int], InboxItem],
    growing: dict[str, InboxItem],
) -> InboxItem:
    item = known.get((file.name, file.size_bytes, file.mtime_ns))
    if item is None and file.name in growing:
        grown = replace(growing[file.name], size_bytes=file.size_bytes, mtime_ns=file.mtime_ns)
        return keep_item(store, replace(grown, sidecar=file.sidecar))
    if item is None:
        state, now = InboxState.RESTING, Moment.now()
        seen = InboxItem(new_id(), folder, file.name, file.size_bytes, file.mtime_ns, state, now)
        return note_file(store, replace(seen, sidecar=file.sidecar))
    if item.sidecar != file.sidecar:
        return _with_sidecar(store, item, file.sidecar)
    return item


def _with_sidecar(store: Store, item: InboxItem, sidecar: str) -> InboxItem:
    """A clip that waits for a person may be told by its sidecar, when that comes late."""
    waits = item.state is InboxState.WAITING
    state = InboxState.COPIED if waits and sidecar else item.state
    return keep_item(store, replace(item, sidecar=sidecar, state=state))
