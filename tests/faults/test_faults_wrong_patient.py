"""P1: the wrong patient. Two identifiers and the face at capture, save and review; those who may be
mistaken are warned of; nothing of one patient is carried over to another.

Moving and deleting a capture, by whom and with what left over:
tests/flow/records/test_flow_correcting.py and tests/ui/sheets/test_ui_capture_corrections.py.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from edema_desk.domain.terms.records import Patient, Phase
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.capture.page import CapturePage
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.patient.page import PatientPage
from edema_desk.ui.pieces.patient_banner import PatientBanner
from edema_desk.ui.session.page import SessionPage
from edema_desk.ui.sheets.dialogs import Dialogs
from edema_desk.ui.weights.entry import WeightEntry
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import desk, jobs, nothing_left, settled, theme

__all__ = ["desk", "jobs", "nothing_left", "settled", "theme"]
Settle = Callable[[], None]
ONE, OTHER = "p1", "p2"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1200, 900)
    made.show()
    return made


def make_twins(desk: FakeDesk) -> None:
    """The other has the same birthday and nearly the same name and number."""
    one = desk.clinic.patients[ONE]
    desk.clinic.patients[ONE] = replace(one, name="山田 花子", kana="ヤマダ ハナコ")
    desk.clinic.patients[OTHER] = replace(
        desk.clinic.patients[OTHER],
        name="山田 花江",
        kana="ヤマダ ハナエ",
        birth_date=one.birth_date,
        chart_number=one.chart_number[:-1] + str((int(one.chart_number[-1]) + 1) % 10),
    )


def tells(banner: PatientBanner, person: Patient) -> bool:
    """Whether two identifiers stand there, and the birthday and kana where they are known."""
    shown = banner.words()
    born = str(person.birth_date.year) if person.birth_date else ""
    known = [person.name, person.chart_number, person.kana, born]
    return all(part in shown for part in known)


def banners(widget: QWidget) -> list[PatientBanner]:
    return [b for b in widget.findChildren(PatientBanner) if not b.isHidden()]


@pytest.mark.parametrize("ask", ["ask_weight", "ask_clip", "ask_dry_weight", "ask_schedule"])
def test_each_form_shows_whose_it_is(
    window: QWidget,
    jobs: DeskJobs,
    theme: Theme,
    desk: FakeDesk,
    settled: Settle,
    ask: str,
) -> None:
    """At save: name, number, birthday, kana and face stand over every form."""
    make_twins(desk)
    dialogs = Dialogs(jobs, theme, window)
    rest = (None, Phase.PRE) if ask in ("ask_weight", "ask_clip") else ()
    getattr(dialogs, ask)(ONE, *rest)
    settled()
    sheet = dialogs.open_sheet
    assert sheet is not None
    (banner,) = banners(sheet)
    assert tells(banner, desk.clinic.patients[ONE])
    assert "nearly the same name" in banner.words()
    if desk.clinic.patients[ONE].has_photo:
        assert desk.asked["photo"] >= 1
    sheet.reject()


def test_the_pages_show_whose_they_are(
    window: QWidget,
    jobs: DeskJobs,
    theme: Theme,
    desk: FakeDesk,
    settled: Settle,
) -> None:
    """At review and at capture."""
    make_twins(desk)
    person = desk.clinic.patients[ONE]
    patient, session = PatientPage(jobs, theme, parent=window), SessionPage(jobs, theme, window)
    capture = CapturePage(jobs, theme)
    capture.setParent(window)
    patient.show_patient(ONE)
    session.show_session(desk.clinic.sessions[ONE][-1].session_id)
    capture.show_capture(ONE, None, Phase.SPOT)
    settled()
    for page in (patient, session, capture):
        (banner,) = banners(page)
        assert tells(banner, person), page.title()
    assert "nearly the same name" in banners(patient)[0].words()
    assert "nearly the same name" in banners(capture)[0].words()
    capture.close_camera()


def test_a_weight_being_saved_for_one_never_touches_the_other(
    window: QWidget, jobs: DeskJobs, theme: Theme, desk: FakeDesk, qtbot: QtBot, settled: Settle
) -> None:
    """The form is turned to another patient while the first one's weight is on its way."""
    form = WeightEntry(jobs, theme)
    form.setParent(window)
    form.show()
    told: list[str] = []
    form.saved.connect(told.append)
    first, second = "p4", "p5"
    before = {s.session_id for held in desk.clinic.sessions.values() for s in held}
    form.show_slot(first, None, Phase.PRE)
    settled()
    weight_g = desk.clinic.dry_weights[first][-1].weight_g + 1000
    form.weight_edit.setText(f"{weight_g / 1000:g}")
    desk.faults.delay_s = 0.15
    form.save()
    form.show_slot(second, None, Phase.PRE)
    assert form.weight_edit.text() == ""
    assert form.weight_edit.isEnabled()
    settled()
    desk.faults.delay_s = 0.0
    assert told == [], "the page of the second is not told of the first one's session"
    (opened,) = _opened_now(desk, first, before)
    assert [w.net_g for w in desk.clinic.weighings[opened]] == [weight_g]
    assert _opened_now(desk, second, before) == []
    other_g = desk.clinic.dry_weights[second][-1].weight_g + 900
    form.weight_edit.setText(f"{other_g / 1000:g}")
    with qtbot.waitSignal(form.saved):
        form.save()
    settled()
    (theirs,) = _opened_now(desk, second, before)
    assert theirs != opened
    assert [w.net_g for w in desk.clinic.weighings[theirs]] == [other_g]
    assert [w.net_g for w in desk.clinic.weighings[opened]] == [weight_g]


def _opened_now(desk: FakeDesk, patient_id: str, before: set[str]) -> list[str]:
    held = desk.clinic.sessions.get(patient_id, [])
    return [s.session_id for s in held if s.session_id not in before]


def test_another_form_takes_nothing_over(
    window: QWidget, jobs: DeskJobs, theme: Theme, desk: FakeDesk, settled: Settle
) -> None:
    dialogs = Dialogs(jobs, theme, window)
    dialogs.ask_weight(ONE, None, Phase.PRE)
    settled()
    first = dialogs.open_sheet
    assert first is not None
    first.entry.weight_edit.setText("61.2")  # type: ignore[attr-defined]
    dialogs.ask_weight(OTHER, None, Phase.PRE)
    settled()
    second = dialogs.open_sheet
    assert second is not first
    assert second is not None
    assert second.entry.weight_edit.text() == ""  # type: ignore[attr-defined]
    assert tells(banners(second)[0], desk.clinic.patients[OTHER])
    second.reject()
    assert not desk.acts
