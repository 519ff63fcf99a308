"""A patient with a course, made of the domain's own records: for pages that show one."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.random import Generator

from edema_desk.domain.course.trend import Trend, build_trend
from edema_desk.domain.course.views import CaptureDetail, PatientCard, SessionPair
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.quality import SCORE_NAMES, FrameRefusal
from edema_desk.domain.terms.records import (
    Capture,
    CaptureState,
    DialysisSession,
    DryWeight,
    Patient,
    Phase,
    Schedule,
    StoredEstimate,
    Weighing,
)

TOKYO_MIN = 540
FIRST_DAY = date(2025, 12, 1)  # a Monday
MODEL = "base-2026.1"
PATIENT = Patient("p1", "107-662", "山本 幸", "ヤマモト サチ", date(1949, 5, 17))
SCHEDULE = Schedule((0, 2, 4), 1, "B1")


def moment(day: date, hour: int, minute: int = 0) -> Moment:
    """A time of day in Tokyo, whatever the clock of this computer."""
    utc = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour, minutes=minute)
    return Moment(round(utc.timestamp() * 1000) - TOKYO_MIN * 60_000, TOKYO_MIN)


def dialysis_days(count: int) -> list[date]:
    """Mondays, Wednesdays and Fridays, with one fortnight missed after the twentieth."""
    days = [FIRST_DAY + timedelta(days=7 * (i // 3) + 2 * (i % 3)) for i in range(count)]
    return [d + timedelta(days=14) if i >= 20 else d for i, d in enumerate(days)]


@dataclass
class Course:
    """What `build_trend` wants, filled session by session."""

    sessions: list[DialysisSession] = field(default_factory=list)
    weighings: dict[str, list[Weighing]] = field(default_factory=dict)
    captures: list[Capture] = field(default_factory=list)
    estimates: dict[str, StoredEstimate] = field(default_factory=dict)
    dry_weights: list[DryWeight] = field(default_factory=list)

    def trend(self) -> Trend:
        """The course as the store would give it."""
        return build_trend(
            self.sessions, self.weighings, self.captures, self.estimates, self.dry_weights
        )

    def add_dry_weight(self, day: date, weight_g: int) -> None:
        """Valid from `day` on."""
        number = len(self.dry_weights)
        self.dry_weights.append(
            DryWeight(f"d{number}", PATIENT.patient_id, weight_g, day, moment(day, 8))
        )

    def add_session(self, day: date, session_id: str) -> None:
        """An empty session, opened at nine."""
        self.sessions.append(
            DialysisSession(session_id, PATIENT.patient_id, day, moment(day, 9), 4.0)
        )

    def add_weight(self, session_id: str, day: date, phase: Phase, net_g: int) -> None:
        """A weight with a tare of 800 g."""
        hour = 9 if phase is Phase.PRE else 13
        self.weighings.setdefault(session_id, []).append(
            Weighing(
                f"w-{session_id}-{phase}",
                session_id,
                phase,
                net_g + 800,
                800,
                moment(day, hour),
                "Mori",
            )
        )

    def add_capture(
        self,
        session_id: str | None,
        day: date,
        phase: Phase,
        excess_kg: float | None,
        refusal: Refusal | None = None,
        spread_kg: float = 0.5,
    ) -> None:
        """A clip with its estimate, or refused."""
        capture_id = f"c-{session_id or day.isoformat()}-{phase}"
        at = moment(day, {Phase.PRE: 9, Phase.POST: 13, Phase.SPOT: 18}[phase], 5)
        self.captures.append(
            Capture(
                capture_id,
                PATIENT.patient_id,
                session_id,
                phase,
                at,
                CaptureState.REFUSED if refusal else CaptureState.ANALYSED,
                "file",
                duration_ms=31_000,
                frames_seen=930,
                frames_chosen=0 if refusal else 24,
            )
        )
        self.estimates[capture_id] = StoredEstimate(
            f"e-{capture_id}",
            capture_id,
            MODEL,
            at,
            excess_kg,
            None if refusal else spread_kg,
            refusal,
        )


def add_spot(
    course: Course, at: Moment, excess_kg: float | None, refusal: Refusal | None = None
) -> str:
    """A spot capture of any time of day; its id."""
    course.add_capture(None, at.day, Phase.SPOT, excess_kg, refusal)
    made, capture_id = course.captures[-1], f"spot-{at.utc_ms}"
    course.captures[-1] = replace(made, capture_id=capture_id, captured_at=at)
    held = course.estimates.pop(made.capture_id)
    course.estimates[capture_id] = replace(held, capture_id=capture_id)
    return capture_id


def make_course(count: int = 36, *, seed: int = 7, dry_weight: bool = True) -> Course:
    """`count` sessions as a clinic sees them: a missed fortnight, a lower dry weight half way,
    two clips refused, a weight forgotten, a spot capture in between."""
    rng = np.random.default_rng(seed)
    course = Course()
    days = dialysis_days(count)
    if dry_weight:
        course.add_dry_weight(FIRST_DAY - timedelta(days=30), 52_000)
        if count > 18:
            course.add_dry_weight(days[18], 51_500)
    for i, day in enumerate(days):
        _add_session(course, rng, i, day, 51_500 if i >= 18 else 52_000, known=dry_weight)
    if count > 24:
        course.add_capture(None, days[24] + timedelta(days=1), Phase.SPOT, 0.9)
    return course


def _add_session(
    course: Course, rng: Generator, i: int, day: date, dry_g: int, *, known: bool
) -> None:
    session_id = f"s{i}"
    course.add_session(day, session_id)
    gain = 2.1 + 0.5 * (day.weekday() == 0) + float(rng.normal(0, 0.35))
    left = float(rng.normal(0.1, 0.12))
    for phase, excess in ((Phase.PRE, gain), (Phase.POST, left)):
        if not (i == 11 and phase is Phase.POST):
            course.add_weight(session_id, day, phase, dry_g + 100 * round(excess * 10))
        guess = excess + float(rng.normal(0, 0.28))
        refusal = _refusal(i, phase) if known else Refusal.NO_REFERENCE
        spread = 0.45 + float(rng.uniform(0, 0.2))
        course.add_capture(session_id, day, phase, None if refusal else guess, refusal, spread)


def _refusal(i: int, phase: Phase) -> Refusal | None:
    if i == 0:
        return Refusal.NO_REFERENCE
    if i == 9 and phase is Phase.PRE:
        return Refusal.TURNED_AWAY
    if i == 27 and phase is Phase.POST:
        return Refusal.BAD_LIGHT
    return None


def make_card(count: int = 36, *, seed: int = 7, dry_weight: bool = True) -> PatientCard:
    """The patient page's data."""
    trend = make_course(count, seed=seed, dry_weight=dry_weight).trend()
    dry_g = trend.dry_weights[-1].weight_g if trend.dry_weights else None
    return PatientCard(PATIENT, SCHEDULE, dry_g, trend)


def make_detail(capture: Capture, estimate: StoredEstimate | None, seed: int = 3) -> CaptureDetail:
    """What an analysis left of `capture`: plausible scores, refusals that add up."""
    rng = np.random.default_rng(seed)
    frames = capture.frames_chosen or 0
    scores = np.full((frames, len(SCORE_NAMES)), 80.0, dtype=np.float32)
    scores += rng.normal(0, 4, scores.shape).astype(np.float32)
    for name, low, high in (
        ("HeadPoseYaw_deg", -12.0, 12.0),
        ("HeadPosePitch_deg", -8.0, 8.0),
        ("HeadPoseRoll_deg", -5.0, 5.0),
        ("InterEyeDistance_px", 96.0, 120.0),
    ):
        scores[:, SCORE_NAMES.index(name)] = rng.uniform(low, high, frames)
    left = (capture.frames_seen or 0) - frames
    refused = (
        (FrameRefusal.NOT_NEEDED.value, left - 96),
        (FrameRefusal.TURNED_SIDEWAYS.value, 61),
        (FrameRefusal.BLURRED.value, 23),
        (FrameRefusal.NO_FACE.value, 12),
    )
    times = np.linspace(400, (capture.duration_ms or 1) - 400, frames)
    return CaptureDetail(capture, times, scores, refused, (estimate,) if estimate else ())


def make_pair(course: Course, index: int) -> SessionPair:
    """The session page's data for one session of a course."""
    entry = course.trend().sessions[index]
    details = [
        make_detail(phase.capture, phase.estimate) if phase and phase.capture else None
        for phase in (entry.pre, entry.post)
    ]
    weighings = tuple(course.weighings.get(entry.session.session_id, ()))
    return SessionPair(PATIENT, entry, details[0], details[1], weighings)


def corrected(weighing: Weighing, net_g: int, reason: str) -> Weighing:
    """An entry that replaces `weighing`, a quarter of an hour later."""
    at = Moment(weighing.weighed_at.utc_ms + 900_000, weighing.weighed_at.offset_min)
    return replace(
        weighing,
        weighing_id=weighing.weighing_id + "-2",
        gross_g=net_g + weighing.tare_g,
        weighed_at=at,
        actor="Sato",
        reason=reason,
        supersedes=weighing.weighing_id,
    )
