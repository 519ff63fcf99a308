"""Entering weights: what is refused, doubted, corrected, and what survives a failure."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.trend import live_weighings
from edema_desk.domain.terms.records import Phase, Weighing
from edema_desk.domain.terms.weights import TareKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.sheets.weight_dialog import WeightDialog
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY

Open = Callable[..., WeightDialog]
OPEN_TODAY = f"p0-{TODAY}"
"""A session that has a weight and a clip before dialysis, and nothing after."""


@pytest.fixture
def open_dialog(jobs: DeskJobs, theme: Theme, qtbot: QtBot, settled: Callable[[], None]) -> Open:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    def make(
        patient_id: str = "p0", session_id: str | None = OPEN_TODAY, phase: Phase | None = None
    ) -> WeightDialog:
        dialog = WeightDialog(jobs, theme, patient_id, session_id, phase, window)
        dialog.open()
        settled()
        return dialog

    return make


def dry_g(desk: FakeDesk, patient_id: str = "p0") -> int:
    return desk.clinic.dry_weights[patient_id][-1].weight_g


def held(desk: FakeDesk, session_id: str, phase: Phase) -> Weighing:
    live = live_weighings(desk.clinic.weighings[session_id])
    return next(w for w in live if w.phase is phase)


def kilograms(grams: int) -> str:
    return f"{grams / 1000:.1f}"


def test_a_weight_is_entered_and_the_excess_seen_while_typing(
    open_dialog: Open, desk: FakeDesk, qtbot: QtBot
) -> None:
    dialog = open_dialog(phase=Phase.POST)
    dialog.entry.weight_edit.setText(kilograms(dry_g(desk) + 12_600).replace(".", ","))
    dialog.entry.tares.edit_of(TareKind.WHEELCHAIR).setText("１２．４")
    assert "+0.2 kg above dry weight" in dialog.entry.live.text()
    with qtbot.waitSignal(dialog.done_well):
        dialog.save()
    weighing = held(desk, OPEN_TODAY, Phase.POST)
    assert (weighing.net_g, weighing.tare_g) == (dry_g(desk) + 200, 12_400)


@pytest.mark.parametrize(
    ("entered", "part"),
    [("abc", "not a weight"), ("", "not a weight"), ("132 lb", "pounds"), ("19.9", "outside")],
)
def test_what_is_no_weight_is_said_beside_the_field(
    open_dialog: Open, desk: FakeDesk, entered: str, part: str
) -> None:
    dialog = open_dialog(phase=Phase.POST)
    dialog.entry.weight_edit.setText(entered)
    dialog.save()
    assert part in dialog.entry.weight.wrong.text()
    assert dialog.entry.weight.wrong.isVisible()
    assert "weight_doubts" not in desk.asked
    dialog.entry.weight_edit.setText("60")
    assert not dialog.entry.weight.wrong.isVisible()


def test_a_tare_heavier_than_the_patient_is_refused(open_dialog: Open) -> None:
    dialog = open_dialog(phase=Phase.POST)
    dialog.entry.weight_edit.setText("60")
    dialog.entry.tares.edit_of(TareKind.WHEELCHAIR).setText("50")
    dialog.save()
    assert "outside" in dialog.entry.tares.complaints()


def test_before_or_after_is_never_guessed(open_dialog: Open, desk: FakeDesk) -> None:
    dialog = open_dialog()
    dialog.entry.weight_edit.setText("60")
    dialog.save()
    assert dialog.phase_wrong.isVisible()
    assert not desk.acts


def test_a_doubtful_weight_is_asked_again_and_needs_a_reason(
    open_dialog: Open, desk: FakeDesk, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    dialog = open_dialog(phase=Phase.POST)
    dialog.entry.weight_edit.setText(kilograms(dry_g(desk) + 9_000))
    dialog.save()
    settled()
    assert not desk.acts
    assert "away from the dry weight" in dialog.entry.doubts.text.text()
    assert "above the one before" in dialog.entry.doubts.text.text()
    assert dialog.entry.doubts.text.text().count("Read the scale again") == 1
    assert dialog.entry.reason.isVisible()
    dialog.save()
    assert "needs a reason" in dialog.entry.reason.wrong.text()
    dialog.entry.reason_edit.setText("scale checked twice")
    with qtbot.waitSignal(dialog.done_well):
        dialog.save()
    assert held(desk, OPEN_TODAY, Phase.POST).reason == "scale checked twice"


def test_another_weight_is_doubted_anew(
    open_dialog: Open, desk: FakeDesk, settled: Callable[[], None]
) -> None:
    dialog = open_dialog(phase=Phase.POST)
    dialog.entry.weight_edit.setText(kilograms(dry_g(desk) + 9_000))
    dialog.save()
    settled()
    dialog.entry.reason_edit.setText("sure")
    dialog.entry.weight_edit.setText(kilograms(dry_g(desk) + 20_000))
    assert not dialog.entry.doubts.isVisible()
    dialog.save()
    settled()
    assert not desk.acts
    assert dialog.entry.doubts.isVisible()


def test_a_correction_shows_the_old_value_and_keeps_both(
    open_dialog: Open, desk: FakeDesk, qtbot: QtBot
) -> None:
    old = held(desk, OPEN_TODAY, Phase.PRE)
    dialog = open_dialog(phase=Phase.PRE)
    assert kilograms(old.net_g) in dialog.entry.old.text.text()
    assert dialog.save_button.text() == "Correct"
    dialog.entry.weight_edit.setText(kilograms(old.net_g + 300))
    dialog.save()
    assert "needs a reason" in dialog.entry.reason.wrong.text()
    assert not desk.acts
    dialog.entry.reason_edit.setText("read wrongly")
    with qtbot.waitSignal(dialog.done_well):
        dialog.save()
    new = held(desk, OPEN_TODAY, Phase.PRE)
    assert new.supersedes == old.weighing_id
    assert old in desk.clinic.weighings[OPEN_TODAY]


def test_after_a_failure_the_entry_stays_and_a_retry_is_the_same_act(
    open_dialog: Open, desk: FakeDesk, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    dialog = open_dialog(phase=Phase.POST)
    entered = kilograms(dry_g(desk) + 100)
    dialog.entry.weight_edit.setText(entered)
    desk.faults.errors["enter_weight"] = ExpectedError(ErrorCode.DISK_FULL)
    dialog.save()
    settled()
    assert "no room" in dialog.entry.failure.text.text()
    assert dialog.entry.weight_edit.text() == entered
    assert dialog.save_button.isEnabled()
    del desk.faults.errors["enter_weight"]
    with qtbot.waitSignal(dialog.done_well):
        dialog.save()
    ids = [act_id for name, act_id in desk.acts if name == "enter_weight"]
    assert len(ids) == 2
    assert ids[0] == ids[1]


def test_another_entry_after_a_failure_is_another_act(
    open_dialog: Open, desk: FakeDesk, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    dialog = open_dialog(phase=Phase.POST)
    dialog.entry.weight_edit.setText(kilograms(dry_g(desk) + 100))
    desk.faults.errors["enter_weight"] = ExpectedError(ErrorCode.DISK_FULL)
    dialog.save()
    settled()
    del desk.faults.errors["enter_weight"]
    dialog.entry.weight_edit.setText(kilograms(dry_g(desk) + 200))
    with qtbot.waitSignal(dialog.done_well):
        dialog.save()
    ids = [act_id for name, act_id in desk.acts if name == "enter_weight"]
    assert len(set(ids)) == 2


def test_without_a_session_one_is_opened_once(
    open_dialog: Open, desk: FakeDesk, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    dialog = open_dialog("p5", None, Phase.PRE)
    dialog.entry.weight_edit.setText(kilograms(dry_g(desk, "p5") + 2_000))
    assert dialog.entry.session.decided
    desk.faults.errors["enter_weight"] = ExpectedError(ErrorCode.DATABASE_BUSY)
    dialog.save()
    settled()
    del desk.faults.errors["enter_weight"]
    with qtbot.waitSignal(dialog.done_well):
        dialog.save()
    opened = [act_id for name, act_id in desk.acts if name == "open_session"]
    assert len(set(opened)) == 1
    assert held(desk, opened[0], Phase.PRE).net_g == dry_g(desk, "p5") + 2_000


def test_a_doubtful_session_is_asked(
    open_dialog: Open, desk: FakeDesk, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    dialog = open_dialog("p5", None, Phase.POST)  # nothing is open: an after without a before
    dialog.entry.weight_edit.setText(kilograms(dry_g(desk, "p5")))
    dialog.save()
    settled()
    assert "Choose the session" in dialog.entry.failure.text.text()
    assert not desk.acts
    dialog.entry.session._chips._buttons["new"].click()
    with qtbot.waitSignal(dialog.done_well):
        dialog.save()
    assert desk.acts[0][0] == "open_session"


def test_a_session_of_the_past_gets_its_own_time(open_dialog: Open, desk: FakeDesk) -> None:
    past = desk.clinic.sessions["p0"][-3]
    dialog = open_dialog(session_id=past.session_id, phase=Phase.PRE)
    shown = dialog.at_edit.date()
    assert (shown.year(), shown.month(), shown.day()) == (
        past.day.year,
        past.day.month,
        past.day.day,
    )


def test_closing_while_an_answer_is_awaited_breaks_nothing(
    open_dialog: Open, desk: FakeDesk, jobs: DeskJobs, qtbot: QtBot
) -> None:
    dialog = open_dialog(phase=Phase.POST)
    dialog.entry.weight_edit.setText(kilograms(dry_g(desk)))
    desk.faults.delay_s = 0.1
    dialog.save()
    dialog.reject()
    with qtbot.waitSignal(dialog.destroyed):
        pass
    qtbot.waitUntil(lambda: jobs.waiting == 0)
