"""Study folders: what is read, what is refused and why."""

import csv
import io
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.study_folder import (
    NEEDED_COLUMNS,
    StudyReading,
    read_study,
    write_study_table,
)
from edema_desk.exchange.study_row import StudyRow

HEADER = ",".join(NEEDED_COLUMNS)
GOOD = "P001,2026-03-02,pre,61.2,58.5,clips/a.mp4"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study's folder with two clips and no table."""
    study = tmp_path / "study"
    (study / "clips").mkdir(parents=True)
    for name in ("a", "b"):
        (study / "clips" / f"{name}.mp4").write_bytes(b"clip")
    return study


def reading(folder: Path, *lines: str, header: str = HEADER) -> StudyReading:
    """The study of these lines."""
    text = "\r\n".join((header, *lines)) + "\r\n"
    (folder / "study.csv").write_bytes(text.encode())
    return read_study(folder)


def refusal(folder: Path, line: str, header: str = HEADER) -> ErrorCode:
    """Why one row is refused, beside a good one that must go through."""
    study = reading(folder, line, GOOD + "," * (header.count(",") - 5), header=header)
    assert [row.line for row in study.rows] == [3]
    (refused,) = study.refused
    assert refused.line == 2
    return refused.error.code


def test_a_whole_row_is_read(folder: Path) -> None:
    study = reading(
        folder,
        GOOD + ",13:06,2.636,tablet 3",
        header=HEADER + ",time,true_excess_kg,device",
    )
    assert study.rows == (
        StudyRow(
            line=2,
            patient_id="P001",
            day=date(2026, 3, 2),
            phase=Phase.PRE,
            weight_g=61200,
            dry_weight_g=58500,
            clip=folder / "clips" / "a.mp4",
            at=time(13, 6),
            planted_truth_kg=2.636,
            extra={"device": "tablet 3"},
        ),
    )
    assert study.extra_columns == ("device",)
    assert study.name == "study"


def test_bom_column_order_and_line_ends_do_not_matter(folder: Path) -> None:
    text = "\ufeffclip,patient_id,phase,date,dry_weight_kg,weight_kg\n"
    text += '"clips/a.mp4","P ""1""",post,2026-03-02,58.5,58.6\n'
    (folder / "study.csv").write_text(text, encoding="utf-8")
    (row,) = read_study(folder).rows
    assert (row.patient_id, row.weight_g, row.phase) == ('P "1"', 58600, Phase.POST)


def test_a_spot_needs_no_weight_and_there_may_be_several_a_day(folder: Path) -> None:
    study = reading(
        folder,
        "P1,2026-03-02,spot,,58.5,clips/a.mp4,09:00",
        "P1,2026-03-02,spot,,58.5,clips/b.mp4,21:00",
        "P1,2026-03-02,spot,,58.5,clips/b.mp4,21:00",
        header=HEADER + ",time",
    )
    assert [row.weight_g for row in study.rows] == [None, None]
    assert [(r.line, r.error.code, r.error.params) for r in study.refused] == [
        (4, ErrorCode.ROW_DUPLICATE, {"line": 3})
    ]


def test_windows_slashes_are_slashes(folder: Path) -> None:
    (row,) = reading(folder, GOOD.replace("/", "\\")).rows
    assert row.clip == folder / "clips" / "a.mp4"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (",2026-03-02,pre,61.2,58.5,clips/a.mp4", ErrorCode.FIELD_EMPTY),
        (f"{'x' * 65},2026-03-02,pre,61.2,58.5,clips/a.mp4", ErrorCode.FIELD_TOO_LONG),
        ("P1,,pre,61.2,58.5,clips/a.mp4", ErrorCode.DATE_INVALID),
        ("P1,02.03.2026,pre,61.2,58.5,clips/a.mp4", ErrorCode.DATE_INVALID),
        ("P1,2026-02-30,pre,61.2,58.5,clips/a.mp4", ErrorCode.DATE_INVALID),
        ("P1,20260302,pre,61.2,58.5,clips/a.mp4", ErrorCode.DATE_INVALID),
        ("P1,2026-03-02,before,61.2,58.5,clips/a.mp4", ErrorCode.ROW_PHASE),
        ("P1,2026-03-02,pre,,58.5,clips/a.mp4", ErrorCode.FIELD_EMPTY),
        ("P1,2026-03-02,post,,58.5,clips/a.mp4", ErrorCode.FIELD_EMPTY),
        ("P1,2026-03-02,spot,,,clips/a.mp4", ErrorCode.FIELD_EMPTY),
        ("P1,2026-03-02,pre,heavy,58.5,clips/a.mp4", ErrorCode.WEIGHT_NOT_A_NUMBER),
        ('P1,2026-03-02,pre,"61,2",58.5,clips/a.mp4', ErrorCode.WEIGHT_NOT_A_NUMBER),
        ("P1,2026-03-02,pre,６１.２,58.5,clips/a.mp4", ErrorCode.WEIGHT_NOT_A_NUMBER),
        ("P1,2026-03-02,pre,nan,58.5,clips/a.mp4", ErrorCode.WEIGHT_NOT_A_NUMBER),
        ("P1,2026-03-02,pre,-61.2,58.5,clips/a.mp4", ErrorCode.WEIGHT_NOT_A_NUMBER),
        ("P1,2026-03-02,pre,61.2 kg,58.5,clips/a.mp4", ErrorCode.WEIGHT_NOT_A_NUMBER),
        ("P1,2026-03-02,pre,135 lb,58.5,clips/a.mp4", ErrorCode.WEIGHT_POUNDS),
        ("P1,2026-03-02,pre,134.9,58.5,clips/a.mp4", ErrorCode.WEIGHT_POUNDS),
        ("P1,2026-03-02,pre,612,58.5,clips/a.mp4", ErrorCode.WEIGHT_OUT_OF_RANGE),
        ("P1,2026-03-02,pre,61.2,5.85,clips/a.mp4", ErrorCode.WEIGHT_OUT_OF_RANGE),
        ("P1,2026-03-02,pre,61.2,58.5,", ErrorCode.FIELD_EMPTY),
        ("P1,2026-03-02,pre,61.2,58.5,clips/c.mp4", ErrorCode.ROW_CLIP_MISSING),
        ("P1,2026-03-02,pre,61.2,58.5,clips", ErrorCode.ROW_CLIP_MISSING),
        (f"P1,2026-03-02,pre,61.2,58.5,{'x' * 400}.mp4", ErrorCode.ROW_CLIP_MISSING),
        ("P1,2026-03-02,pre,61.2,58.5,../study/clips/a.mp4", ErrorCode.ROW_CLIP_OUTSIDE),
        ("P1,2026-03-02,pre,61.2,58.5,clips\\..\\..\\x.mp4", ErrorCode.ROW_CLIP_OUTSIDE),
        ("P1,2026-03-02,pre,61.2,58.5,/etc/passwd", ErrorCode.ROW_CLIP_OUTSIDE),
        ("P1,2026-03-02,pre,61.2,58.5,C:\\clips\\a.mp4", ErrorCode.ROW_CLIP_OUTSIDE),
        ("P1,2026-03-02,pre,61.2,58.5,C:a.mp4", ErrorCode.ROW_CLIP_OUTSIDE),
        ("P1,2026-03-02,pre,61.2,58.5,\\\\server\\share\\a.mp4", ErrorCode.ROW_CLIP_OUTSIDE),
        ("P1,2026-03-02,pre,61.2,58.5", ErrorCode.ROW_BROKEN),
        ("P1,2026-03-02,pre,61.2,58.5,clips/a.mp4,more", ErrorCode.ROW_BROKEN),
        ('P1,2026-03-02,pre,"61.2"x,58.5,clips/a.mp4', ErrorCode.ROW_BROKEN),
    ],
)
def test_a_faulty_row_is_refused_and_the_next_one_read(
    folder: Path, line: str, code: ErrorCode
) -> None:
    assert refusal(folder, line) is code


@pytest.mark.parametrize("entered", ["7:05", "25:00", "12:60", "noon", "12:30:00"])
def test_a_time_that_is_none_is_refused(folder: Path, entered: str) -> None:
    line = f"P1,2026-03-02,pre,61.2,58.5,clips/a.mp4,{entered}"
    assert refusal(folder, line, HEADER + ",time") is ErrorCode.ROW_TIME


@pytest.mark.parametrize("entered", ["much", "nan", "inf"])
def test_a_truth_that_is_no_number_is_refused(folder: Path, entered: str) -> None:
    line = f"P1,2026-03-02,pre,61.2,58.5,clips/a.mp4,{entered}"
    code = refusal(folder, line, HEADER + ",true_excess_kg")
    assert code is ErrorCode.WEIGHT_NOT_A_NUMBER


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.mp4"
    secret.write_bytes(b"clip")
    (folder / "clips" / "link.mp4").symlink_to(secret)
    line = "P1,2026-03-02,pre,61.2,58.5,clips/link.mp4"
    assert refusal(folder, line) is ErrorCode.ROW_CLIP_OUTSIDE


def test_a_link_in_a_circle_is_refused(folder: Path) -> None:
    (folder / "clips" / "loop.mp4").symlink_to(folder / "clips" / "loop.mp4")
    line = "P1,2026-03-02,pre,61.2,58.5,clips/loop.mp4"
    assert refusal(folder, line) is ErrorCode.ROW_CLIP_MISSING


def test_of_two_rows_for_one_phase_the_later_is_refused(folder: Path) -> None:
    study = reading(folder, GOOD, GOOD.replace("a.mp4", "b.mp4"), GOOD.replace("pre", "post"))
    assert [row.line for row in study.rows] == [2, 4]
    (refused,) = study.refused
    assert (refused.line, refused.error.code) == (3, ErrorCode.ROW_DUPLICATE)
    assert refused.error.params == {"line": 2}


def test_a_quotation_mark_left_open_costs_the_rest_but_not_what_came_before(folder: Path) -> None:
    study = reading(folder, GOOD, 'P2,"2026-03-02,pre,61.2,58.5,clips/a.mp4', GOOD)
    assert [row.line for row in study.rows] == [2]
    assert [(r.line, r.error.code) for r in study.refused] == [(3, ErrorCode.ROW_BROKEN)]


def test_lines_are_counted_through_quoted_line_ends_and_blank_lines(folder: Path) -> None:
    study = reading(
        folder, '"P1\r\nx",2026-03-02,pre,61.2,58.5,clips/a.mp4', "", "P2,x,pre,1,1,c", GOOD
    )
    assert [row.line for row in study.rows] == [2, 6]
    assert [r.line for r in study.refused] == [5]


def test_no_table(tmp_path: Path) -> None:
    with pytest.raises(ExpectedError) as caught:
        read_study(tmp_path / "nowhere")
    assert caught.value.code is ErrorCode.STUDY_MISSING


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (b"", ErrorCode.STUDY_HEADER),
        (b"patient_id;date;phase\n", ErrorCode.STUDY_HEADER),
        (b"patient_id,date,phase,weight_kg,clip\n", ErrorCode.STUDY_HEADER),
        (HEADER.encode() + b",date\n", ErrorCode.STUDY_HEADER_TWICE),
        (HEADER.encode() + b"\n", ErrorCode.STUDY_EMPTY),
        (HEADER.encode() + b"\n\n\n", ErrorCode.STUDY_EMPTY),
        ("名前,".encode("shift_jis") + HEADER.encode(), ErrorCode.STUDY_NOT_TEXT),
    ],
)
def test_a_table_that_is_none(folder: Path, table: bytes, code: ErrorCode) -> None:
    (folder / "study.csv").write_bytes(table)
    with pytest.raises(ExpectedError) as caught:
        read_study(folder)
    assert caught.value.code is code


def test_the_missing_columns_are_named(folder: Path) -> None:
    (folder / "study.csv").write_text("patient_id,date,phase,weight_kg\n")
    with pytest.raises(ExpectedError) as caught:
        read_study(folder)
    assert caught.value.params == {"columns": "dry_weight_kg, clip"}


ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(table=st.lists(st.lists(ANY_TEXT, max_size=8), max_size=6), raw=st.text(max_size=60))
def test_whatever_follows_a_good_row_the_row_is_read(
    folder: Path, table: list[list[str]], raw: str
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([list(NEEDED_COLUMNS), GOOD.split(","), *table])
    (folder / "study.csv").write_bytes((text.getvalue() + raw).encode("utf-8", "replace"))
    study = read_study(folder)
    assert [row.line for row in study.rows] == [2]
    assert all(refused.line > 2 for refused in study.refused)


IDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=64
).map(str.strip)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    patient_id=IDS.filter(bool),
    day=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    phase=st.sampled_from(Phase),
    dry_g=st.integers(40_000, 120_000),
    excess_g=st.integers(-3_000, 9_000),
    at=st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    truth=st.none() | st.floats(-5, 9),
)
def test_what_is_written_is_read_again(
    folder: Path,
    patient_id: str,
    day: date,
    phase: Phase,
    dry_g: int,
    excess_g: int,
    at: time | None,
    truth: float | None,
) -> None:
    clip = folder / "clips" / "a.mp4"
    row = StudyRow(
        2, patient_id, day, phase, dry_g + excess_g, dry_g, clip, at, truth, {"bed": "=1"}
    )
    (folder / "study.csv").unlink(missing_ok=True)
    write_study_table(folder, [row], ["bed"])
    study = read_study(folder)
    assert study.rows == (row,)
    assert not study.refused


def test_a_table_is_never_written_over_another(folder: Path) -> None:
    write_study_table(folder, [])
    before = (folder / "study.csv").read_bytes()
    with pytest.raises(ExpectedError) as caught:
        write_study_table(folder, [])
    assert caught.value.code is ErrorCode.OUTPUT_EXISTS
    assert (folder / "study.csv").read_bytes() == before
