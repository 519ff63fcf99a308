"""One measured figure beside what it should reach."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`reached` is None for a figure that only informs."""

    what: str
    measured: str
    to_reach: str = ""
    reached: bool | None = None

    def row(self) -> str:
        """A row of a Markdown table."""
        mark = "" if self.reached is None else "yes" if self.reached else "**no**"
        return f"| {self.what} | {self.measured} | {self.to_reach} | {mark} |"
