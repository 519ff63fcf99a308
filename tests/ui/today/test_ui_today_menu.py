"""The next step of a row, and the others in its menu."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.worklist import WorklistRow
from edema_desk.domain.terms.records import Phase
from edema_desk.ui.today.page import TodayPage
from edema_desk.ui.worklist.menu import RowAct, RowMenu, phase_of
from edema_desk.ui.worklist.model import Column
from edema_desk.ui.worklist.source import DUE
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY
from tests.ui.today.today_kit import Settle, ids, row, said


def test_each_row_has_one_next_step(page: TodayPage, qtbot: QtBot) -> None:
    page._groups._buttons[DUE].click()
    steps = {i: said(page, i, Column.ACTION) for i in ("p0", "p1", "p2", "p3", "p4")}
    assert steps == {
        "p0": "After capture",
        "p1": "Enter weight",
        "p2": "Record again",
        "p3": "Before capture",
        "p4": "Before capture",
    }
    assert page.table.rows.first_waiting == ids(page).index("p3")
    with qtbot.waitSignal(page.capture_wanted) as wished:
        page._do_next(row(page, "p2"))
    assert wished.args == ["p2", f"p2-{TODAY}", Phase.PRE]
    with qtbot.waitSignal(page.capture_wanted) as wished:
        page._do_next(row(page, "p4"))
    assert wished.args == ["p4", None, Phase.PRE]


def test_of_another_day_a_clip_is_asked_for_instead_of_the_camera(
    page: TodayPage, desk: FakeDesk, qtbot: QtBot, settled: Settle
) -> None:
    page.go_to(TODAY + timedelta(days=2))
    settled()
    with qtbot.assertNotEmitted(page.capture_wanted), qtbot.waitSignal(page.clip_wanted) as wished:
        page._do_next(row(page, "p4"))
    assert wished.args == ["p4", None, Phase.PRE]


def offered(of: WorklistRow, page: TodayPage, *, is_today: bool = True) -> set[RowAct]:
    menu = RowMenu(of, is_today=is_today, parent=page)
    acts = {RowAct(a.data()) for a in menu.actions() if not a.isSeparator()}
    menu.deleteLater()
    return acts


def test_the_menu_offers_what_a_row_can_bear(page: TodayPage, desk: FakeDesk) -> None:
    always = {RowAct.OPEN, RowAct.SCHEDULE, RowAct.CLIP_PRE, RowAct.CLIP_POST}
    days = {RowAct.AWAY, RowAct.EXTRA, RowAct.AS_SCHEDULED}
    there, waiting = row(page, "p0"), row(page, "p4")
    absent = next(r for r in page._source.rows or () if not r.due)
    for one, day in ((there, set()), (waiting, {RowAct.AWAY}), (absent, {RowAct.EXTRA})):
        acts = offered(one, page)
        assert always <= acts
        assert acts & days == day
    assert RowAct.CAPTURE_PRE in offered(waiting, page)
    assert RowAct.CAPTURE_PRE not in offered(waiting, page, is_today=False)
    assert [phase_of(a) for a in (RowAct.CLIP_PRE, RowAct.WEIGHT_POST)] == [Phase.PRE, Phase.POST]


@pytest.mark.parametrize("act", list(RowAct))
def test_everything_in_the_menu_leads_somewhere(page: TodayPage, qtbot: QtBot, act: RowAct) -> None:
    heard: list[str] = []
    for name in (
        *("patient_wanted", "capture_wanted", "weight_wanted", "clip_wanted"),
        *("day_plan_wanted", "schedule_wanted"),
    ):
        getattr(page, name).connect(lambda *_, name=name: heard.append(name))
    page._on_more(row(page, "p0"), act)
    kind = act.value.split("_")[0]
    plan = {"away", "extra", "as"}
    wanted = {"open": "patient"}.get(kind, "day_plan" if kind in plan else kind)
    assert heard == [f"{wanted}_wanted"]


def test_dots_right_click_and_menu_key_open_the_menu(page: TodayPage, qtbot: QtBot) -> None:
    table, heard = page.table, []
    table.menu_wanted.disconnect(page._offer_more)
    table.menu_wanted.connect(lambda row, place: heard.append(row.patient.patient_id))
    index = table.rows.index(1, Column.MORE)
    place = table.visualRect(index).center()
    with qtbot.assertNotEmitted(table.opened):
        QTest.mouseClick(
            table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )
    assert heard == [ids(page)[1]]
    table.selectRow(0)
    table._ask_menu(table.rows.index(0, Column.MORE))
    assert heard[-1] == ids(page)[0]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_stands_at_its_row_and_goes_when_chosen(page: TodayPage, qtbot: QtBot) -> None:
    page._offer_more(row(page, "p0"), QPoint(10, 10))
    menus = page.findChildren(RowMenu)
    assert len(menus) == 1
    with qtbot.waitSignal(page.clip_wanted), qtbot.waitSignal(menus[0].destroyed):
        next(a for a in menus[0].actions() if a.data() == RowAct.CLIP_POST.value).trigger()
        menus[0].close()
