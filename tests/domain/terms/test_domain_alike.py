"""Twins, namesakes and slips of the finger are noticed, others are not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.terms.alike import Alike, look_alikes, one_slip_apart, ways_alike
from edema_desk.domain.terms.records import Patient

BORN = date(1950, 4, 1)
HANAKO = Patient("a", "100123", "山田 花子", "ヤマダ ハナコ", BORN)


@pytest.mark.parametrize(
    ("other", "ways"),
    [
        (Patient("b", "7", "山田　花子", "", None), {Alike.NAME}),
        (Patient("b", "7", "山田 華子", "やまだ はなこ", None), {Alike.KANA}),
        (Patient("b", "7", "山田 月子", "ヤマダ ツキコ", BORN), {Alike.BIRTHDAY}),
        (Patient("b", "7", "山田 花江", "ヤマダ ハナエ", None), {Alike.NEAR_NAME}),
        (Patient("b", "7", "花子 山田", "ハナコ ヤマダ", None), {Alike.NEAR_NAME}),
        (Patient("b", "100132", "佐藤 一郎", "サトウ イチロウ", None), {Alike.NEAR_NUMBER}),
        (Patient("b", "100124", "山田 花子", "ヤマダ ハナコ", BORN),
         {Alike.NAME, Alike.KANA, Alike.BIRTHDAY, Alike.NEAR_NUMBER}),
        (Patient("b", "200999", "佐藤 一郎", "サトウ イチロウ", date(1950, 4, 2)), set()),
    ],
)  # fmt: skip
def test_in_what_two_people_are_alike(other: Patient, ways: set[Alike]) -> None:
    assert ways_alike(HANAKO, other) == ways
    assert ways_alike(other, HANAKO) == ways


def test_twins_are_warned_of_and_a_neighbouring_number_alone_is_not() -> None:
    twin = Patient("b", "100124", "山田 月子", "ヤマダ ツキコ", BORN)
    neighbour = Patient("c", "100122", "鈴木 次郎", "スズキ ジロウ", date(1961, 1, 1))
    namesake = Patient("d", "555", "山田 花子", "ヤマダ ハナコ", date(1980, 1, 1))
    found = look_alikes(HANAKO, [neighbour, twin, HANAKO, namesake])
    assert [one.patient for one in found] == [namesake, twin]
    assert Alike.NEAR_NUMBER in found[1].ways


def test_people_of_unknown_birthday_do_not_share_it() -> None:
    one, other = Patient("a", "1", "Ito Ai"), Patient("b", "22", "Kato Ken")
    assert ways_alike(one, other) == set()


def test_a_short_name_has_many_neighbours_that_are_no_slip() -> None:
    assert ways_alike(Patient("a", "1", "林 光"), Patient("b", "22", "森 光")) == set()


digits = st.text("0123456789", min_size=1, max_size=9)


@given(digits, st.data())
def test_every_slip_of_one_key_is_found(number: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(number) - 1))
    key = data.draw(st.sampled_from("0123456789"))
    slips = {
        number[:at] + number[at + 1 :],
        number[:at] + key + number[at:],
        number[:at] + key + number[at + 1 :],
        number[:at] + number[at : at + 2][::-1] + number[at + 2 :],
    } - {number}
    for slip in slips:
        assert one_slip_apart(number, slip)
        assert one_slip_apart(slip, number)


@given(digits)
def test_nobody_is_a_slip_away_from_oneself(number: str) -> None:
    assert not one_slip_apart(number, number)
    assert not one_slip_apart(number, number + "xy")
