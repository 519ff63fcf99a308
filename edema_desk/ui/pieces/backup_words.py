"""How it stands with the backups, in words."""

from PySide6.QtCore import QCoreApplication

from edema_desk.domain.keeping.backup import BackupProgress, BackupState, Generation, Restored
from edema_desk.domain.terms.moment import Moment
from edema_desk.ui.parts.phrases import day_text, short_day_text, time_text

_MINUTE_MS, _HOUR_MS, _DAY_MS = 60_000, 3_600_000, 86_400_000


def age_text(age_ms: int) -> str:
    """A time in its largest unit: 12 minutes, 5 hours, 3 days."""
    if age_ms < 2 * _MINUTE_MS:
        return QCoreApplication.translate("backup", "1 minute")
    if age_ms < 2 * _HOUR_MS:
        said, unit_ms = QCoreApplication.translate("backup", "{count} minutes"), _MINUTE_MS
    elif age_ms < 2 * _DAY_MS:
        said, unit_ms = QCoreApplication.translate("backup", "{count} hours"), _HOUR_MS
    else:
        said, unit_ms = QCoreApplication.translate("backup", "{count} days"), _DAY_MS
    return said.format(count=age_ms // unit_ms)


def moment_text(at: Moment) -> str:
    """Day and time."""
    return f"{day_text(at.day, weekday=False)} {time_text(at)}"


def status_text(state: BackupState, now: Moment) -> str:
    """A few words for the line at the foot."""
    age_ms = state.age_ms(now)
    if state.error is not None:
        said = QCoreApplication.translate("backup", "The backup failed")
    elif state.gone_since is not None:
        said = QCoreApplication.translate("backup", "The backup disk is away")
    elif age_ms is None:
        return QCoreApplication.translate("backup", "No backup yet")
    else:
        aged = QCoreApplication.translate("backup", "Backup {age} old")
        return aged.format(age=age_text(age_ms))
    if age_ms is None:
        return said
    last = QCoreApplication.translate("backup", "{said}, the last is {age} old")
    return last.format(said=said, age=age_text(age_ms))


def standing_text(state: BackupState, now: Moment) -> str:
    """A sentence for the card."""
    age_ms = state.age_ms(now)
    if age_ms is None or state.newest is None:
        return QCoreApplication.translate("backup", "There is no backup in this folder yet.")
    said = QCoreApplication.translate("backup", "The newest is of {moment}, {age} ago.")
    told = said.format(moment=moment_text(state.newest), age=age_text(age_ms))
    if state.current:
        more = QCoreApplication.translate("backup", "Nothing was entered since.")
        return f"{told} {more}"
    return told


def generation_text(generation: Generation) -> str:
    """A line of the list: when, and what is in it."""
    said = QCoreApplication.translate(
        "backup", "{moment}: {patients} patients, {sessions} sessions"
    )
    return said.format(
        moment=f"{short_day_text(generation.made_at.day)} {time_text(generation.made_at)}",
        patients=generation.patients,
        sessions=generation.sessions,
    )


def restored_text(done: Restored) -> str:
    """What came back, what did not, and where lies what was in the way."""
    made = done.generation
    said = QCoreApplication.translate(
        "backup", "As of {moment}: {patients} patients and {sessions} sessions."
    )
    lines = [
        said.format(
            moment=moment_text(made.made_at), patients=made.patients, sessions=made.sessions
        )
    ]
    if done.acts_lost:
        lost = QCoreApplication.translate(
            "backup", "{count} entries made after that are not in it: enter them again."
        )
        lines.append(lost.format(count=done.acts_lost))
    if done.missing:
        gone = QCoreApplication.translate(
            "backup", "{count} clips are neither on this PC nor in the backup."
        )
        lines.append(gone.format(count=done.missing))
    if done.set_aside is not None:
        aside = QCoreApplication.translate("backup", "What was in the way lies in {folder}.")
        lines.append(aside.format(folder=str(done.set_aside)))
    return "\n".join(lines)


def progress_text(progress: BackupProgress) -> str:
    """What is being done and how long it takes."""
    step = {
        "records": QCoreApplication.translate("backup", "Copying the records"),
        "check": QCoreApplication.translate("backup", "Checking the copy"),
        "clips": QCoreApplication.translate("backup", "Copying the clips"),
    }[progress.what]
    share = f"{step} · {progress.share * 100:.0f} %"
    if progress.left_s is None or progress.left_s < 2:
        return share
    left = QCoreApplication.translate("backup", "about {age} to go")
    return f"{share} · {left.format(age=_left_text(progress.left_s))}"


def _left_text(left_s: float) -> str:
    if left_s < 90:
        seconds = QCoreApplication.translate("backup", "{count} seconds")
        return seconds.format(count=round(left_s))
    return age_text(round(left_s * 1000))
