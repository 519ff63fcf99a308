"""A clinic of made-up people with a year of sessions: what a fake desk answers from."""

import io
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw

from edema_desk.domain.course.trend import Trend, build_trend
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import (
    DEMO_ORIGIN,
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
from edema_desk.domain.terms.schedule import PlannedDay
from edema_desk.domain.terms.weights import Tare

FAMILY_NAMES = [
    *("佐藤 サトウ", "高橋 タカハシ", "伊藤 イトウ", "渡辺 ワタナベ", "山本 ヤマモト"),
    *("中村 ナカムラ", "小林 コバヤシ", "加藤 カトウ", "吉田 ヨシダ", "山田 ヤマダ"),
    *("佐々木 ササキ", "山口 ヤマグチ", "松本 マツモト", "井上 イノウエ", "木村 キムラ"),
    *("林 ハヤシ", "斎藤 サイトウ", "清水 シミズ", "髙﨑 タカサキ", "長谷川 ハセガワ"),
]
GIVEN_NAMES = [
    *("春子 ハルコ", "健二 ケンジ", "みつ ミツ", "勇 イサム", "幸 サチ"),
    *("茂 シゲル", "とめ トメ", "正夫 マサオ", "和子 カズコ", "清 キヨシ"),
]
MODEL = "base-1"


@dataclass
class Clinic:
    """Everything the clinic keeps, by identifier. Tests write into it as the acts would."""

    today: date
    patients: dict[str, Patient] = field(default_factory=dict)
    schedules: dict[str, Schedule] = field(default_factory=dict)
    photos: dict[str, bytes] = field(default_factory=dict)
    dry_weights: dict[str, list[DryWeight]] = field(default_factory=dict)
    sessions: dict[str, list[DialysisSession]] = field(default_factory=dict)
    weighings: dict[str, list[Weighing]] = field(default_factory=dict)
    captures: dict[str, list[Capture]] = field(default_factory=dict)
    estimates: dict[str, StoredEstimate] = field(default_factory=dict)
    plans: dict[tuple[str, date], PlannedDay] = field(default_factory=dict)
    tares: dict[str, tuple[Tare, ...]] = field(default_factory=dict)
    wheelchairs: dict[str, int] = field(default_factory=dict)

    def trend(self, patient_id: str, since: date = date.min) -> Trend:
        """The course of a patient, from a day on."""
        sessions = [s for s in self.sessions.get(patient_id, ()) if s.day >= since]
        kept = {s.session_id for s in sessions} | {None}
        captures = [c for c in self.captures.get(patient_id, ()) if c.session_id in kept]
        return build_trend(
            sessions,
            self.weighings,
            captures,
            self.estimates,
            self.dry_weights.get(patient_id, ()),
        )

    def owner(self, session_id: str) -> str:
        """The patient of a session."""
        return next(
            p for p, held in self.sessions.items() for s in held if s.session_id == session_id
        )


def made_up_clinic(
    count: int = 8, days: int = 60, today: date = date(2026, 3, 2), origin: str = DEMO_ORIGIN
) -> Clinic:
    """`count` people, dialysed three times a week up to `today`, which is half done."""
    random = np.random.default_rng(7)
    clinic = Clinic(today)
    faces = [_face(random) for _ in range(min(count, 12))]
    for i in range(count):
        patient_id = f"p{i}"
        family, family_kana = FAMILY_NAMES[i % len(FAMILY_NAMES)].split()
        given, given_kana = GIVEN_NAMES[(i + i // len(GIVEN_NAMES)) % len(GIVEN_NAMES)].split()
        clinic.patients[patient_id] = Patient(
            patient_id,
            f"{101 + i % 9}-{221 + 17 * i % 700:03}",
            f"{family} {given}",
            f"{family_kana} {given_kana}",
            date(1940 + i % 35, 1 + i % 12, 1 + i % 27),
            origin,
            has_photo=i % 3 != 2,
        )
        weekdays = (0, 2, 4) if i % 8 != 7 else (1, 3, 5)
        clinic.schedules[patient_id] = Schedule(
            weekdays, 1 + i * 3 // max(count, 3), f"{'ABCDEFGH'[i // 4 % 8]}{1 + i % 4}"
        )
        clinic.photos[patient_id] = faces[i % len(faces)]
        _add_course(clinic, patient_id, i, days, random)
    return clinic


def _add_course(clinic: Clinic, patient_id: str, i: int, days: int, random: Generator) -> None:
    dry_g = int(random.integers(42, 78)) * 1000 + 500
    start = clinic.today - timedelta(days=days)
    at = Moment.at_clinic(start, 9, 0)
    clinic.dry_weights[patient_id] = [DryWeight(f"{patient_id}-dw", patient_id, dry_g, start, at)]
    clinic.sessions[patient_id], clinic.captures[patient_id] = [], []
    weekdays = clinic.schedules[patient_id].weekdays
    for day in (start + timedelta(days=d) for d in range(days + 1)):
        if day.weekday() not in weekdays:
            continue
        stage = 9 if day < clinic.today else (3, 2, 4, 1, 0)[min(i, 4)]
        if stage:
            _add_session(clinic, patient_id, day, dry_g, stage, random)


def _add_session(
    clinic: Clinic, patient_id: str, day: date, dry_g: int, stage: int, random: Generator
) -> None:
    session_id = f"{patient_id}-{day}"
    opened = Moment.at_clinic(day, 8, int(random.integers(0, 40)))
    clinic.sessions[patient_id].append(
        DialysisSession(session_id, patient_id, day, opened, 4.0, 2000)
    )
    pre = 2.0 + 0.44 * float(random.normal())
    held = clinic.weighings.setdefault(session_id, [])
    phases = [(Phase.PRE, pre)]
    if stage > 3 and stage != 4:
        phases.append((Phase.POST, 0.05 + 0.1 * float(random.normal())))
    for phase, excess in phases:
        at = Moment(opened.utc_ms + (4 * 3_600_000 if phase is Phase.POST else 0), 0)
        at = Moment(at.utc_ms, opened.offset_min)
        if stage != 2:
            gross_g = dry_g + round(excess * 10) * 100
            held.append(Weighing(f"{session_id}-{phase}", session_id, phase, gross_g, 0, at))
        if stage > 1:
            refusal = Refusal.BAD_LIGHT if stage == 4 else None
            _add_capture(clinic, patient_id, session_id, phase, at, excess, refusal, random)


def _add_capture(
    clinic: Clinic,
    patient_id: str,
    session_id: str,
    phase: Phase,
    at: Moment,
    excess: float,
    refusal: Refusal | None,
    random: Generator,
) -> None:
    capture_id = f"{session_id}-{phase}-clip"
    state = CaptureState.REFUSED if refusal else CaptureState.ANALYSED
    clinic.captures[patient_id].append(
        Capture(
            *(capture_id, patient_id, session_id, phase, at, state, "file", "0" * 64, 30_000),
            frames_seen=300,
            frames_chosen=0 if refusal else 100,
        )
    )
    number = None if refusal else excess + 0.25 * float(random.normal())
    clinic.estimates[capture_id] = StoredEstimate(
        *(f"{capture_id}-e", capture_id, MODEL, at, number, None if refusal else 0.4, refusal),
        p_edema=None if number is None else float(1 / (1 + np.exp(4 - 4 * number))),
    )


def _face(random: Generator) -> bytes:
    picture = Image.new("RGB", (160, 160), (120 + int(random.integers(0, 80)),) * 3)
    pen = ImageDraw.Draw(picture)
    skin = (214 - int(random.integers(0, 40)), 178 - int(random.integers(0, 30)), 152)
    pen.ellipse((36, 18, 124, 128), fill=(88, 80, 76))
    pen.ellipse((42, 30, 118, 138), fill=skin)
    for x in (64, 96):
        pen.ellipse((x - 9, 72, x + 9, 84), fill=(255, 255, 255))
        pen.ellipse((x - 5, 73, x + 5, 83), fill=(60, 44, 36))
    pen.arc((62, 96, 98, 116), 20, 160, fill=(168, 100, 90), width=4)
    pen.rectangle((0, 146, 160, 160), fill=(224, 228, 232))
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=85)
    return held.getvalue()
