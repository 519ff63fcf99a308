"""The main job in the real window: a patient, weights and clips become an estimate."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QApplication, QDateEdit, QLineEdit
from pytestqt.qtbot import QtBot

from edema_desk.app import App
from edema_desk.domain.course.trend import PhaseEntry
from edema_desk.domain.terms.records import Phase
from edema_desk.flow.desk import open_desk
from edema_desk.paths import Profile
from edema_desk.settings import Settings
from edema_desk.synthesis.portraits import draw_portrait
from edema_desk.ui.parts.entries import to_qt
from edema_desk.ui.sheets.add_clip_dialog import AddClipDialog
from edema_desk.ui.sheets.add_patient_dialog import AGREED, AddPatientDialog
from edema_desk.ui.sheets.dry_weight_dialog import DryWeightDialog
from edema_desk.ui.sheets.weight_dialog import WeightDialog
from tests.commands.made_up_clips import scene, write_still
from tests.ui.test_ui_responsiveness import LONGEST_GAP_S, Heart

ACT_MS, ANALYSIS_MS = 20_000, 120_000


class Nurse:
    """Does with the window what a person does, through its dialogs."""

    def __init__(self, app: App, bot: QtBot) -> None:
        self.app, self.bot = app, bot
        self.window = app.window

    def add_patient(self) -> str:
        self.window.dialogs.ask_new_patient()
        sheet = self.window.dialogs.open_sheet
        assert isinstance(sheet, AddPatientDialog)
        for field, text in (
            (sheet.chart, "104-221"),
            (sheet.name, "佐藤 春子"),
            (sheet.kana, "サトウ ハルコ"),
            (sheet.born, "1949-05-17"),
            (sheet.dry_weight, "５１，５"),
        ):
            assert isinstance(field.editor, QLineEdit)
            field.editor.setText(text)
        sheet.consent.choose(AGREED)
        sheet.save()
        self.bot.waitUntil(lambda: sheet.added is not None, timeout=ACT_MS)
        assert sheet.added is not None
        return sheet.added.patient_id

    def lower_dry_weight(self, patient_id: str, day: date) -> None:
        self.window.dialogs.ask_dry_weight(patient_id)
        sheet = self.window.dialogs.open_sheet
        assert isinstance(sheet, DryWeightDialog)
        for field, text in ((sheet.weight, "51.0"), (sheet.reason, "first entry")):
            assert isinstance(field.editor, QLineEdit)
            field.editor.setText(text)
        assert isinstance(sheet.valid_from.editor, QDateEdit)
        sheet.valid_from.editor.setDate(QDate(day.year, day.month, day.day))
        self._save(sheet)

    def weigh(self, patient_id: str, at: datetime, kg: str) -> None:
        self.window.dialogs.ask_weight(patient_id, None, Phase.PRE)
        sheet = self.window.dialogs.open_sheet
        assert isinstance(sheet, WeightDialog)
        sheet.at_edit.setDateTime(to_qt(at))
        sheet.entry.weight_edit.setText(kg)
        self._save(sheet)

    def add_clip(self, patient_id: str, at: datetime, clip: Path) -> None:
        self.window.dialogs.ask_clip(patient_id, None, Phase.PRE)
        sheet = self.window.dialogs.open_sheet
        assert isinstance(sheet, AddClipDialog)
        sheet.drop.take(clip)
        sheet.at_edit.setDateTime(to_qt(at))
        self._ready(sheet)
        sheet.save()
        self.bot.waitUntil(lambda: sheet.outcome.isVisible(), timeout=ANALYSIS_MS)
        sheet.close()

    def _ready(self, sheet: WeightDialog | AddClipDialog) -> None:
        asks = sheet.entry if isinstance(sheet, WeightDialog) else sheet
        self.bot.waitUntil(
            lambda: sheet.save_button.isEnabled() and asks.session.decided, timeout=ACT_MS
        )

    def _save(self, sheet: WeightDialog | DryWeightDialog) -> None:
        if isinstance(sheet, WeightDialog):
            self._ready(sheet)
        self.bot.waitUntil(lambda: sheet.save_button.isEnabled(), timeout=ACT_MS)
        sheet.save()
        self.bot.waitUntil(lambda: self.window.dialogs.open_sheet is None, timeout=ACT_MS)


@pytest.fixture
def app(qapp: QApplication, tmp_path: Path) -> Iterator[App]:
    desk = open_desk(Profile(tmp_path / "profile"), window=True)
    made = App(qapp, desk, Settings("en", "light"))
    made.window.show()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("clips")
    portrait = draw_portrait(np.random.default_rng(1)).image
    return (
        write_still(folder / "first.mp4", scene(portrait)),
        write_still(folder / "second.mp4", scene(portrait, shift=(4, 3))),
    )


def test_from_a_new_patient_to_an_estimate_on_the_trend(
    app: App, clips: tuple[Path, Path], qtbot: QtBot
) -> None:
    nurse = Nurse(app, qtbot)
    heart = Heart()
    heart.start()
    patient_id = nurse.add_patient()
    today = datetime.now().replace(hour=0, minute=5, second=0, microsecond=0)
    earlier = today - timedelta(days=2)
    nurse.lower_dry_weight(patient_id, earlier.date())
    app.window.go_to_patient(patient_id)
    nurse.weigh(patient_id, earlier, "53.0")
    nurse.add_clip(patient_id, earlier, clips[0])
    nurse.weigh(patient_id, today, "５３，２ kg")
    nurse.add_clip(patient_id, today, clips[1])

    def newest() -> PhaseEntry | None:
        card = app.window.jobs.desk.patient_card(patient_id).result(20)
        return card.trend.sessions[-1].pre

    entry = newest()
    assert entry is not None
    assert entry.net_g == 53_200
    assert entry.estimate is not None
    assert entry.estimate.excess_kg is not None
    assert abs(entry.estimate.excess_kg - 2.0) < 1.0  # the same face as at +2.0 kg
    qtbot.waitUntil(lambda: app.window.jobs.waiting == 0, timeout=ACT_MS)
    shown = app.window.patient.card
    assert shown is not None
    assert shown.trend.sessions[-1].pre == entry  # without a restart or a reload by hand
    heart.stop()
    assert max(heart.worked_s) < LONGEST_GAP_S
