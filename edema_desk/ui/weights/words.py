"""What is said of a weight while it is typed."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from edema_desk.domain.course.trend import PhaseEntry, Trend
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase
from edema_desk.domain.terms.weights import Tare, TareKind
from edema_desk.ui.parts.phrases import kg, recent_day_text, tare_text, time_text


def heading_text(phase: Phase | None) -> str:
    """What is asked for."""
    if phase is Phase.PRE:
        return QCoreApplication.translate("weight", "Weight before dialysis, kg")
    if phase is Phase.POST:
        return QCoreApplication.translate("weight", "Weight after dialysis, kg")
    return QCoreApplication.translate("weight", "On the scale, kg")


def old_text(old: PhaseEntry, *, typed: bool) -> str:
    """What was entered before, and, once something is `typed`, what becomes of it."""
    said = QCoreApplication.translate("weight", "{weight} kg was entered for {time}.")
    if typed:
        said = QCoreApplication.translate(
            "weight", "{weight} kg was entered for {time}. A correction keeps both; say why below."
        )
    return said.format(weight=kg(old.net_g), time=time_text(old.at))


def net_text(net_g: int, tares: Sequence[Tare]) -> str:
    """The weight that counts, and what was taken off; nothing where nothing was."""
    names = {
        TareKind.WHEELCHAIR: QCoreApplication.translate("weight", "wheelchair {weight}"),
        TareKind.CLOTHES: QCoreApplication.translate("weight", "clothes {weight}"),
    }
    off = [names[t.kind].format(weight=tare_text(t.weight_g)) for t in tares if t.used]
    if not off:
        return ""
    said = QCoreApplication.translate("weight", "{weight} kg without {tares}")
    return said.format(weight=kg(net_g), tares=" · ".join(off))


def excess_words(net_g: int, dry_g: int) -> str:
    """How far a weight is from the dry weight, as the tenths on the screen say it."""
    shown = kg(net_g - dry_g, signed=True)
    if shown[0] not in "+−":
        return QCoreApplication.translate("weight", "at dry weight")
    if shown[0] == "+":
        said = QCoreApplication.translate("weight", "{excess} kg above dry weight")
        return said.format(excess=shown)
    said = QCoreApplication.translate("weight", "{excess} kg below dry weight")
    return said.format(excess=shown[1:])


def last_words(last: PhaseEntry, at: Moment) -> str:
    """The last weight and when that was."""
    if last.at.day == at.day:
        said = QCoreApplication.translate("weight", "last {weight} at {time}")
        return said.format(weight=kg(last.net_g), time=time_text(last.at))
    said = QCoreApplication.translate("weight", "last {weight} on {day}")
    return said.format(weight=kg(last.net_g), day=recent_day_text(last.at.day, at.day))


def live_text(net_g: int | None, dry_g: int | None, last: PhaseEntry | None, at: Moment) -> str:
    """Where a weight stands beside what is known; a blank line where nothing is."""
    words = [excess_words(net_g, dry_g)] if net_g is not None and dry_g is not None else []
    words += [last_words(last, at)] if last is not None else []
    said = " · ".join(words)
    return said[:1].upper() + said[1:] or " "


def last_weight(
    trend: Trend, session_id: str | None, phase: Phase | None, at: Moment
) -> PhaseEntry | None:
    """The newest weight before `at` that is not of this session's phase."""
    own = next((s for s in trend.sessions if s.session.session_id == session_id), None)
    not_this = (own.pre if phase is Phase.PRE else own.post) if own and phase else None
    before = (e for e in trend.entries() if e.net_g is not None and e.at <= at)
    return max((e for e in before if e is not not_this), key=lambda e: e.at, default=None)
