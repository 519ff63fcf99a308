"""What file names tell, in any usual spelling; what is not said is not guessed."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.inbox.naming import read_name
from edema_desk.domain.terms.records import Phase
from edema_desk.domain.terms.search import search_key

NUMBERS = {"104221", "1234", "0812", "20240115", "p0012", "12"}
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("stem", "number", "phase"),
    [
        ("104-221_2026-03-02_pre", "104221", Phase.PRE),
        ("104-221 2026.03.02 Before", "104221", Phase.PRE),
        ("104-221_2026-03-02_pre (1)", "104221", Phase.PRE),
        ("20260302_0812_104-221_前", None, Phase.PRE),  # 0812 is somebody's number as well
        ("P0012-20260302T081233-post", "p0012", Phase.POST),
        ("104-221前 2026年3月2日", "104221", Phase.PRE),
        ("104-221_透析後_20260302", "104221", Phase.POST),
        ("104-221-2026-03-02-after", "104221", Phase.POST),
        ("104_221_2026_03_02_spot", None, Phase.SPOT),
        ("2026-03-02_1234_post", "1234", Phase.POST),
        ("20240115_2026-03-02_pre", "20240115", Phase.PRE),
        ("2026-03-02_20240115_pre", "20240115", Phase.PRE),
        ("IMG_0001 104-221 2026-03-02 pre", "104221", Phase.PRE),
        ("1042212026-03-02pre", None, None),  # figures run together say nothing
    ],
)
def test_usual_spellings(stem: str, number: str | None, phase: Phase | None) -> None:
    clues = read_name(stem, NUMBERS)
    people = {word for word in clues.words if word in NUMBERS}
    if number is not None:
        assert people == {number}
        assert clues.days == (DAY,)
    else:
        assert len(people) != 1
    assert clues.phases == (() if phase is None else (phase,))


@pytest.mark.parametrize(
    "stem",
    [
        "IMG_1234",
        "IMG_1234_20260302",
        "MVI_0812",
        "DSC0812",
        "VID_20260302_0812",
        "WIN_20260302_08_12_33_Pro",
        "PXL_20260302_081233123",
        "clip 12",
        "Movie (12)",
        "20260302",
        "2026-03-02 12.5.3",
    ],
)
def test_what_a_camera_counts_is_nobodys_number(stem: str) -> None:
    assert not NUMBERS & set(read_name(stem, NUMBERS).words)


def test_contradictions_are_kept() -> None:
    clues = read_name("104-221_2026-03-02_pre_2026-03-03_post", NUMBERS)
    assert clues.days == (DAY, date(2026, 3, 3))
    assert clues.phases == (Phase.PRE, Phase.POST)
    assert set(read_name("1234_p0012_2026-03-02", NUMBERS).words) == {"1234", "p0012"}


def test_times_follow_days() -> None:
    assert read_name("104-221_2026-03-02_08-12_pre").at == time(8, 12)
    assert read_name("VID20260302081233").at == time(8, 12)
    assert read_name("104-221_0812_pre").at is None  # no day before it
    assert read_name("104-221_2026-13-40").days == ()


@given(
    number=st.from_regex(r"[A-Z]{0,2}[0-9]{3,6}(-[0-9]{2,4})?", fullmatch=True),
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    phase=st.sampled_from(
        [(Phase.PRE, "pre"), (Phase.PRE, "前"), (Phase.POST, "AFTER"), (Phase.SPOT, "随時")]
    ),
    order=st.permutations([0, 1, 2]),
    written=st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y_%m_%d", "%Y年%m月%d日"]),
    gap=st.sampled_from(["_", " ", "__", " _ "]),
)
def test_number_day_and_phase_come_back_from_any_order(
    number: str,
    day: date,
    phase: tuple[Phase, str],
    order: list[int],
    written: str,
    gap: str,
) -> None:
    parts = [number, day.strftime(written), phase[1]]
    clues = read_name(gap.join(parts[i] for i in order), {search_key(number)})
    assert search_key(number) in clues.words
    assert clues.days == (day,)
    assert clues.phases == (phase[0],)


@given(st.text(max_size=120), st.sets(st.text(max_size=8), max_size=3))
def test_no_name_is_too_strange(stem: str, known: set[str]) -> None:
    clues = read_name(stem, known)
    assert len(set(clues.words)) == len(clues.words)
    assert "" not in clues.words
