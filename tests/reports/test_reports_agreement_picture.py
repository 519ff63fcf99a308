"""The picture beside a report: written without a screen, dark marks on white paper."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.reports.agreement_picture import Caption, draw_agreement
from edema_desk.reports.canvas import AFTER, BEFORE
from tests.flow.evaluation.test_flow_evaluation_report import predictions

CAPTION = Caption("trial", "0.10 kg off", "Made-up swelling of faces.")


def shades(path: Path) -> set[str]:
    picture = QImage(str(path))
    assert not picture.isNull()
    return {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    }


@pytest.mark.usefixtures("qtbot")
def test_a_picture_shows_both_phases_on_white(tmp_path: Path) -> None:
    path = tmp_path / "report.png"
    draw_agreement(path, predictions(), CAPTION)
    assert {"#ffffff", BEFORE, AFTER} <= shades(path)
    assert QImage(str(path)).width() == 2480
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.usefixtures("qtbot")
def test_nothing_estimated_is_an_empty_plot(tmp_path: Path) -> None:
    path = tmp_path / "report.png"
    draw_agreement(path, (), CAPTION)
    assert BEFORE not in shades(path)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    del qtbot
    with pytest.raises(ExpectedError) as caught:
        draw_agreement(tmp_path / "none" / "report.png", predictions(), CAPTION)
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
