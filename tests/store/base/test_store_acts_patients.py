"""Patients: added once, found, told from those who are alike, with photo and dry weight."""

from datetime import date

import pytest

from edema_desk.domain.terms.alike import Alike
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode
from edema_desk.store.audit.verifying import audit_head
from edema_desk.store.base.database import Store
from edema_desk.store.captures.cards import patient_card
from edema_desk.store.people.patients import (
    add_patient,
    numbers_from_elsewhere,
    patient,
    patients,
    photo,
    set_dry_weight,
    set_photo,
)
from tests.store.base.acts_kit import DAY, refuses
from tests.store.store_samples import person, some_patient


def test_patient_comes_with_schedule_and_dry_weight(store: Store) -> None:
    new = person(dry_weight_g=52_400)
    added = add_patient(store, new_id(), new)
    card = patient_card(store, added.patient_id)
    assert card.patient == added
    assert (added.name, added.kana, added.birth_date) == (new.name, new.kana, new.birth_date)
    assert card.schedule == new.schedule
    assert card.dry_weight_g == 52_400
    assert card.alike == ()


@pytest.mark.parametrize("number", ["1001", " 1001 ", "１００１"])
def test_chart_number_belongs_to_one_patient(store: Store, number: str) -> None:
    add_patient(store, new_id(), person("1001"))
    refuses(ErrorCode.CHART_NUMBER_TAKEN, lambda: add_patient(store, new_id(), person(number, "B")))
    assert len(patients(store)) == 1


@pytest.mark.parametrize(
    ("number", "name", "code"),
    [
        ("", "A", ErrorCode.FIELD_EMPTY),
        ("  ", "A", ErrorCode.FIELD_EMPTY),
        ("1", " ", ErrorCode.FIELD_EMPTY),
        ("1" * 65, "A", ErrorCode.FIELD_TOO_LONG),
        ("1", "A" * 201, ErrorCode.FIELD_TOO_LONG),
    ],
)
def test_fields_are_checked(store: Store, number: str, name: str, code: ErrorCode) -> None:
    refuses(code, lambda: add_patient(store, new_id(), person(number, name)))


def test_impossible_dry_weight_adds_nobody(store: Store) -> None:
    refuses(
        ErrorCode.WEIGHT_OUT_OF_RANGE,
        lambda: add_patient(store, new_id(), person(dry_weight_g=5_240)),
    )
    assert patients(store) == ()
    assert audit_head(store).rows == 0


def test_search_and_those_who_are_alike(store: Store) -> None:
    first = add_patient(store, new_id(), person("1001", "山田 花子"))
    add_patient(store, new_id(), person("1002", "山田　花子", kana=""))
    add_patient(store, new_id(), person("1003", "佐藤 一郎", kana="サトウ イチロウ"))
    assert [p.chart_number for p in patients(store, "さとう")] == ["1003"]
    assert len(patients(store, "100")) == 3
    assert patients(store, "nobody") == ()
    (namesake, same_day) = patient_card(store, first.patient_id).alike
    assert namesake.same_name
    assert namesake.patient.chart_number == "1002"
    assert Alike.BIRTHDAY in same_day.ways
    assert not same_day.same_name


def test_photo_is_kept_and_replaced(store: Store) -> None:
    patient_id = some_patient(store)
    assert photo(store, patient_id) is None
    for jpeg in (b"\xff\xd8one", b"\xff\xd8two"):
        set_photo(store, new_id(), patient_id, jpeg)
        assert photo(store, patient_id) == jpeg
    assert patient(store, patient_id).has_photo
    with pytest.raises(ValueError, match="JPEG"):
        set_photo(store, new_id(), patient_id, b"GIF89a")


def test_dry_weight_of_the_same_day_is_corrected_with_a_reason(store: Store) -> None:
    patient_id = some_patient(store)
    set_dry_weight(store, new_id(), patient_id, 51_000, DAY)
    refuses(
        ErrorCode.REASON_NEEDED, lambda: set_dry_weight(store, new_id(), patient_id, 51_500, DAY)
    )
    set_dry_weight(store, new_id(), patient_id, 51_500, DAY, "misread")
    set_dry_weight(store, new_id(), patient_id, 51_600, DAY, "misread again")
    steps = patient_card(store, patient_id).trend.dry_weights
    assert [(s.valid_from, s.weight_g) for s in steps] == [
        (date(2020, 1, 1), 52_000),
        (DAY, 51_600),
    ]
    assert (steps[-1].reason, steps[-1].actor) == ("misread again", "local")


def test_people_by_origin(store: Store) -> None:
    some_patient(store, "1", origin="study A")
    some_patient(store, "2", origin="study B")
    assert numbers_from_elsewhere(store, ["1", "2", "３", " 2 "], "study A") == 1
