"""What is taken as a password: its length counts as a person counts, and it is not the login."""

import pytest

from edema_desk.domain.keeping.passwords import LEAST_SIGNS, check_password, tidy_password
from edema_desk.errors import ErrorCode, ExpectedError


@pytest.mark.parametrize(
    "password", ["a" * LEAST_SIGNS, "透析室の朝は早いです", "ﾊﾟｽﾜｰﾄﾞﾊﾟｽﾜｰﾄﾞ", "correct horse"]
)
def test_long_enough(password: str) -> None:
    check_password("hana", password)


@pytest.mark.parametrize(
    "password", ["", "a" * (LEAST_SIGNS - 1), "パスワード", "か" + "\u3099" * 0 + "が" * 8]
)
def test_too_short(password: str) -> None:
    with pytest.raises(ExpectedError) as caught:
        check_password("hana", password)
    assert caught.value.code is ErrorCode.PASSWORD_SHORT
    assert caught.value.params == {"least": LEAST_SIGNS}


def test_signs_are_counted_as_they_are_compared() -> None:
    decomposed = "か\u3099" * 9  # nine signs of two code points each
    assert len(decomposed) == 18
    with pytest.raises(ExpectedError):
        check_password("hana", decomposed)
    assert tidy_password(decomposed) == "が" * 9


@pytest.mark.parametrize(
    "password", ["hanako.yamada", "Hanako.Yamada", " ｈａｎａｋｏ．ｙａｍａｄａ "]
)
def test_not_the_login_however_it_is_written(password: str) -> None:
    with pytest.raises(ExpectedError) as caught:
        check_password("hanako.yamada", password)
    assert caught.value.code is ErrorCode.PASSWORD_IS_LOGIN
