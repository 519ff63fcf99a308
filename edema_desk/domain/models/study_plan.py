"""Which captures of a patient make rows of a study, and why others do not."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from edema_desk.domain.course.exporting import ExportedPatient, phases_of
from edema_desk.domain.course.trend import PhaseEntry, SessionEntry
from edema_desk.domain.models.export_plan import LeftOut
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase


@dataclass(frozen=True, slots=True)
class StudyCapture:
    """A capture whose clip goes out. `at` is told by the minute where `timed`: a session that
    goes on past midnight has no times that fit its one clinic day."""

    capture_id: str
    code: str
    day: date
    phase: Phase
    at: Moment
    timed: bool
    weight_g: int | None
    dry_weight_g: int
    whole: bool

    @property
    def slot(self) -> tuple[str, ...]:
        """What a study holds only once."""
        minute = self.at.local().strftime("%H%M") if self.phase is Phase.SPOT else ""
        return self.code, str(self.day), self.phase.value, minute

    @property
    def stem(self) -> str:
        """The name of its clip without the ending."""
        return "_".join(part for part in self.slot if part)


@dataclass(frozen=True, slots=True)
class StudyPlan:
    """The rows of one patient in time order, and how many captures make none, by the reason."""

    captures: tuple[StudyCapture, ...]
    left_out: Counter[LeftOut]


def study_plan(patient: ExportedPatient, with_clip: Collection[str]) -> StudyPlan:
    """The rows of a patient; `with_clip` are the captures whose clip is still kept."""
    rows: dict[tuple[str, ...], StudyCapture] = {}
    left_out: Counter[LeftOut] = Counter()
    for day, entry, timed in _entries(patient):
        made = _capture(patient.code, day, entry, timed, with_clip)
        if isinstance(made, LeftOut):
            left_out[made] += 1
        elif made.slot in rows:
            left_out[LeftOut.TWICE] += 1
        else:
            rows[made.slot] = made
    return StudyPlan(tuple(rows.values()), left_out)


def _entries(patient: ExportedPatient) -> Iterator[tuple[date, PhaseEntry, bool]]:
    """Each capture of which there is anything, with its clinic day and whether times fit it."""
    for session in patient.trend.sessions:
        timed = _within_its_day(session)
        for entry in phases_of(session):
            if _kept(entry):
                yield session.session.day, entry, timed
    for spot in patient.trend.spots:
        if _kept(spot):
            yield spot.at.day, spot, True


def _kept(entry: PhaseEntry) -> bool:
    return entry.capture is not None and not entry.capture.given_up


def _within_its_day(entry: SessionEntry) -> bool:
    captured = [phase.capture.captured_at for phase in phases_of(entry) if phase.capture]
    in_order = all(first <= then for first, then in pairwise(captured))
    return in_order and all(at.day == entry.session.day for at in captured)


def _capture(
    code: str, day: date, entry: PhaseEntry, timed: bool, with_clip: Collection[str]
) -> StudyCapture | LeftOut:
    capture = entry.capture
    if capture is None or capture.capture_id not in with_clip:
        return LeftOut.NO_CLIP
    if entry.dry_weight_g is None:
        return LeftOut.NO_DRY_WEIGHT
    if entry.net_g is None and entry.phase is not Phase.SPOT:
        return LeftOut.NO_WEIGHT
    at = capture.captured_at
    weight_g = None if entry.phase is Phase.SPOT else entry.net_g
    return StudyCapture(
        *(capture.capture_id, code, day, entry.phase, at, timed),
        *(weight_g, entry.dry_weight_g, capture.whole),
    )
