"""The texts patients read before they answer."""

from collections.abc import Mapping

from edema_desk.domain.keeping.consent import SHIPPED_TEXT, ConsentText, Purpose
from edema_desk.paths import consent_texts_dir
from edema_desk.store.base.database import Store
from edema_desk.store.people.consents import consent_texts


def texts_in_use(store: Store) -> Mapping[Purpose, ConsentText]:
    """Of each purpose the clinic's own text, or the one that comes with the program."""
    own = consent_texts(store)
    return {purpose: own.get(purpose) or shipped_text(purpose) for purpose in Purpose}


def shipped_text(purpose: Purpose) -> ConsentText:
    """The text that comes with the program."""
    en, ja = (
        (consent_texts_dir() / f"{purpose.value}.{language}.txt").read_text(encoding="utf-8")
        for language in ("en", "ja")
    )
    return ConsentText(purpose, SHIPPED_TEXT, en.strip(), ja.strip())
