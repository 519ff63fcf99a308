"""How a sentence of the program is held: what happened, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark `text` for the translators, who find this name in the source, and return it."""
    del context
    return text


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence that says what happened, and one that says what to do about it."""

    text: str
    hint: str

    def filled(self, params: Mapping[str, object]) -> str:
        """Both sentences with their parameters put in."""
        whole = f"{self.text} {self.hint}" if self.hint else self.text
        return whole.format_map(params)
