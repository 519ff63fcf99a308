"""Sessions and weights: checked, and corrected by new entries that leave the old ones."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode
from edema_desk.store.base.database import Store
from edema_desk.store.captures.cards import patient_card, session_pair
from edema_desk.store.captures.sessions import (
    enter_weighing,
    known_weights,
    open_session,
    session,
    session_states,
)
from tests.store.base.acts_kit import DAY, refuses
from tests.store.store_samples import at, session_on, some_patient, stored_capture, weigh


def test_weights_are_corrected_not_overwritten(store: Store) -> None:
    patient_id = some_patient(store)
    session_id = session_on(store, patient_id, DAY)
    first = weigh(store, session_id, Phase.PRE, 54_000, at(DAY, 9))
    refuses(
        ErrorCode.REASON_NEEDED,
        lambda: enter_weighing(store, new_id(), session_id, Phase.PRE, 54_500, 0, at(DAY, 9), " "),
    )
    second = enter_weighing(
        store, new_id(), session_id, Phase.PRE, 56_700, 2_200, at(DAY, 9, 5), "shoes on"
    )
    pair = session_pair(store, session_id)
    assert pair.entry.pre is not None
    assert pair.entry.pre.net_g == 54_500
    assert pair.entry.pre.scale_excess_kg == pytest.approx(2.5)
    old, new = pair.weighings
    assert (old.weighing_id, old.net_g, old.supersedes) == (first, 54_000, None)
    assert (new.weighing_id, new.supersedes, new.reason) == (second, first, "shoes on")
    assert (new.gross_g, new.tare_g, new.weighed_at) == (56_700, 2_200, at(DAY, 9, 5))


def test_weight_that_cannot_be_a_patients_is_refused(store: Store) -> None:
    session_id = session_on(store, some_patient(store), DAY)
    for gross_g, tare_g in ((21_000, 2_000), (301_000, 0)):
        refuses(
            ErrorCode.WEIGHT_OUT_OF_RANGE,
            lambda g=gross_g, t=tare_g: enter_weighing(  # type: ignore[misc]
                store, new_id(), session_id, Phase.PRE, g, t, at(DAY)
            ),
        )
    refuses(
        ErrorCode.UNKNOWN_SESSION,
        lambda: enter_weighing(store, new_id(), "nowhere", Phase.PRE, 50_000, 0, at(DAY)),
    )


def test_session_keeps_its_plan_and_clinic_day(store: Store) -> None:
    patient_id = some_patient(store)
    late = at(DAY, 23, 30)
    kept = session(store, open_session(store, new_id(), patient_id, late, 7.5, 1800))
    assert (kept.day, kept.opened_at) == (DAY, late)
    assert (kept.planned_hours, kept.planned_removal_ml) == (7.5, 1800)
    refuses(ErrorCode.UNKNOWN_PATIENT, lambda: open_session(store, new_id(), "nobody", late))


def test_states_for_pairing_tell_phases_of_weights_and_captures(store: Store) -> None:
    patient_id = some_patient(store)
    old = session_on(store, patient_id, DAY - timedelta(days=2))
    weigh(store, old, Phase.PRE, 54_000, at(DAY))
    today = session_on(store, patient_id, DAY, 9)
    assert [s.phases for s in session_states(store, patient_id, at(DAY, 10))] == [frozenset()]
    weigh(store, today, Phase.PRE, 54_000, at(DAY))
    stored_capture(store, patient_id, today, Phase.POST, at(DAY, 13))
    states = session_states(store, patient_id, at(DAY, 10))
    assert [(s.session.session_id, s.phases) for s in states] == [
        (today, frozenset({Phase.PRE, Phase.POST}))
    ]


def test_known_weights_for_doubts(store: Store) -> None:
    patient_id = some_patient(store)
    before = session_on(store, patient_id, DAY - timedelta(days=2))
    weigh(store, before, Phase.POST, 52_100, at(DAY - timedelta(days=2), 13))
    today = session_on(store, patient_id, DAY)
    weigh(store, today, Phase.PRE, 54_300, at(DAY))
    weigh(store, today, Phase.POST, 52_200, at(DAY, 13))
    known = known_weights(store, patient_id, today, at(DAY, 13))
    assert (known.last_post_g, known.dry_weight_g, known.pre_g) == (52_100, 52_000, 54_300)
    new = known_weights(store, patient_id, None, at(DAY + timedelta(days=2)))
    assert (new.last_post_g, new.pre_g) == (52_200, None)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from([Phase.PRE, Phase.POST]), st.integers(50, 60)),
        min_size=1,
        max_size=12,
    )
)
def test_any_sequence_of_weights_keeps_all_and_shows_the_last(
    store: Store, entries: list[tuple[int, Phase, int]]
) -> None:
    patient_id = some_patient(store, new_id())
    sessions = [session_on(store, patient_id, DAY + timedelta(days=2 * i)) for i in range(3)]
    last: dict[tuple[int, Phase], int] = {}
    for which, phase, kg in entries:
        when = at(DAY + timedelta(days=2 * which), 9 if phase is Phase.PRE else 13)
        enter_weighing(store, new_id(), sessions[which], phase, kg * 1000, 0, when, "again")
        last[which, phase] = kg * 1000
    assert sum(len(session_pair(store, s).weighings) for s in sessions) == len(entries)
    trend = patient_card(store, patient_id).trend
    for which, entry in enumerate(trend.sessions):
        for phase, part in ((Phase.PRE, entry.pre), (Phase.POST, entry.post)):
            assert (part.net_g if part else None) == last.get((which, phase))
