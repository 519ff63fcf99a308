"""What the name of a clip file tells: chart number, day, time and phase, in usual spellings."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, time

from edema_desk.domain.terms.records import Phase
from edema_desk.domain.terms.search import search_key

_PHASES = {
    Phase.PRE: ("pre", "before", "prehd", "透析前", "開始前", "前"),
    Phase.POST: ("post", "after", "posthd", "透析後", "終了後", "後"),
    Phase.SPOT: ("spot", "intra", "随時", "透析中"),
}
_PHASE_OF = {word: phase for phase, words in _PHASES.items() for word in words}
_ENDING_WORDS = sorted((w for w in _PHASE_OF if not w.isascii()), key=len, reverse=True)

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-./年](\d{1,2})[-./月](\d{1,2})日?(?!\d)")
_COMPACT_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?=(?:\d{4}|\d{6}|\d{9})?(?!\d))")
_DAY_APART = re.compile(r"(?<!\d)((?:19|20)\d\d)_(\d\d)_(\d\d)(?!\d)")
_TIME = re.compile(
    r"[t時]?(?P<h>[01]\d|2[0-3])(?P<gap>[-.:時]?)(?P<m>[0-5]\d)(?:(?P=gap)[0-5]\d)?(?:\d{3})?[z分]?"
)
_CAMERA = re.compile(
    r"(?:img|vid|video|mov|movie|dsc|dscn|dscf|mvi|pxl|win|clip|trim|image|capture|scan|wp|gopr|gh)"
    r"[-.]?\w?\d*"
)
"""Names that cameras and tablets give; figures after them number clips, not people."""
_COPY = re.compile(r"copy|コピー|edited|のコピ")
_COPY_COUNT = re.compile(r"\(\d{1,3}\)")
_SPLIT = re.compile(r"[_\s+,;=()\[\]()「」【】]+")


@dataclass(frozen=True, slots=True)
class NameClues:
    """`words` are what may be a chart number, folded for comparison. More than one of `days` or
    `phases` is a contradiction."""

    words: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    at: time | None = None
    phases: tuple[Phase, ...] = ()


def read_name(stem: str, known: Collection[str] = ()) -> NameClues:
    """The clues of a file name without its suffix.

    `known` are the chart numbers there are, folded by `search_key`: a word that is one of them
    is one, whatever else it looks like, as long as another word tells the day. What a camera
    numbers its clips by is nobody's number.
    """
    words = _words(stem)
    counters = _counters(words)
    numbers = [w for i, w in enumerate(words) if search_key(w) in known and i not in counters]
    rest = [w for i, w in enumerate(words) if search_key(w) not in known or i in counters]
    clues = _sorted_out(rest)
    if not clues.days:
        dated = [word for word in numbers if _day_in(word)]
        if len(dated) == 1 and len(numbers) > 1:  # the other number is the person
            numbers.remove(dated[0])
            clues = _sorted_out([w for w in words if w not in numbers])
    folded = [*(search_key(word) for word in numbers), *clues.words]
    return NameClues(tuple(dict.fromkeys(folded)), clues.days, clues.at, clues.phases)


def _words(stem: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", stem).casefold()
    plain = _COPY_COUNT.sub(" ", plain)
    plain = _DAY_APART.sub(r"\1-\2-\3", plain)
    return [word.strip("-.") for word in _SPLIT.split(plain) if word.strip("-.")]


def _counters(words: list[str]) -> frozenset[int]:
    """Places of the figures by which a camera tells its clips apart: a count, or the time."""
    found: set[int] = set()
    for place, word in enumerate(words):
        dated = _day_in(word) is not None
        if not _CAMERA.fullmatch(word) or (any(c.isdigit() for c in word) and not dated):
            continue
        after = place + 1
        if after < len(words) and _day_in(words[after]):
            after, dated = after + 1, True
        found.update(_figures_from(words, after, most=3 if dated else 1))
    return frozenset(found)


def _figures_from(words: list[str], place: int, most: int) -> Iterator[int]:
    """One word of figures, or a time of day in up to `most` words of two."""
    for at in range(place, min(place + most, len(words))):
        if not words[at].isdecimal() or (at > place and len(words[at]) != 2):
            return
        yield at
        if len(words[at]) != 2:
            return


def _sorted_out(words: list[str]) -> NameClues:
    """Days, times and phases are taken out of words; what is left may be numbers."""
    days: dict[date, None] = {}
    phases: dict[Phase, None] = {}
    left: dict[str, None] = {}
    at: time | None = None
    counters = _counters(words)
    after_day = False
    for place, word in enumerate(words):
        parts, day, phase = _cut(word)
        days.update({day: None} if day else {})
        phases.update({phase: None} if phase else {})
        for part in parts:
            clock = _TIME.fullmatch(part) if (day or after_day) and at is None else None
            if clock is not None:
                at = time(int(clock["h"]), int(clock["m"]))
            elif place not in counters and not _CAMERA.fullmatch(part) and not _COPY.search(part):
                left[search_key(part)] = None
        after_day = day is not None
    return NameClues(tuple(w for w in left if w), tuple(days), at, tuple(phases))


def _cut(word: str) -> tuple[list[str], date | None, Phase | None]:
    """What is left of a word without the day and the phase in it."""
    phase: Phase | None = None
    for ending in _ENDING_WORDS:
        if word.endswith(ending):
            word, phase = word.removesuffix(ending), _PHASE_OF[ending]
            break
    found = _day_in(word)
    parts = [word] if found is None else [word[: found[1]], word[found[2] :]]
    kept = []
    for part in parts:
        pieces = part.strip("-.").split("-")
        named = [_PHASE_OF[piece] for piece in pieces if piece in _PHASE_OF]
        phase = phase or next(iter(named), None)
        kept.append("-".join(piece for piece in pieces if piece not in _PHASE_OF))
    return [part for part in kept if part], found[0] if found else None, phase


def _day_in(word: str) -> tuple[date, int, int] | None:
    """A calendar day in a word, and from where to where it stands."""
    for pattern in (_DAY, _COMPACT_DAY):
        for match in pattern.finditer(word):
            try:
                return date(int(match[1]), int(match[2]), int(match[3])), *match.span()
            except ValueError:
                continue
    return None


def phase_of_word(word: str) -> Phase | None:
    """The phase a word means, or None."""
    return _PHASE_OF.get(unicodedata.normalize("NFKC", word).strip().casefold())
