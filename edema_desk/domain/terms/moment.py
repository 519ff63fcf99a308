"""Points in time as they are kept: UTC beside the offset the clinic's clock had."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """An instant (`utc_ms` since 1970) and the clinic's offset from UTC then, in minutes."""

    utc_ms: int
    offset_min: int

    @classmethod
    def now(cls) -> "Moment":
        """This instant with the computer's own offset."""
        return cls.of(datetime.now().astimezone())

    @classmethod
    def of(cls, when: datetime) -> "Moment":
        """The moment of an aware `datetime`; a naive one is a bug and raises ValueError."""
        offset = when.utcoffset()
        if offset is None:
            raise ValueError("a moment needs an offset from UTC")
        whole_ms = (when - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
        return cls(whole_ms, int(offset.total_seconds() // 60))

    @classmethod
    def at_clinic(cls, day: date, hour: int, minute: int) -> "Moment":
        """The moment at which this computer's clock shows that day and time. Where it shows it
        twice, in autumn, the later one, unless that has not come yet."""
        shown = datetime(day.year, day.month, day.day, hour, minute)  # local, made aware below
        first, second = cls.of(shown.astimezone()), cls.of(shown.replace(fold=1).astimezone())
        return second if first < second <= cls.now() else first

    def local(self) -> datetime:
        """The instant as the clinic's clock showed it, aware."""
        zone = timezone(timedelta(minutes=self.offset_min))
        return datetime.fromtimestamp(self.utc_ms / 1000, UTC).astimezone(zone)

    @property
    def day(self) -> date:
        """The clinic's calendar day."""
        return self.local().date()

    def hours_since(self, earlier: "Moment") -> float:
        """Hours from `earlier` to this instant, whatever the clocks did in between."""
        return (self.utc_ms - earlier.utc_ms) / 3_600_000
