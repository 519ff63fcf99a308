"""Items of the inbox in the words of the person at the screen."""

from PySide6.QtCore import QCoreApplication, QLocale

from edema_desk.domain.course.worklist import Mark
from edema_desk.domain.inbox.filing import UNDER_WAY, InboxEntry, InboxItem, InboxState, TimeFrom
from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ExpectedError
from edema_desk.ui.parts.phrases import (
    error_text,
    excess,
    inbox_doubts_hint,
    inbox_doubts_text,
    inbox_state_text,
    phase_text,
    refusal_words,
    short_day_text,
    time_text,
)

STATE_MARKS = {
    InboxState.TAKEN_IN: Mark.DONE,
    InboxState.WAITING: Mark.CLIP_MISSING,
    InboxState.UNDONE: Mark.CLIP_MISSING,
    InboxState.REFUSED: Mark.REFUSED,
    InboxState.DUPLICATE: Mark.NOT_YET,
    InboxState.SET_ASIDE: Mark.NOT_YET,
}
"""The sign of a state; those not named are under way."""


def mark_of(entry: InboxEntry) -> Mark:
    """The sign beside an item."""
    if entry.refusal is not None and entry.item.state is InboxState.TAKEN_IN:
        return Mark.REFUSED
    return STATE_MARKS.get(entry.item.state, Mark.WORKING)


def state_text(item: InboxItem) -> str:
    """How an item stands, in a few words."""
    return inbox_state_text(item.state)


def why_text(entry: InboxEntry) -> str:
    """Why an item is where it is, in one line; empty where there is nothing to say."""
    item = entry.item
    if item.state is InboxState.DUPLICATE:
        return _twin_text(entry)
    if item.state is InboxState.REFUSED or (item.state in UNDER_WAY and item.error):
        return _error_words(item)
    if item.state is InboxState.TAKEN_IN:
        return result_text(entry)
    return doubts_text(item) if item.state is InboxState.WAITING else ""


def doubts_text(item: InboxItem) -> str:
    """What a person is asked."""
    return inbox_doubts_text(item.doubts)


def doubts_hint(item: InboxItem) -> str:
    """What to do about it, each thing once."""
    return inbox_doubts_hint(item.doubts)


def result_text(entry: InboxEntry) -> str:
    """The estimate, or the reason for none."""
    if entry.refusal is not None:
        said = QCoreApplication.translate("inbox", "No estimate: {reason}")
        return said.format(reason=refusal_words(entry.refusal))
    if entry.excess_kg is None:
        return ""
    said = QCoreApplication.translate("inbox", "Estimate {excess} kg")
    return said.format(excess=excess(entry.excess_kg))


def _error_words(item: InboxItem) -> str:
    """What is wrong. The file's name stands beside it already, and would push the reason out."""
    reason = item.reason()
    if reason is None:
        return ""
    params = dict(reason.params)
    if "name" in params:
        params["name"] = QCoreApplication.translate("inbox", "this file")
    said = error_text(ExpectedError(reason.code, **params))
    return said[:1].upper() + said[1:]


def _twin_text(entry: InboxEntry) -> str:
    if entry.twin is None or entry.twin_day is None:
        return QCoreApplication.translate("inbox", "Another file of the inbox holds the same clip.")
    said = QCoreApplication.translate("inbox", "The same clip was stored for {name} on {day}.")
    return said.format(name=entry.twin.name, day=short_day_text(entry.twin_day))


def when_text(item: InboxItem) -> str:
    """Day and time of the clip."""
    at = item.target.at
    return f"{short_day_text(at.day)} {time_text(at)}" if at else "–"


def phase_word(item: InboxItem) -> str:
    """Before, after, in between, or nothing."""
    return phase_text(item.target.phase) if item.target.phase else ""


def seen_text(item: InboxItem) -> str:
    """When the file was first seen, and how large it is."""
    size = QLocale().formattedDataSize(
        item.size_bytes, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat
    )
    at = item.seen_at
    day = "" if at.day == Moment.now().day else f"{short_day_text(at.day)} "
    return f"{day}{time_text(at)} · {size}"


def time_from_text(item: InboxItem) -> str:
    """Where the time of the clip comes from."""
    return {
        TimeFrom.PERSON: QCoreApplication.translate("inbox", "entered here"),
        TimeFrom.OWN: QCoreApplication.translate("inbox", "the clip's own time"),
        TimeFrom.SIDECAR: QCoreApplication.translate("inbox", "from the JSON file beside it"),
        TimeFrom.NAME: QCoreApplication.translate("inbox", "from the file's name"),
        TimeFrom.CLIP: QCoreApplication.translate("inbox", "as the clip itself says"),
        TimeFrom.FILE: QCoreApplication.translate("inbox", "when the file was last changed"),
        TimeFrom.USUAL: QCoreApplication.translate("inbox", "the usual hour of that day"),
        None: "",
    }[item.target.time_from]
