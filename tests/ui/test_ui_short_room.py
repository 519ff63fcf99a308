"""Where words have too little room they are shortened, or left out, never cut through a letter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QTableWidget, QTableWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from edema_desk.ui.parts.choice_box import ChoiceBox
from edema_desk.ui.parts.elided_label import ElidedLabel
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import column

LONG = "HD Pro Webcam C920 on the third trolley"


def test_a_choice_without_room_ends_in_an_ellipsis_and_is_told_whole(
    theme: Theme, qtbot: QtBot
) -> None:
    box = ChoiceBox()
    qtbot.addWidget(box)
    box.addItem(LONG)
    box.resize(150, 44)
    box.show()
    qtbot.waitExposed(box)
    assert box.shown_text().endswith("…")
    assert LONG.startswith(box.shown_text()[:-1])
    assert box.toolTip() == LONG
    box.resize(500, 44)
    assert box.shown_text() == LONG


def test_what_the_keys_do_is_said_whole_or_not_at_all(theme: Theme, qtbot: QtBot) -> None:
    hint = ElidedLabel("caption")
    qtbot.addWidget(hint)
    hint.resize(90, 20)
    hint.show()
    hint.set_whole(LONG)
    assert hint.text().endswith("…")
    hint.set_whole(LONG, or_nothing=True)
    assert hint.text() == ""
    assert hint.toolTip() == LONG
    hint.resize(600, 20)
    assert hint.text() == LONG


def test_a_field_of_many_lines_has_the_ground_of_the_other_fields(
    theme: Theme, qtbot: QtBot
) -> None:
    edit, page = QPlainTextEdit(), QWidget()
    page.setLayout(column(edit))
    qtbot.addWidget(page)
    page.resize(300, 200)
    page.show()
    qtbot.waitExposed(page)
    edit.clearFocus()
    picture = page.grab().toImage()
    middle = edit.geometry().center()
    assert picture.pixelColor(middle).name() == theme.color("card").name()
    edge = picture.pixelColor(edit.geometry().left() + 40, edit.geometry().top())
    assert edge.name() == theme.color("line").name()


@pytest.mark.parametrize("side", [Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight])
def test_figures_stand_right_under_their_heads(
    theme: Theme, qtbot: QtBot, side: Qt.AlignmentFlag
) -> None:
    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    for item in (QTableWidgetItem("HH"), QTableWidgetItem("HH")):
        item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        if table.horizontalHeaderItem(0) is None:
            table.setHorizontalHeaderItem(0, item)
        else:
            table.setItem(0, 0, item)
    table.setColumnWidth(0, 160)
    table.resize(200, 120)
    table.show()
    qtbot.waitExposed(table)
    picture = table.grab().toImage()
    head = table.horizontalHeader().height()
    row = table.rowHeight(0)

    def ink(top: int, bottom: int) -> list[int]:
        ground = picture.pixelColor(80, (top + bottom) // 2)
        return [
            x
            for x in range(2, 158)
            if any(
                abs(picture.pixelColor(x, y).lightness() - ground.lightness()) > 25
                for y in range(top, bottom)
            )
        ]

    above, below = ink(4, head - 4), ink(head + 4, head + row - 4)
    end = 0 if side is Qt.AlignmentFlag.AlignLeft else -1
    assert abs(above[end] - below[end]) <= 1
