"""Files are written whole or not at all; another language is heard by nobody but the page."""

import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # has no types
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import resources_dir
from edema_desk.plots.wording import research_note, short_day_text
from edema_desk.reports.canvas import screenless_qt
from edema_desk.reports.output import StagedFile, kept_back
from edema_desk.reports.speaking import spoken
from tests.reports.report_samples import TODAY


class Listening(QWidget):
    """Counts what it hears of another language."""

    heard = 0

    def changeEvent(self, event: QEvent) -> None:
        self.heard += event.type() == QEvent.Type.LanguageChange


def test_a_page_speaks_another_language_and_windows_hear_nothing_of_it(qtbot: QtBot) -> None:
    screenless_qt()
    window = Listening()
    qtbot.addWidget(window)
    window.show()
    before = QLocale()
    with spoken("ja"):
        assert "診断" in research_note()
        assert short_day_text(TODAY) == "2026/11/20"
        with spoken("en"):
            assert research_note() == "Research use, not for diagnosis"
            assert short_day_text(TODAY) == "20 Nov 2026"
        assert "診断" in research_note()
    assert QLocale() == before
    assert research_note() == "Research use, not for diagnosis"
    QCoreApplication.processEvents()
    assert window.heard == 0


@pytest.mark.usefixtures("qtbot")
def test_the_language_comes_back_after_a_failure() -> None:
    screenless_qt()
    with pytest.raises(ValueError, match="drawing"), spoken("ja"):
        raise ValueError("drawing")
    assert research_note() == "Research use, not for diagnosis"


_DROPPED = """
from edema_desk.reports.canvas import screenless_qt
from edema_desk.reports.output import PdfPages
from tests.reports.report_samples import clinic_of, patient_page
screenless_qt()
page = patient_page(clinic_of(2))
for _ in range(3):
    begun = PdfPages(page, "en")
    begun.add(page)
    del begun
print("stands")
"""


def test_a_pdf_that_nobody_finished_goes_without_a_crash() -> None:
    ran = subprocess.run([sys.executable, "-c", _DROPPED], capture_output=True, text=True)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "stands\n", "")


def test_a_file_appears_whole_once_it_is_on_record(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    with kept_back(path, b"pages"):
        assert not path.exists()
    assert path.read_bytes() == b"pages"
    assert list(tmp_path.iterdir()) == [path]


def test_a_refused_record_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    with pytest.raises(ExpectedError), kept_back(path, b"pages"):
        raise ExpectedError(ErrorCode.NOT_ALLOWED)
    assert list(tmp_path.iterdir()) == []


def code_of(path: Path, *, replace: bool = False) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        StagedFile(path, b"new", replace=replace).publish()
    return caught.value.code


def test_nothing_is_written_over_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")
    assert code_of(path) is ErrorCode.OUTPUT_EXISTS
    assert path.read_bytes() == b"old"
    StagedFile(path, b"new", replace=True).publish()
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_came_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    staged = StagedFile(path, b"new")
    path.write_bytes(b"other")
    with pytest.raises(ExpectedError) as caught:
        staged.publish()
    assert caught.value.code is ErrorCode.OUTPUT_EXISTS
    assert path.read_bytes() == b"other"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert code_of(tmp_path / "gone" / "report.pdf") is ErrorCode.OUTPUT_NOT_WRITABLE


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("edema_desk.reports.output.os.fsync", full)
    path = tmp_path / "report.pdf"
    assert code_of(path) is ErrorCode.OUTPUT_NO_ROOM
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_put_in_place_leaves_no_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(_: Path, __: Path) -> None:
        raise PermissionError(13, "another program holds it")

    monkeypatch.setattr(Path, "replace", held)
    assert code_of(tmp_path / "report.pdf") is ErrorCode.OUTPUT_NOT_WRITABLE
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_every_sign_of_the_type_can_be_told_back_from_its_shape(style: str) -> None:
    """What a PDF is copied from is the shape; where two characters share one the first counts."""
    font = TTFont(resources_dir() / "fonts" / f"EdemaDeskSans-{style}.otf")
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert not features & {"locl", "liga", "tnum"}
    first: dict[str, int] = {}
    for point, glyph in sorted(font.getBestCmap().items()):
        first.setdefault(glyph, point)
    told = {chr(first[glyph]) for glyph in font.getBestCmap().values()}
    assert set("0123456789.,+-−–±×%()/·・▲。、~") <= told
