"""What a password must be."""

import unicodedata

from edema_desk.domain.terms.people import tidy_login
from edema_desk.errors import ErrorCode, ExpectedError

LEAST_SIGNS = 10


def tidy_password(password: str) -> str:
    """The password as it is compared: the same however the keyboard composed its signs."""
    return unicodedata.normalize("NFKC", password)


def check_password(login: str, password: str) -> None:
    """Raise ExpectedError PASSWORD_SHORT or PASSWORD_IS_LOGIN for one that is not taken."""
    if len(tidy_password(password)) < LEAST_SIGNS:
        raise ExpectedError(ErrorCode.PASSWORD_SHORT, least=LEAST_SIGNS)
    if tidy_login(password) == tidy_login(login):
        raise ExpectedError(ErrorCode.PASSWORD_IS_LOGIN)
