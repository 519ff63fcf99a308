"""The weight entry of a page: tares, hours, doubts, sessions of others, and one act per entry."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.trend import PhaseEntry, live_weighings
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase, Weighing
from edema_desk.domain.terms.weights import Tare, TareKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.entries import parse_hours
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.weights.entry import WeightEntry
from edema_desk.ui.weights.wheelchair_dialog import WheelchairDialog
from edema_desk.ui.weights.words import excess_words, last_words, live_text
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY

Settle = Callable[[], None]
OPEN_TODAY = f"p0-{TODAY}"
"""A session that has a weight and a clip before dialysis, and nothing after."""
CHAIR, GOWN = Tare(TareKind.WHEELCHAIR, 12_400), Tare(TareKind.CLOTHES, 500, used=False)


@pytest.fixture
def entry(jobs: DeskJobs, theme: Theme, desk: FakeDesk, qtbot: QtBot) -> WeightEntry:
    desk.clinic.tares["p4"] = (CHAIR, GOWN)
    desk.clinic.wheelchairs["No. 3"] = 13_100
    made = WeightEntry(jobs, theme)
    qtbot.addWidget(made)
    made.resize(320, 500)
    made.show()
    return made


def dry_g(desk: FakeDesk, patient_id: str) -> int:
    return desk.clinic.dry_weights[patient_id][-1].weight_g


def write(entry: WeightEntry, grams: int) -> None:
    entry.weight_edit.setText(f"{grams / 1000:g}")


def held(desk: FakeDesk, session_id: str, phase: Phase) -> Weighing:
    live = live_weighings(desk.clinic.weighings[session_id])
    return next(w for w in live if w.phase is phase)


def acts(desk: FakeDesk, name: str) -> list[str]:
    return [act_id for kind, act_id in desk.acts if kind == name]


def chair(entry: WeightEntry) -> str:
    return entry.tares.edit_of(TareKind.WHEELCHAIR).text()


def test_enter_saves_and_says_so_once(
    entry: WeightEntry, desk: FakeDesk, qtbot: QtBot, settled: Settle
) -> None:
    entry.show_slot("p0", OPEN_TODAY, Phase.POST)
    settled()
    write(entry, dry_g(desk, "p0") + 100)
    unsaved = entry.has_unsaved
    with qtbot.waitSignal(entry.saved) as saved:
        QTest.keyClick(entry.weight_edit, Qt.Key.Key_Return)
    settled()
    assert saved.args == [OPEN_TODAY]
    assert held(desk, OPEN_TODAY, Phase.POST).net_g == dry_g(desk, "p0") + 100
    assert entry.save_button.text() == "Entered"
    assert not entry.save_button.isEnabled()
    assert (unsaved, entry.has_unsaved) == (True, False)
    assert not entry.old.isVisible()
    QTest.keyClick(entry.weight_edit, Qt.Key.Key_Return)  # a second Enter is no correction
    settled()
    assert len(acts(desk, "enter_weight")) == 1


def test_what_was_on_the_scale_the_last_time_is_taken_off(
    entry: WeightEntry, desk: FakeDesk, qtbot: QtBot, settled: Settle
) -> None:
    entry.show_slot("p4", None, Phase.PRE)
    settled()
    assert chair(entry) == "12.4"
    assert entry.tares.edit_of(TareKind.CLOTHES).text() == ""  # known, but not worn then
    net_g = dry_g(desk, "p4") + 2_100
    write(entry, net_g + 12_400)
    assert f"{net_g / 1000:.1f} kg without wheelchair 12.4" in entry.net.text()
    assert "+2.1 kg above dry weight · last " in entry.live.text()
    with qtbot.waitSignal(entry.saved) as saved:
        entry.save()
    weighing = held(desk, str(saved.args[0]), Phase.PRE)
    assert (weighing.net_g, weighing.tare_g) == (net_g, 12_400)
    assert desk.clinic.tares["p4"] == (CHAIR, GOWN)


def test_who_walks_today_is_offered_the_wheelchair_again(
    entry: WeightEntry, desk: FakeDesk, qtbot: QtBot, settled: Settle
) -> None:
    entry.show_slot("p4", None, Phase.PRE)
    settled()
    entry.tares.edit_of(TareKind.WHEELCHAIR).clear()
    write(entry, dry_g(desk, "p4") + 2_000)
    with qtbot.waitSignal(entry.saved):
        entry.save()
    assert desk.clinic.tares["p4"][0] == Tare(TareKind.WHEELCHAIR, 12_400, used=False)
    settled()
    entry.show_slot("p4", None, Phase.PRE)
    settled()
    assert chair(entry) == ""
    said = [a.text() for a in entry.tares.menu().actions() if not a.isSeparator()]
    assert said[:3] == ["As the last time · 12.4 kg", "No. 3 · 13.1 kg", "No wheelchair"]


def test_a_wheelchair_is_chosen_from_the_clinics_list(
    entry: WeightEntry, settled: Settle, qtbot: QtBot
) -> None:
    entry.show_slot("p4", None, Phase.PRE)
    settled()
    for place, wanted in ((1, "13.1"), (2, ""), (0, "12.4")):
        entry.tares.menu().actions()[place].trigger()
        assert chair(entry) == wanted
    with qtbot.waitSignal(entry.tares.list_wanted):
        entry.tares.menu().actions()[-1].trigger()
    dialog = entry.findChild(WheelchairDialog)
    assert isinstance(dialog, WheelchairDialog)
    dialog.reject()


def test_a_new_wheelchair_is_offered_at_once(
    entry: WeightEntry, jobs: DeskJobs, theme: Theme, qtbot: QtBot, settled: Settle
) -> None:
    entry.show_slot("p4", None, Phase.PRE)
    settled()
    dialog = WheelchairDialog(jobs, theme, entry)
    dialog.open()
    dialog.weight_edit.setText("x")
    dialog.save()
    assert dialog.name.wrong.text()
    assert dialog.weight.wrong.text()
    dialog.name_edit.setText("No. 9")
    dialog.weight_edit.setText("１１，８")
    with qtbot.waitSignal(dialog.done_well):
        dialog.save()

    def offered() -> bool:
        menu = entry.tares.menu()
        texts = [a.text() for a in menu.actions()]
        menu.deleteLater()
        return "No. 9 · 11.8 kg" in texts

    qtbot.waitUntil(offered)


@pytest.mark.parametrize(
    ("kind", "text"), [(TareKind.WHEELCHAIR, "heavy"), (TareKind.CLOTHES, "99.9999")]
)
def test_a_tare_that_cannot_be_read_is_said(
    entry: WeightEntry, desk: FakeDesk, settled: Settle, kind: TareKind, text: str
) -> None:
    entry.show_slot("p4", None, Phase.PRE)
    settled()
    write(entry, 60_000)
    entry.tares.edit_of(kind).setText(text)
    entry.save()
    assert "not a weight" in entry.tares.complaints()
    assert "weight_doubts" not in desk.asked


def test_more_tare_than_the_database_takes_is_refused(
    entry: WeightEntry, desk: FakeDesk, settled: Settle
) -> None:
    entry.show_slot("p4", None, Phase.PRE)
    settled()
    write(entry, 180_000)
    for kind in TareKind:
        entry.tares.edit_of(kind).setText("60")
    entry.save()
    assert "120" in entry.tares.complaints()
    assert "weight_doubts" not in desk.asked


def test_hours_of_a_session_go_with_its_weight(
    entry: WeightEntry, desk: FakeDesk, qtbot: QtBot, settled: Settle
) -> None:
    entry.show_slot("p0", OPEN_TODAY, Phase.POST)
    settled()
    assert entry.tares.hours_edit.text() == "4"
    entry.tares.hours_edit.setText("5:30")
    write(entry, dry_g(desk, "p0"))
    with qtbot.waitSignal(entry.saved):
        entry.save()
    assert desk.clinic.sessions["p0"][-1].planned_hours == 5.5


def test_hours_are_filled_in_for_who_comes_next_too(entry: WeightEntry, settled: Settle) -> None:
    for _ in range(2):
        entry.show_slot("p0", OPEN_TODAY, Phase.POST)
        settled()
        assert entry.tares.hours_edit.text() == "4"


def test_hours_alone_need_neither_weight_nor_reason(
    entry: WeightEntry, desk: FakeDesk, qtbot: QtBot, settled: Settle
) -> None:
    entry.show_slot("p0", OPEN_TODAY, Phase.PRE)
    settled()
    QTest.keyClicks(entry.tares.hours_edit, "\b")
    entry.tares.hours_edit.clear()
    QTest.keyClicks(entry.tares.hours_edit, "4.5")
    with qtbot.waitSignal(entry.saved) as saved:
        QTest.keyClick(entry.tares.hours_edit, Qt.Key.Key_Return)
    assert saved.args == [OPEN_TODAY]
    assert desk.clinic.sessions["p0"][-1].planned_hours == 4.5
    assert not acts(desk, "enter_weight")


@pytest.mark.parametrize(
    ("text", "hours"), [("4", 4.0), ("4,5", 4.5), ("４．２５ h", 4.25), ("3:45", 3.75), (" ", None)]
)
def test_hours_are_read_as_people_write_them(text: str, hours: float | None) -> None:
    assert parse_hours(text) == hours


@pytest.mark.parametrize("text", ["0", "0.4", "24.5", "25", "4:70", "-4", "four", "4 kg"])
def test_what_is_no_length_of_dialysis_is_refused(text: str) -> None:
    with pytest.raises(ExpectedError) as caught:
        parse_hours(text)
    assert caught.value.code is ErrorCode.HOURS_INVALID


def test_a_session_opened_meanwhile_is_joined_and_no_second_one_opened(
    entry: WeightEntry, desk: FakeDesk, qtbot: QtBot, settled: Settle
) -> None:
    entry.show_slot("p4", None, Phase.PRE)
    settled()
    write(entry, dry_g(desk, "p4") + 12_400)
    opened = desk.open_session("by the camera", "p4", Moment.now()).result(5)
    entry.use_session(opened)
    with qtbot.waitSignal(entry.saved) as saved:
        entry.save()
    assert saved.args == [opened]
    assert acts(desk, "open_session") == ["by the camera"]


def test_news_of_a_session_is_enough_to_join_it(
    entry: WeightEntry, desk: FakeDesk, qtbot: QtBot, settled: Settle
) -> None:
    entry.show_slot("p4", None, Phase.PRE)
    settled()
    write(entry, dry_g(desk, "p4") + 12_400)
    desk.open_session("by the camera", "p4", Moment.now()).result(5)
    qtbot.waitUntil(lambda: entry.session.session_id == "by the camera")
    with qtbot.waitSignal(entry.saved) as saved:
        entry.save()
    assert saved.args == ["by the camera"]


def test_saving_before_it_is_known_where_it_belongs_saves_when_it_is(
    entry: WeightEntry, desk: FakeDesk, qtbot: QtBot, settled: Settle
) -> None:
    entry.show_slot("p5", None, Phase.PRE)
    qtbot.waitUntil(lambda: entry._card is not None)
    desk.faults.delay_s = 0.05
    write(entry, dry_g(desk, "p5") + 1_000)
    entry.set_time(Moment.now())  # asks anew where it belongs
    assert not entry.session.decided
    with qtbot.waitSignal(entry.saved):
        entry.save()


def test_a_doubt_survives_news_about_the_patient(
    entry: WeightEntry, desk: FakeDesk, qtbot: QtBot, settled: Settle
) -> None:
    """While a capture runs there is news all the time."""
    entry.show_slot("p0", OPEN_TODAY, Phase.POST)
    settled()
    write(entry, dry_g(desk, "p0") + 9_000)
    entry.save()
    settled()
    assert entry.doubts.isVisible()
    assert entry.save_button.text() == "Enter it as it is"
    entry.reason_edit.setText("scale checked")
    desk.set_planned_hours("h", OPEN_TODAY, 5.0).result(5)
    settled()
    assert entry.doubts.isVisible()
    with qtbot.waitSignal(entry.saved):
        entry.save()
    assert held(desk, OPEN_TODAY, Phase.POST).reason == "scale checked"


def test_a_failure_is_said_and_the_retry_is_the_same_act(
    entry: WeightEntry, desk: FakeDesk, qtbot: QtBot, settled: Settle
) -> None:
    entry.show_slot("p4", None, Phase.PRE)
    settled()
    write(entry, dry_g(desk, "p4") + 12_400)
    desk.faults.errors["enter_weight"] = ExpectedError(ErrorCode.DISK_FULL)
    with qtbot.waitSignal(entry.failed):
        entry.save()
    settled()
    assert "no room" in entry.failure.text.text()
    assert entry.has_unsaved
    del desk.faults.errors["enter_weight"]
    with qtbot.waitSignal(entry.saved):
        entry.save()
    assert len(acts(desk, "open_session")) == 1  # the first try had opened it
    assert len(acts(desk, "enter_weight")) == 2
    assert len(set(acts(desk, "enter_weight"))) == 1


def test_another_patient_takes_nothing_over(
    entry: WeightEntry, desk: FakeDesk, settled: Settle
) -> None:
    entry.show_slot("p4", None, Phase.PRE)
    settled()
    write(entry, 200_000)
    entry.reason_edit.setText("because")
    entry.tares.edit_of(TareKind.CLOTHES).setText("3")
    entry.show_slot("p0", OPEN_TODAY, Phase.POST)
    settled()
    assert (entry.weight_edit.text(), entry.reason_edit.text(), chair(entry)) == ("", "", "")
    assert entry.tares.edit_of(TareKind.CLOTHES).text() == ""
    assert entry.weight.caption.text() == "Weight after dialysis, kg"


def test_it_fits_the_column_beside_the_camera(
    entry: WeightEntry, desk: FakeDesk, settled: Settle
) -> None:
    for phase in (Phase.PRE, Phase.POST):
        entry.show_slot("p0", OPEN_TODAY, phase)
        settled()
        write(entry, dry_g(desk, "p0") + 40_000)
        entry.save()
        settled()
        assert entry.minimumSizeHint().width() <= 320


@pytest.mark.parametrize(
    ("above_g", "said"),
    [
        (2_100, "+2.1 kg above dry weight"),
        (-300, "0.3 kg below dry weight"),
        (40, "at dry weight"),
        (-40, "at dry weight"),
        (-50, "0.1 kg below dry weight"),
    ],
)
def test_the_excess_is_said_as_its_tenths(theme: Theme, above_g: int, said: str) -> None:
    assert excess_words(51_500 + above_g, 51_500) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "last 51.4 at 08:10"),
        (3, "last 51.4 on Friday"),
        (6, "last 51.4 on Tuesday"),
        (7, "last 51.4 on 23 Feb 2026"),
    ],
)
def test_the_last_weight_is_said_by_its_day(theme: Theme, days: int, said: str) -> None:
    day: date = TODAY - timedelta(days=days)
    last = PhaseEntry(Phase.POST, Moment.at_clinic(day, 8, 10), 51_400, None, None, None)
    assert last_words(last, Moment.at_clinic(TODAY, 9, 0)) == said


def test_the_line_beside_a_weight_begins_as_a_sentence(theme: Theme) -> None:
    now = Moment.at_clinic(TODAY, 9, 0)
    last = PhaseEntry(Phase.POST, Moment.at_clinic(TODAY, 8, 10), 51_400, None, None, None)
    assert live_text(None, 51_500, last, now) == "Last 51.4 at 08:10"
    assert live_text(51_500, 51_500, last, now) == "At dry weight · last 51.4 at 08:10"
