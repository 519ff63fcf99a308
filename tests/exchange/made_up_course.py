"""Two sessions and a spot capture of a made-up person, figured by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from edema_desk.domain.course.exporting import ExportedPatient, Period, exported
from edema_desk.domain.course.trend import Trend, build_trend
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.judgement import Confidence, Judgement, NewJudgement
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import (
    Capture,
    CaptureState,
    DialysisSession,
    DryWeight,
    Patient,
    Phase,
    StoredEstimate,
    Weighing,
)

FREE_WORDS = "@after seeing 甲田"
NAME, KANA, CHART = "=Planted 甲田", "プランテッド", "-4711"
PATIENT = Patient("0123456789abcdef", CHART, NAME, KANA, date(1950, 2, 3))
MONDAY, WEDNESDAY = date(2026, 3, 2), date(2026, 3, 4)
_TOKYO = timezone(timedelta(hours=9))


def at(day: date, hour: int) -> Moment:
    return Moment.of(datetime(day.year, day.month, day.day, hour, tzinfo=_TOKYO).astimezone(_TOKYO))


def _capture(name: str, session: str | None, phase: Phase, when: Moment) -> Capture:
    return Capture(
        name, PATIENT.patient_id, session, phase, when, CaptureState.ANALYSED, "camera", "ab" * 32,
        frames_chosen=88,
    )  # fmt: skip


def _estimate(name: str, kg: float | None, refusal: Refusal | None = None) -> StoredEstimate:
    spread = None if kg is None else 0.5
    p = None if kg is None else 0.96
    made = Moment.of(datetime(2026, 3, 4, tzinfo=UTC))
    return StoredEstimate(
        f"e-{name}", name, "base", made, kg, spread, refusal, p_edema=p, program_version="0.1"
    )


def course() -> Trend:
    sessions = [
        DialysisSession("s1", PATIENT.patient_id, MONDAY, at(MONDAY, 8), 4.0),
        DialysisSession("s2", PATIENT.patient_id, WEDNESDAY, at(WEDNESDAY, 8), 4.0),
    ]
    weights = {
        "s1": [
            Weighing("w1", "s1", Phase.PRE, 54_500, 2_000, at(MONDAY, 8)),
            Weighing("w2", "s1", Phase.POST, 52_200, 2_000, at(MONDAY, 12)),
        ],
        "s2": [Weighing("w3", "s2", Phase.PRE, 54_000, 2_000, at(WEDNESDAY, 8))],
    }
    captures = [
        _capture("c1", "s1", Phase.PRE, at(MONDAY, 8)),
        _capture("c2", "s1", Phase.POST, at(MONDAY, 12)),
        _capture("c3", "s2", Phase.PRE, at(WEDNESDAY, 8)),
        _capture("c4", None, Phase.SPOT, at(WEDNESDAY, 15)),
    ]
    said = {
        "c1": _estimate("c1", None, Refusal.NO_REFERENCE),
        "c3": _estimate("c3", 1.75),
        "c4": _estimate("c4", -0.125),
    }
    dry = DryWeight("d1", PATIENT.patient_id, 50_000, date(2026, 1, 1), at(MONDAY, 7))
    return build_trend(sessions, weights, captures, said, [dry])


def made_up(*, named: bool = False, period: Period | None = None) -> ExportedPatient:
    made = exported(PATIENT, course(), period or Period(), named=named)
    said = (
        Judgement("j1", NewJudgement("c1", True, Confidence.HIGH, 2.0), True, at(MONDAY, 9), "u1"),
        Judgement("j2", NewJudgement("c3", skipped="in haste"), False, at(WEDNESDAY, 9), "u2"),
        Judgement(
            "j3", NewJudgement("elsewhere", False, Confidence.LOW), True, at(MONDAY, 9), "u1"
        ),
    )
    return replace(made, judgements=said, events={"c4": FREE_WORDS, "c9": "meal"})
