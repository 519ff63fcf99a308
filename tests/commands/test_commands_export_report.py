"""`export report`: a PDF without a screen, on record, never over another file."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from edema_desk.domain.course.exporting import study_code
from edema_desk.domain.keeping.record_of_acts import ActFilter
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.paths import Profile
from edema_desk.store.audit.heads import heads_in
from edema_desk.store.audit.reading import act_told, acts
from edema_desk.store.base.database import open_store
from edema_desk.store.captures.sessions import enter_weighing, open_session
from edema_desk.store.people.patients import add_patient, set_dry_weight
from tests.commands.commands_runner import Commands
from tests.reports.test_reports_pages import Read, flat
from tests.store.store_samples import at, person

DAY = date(2026, 3, 2)


@pytest.fixture
def profile(commands: Commands) -> Profile:
    """Two who come in the first shift, with three sessions each."""
    made = Profile(commands.profile)
    with open_store(made) as store:
        for number, name in (("1001", "山田 花子"), ("1002", "佐藤 太郎")):
            who = add_patient(store, new_id(), person(number, name, "")).patient_id
            set_dry_weight(store, new_id(), who, 50_000, date(2026, 1, 1))
            for days in (0, 2, 4):
                day = DAY + timedelta(days=days)
                session_id = open_session(store, new_id(), who, at(day), 4.0)
                for phase, grams, hour in ((Phase.PRE, 52_500, 9), (Phase.POST, 50_200, 13)):
                    moment = at(day, hour)
                    enter_weighing(store, new_id(), session_id, phase, grams, 0, moment)
    return made


def told(commands: Commands, profile: Profile, out: Path, *options: str) -> str:
    result = commands.run("export", "report", out, *options, "--profile", profile.root)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_patients_report_is_a_page_on_record(
    commands: Commands, profile: Profile, tmp_path: Path
) -> None:
    out = tmp_path / "one.pdf"
    said = told(commands, profile, out, "--patient", "1001", "--from", "2026-03-04")
    assert "1 page written" in said
    assert "not for diagnosis" in said
    read = Read(out.read_bytes())
    text = flat(read.text)
    assert read.pages == 1
    assert "山田 花子" in text
    assert "2 of 2 sessions" in text
    # 52.5 - 50.2 = 2.3 kg gained, 4.6 % of 50 kg; 2300 mL / 50.2 kg / 4 h = 11.5 mL/kg/h
    assert "6 Mar 2026 52.5 50.2 +2.5 +0.2 +2.3 4.6 11.5 50.0" in text
    with open_store(profile) as store:
        (noted,) = acts(store, ActFilter(kind=ActKind.MAKE_REPORT))
        details = act_told(store, noted.row).details
    assert (details["what"], details["pages"], details["way"]) == ("patient", 1, "file")
    assert (details["first"], details["pseudonymous"]) == ("2026-03-04", False)
    assert "山田" not in str(details)
    assert "1001" not in str(details)
    assert heads_in(profile.audit_heads)[-1].head.rows > noted.row


def test_nothing_is_written_over(commands: Commands, profile: Profile, tmp_path: Path) -> None:
    out = tmp_path / "one.pdf"
    out.write_bytes(b"mine")
    result = commands.run("export", "report", out, "--patient", "1001", "--profile", profile.root)
    assert result.exit_code == 1
    assert "already holds something" in result.stderr
    assert "Choose another name" in result.stderr
    assert out.read_bytes() == b"mine"
    with open_store(profile) as store:
        assert not acts(store, ActFilter(kind=ActKind.MAKE_REPORT))


def test_sheets_of_a_shift_are_a_page_each(
    commands: Commands, profile: Profile, tmp_path: Path
) -> None:
    out = tmp_path / "sheets.pdf"
    told(
        *(commands, profile, out, "--sheet", "--shift", "1"),
        *("--to", "2026-03-10", "--language", "ja"),
    )
    read = Read(out.read_bytes())
    assert read.pages == 2
    assert "ドライウェイト検討シート" in read.text
    assert "2026/02/11" in read.text
    nobody = commands.run(
        *("export", "report", tmp_path / "none.pdf", "--sheet", "--shift", "3"),
        *("--profile", profile.root),
    )
    assert nobody.exit_code == 1
    assert "Nobody is due in this shift" in nobody.stderr
    assert not (tmp_path / "none.pdf").exists()


def test_agreement_and_codes(commands: Commands, profile: Profile, tmp_path: Path) -> None:
    out = tmp_path / "agreement.pdf"
    told(commands, profile, out, "--agreement", "--patient", "1002", "--pseudonymous")
    with open_store(profile) as store:
        (noted,) = acts(store, ActFilter(kind=ActKind.MAKE_AGREEMENT_REPORT))
    text = Read(out.read_bytes()).text
    assert noted.patient_id is not None
    assert study_code(noted.patient_id) in text
    assert "佐藤" not in text
    assert "1002" not in text


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--agreement", "--sheet"),
        ("--shift", "1"),
        ("--patient", "1001", "--shift", "1", "--sheet"),
        ("--agreement", "--patient", "1001", "--patient", "1002"),
        ("--sheet", "--from", "2026-03-01"),
    ],
)
def test_what_does_not_go_together_is_said(
    commands: Commands, tmp_path: Path, options: tuple[str, ...]
) -> None:
    result = commands.run("export", "report", tmp_path / "a.pdf", *options)
    assert result.exit_code == 2
    assert not list(tmp_path.glob("*.pdf"))


def test_an_unknown_number_leaves_no_file(
    commands: Commands, profile: Profile, tmp_path: Path
) -> None:
    result = commands.run(
        *("export", "report", tmp_path / "a.pdf", "--patient", "9"), "--profile", profile.root
    )
    assert result.exit_code == 1
    assert not list(tmp_path.glob("*.pdf*"))


def test_an_agreement_is_of_one_origin_that_there_is(
    commands: Commands, profile: Profile, tmp_path: Path
) -> None:
    out = tmp_path / "a.pdf"
    where = (out, "--agreement", "--profile", profile.root, "--origin")
    refused = commands.run("export", "report", *where, "Nagoya")
    assert refused.exit_code == 2
    assert "Nobody comes from Nagoya." in refused.output
    assert not out.exists()
    assert commands.run("export", "report", *where, "clinic").exit_code == 0
    assert out.exists()
