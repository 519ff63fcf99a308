"""`inbox`: takes the clips of a folder in, once or as they come."""

import json
from pathlib import Path
from typing import Any

import click

from edema_desk import words
from edema_desk.commands.shell import (
    entered_at,
    profile_option,
    progress_line,
    sentence,
    told_plainly,
)
from edema_desk.domain.inbox.filing import (
    AfterTakingIn,
    InboxEntry,
    InboxItem,
    InboxPlan,
    InboxState,
)
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.inbox.running import run_on_folder
from edema_desk.store.captures.inbox import inbox_entry


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--once", is_flag=True, help="Take in what is there, and end.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each file.")
@click.option(
    "--after",
    type=click.Choice([after.value for after in AfterTakingIn]),
    default=AfterTakingIn.KEEP.value,
    help="What becomes of a file that was taken in: kept, moved to FOLDER/done, or deleted.",
)
@profile_option
def inbox(folder: Path, once: bool, as_json: bool, after: str, profile_dir: Path | None) -> None:
    """Take the clips in FOLDER in.

    File names such as 104-221_2026-03-02_pre.mp4, or a JSON file beside a clip, say whom it shows;
    clips that cannot be matched wait on the Inbox page of the window. Without --once the folder is
    watched until Ctrl+C.
    """
    plan = InboxPlan(folder.absolute(), AfterTakingIn(after))
    told: list[InboxItem] = []
    with told_plainly(), Clinic(entered_at(profile_dir)) as clinic, progress_line() as line:

        def tell(item: InboxItem) -> None:
            line.done()
            told.append(item)
            entry = clinic.database.call(lambda store: inbox_entry(store, item.item_id))
            click.echo(json.dumps(entry_json(entry)) if as_json else entry_text(entry))

        changing = run_on_folder(clinic, plan, line, Cancel(), once=once, on_item=tell)
    if not as_json:
        click.echo(_summary(told, changing))
    if any(item.state is InboxState.REFUSED for item in told):
        raise SystemExit(1)


def entry_text(entry: InboxEntry) -> str:
    """One line: the file, what happened, and to whom or why."""
    state = words.INBOX_STATES[entry.item.state.value]
    return f"{entry.item.shown_name:<40}  {state:<16}  {_because(entry)}".rstrip()


def _because(entry: InboxEntry) -> str:
    item, reason = entry.item, entry.item.reason()
    if reason is not None:
        return sentence(reason)
    if item.state is InboxState.DUPLICATE:
        twin = f"{entry.twin.chart_number} on {entry.twin_day}" if entry.twin else ""
        return f"as the clip of {twin}" if twin else "as another file that waits"
    if item.doubts:
        return " ".join(words.INBOX_DOUBTS[doubt.value].text for doubt in item.doubts)
    if entry.patient is None:
        return ""
    where = f"{entry.patient.chart_number}, {entry.day}, {item.target.phase}"
    if entry.refusal is not None:
        return f"{where}: {words.CAPTURE_REFUSALS[entry.refusal.value].text}"
    return where if entry.excess_kg is None else f"{where}: {entry.excess_kg:+.1f} kg"


def entry_json(entry: InboxEntry) -> dict[str, Any]:
    """The same for a program. Names of people are left out, chart numbers are not."""
    item = entry.item
    return {
        "file": item.name,
        "state": item.state.value,
        "sha256": item.sha256,
        "chart_number": entry.patient.chart_number if entry.patient else None,
        "captured_at": item.target.at.local().isoformat() if item.target.at else None,
        "time_from": item.target.time_from.value if item.target.time_from else None,
        "phase": item.target.phase.value if item.target.phase else None,
        "session_id": item.target.session_id,
        "capture_id": item.capture_id,
        "doubts": [doubt.value for doubt in item.doubts],
        "error": item.error.value if item.error else None,
        "refusal": entry.refusal.value if entry.refusal else None,
        "excess_kg": entry.excess_kg,
        "same_as": entry.twin.chart_number if entry.twin else None,
        "same_as_day": str(entry.twin_day) if entry.twin_day else None,
    }


def _summary(told: list[InboxItem], changing: int) -> str:
    counts = {state: sum(item.state is state for item in told) for state in InboxState}
    parts = [
        f"{count} {words.INBOX_STATES[state.value].lower()}"
        for state, count in counts.items()
        if count
    ]
    if changing:
        parts.append(f"{changing} still changing, not taken in yet")
    return ", ".join(parts) + "." if parts else "Nothing new in the folder."
