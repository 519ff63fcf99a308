"""The printed head: what was typed back in is what was printed, or is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.keeping.head_code import PrintedHead, head_code, read_head_code
from edema_desk.domain.terms.moment import Moment

HASH = "0123456789abcdef" * 4
AT = Moment(1_795_000_000_000, 540)
CODE = head_code(1_234_567, AT, HASH)


@given(
    st.integers(0, 2**40 - 1),
    st.integers(0, 2**31 * 60_000),
    st.text("0123456789abcdef", min_size=64, max_size=64),
)
def test_every_head_is_read_back(rows: int, utc_ms: int, hash_hex: str) -> None:
    printed = read_head_code(head_code(rows, Moment(utc_ms, 0), hash_hex))
    assert printed == PrintedHead(rows, utc_ms // 60_000, hash_hex[:32])


def test_groups_small_letters_and_letters_like_digits_are_read() -> None:
    assert CODE.count("-") == 8
    sloppy = " ".join(CODE.lower().replace("0", "o").replace("1", "l").split("-"))
    assert read_head_code(sloppy) == read_head_code(CODE)


@pytest.mark.parametrize("at", range(len(CODE) - 1))
def test_a_wrong_sign_or_two_exchanged_are_refused(at: int) -> None:
    if CODE[at] == "-":
        return
    wrong = "7" if CODE[at] != "7" else "8"
    mistyped = [CODE[:at] + wrong + CODE[at + 1 :]]
    if CODE[at + 1] not in ("-", CODE[at]):
        mistyped.append(CODE[:at] + CODE[at + 1] + CODE[at] + CODE[at + 2 :])
    for code in mistyped:
        with pytest.raises(ValueError, match=r"code|sign"):
            read_head_code(code)


@pytest.mark.parametrize("code", ["", "A", CODE[:-1], CODE + "0", CODE.replace(CODE[0], "%", 1)])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"code|sign"):
        read_head_code(code)
