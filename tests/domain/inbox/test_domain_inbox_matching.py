"""Whom a clip shows is known or asked: from name, sidecar, container and file, in that order."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.capture.pairing import SessionState
from edema_desk.domain.inbox.filing import InboxDoubt, Target, TimeFrom
from edema_desk.domain.inbox.matching import Evidence, Match, match, place
from edema_desk.domain.inbox.naming import read_name
from edema_desk.domain.inbox.sidecar import MOST_BYTES, BrokenSidecarError, Sidecar, read_sidecar
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import DialysisSession, Phase

PEOPLE = {"104221": ("p1",), "104222": ("p2",), "7": ("p3", "p4")}
DAY = date(2026, 3, 2)
NOW = Moment.at_clinic(date(2026, 3, 5), 12, 0)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute).astimezone()


def found(
    stem: str,
    file_at: datetime | None = None,
    clip_at: datetime | None = None,
    sidecar: Sidecar | None = None,
) -> Match:
    later = at(18, day=date(2026, 3, 4))
    name = read_name(stem, set(PEOPLE))
    return match(Evidence(name, file_at or later, clip_at, sidecar), PEOPLE, NOW)


def test_name_alone() -> None:
    told = found("104-221_2026-03-02_0812_pre")
    assert told.doubts == ()
    assert told.target == Target("p1", None, Phase.PRE, Moment.at_clinic(DAY, 8, 12), TimeFrom.NAME)


@pytest.mark.parametrize(
    ("stem", "clip_at", "file_at", "hour", "time_from"),
    [
        ("104-221_2026-03-02_pre", at(8, 5), at(9, 9), 8, TimeFrom.CLIP),
        ("104-221_2026-03-02_pre", at(8, 5, date(2026, 3, 1)), at(9, 9), 9, TimeFrom.FILE),
        ("104-221_2026-03-02_pre", None, at(9, 9, date(2026, 3, 3)), 9, TimeFrom.USUAL),
        ("104-221_2026-03-02_post", None, at(9, 9, date(2026, 3, 3)), 13, TimeFrom.USUAL),
        ("104-221_pre", at(8, 5), at(9, 9), 8, TimeFrom.CLIP),
        ("104-221_pre", None, at(9, 9), 9, TimeFrom.FILE),
    ],
)
def test_the_hour_comes_from_the_next_best_place_that_agrees_on_the_day(
    stem: str, clip_at: datetime | None, file_at: datetime, hour: int, time_from: TimeFrom
) -> None:
    target = found(stem, file_at, clip_at).target
    assert target.at is not None
    assert (target.at.day, target.at.local().hour) == (DAY, hour)
    assert target.time_from is time_from


def test_the_sidecar_comes_first_and_contradictions_are_asked() -> None:
    sidecar = Sidecar("104-222", None, datetime(2026, 3, 2, 7, 30), Phase.POST)
    told = found("clip", sidecar=sidecar)
    assert told.doubts == ()
    assert told.target == Target(
        "p2", None, Phase.POST, Moment.at_clinic(DAY, 7, 30), TimeFrom.SIDECAR
    )
    for stem in ("104-221", "pre", "2026-03-03"):
        assert found(stem, sidecar=sidecar).doubts == (InboxDoubt.SIDECAR_DIFFERS,)
    assert found("104-222_2026-03-02_post", sidecar=sidecar).doubts == ()
    utc = Sidecar(at=datetime(2026, 3, 2, 7, 30, tzinfo=UTC))
    told_at = found("104-221_pre", sidecar=utc).target.at
    assert told_at is not None
    assert told_at.utc_ms == Moment.of(datetime(2026, 3, 2, 7, 30, tzinfo=UTC)).utc_ms


@pytest.mark.parametrize(
    ("stem", "doubts"),
    [
        ("clip_pre", {InboxDoubt.NO_NUMBER}),
        ("999-999_pre", {InboxDoubt.NUMBER_UNKNOWN}),
        ("104-221_104-222_pre", {InboxDoubt.SEVERAL_PATIENTS}),
        ("7_2026-03-02_pre", {InboxDoubt.SEVERAL_PATIENTS}),
        ("104-221_2026-03-02", {InboxDoubt.NO_PHASE}),
        ("104-221_pre_post", {InboxDoubt.SEVERAL_PHASES}),
        ("104-221_2026-03-02_2026-03-03_pre", {InboxDoubt.SEVERAL_DAYS}),
        ("104-221_2026-03-09_pre", {InboxDoubt.DAY_AHEAD}),
        ("IMG_0001", {InboxDoubt.NO_NUMBER, InboxDoubt.NO_PHASE}),
    ],
)
def test_what_is_doubtful_is_said(stem: str, doubts: set[InboxDoubt]) -> None:
    assert set(found(stem).doubts) == doubts


def test_a_broken_sidecar_is_never_passed_over() -> None:
    name = read_name("104-221_2026-03-02_pre", set(PEOPLE))
    told = match(Evidence(name, at(8), sidecar_broken=True), PEOPLE, NOW)
    assert told.doubts == (InboxDoubt.SIDECAR_BROKEN,)


def session(name: str, hour: int, *phases: Phase, day: date = DAY) -> SessionState:
    opened = Moment.at_clinic(day, hour, 0)
    return SessionState(DialysisSession(name, "p1", day, opened), frozenset(phases))


def placed(phase: Phase, hour: int, *sessions: SessionState, usual: bool = False) -> Match:
    time_from = TimeFrom.USUAL if usual else TimeFrom.NAME
    return place(Target("p1", None, phase, Moment.at_clinic(DAY, hour, 0), time_from), sessions)


def test_sessions_are_paired_by_the_hour() -> None:
    assert placed(Phase.PRE, 8).target.session_id is None
    assert placed(Phase.PRE, 8, session("s", 8, Phase.PRE)).target.session_id == "s"
    assert placed(Phase.POST, 13, session("s", 8, Phase.PRE)).target.session_id == "s"
    assert placed(Phase.POST, 13).doubts == (InboxDoubt.WHICH_SESSION,)
    assert placed(Phase.SPOT, 13).doubts == ()


def test_a_clip_older_than_the_weight_that_opened_its_session_joins_it() -> None:
    told = placed(Phase.PRE, 8, session("s", 9, Phase.PRE))
    assert (told.target.session_id, told.doubts) == ("s", ())
    assert told.target.at == Moment.at_clinic(DAY, 8, 0)
    assert placed(Phase.PRE, 6, session("s", 9, Phase.PRE)).target.session_id is None


def test_a_day_without_an_hour_means_the_one_session_of_the_day() -> None:
    told = placed(Phase.POST, 13, session("s", 15, Phase.PRE), usual=True)
    assert told.target.session_id == "s"
    assert told.target.at == Moment.at_clinic(DAY, 19, 0)
    early = session("a", 6, Phase.PRE), session("b", 15, Phase.PRE)
    assert placed(Phase.POST, 13, *early, usual=True).doubts == (InboxDoubt.WHICH_SESSION,)
    assert placed(Phase.POST, 13, usual=True).doubts == (InboxDoubt.WHICH_SESSION,)
    assert placed(Phase.PRE, 9, usual=True).doubts == ()


def sidecar_of(**said: object) -> Sidecar:
    return read_sidecar(json.dumps(said).encode())


def test_a_sidecar_is_read() -> None:
    said = sidecar_of(chart_number=104221, date="2026-03-02", phase="Before", event="meal", x=1)
    assert said == Sidecar("104221", DAY, None, Phase.PRE, "meal")
    assert sidecar_of(captured_at="2026-03-02T08:12:00+09:00").at == datetime.fromisoformat(
        "2026-03-02T08:12:00+09:00"
    )
    assert sidecar_of(phase="後", chart_number=None) == Sidecar(phase=Phase.POST)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        b"[" * 50_000,
        b'{"phase": "during"}',
        b'{"date": "yesterday"}',
        b'{"date": "0001-01-01"}',
        b'{"captured_at": "9999-12-31T23:59:59-23:00"}',
        b'{"chart_number": {"a": 1}}',
        b'{"chart_number": true}',
        b'{"chart_number": "' + b"1" * 300 + b'"}',
        b'{"a": "' + b"1" * MOST_BYTES + b'"}',
    ],
)
def test_other_sidecars_are_refused(data: bytes) -> None:
    with pytest.raises(BrokenSidecarError):
        read_sidecar(data)


@given(st.binary(max_size=300))
def test_no_bytes_are_too_strange(data: bytes) -> None:
    with suppress(BrokenSidecarError):
        read_sidecar(data)


@given(
    stem=st.lists(
        st.sampled_from(["104-221", "104-222", "7", "2026-03-02", "2026-03-03", "pre", "後", "x"]),
        max_size=5,
    ),
    sidecar=st.none()
    | st.builds(
        Sidecar,
        chart_number=st.sampled_from(["", "104-221", "9"]),
        day=st.none() | st.just(DAY),
        phase=st.none() | st.just(Phase.PRE),
    ),
    hours=st.integers(0, 72),
)
def test_without_a_doubt_everything_is_known_and_nothing_contradicts(
    stem: list[str], sidecar: Sidecar | None, hours: int
) -> None:
    told = found("_".join(stem), at(0) + timedelta(hours=hours), None, sidecar)
    if told.doubts:
        return
    target = told.target
    assert target.patient_id in {"p1", "p2"}
    assert target.phase is not None
    assert target.at is not None
    number = {"p1": "104-221", "p2": "104-222"}[target.patient_id]
    assert number in stem or (sidecar and sidecar.chart_number == number)
    assert sum(word in stem for word in ("104-221", "104-222", "7")) <= 1
    assert len({w for w in stem if w in ("pre", "後")}) <= 1
    days = {date.fromisoformat(w) for w in stem if w.startswith("2026")}
    assert not days or target.at.day in days
