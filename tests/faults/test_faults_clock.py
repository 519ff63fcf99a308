"""P3: clocks at both edges of summer time, a day off, in another zone, and set while it runs.

Kept is UTC with the offset; order and minutes of before and after are right in every case, and
what does not fit what was entered before is asked about.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from edema_desk.domain.capture.pairing import Pairing, propose_session
from edema_desk.domain.course.views import Change, ChangeKind, NewPatient
from edema_desk.domain.keeping.clock_step import ClockStep
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.domain.terms.weights import Doubt
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.records.clock_watch import ClockWatch
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.captures.cards import session_pair
from edema_desk.store.captures.sessions import (
    doubts_about,
    enter_weighing,
    open_session,
    session_states,
)
from edema_desk.store.people.patients import add_patient

EDGES = (
    ("America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("Europe/London", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),
    ("Asia/Tokyo", datetime(2026, 10, 25, 1, tzinfo=UTC)),
)
"""Zones and the moment their clocks change; Tokyo's never does."""
STARTS_MIN = (-600, -240, -61, -40, -30, -1, 0, 1, 29)
STAYS_MIN = (20, 40, 61, 240, 480, 830)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(Profile(tmp_path / "profile")) as opened:
        yield opened


@pytest.fixture
def in_zone() -> Iterator[Callable[[str], None]]:
    """Let this process live in another zone."""
    before = os.environ.get("TZ")

    def live_in(name: str) -> None:
        os.environ["TZ"] = name
        time.tzset()

    yield live_in
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[Moment], None]:
    """Let this PC's clock show a moment."""

    def show(at: Moment) -> None:
        monkeypatch.setattr(Moment, "now", classmethod(lambda cls: at))

    return show


def somebody(store: Store) -> str:
    return add_patient(store, new_id(), NewPatient(new_id()[:8], "Sato Haruko")).patient_id


@pytest.mark.parametrize(("zone", "edge"), EDGES)
def test_order_and_minutes_hold_across_the_edge(
    store: Store, clock: Callable[[Moment], None], zone: str, edge: datetime
) -> None:
    tried = 0
    for start_min in STARTS_MIN:
        for stay_min in STAYS_MIN:
            before = edge + timedelta(minutes=start_min)
            pre = Moment.of(before.astimezone(ZoneInfo(zone)))
            post = Moment.of((before + timedelta(minutes=stay_min)).astimezone(ZoneInfo(zone)))
            patient_id = somebody(store)
            clock(pre)
            session_id = open_session(store, new_id(), patient_id, pre)
            enter_weighing(store, new_id(), session_id, Phase.PRE, 54_000, 0, pre)
            clock(post)
            found = propose_session(Phase.POST, post, session_states(store, patient_id, post))
            assert (found.pairing, found.session_id) == (Pairing.JOIN, session_id)
            enter_weighing(store, new_id(), session_id, Phase.POST, 52_000, 0, post)
            entry = session_pair(store, session_id).entry
            assert entry.pre is not None
            assert entry.post is not None
            kept_min = (entry.post.at.utc_ms - entry.pre.at.utc_ms) / 60_000
            assert kept_min == stay_min
            assert (entry.pre.at.offset_min, entry.post.at.offset_min) == (
                pre.offset_min,
                post.offset_min,
            )
            tried += 1
    assert tried == len(STARTS_MIN) * len(STAYS_MIN)


@pytest.mark.parametrize(("zone", "edge"), EDGES)
def test_what_the_clock_shows_now_is_this_moment(
    in_zone: Callable[[str], None], clock: Callable[[Moment], None], zone: str, edge: datetime
) -> None:
    """A weight is dated by what an editor shows; in autumn it shows the same hour twice."""
    in_zone(zone)
    for minute in range(-130, 131, 10):
        now = Moment.of((edge + timedelta(minutes=minute)).astimezone(ZoneInfo(zone)))
        clock(now)
        shown = now.local()
        assert Moment.at_clinic(shown.date(), shown.hour, shown.minute) == now


@pytest.mark.parametrize("days", [1, -1])
def test_a_clock_a_day_off_is_asked_about(
    store: Store, clock: Callable[[Moment], None], days: int
) -> None:
    """Before dialysis it was right, after it is a day off, or the other way round."""
    right_pre = Moment.at_clinic(date(2026, 6, 1), 9, 0)
    right_post = Moment.at_clinic(date(2026, 6, 1), 13, 0)
    off_ms = days * 86_400_000
    for wrong_pre, wrong_post in ((0, off_ms), (off_ms, 0)):
        pre = Moment(right_pre.utc_ms + wrong_pre, right_pre.offset_min)
        post = Moment(right_post.utc_ms + wrong_post, right_post.offset_min)
        patient_id = somebody(store)
        clock(pre)
        session_id = open_session(store, new_id(), patient_id, pre)
        enter_weighing(store, new_id(), session_id, Phase.PRE, 54_000, 0, pre)
        clock(post)
        found = propose_session(Phase.POST, post, session_states(store, patient_id, post))
        assert found.pairing is Pairing.ASK
        told = doubts_about(store, patient_id, session_id, Phase.POST, 52_000, post)
        earlier = post.utc_ms < pre.utc_ms
        assert (Doubt.BEFORE_EARLIER in {one.doubt for one in told}) == earlier
        if earlier:
            with pytest.raises(ExpectedError) as caught:
                enter_weighing(store, new_id(), session_id, Phase.POST, 52_000, 0, post)
            assert caught.value.code is ErrorCode.WEIGHT_DOUBTFUL


def test_an_entry_dated_in_the_future_is_asked_about(
    store: Store, clock: Callable[[Moment], None]
) -> None:
    now = Moment.at_clinic(date(2026, 6, 1), 9, 0)
    clock(now)
    patient_id = somebody(store)
    session_id = open_session(store, new_id(), patient_id, now)
    later = Moment(now.utc_ms + 6 * 60_000, now.offset_min)
    with pytest.raises(ExpectedError) as caught:
        enter_weighing(store, new_id(), session_id, Phase.PRE, 54_000, 0, later)
    assert caught.value.code is ErrorCode.WEIGHT_DOUBTFUL
    enter_weighing(store, new_id(), session_id, Phase.PRE, 54_000, 0, later, "clock was behind")


@pytest.mark.parametrize("pre_zone", ["Asia/Tokyo", "America/New_York", "UTC"])
def test_another_zone_between_before_and_after_changes_nothing(
    store: Store, clock: Callable[[Moment], None], pre_zone: str
) -> None:
    at = datetime(2026, 6, 1, 0, tzinfo=UTC)
    pre = Moment.of(at.astimezone(ZoneInfo(pre_zone)))
    post = Moment.of((at + timedelta(hours=4)).astimezone(ZoneInfo("Europe/Berlin")))
    patient_id = somebody(store)
    clock(pre)
    session_id = open_session(store, new_id(), patient_id, pre)
    enter_weighing(store, new_id(), session_id, Phase.PRE, 54_000, 0, pre)
    clock(post)
    found = propose_session(Phase.POST, post, session_states(store, patient_id, post))
    assert (found.pairing, found.session_id) == (Pairing.JOIN, session_id)
    assert doubts_about(store, patient_id, session_id, Phase.POST, 52_000, post) == ()
    enter_weighing(store, new_id(), session_id, Phase.POST, 52_000, 0, post)
    entry = session_pair(store, session_id).entry
    assert entry.pre is not None
    assert entry.post is not None
    assert entry.post.at.hours_since(entry.pre.at) == 4.0


class Clocks:
    """A wall's clock that can be set, and one that cannot; `clinic` watches both."""

    def __init__(self, clinic: Clinic) -> None:
        self.wall_s, self.steady_s = time.time(), 1000.0
        self.told: list[Change] = []
        self.came = threading.Event()
        self._clinic = clinic
        self._reads, self._looked_back = 0, threading.Event()

    def watch(self, every_s: float = 3600.0) -> ClockWatch:
        made = ClockWatch(
            self._clinic,
            self._tell,
            wall_s=self._wall,
            steady_s=lambda: self.steady_s,
            every_s=every_s,
        )
        assert self._looked_back.wait(20)
        return made

    def _wall(self) -> float:
        self._reads += 1
        if self._reads > 1:  # its thread compares with the latest act
            self._looked_back.set()
        return self.wall_s

    def go_on(self, seconds: float, *, set_by_s: float = 0.0) -> None:
        self.steady_s += seconds
        self.wall_s += seconds + set_by_s

    def _tell(self, change: Change) -> None:
        self.told.append(change)
        self.came.set()

    def on_record(self) -> list[str]:
        def ask(store: Store) -> list[str]:
            with store.reading() as db:
                found = db.query(
                    "select actor, details from audit where kind = 'clock_stepped' order by seq"
                )
                return [f"{row['actor']} {row['details']}" for row in found]

        return self._clinic.database.call(ask)


@pytest.fixture
def clocks(clinic: Clinic) -> Clocks:
    return Clocks(clinic)


def test_a_step_is_told_and_put_on_record_once(clocks: Clocks) -> None:
    watch = clocks.watch()
    try:
        for step_s, shown in ((-3600.0, -3600.0), (86_400.0, 82_800.0)):
            clocks.go_on(60)
            watch.look()
            before = len(clocks.told)
            clocks.go_on(60, set_by_s=step_s)
            watch.look()
            watch.look()
            assert len(clocks.told) == before + 1
            assert watch.step is not None
            assert watch.step.seconds == pytest.approx(shown)
        clocks.go_on(1, set_by_s=-82_800.0)
        watch.look()
        assert watch.step is None, "it is right again"
        assert [change.kind for change in clocks.told] == [ChangeKind.CLOCK] * 3
        assert len(clocks.on_record()) == 3
        assert all(line.startswith("program ") for line in clocks.on_record())
        assert '"seconds":-3600' in clocks.on_record()[0]
    finally:
        watch.close()


def test_sleep_and_small_corrections_are_no_step(clocks: Clocks) -> None:
    watch = clocks.watch()
    try:
        clocks.go_on(9 * 3600)  # a night: both clocks go on
        watch.look()
        clocks.go_on(60, set_by_s=299)
        watch.look()
        assert (watch.step, clocks.told) == (None, [])
        clocks.go_on(60, set_by_s=2)  # bit by bit is a step, too
        watch.look()
        assert watch.step is not None
    finally:
        watch.close()


def test_a_clock_that_was_set_back_while_the_program_was_closed(
    clocks: Clocks, clinic: Clinic
) -> None:
    new = NewPatient("104-221", "Sato Haruko")
    clinic.database.call(lambda store: add_patient(store, new_id(), new))
    clocks.wall_s -= 7200
    watch = clocks.watch()
    try:
        assert clocks.came.wait(20)
        assert watch.step is not None
        assert watch.step.at_start
        assert 118 <= watch.step.minutes <= 121
    finally:
        watch.close()


def test_it_looks_by_itself(clocks: Clocks) -> None:
    watch = clocks.watch(every_s=0.02)
    try:
        clocks.go_on(60, set_by_s=400)
        assert clocks.came.wait(20)
    finally:
        watch.close()
    assert ClockStep(400.0).minutes == 7
