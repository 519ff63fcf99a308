"""The recovery code: random enough, told apart from a slip of the finger, easy to type."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.keys.recovery_code import _BITS, _SIGNS, code_bytes, code_key, new_code


def mistyped(code: str) -> bool:
    with pytest.raises(ExpectedError) as caught:
        code_bytes(code)
    return caught.value.code is ErrorCode.RECOVERY_CODE_MISTYPED


def test_seven_groups_of_five_of_signs_nobody_confuses() -> None:
    code = new_code()
    assert [len(group) for group in code.split("-")] == [5] * 7
    assert not set(code) & set("ILOUilou")
    assert _BITS - math.log2(37 / 32) > 160


def test_no_two_are_alike() -> None:
    assert len({new_code() for _ in range(1000)}) == 1000


@given(st.sampled_from(["lower", "spaces", "full-width", "misread", "no dashes", "long vowel"]))
def test_typed_as_people_type(way: str) -> None:
    code = new_code()
    wide = str.maketrans({s: chr(ord(s) + 0xFEE0) for s in _SIGNS})
    typed = {
        "lower": code.lower(),
        "spaces": f"  {code.replace('-', ' ')}\n",
        "full-width": code.translate(wide).replace("-", "－"),
        "misread": code.replace("0", "O").replace("1", "l"),
        "no dashes": code.replace("-", ""),
        "long vowel": code.replace("-", "ー"),
    }[way]
    assert code_bytes(typed) == code_bytes(code)


@given(st.integers(0, 34), st.sampled_from(_SIGNS))
def test_one_wrong_sign_is_noticed(place: int, sign: str) -> None:
    signs = new_code().replace("-", "")
    if signs[place] != sign:
        assert mistyped(signs[:place] + sign + signs[place + 1 :])


@given(st.integers(0, 32))
def test_two_neighbours_exchanged_are_noticed(place: int) -> None:
    signs = new_code().replace("-", "")
    exchanged = signs[:place] + signs[place + 1] + signs[place] + signs[place + 2 :]
    if exchanged != signs:
        assert mistyped(exchanged)


@pytest.mark.parametrize("code", ["", "ABC", "U" * 35, "-" * 35, "0" * 34, "0" * 36, "鍵" * 35])
def test_something_else_is_no_code(code: str) -> None:
    assert mistyped(code)


def test_key_depends_on_code_and_salt() -> None:
    code, salt = new_code(), b"s" * 32
    assert code_key(code, salt) == code_key(code.lower(), salt)
    assert len({code_key(code, salt), code_key(code, b"t" * 32), code_key(new_code(), salt)}) == 3
