"""Weights as people type them, and what is doubtful about them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.weights import (
    Doubt,
    checked_weight_g,
    kg_text,
    parse_weight_g,
    time_doubts,
    weight_doubts,
)
from edema_desk.errors import ErrorCode, ExpectedError

FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")

grams_taken = st.integers(20_000, 300_000)


def refused_as(entered: str) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        parse_weight_g(entered)
    assert caught.value.params["entered"]
    return caught.value.code


@pytest.mark.parametrize(
    ("entered", "grams"),
    [
        ("53.6", 53_600),
        ("53,6", 53_600),
        ("53", 53_000),
        (" 53.6 kg ", 53_600),
        ("53.6KG", 53_600),
        ("53.6㎏", 53_600),
        ("５３．６", 53_600),
        ("５３，６ｋｇ", 53_600),
        ("５３、６", 53_600),
        ("５３。６", 53_600),
        ("53.05", 53_050),
        ("53.005", 53_005),
        ("053.6", 53_600),
        ("20", 20_000),
        ("300", 300_000),
    ],
)
def test_what_is_understood(entered: str, grams: int) -> None:
    assert parse_weight_g(entered) == grams


@given(grams_taken, st.sampled_from(".,"), st.booleans(), st.sampled_from(["", "kg", " kg"]))
def test_every_weight_comes_back_as_it_was_typed(
    grams: int, point: str, wide: bool, unit: str
) -> None:
    typed = f"{grams // 1000}{point}{grams % 1000:03d}"
    typed = typed.translate(FULL_WIDTH) if wide else typed
    assert parse_weight_g(typed + unit) == grams


@pytest.mark.parametrize(
    "entered", ["abc", "5 3.6", "53.6.1", "-53.6", "53,600,0", "53.6 g", "kg", "1e2", "53.6001"]
)
def test_what_is_no_weight(entered: str) -> None:
    assert refused_as(entered) == ErrorCode.WEIGHT_NOT_A_NUMBER


@pytest.mark.parametrize("entered", ["118 lb", "118lbs", "118.2 Pounds", "１１８ｌｂ", "1180 lb."])
def test_pounds_are_called_pounds(entered: str) -> None:
    assert refused_as(entered) == ErrorCode.WEIGHT_POUNDS


@pytest.mark.parametrize("entered", ["19.999", "300.001", "0", "5", "536", "9999"])
def test_what_no_patient_weighs(entered: str) -> None:
    assert refused_as(entered) == ErrorCode.WEIGHT_OUT_OF_RANGE


@pytest.mark.parametrize("entered", ["", "   "])
def test_nothing_is_no_weight(entered: str) -> None:
    with pytest.raises(ExpectedError) as caught:
        parse_weight_g(entered)
    assert caught.value.code == ErrorCode.WEIGHT_NOT_A_NUMBER


@given(st.text(max_size=30))
def test_nothing_typed_ends_in_a_bug(entered: str) -> None:
    try:
        taken = parse_weight_g(entered)
    except ExpectedError as error:
        shown = str(error.params["entered"])
    else:
        shown = ""
        assert 20_000 <= taken <= 300_000
    assert len(shown) <= 20


@given(st.integers(-1_000_000, 1_000_000))
def test_only_20_to_300_kg_pass(grams: int) -> None:
    if 20_000 <= grams <= 300_000:
        assert checked_weight_g(grams) == grams
    else:
        with pytest.raises(ExpectedError):
            checked_weight_g(grams)


@pytest.mark.parametrize(
    ("grams", "plain", "signed"),
    [
        (53_649, "53.6", "+53.6"),
        (53_650, "53.7", "+53.7"),
        (-1_250, "-1.3", "-1.3"),
        (-1_249, "-1.2", "-1.2"),
        (49, "0.0", "0.0"),
        (-49, "0.0", "0.0"),
        (50, "0.1", "+0.1"),
        (0, "0.0", "0.0"),
        (100_000, "100.0", "+100.0"),
    ],
)
def test_kilograms_on_the_screen(grams: int, plain: str, signed: str) -> None:
    assert kg_text(grams) == plain
    assert kg_text(grams, signed=True) == signed


@given(st.integers(-300_000, 300_000))
def test_rounding_is_never_off_by_more_than_half(grams: int) -> None:
    assert abs(float(kg_text(grams)) * 1000 - grams) <= 50.001
    assert kg_text(-grams).lstrip("-") == kg_text(grams).lstrip("-")


def test_eight_per_cent_is_still_believed() -> None:
    assert weight_doubts(54_000, last_post_g=50_000, dry_weight_g=50_000) == ()
    assert weight_doubts(46_000, last_post_g=50_000) == ()
    (above,) = weight_doubts(54_001, last_post_g=50_000, dry_weight_g=54_000)
    assert above.doubt == Doubt.FAR_FROM_LAST_POST
    assert above.percent == pytest.approx(8.002)
    below = weight_doubts(45_999, dry_weight_g=50_000)
    assert [d.doubt for d in below] == [Doubt.FAR_FROM_DRY_WEIGHT]


def test_a_post_above_its_pre_is_asked_again() -> None:
    doubts = weight_doubts(52_100, pre_g=52_000, is_post=True)
    assert [d.doubt for d in doubts] == [Doubt.POST_ABOVE_PRE]
    assert weight_doubts(52_000, pre_g=52_000, is_post=True) == ()
    assert weight_doubts(52_100, pre_g=52_000) == ()


def test_all_doubts_are_told_at_once() -> None:
    doubts = weight_doubts(
        70_000, last_post_g=50_000, dry_weight_g=51_000, pre_g=52_000, is_post=True
    )
    now = Moment(1_790_000_000_000, 540)
    later, before = replace(now, utc_ms=now.utc_ms + 600_000), Moment(now.utc_ms - 600_000, 540)
    doubts += time_doubts(70_000, later, now, ())
    doubts += time_doubts(70_000, before, now, (None, now))
    assert {d.doubt for d in doubts} == set(Doubt)
    soon = replace(now, utc_ms=now.utc_ms + 240_000)
    assert time_doubts(70_000, soon, now, (None, now)) == ()
    assert time_doubts(70_000, now, now, (soon,)) == ()
    assert doubts[0].params == {"entered": "70.0", "percent": "40"}


def test_without_a_history_nothing_is_doubtful() -> None:
    assert weight_doubts(25_000) == ()
    assert weight_doubts(25_000, last_post_g=0, dry_weight_g=None, is_post=True) == ()
