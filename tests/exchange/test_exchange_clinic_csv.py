"""Tables that leave the clinic: the figures of the trend, and nothing that runs or tells a name."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.course.exporting import RESEARCH_USE, Period, study_code
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.clinic_csv import write_clinic_tables
from edema_desk.exchange.safe_csv import safe_cell, write_table
from tests.exchange.made_up_course import CHART, FREE_WORDS, KANA, NAME, PATIENT, WEDNESDAY, made_up


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_session_s_row_holds_what_was_figured_by_hand(tmp_path: Path) -> None:
    sessions, spots, _, _ = write_clinic_tables(tmp_path, [made_up()])
    first, second = rows(sessions)
    assert first["day"] == "2026-03-02"
    assert (first["pre_time"], first["pre_weight_kg"]) == ("2026-03-02T08:00:00+09:00", "52.5")
    assert (first["pre_excess_kg"], first["post_excess_kg"]) == ("2.5", "0.2")
    assert float(first["uf_rate_ml_kg_h"]) == pytest.approx(2300 / 50.2 / 4, abs=1e-6)
    assert (first["gain_kg"], first["pre_refused"], first["pre_estimate_kg"]) == (
        *("", "no_reference", ""),
    )
    assert (second["gain_kg"], second["gain_percent"]) == ("1.8", "3.6")
    assert float(second["days_since_last_d"]) == pytest.approx(44 / 24, abs=1e-6)
    assert (second["pre_estimate_kg"], second["pre_estimate_low_kg"]) == ("1.75", "1.25")
    assert (second["pre_estimate_high_kg"], second["pre_as_before_dialysis"]) == ("2.25", "0.96")
    assert (second["pre_model"], second["pre_frames"], second["pre_whole"]) == ("base", "88", "1")
    assert second["post_weight_kg"] == ""
    (spot,) = rows(spots)
    assert (spot["spot_estimate_kg"], spot["spot_weight_kg"]) == ("-0.125", "")
    assert {row["use"] for row in (first, second, spot)} == {RESEARCH_USE}


def test_without_names_only_the_code_says_who_it_is(tmp_path: Path) -> None:
    written = write_clinic_tables(tmp_path, [made_up()])
    for path in written:
        text = path.read_text(encoding="utf-8")
        assert not any(told in text for told in (NAME[1:], KANA, "4711", "1950", "甲田", "haste"))
        assert PATIENT.patient_id not in text
    assert rows(written[0])[0]["patient_code"] == study_code(PATIENT.patient_id)


def test_judgements_stand_beside_what_they_judged_with_codes_for_who_judged(tmp_path: Path) -> None:
    path = write_clinic_tables(tmp_path, [made_up()])[2]
    judged, skipped = rows(path)
    assert (judged["phase"], judged["capture_time"]) == ("pre", "2026-03-02T08:00:00+09:00")
    assert (judged["blind"], judged["edema"], judged["confidence"]) == ("1", "1", "high")
    assert (judged["excess_kg"], judged["skipped"]) == ("2.0", "0")
    assert (skipped["edema"], skipped["skipped"], skipped["blind"]) == ("", "1", "0")
    assert judged["judge_code"] != skipped["judge_code"]
    assert "u1" not in path.read_text()


def test_free_words_before_a_spot_go_out_only_with_the_name(tmp_path: Path) -> None:
    for named, told in ((False, "other"), (True, f"'{FREE_WORDS}")):
        folder = tmp_path / str(named)
        folder.mkdir()
        (spot,) = rows(write_clinic_tables(folder, [made_up(named=named)])[1])
        assert spot["event_before"] == told


def test_with_names_no_cell_runs(tmp_path: Path) -> None:
    first = rows(write_clinic_tables(tmp_path, [made_up(named=True)])[0])[0]
    assert (first["name"], first["chart_number"]) == (f"'{NAME}", f"'{CHART}")
    assert (first["kana"], first["birth_date"]) == (KANA, "1950-02-03")


def test_every_column_is_explained_and_the_file_says_it_is_utf_8(tmp_path: Path) -> None:
    *tables, dictionary = write_clinic_tables(tmp_path, [made_up()])
    assert all(p.read_bytes().startswith(b"\xef\xbb\xbf") for p in (*tables, dictionary))
    told = {(row["file"], row["column"]) for row in rows(dictionary) if row["meaning"]}
    for path in tables:
        assert {(path.name, column) for column in rows(path)[0]} == {
            (file, column) for file, column in told if file == path.name
        }


def test_a_period_cuts_rows_but_not_what_they_say(tmp_path: Path) -> None:
    late = made_up(period=Period(WEDNESDAY, WEDNESDAY))
    (only,) = rows(write_clinic_tables(tmp_path, [late])[0])
    assert (only["day"], only["gain_kg"]) == ("2026-03-04", "1.8")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    write_clinic_tables(tmp_path, [made_up()])
    with pytest.raises(ExpectedError) as refused:
        write_clinic_tables(tmp_path, [made_up()])
    assert refused.value.code is ErrorCode.OUTPUT_EXISTS


@given(st.text())
def test_no_text_starts_a_formula(text: str) -> None:
    told = safe_cell(text)
    assert told.removeprefix("'") == text or told == text
    assert not told.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExpectedError) as refused:
        write_table(tmp_path / "gone" / "a.csv", ("a",), [])
    assert refused.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
