"""R4: the disk is full while somebody enters something in the real window."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from edema_desk import words
from edema_desk.app import App
from edema_desk.domain.terms.records import Phase
from edema_desk.domain.terms.schedule import DayPlan
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base import upkeep
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.desk import Desk, open_desk
from edema_desk.paths import Profile
from edema_desk.settings import Settings
from edema_desk.store.base.database import Store
from edema_desk.store.base.reserve import keep_reserve
from edema_desk.store.people.patients import add_patient, patients
from edema_desk.ui.main_window import MainWindow
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.sheets.weight_dialog import WeightDialog
from tests.faults.clinic_writer import (
    acts_of,
    kept_in,
    make_clinic,
    write_in_small_files,
    write_treatments,
    writing,
)
from tests.faults.disks import needs_mounts, small_disk
from tests.flow.made_up_worker import MadeUpWorker
from tests.store.store_samples import person
from tests.ui.fixtures import TODAY

DISK_KB = 8 * 1024
ACT_MS = 20_000
RESERVE_BYTES = 300_000

Open = Callable[[MainWindow, str], None]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", DISK_KB) as made:
        yield made


class Clerk:
    """Somebody at the real window, and the disk under it."""

    def __init__(self, app: App, desk: Desk, clinic: Clinic, disk: Path, bot: QtBot) -> None:
        self.app, self.desk, self.clinic, self.bot = app, desk, clinic, bot
        self._ballast = disk / "others"

    def fill(self, *, until_told: bool = True) -> None:
        """Until nothing goes in, neither another's file nor, to be told so, another act."""
        with self._ballast.open("wb", buffering=0) as others, contextlib.suppress(OSError):
            while True:
                others.write(bytes(4096))
        number, told = 0, None
        if not until_told:
            return
        while told is None and number < 1000:
            number += 1
            told = self.desk.keep_wheelchair(f"filling {number}", f"W{number}", 9000).exception()
        assert isinstance(told, ExpectedError)
        assert told.code is ErrorCode.DISK_FULL

    def make_room(self) -> None:
        self._ballast.unlink()

    def rows(self) -> dict[str, int]:
        """How many rows each table has."""

        def count(store: Store) -> dict[str, int]:
            with store.reading() as db:
                return {name: db.table(name).count for name in db.table_names()}

        return self.clinic.database.call(count)

    def settle(self) -> None:
        self.bot.waitUntil(lambda: self.app.jobs.waiting == 0, timeout=ACT_MS)

    def sheet(self) -> Sheet:
        made = self.app.window.dialogs.open_sheet
        assert made is not None
        return made


@pytest.fixture
def clerk(
    qapp: QApplication,
    qtbot: QtBot,
    disk: Path,
    model: ModelInUse,
    worker: MadeUpWorker,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Clerk]:
    monkeypatch.setattr(upkeep, "FIRST_AFTER_S", 3600.0)  # no look through in the middle of it
    opened: list[Clinic] = []

    def open_clinic(into: object) -> Clinic:
        opened.append(Clinic(into, model=model, worker=worker))  # type: ignore[arg-type]
        return opened[-1]

    desk = open_desk(Profile(disk / "clinic"), window=True, open_clinic=open_clinic)
    app = App(qapp, desk, Settings("en", "light"), lambda: TODAY)
    app.window.show()
    yield Clerk(app, desk, opened[0], disk, qtbot)
    app.close()
    app.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def contents(sheet: QWidget) -> dict[str, object]:
    """What somebody typed and chose in it."""
    found: dict[str, object] = {}
    for number, editor in enumerate(sheet.findChildren(QWidget)):
        if isinstance(editor, QLineEdit):
            found[f"{number} text"] = editor.text()
        elif isinstance(editor, QDateTimeEdit):
            found[f"{number} time"] = editor.dateTime().toString()
        elif isinstance(editor, QComboBox):
            found[f"{number} choice"] = editor.currentIndex()
        elif isinstance(editor, QAbstractButton) and editor.isCheckable():
            found[f"{number} checked"] = editor.isChecked()
    return found


def type_into(sheet: Sheet, **texts: str) -> None:
    for name, text in texts.items():
        editor = getattr(sheet, name).editor
        assert isinstance(editor, QLineEdit)
        editor.setText(text)


def new_patient(window: MainWindow, patient_id: str) -> None:
    window.dialogs.ask_new_patient()
    sheet = window.dialogs.open_sheet
    assert sheet is not None
    type_into(sheet, chart="104-221", name="佐藤 春子", kana="サトウ ハルコ", born="1949-05-17")
    type_into(sheet, dry_weight="５１，５")


def dry_weight(window: MainWindow, patient_id: str) -> None:
    window.dialogs.ask_dry_weight(patient_id)
    sheet = window.dialogs.open_sheet
    assert sheet is not None
    type_into(sheet, weight="51.8", reason="eats again")


def weight(window: MainWindow, patient_id: str) -> None:
    window.dialogs.ask_weight(patient_id, None, Phase.PRE)
    sheet = window.dialogs.open_sheet
    assert isinstance(sheet, WeightDialog)
    sheet.entry.weight_edit.setText("53,4")


def schedule(window: MainWindow, patient_id: str) -> None:
    window.dialogs.ask_schedule(patient_id)


def away(window: MainWindow, patient_id: str) -> None:
    window.dialogs.plan_day(patient_id, TODAY, DayPlan.AWAY)
    sheet = window.dialogs.open_sheet
    assert sheet is not None
    type_into(sheet, other="funeral of a brother")


def failure_of(sheet: Sheet) -> str:
    """What it says of a failure, in place."""
    notice = sheet.entry.failure if isinstance(sheet, WeightDialog) else sheet.failure
    return notice.text.text() if notice.isVisible() else ""


SAID = words.ERRORS["disk_full"].filled({})


@needs_mounts
@pytest.mark.parametrize("form", [new_patient, dry_weight, weight, schedule, away])
def test_a_full_disk_keeps_the_form(clerk: Clerk, form: Open) -> None:
    """It is said in plain words, nothing is there by half, and the same entry is saved as soon as
    there is room."""
    window = clerk.app.window
    known = clerk.clinic.database.call(
        lambda store: add_patient(store, "known", person("1001", dry_weight_g=52_000))
    )
    form(window, known.patient_id)
    clerk.settle()
    sheet = clerk.sheet()
    if form is schedule:
        sheet.schedule.bed_edit.setText("B7")  # type: ignore[attr-defined]
    clerk.bot.waitUntil(sheet.save_button.isEnabled, timeout=ACT_MS)
    typed = contents(sheet)
    assert any(isinstance(value, str) and value for value in typed.values())
    clerk.fill()
    before = clerk.rows()
    for _ in range(2):  # trying again changes nothing
        sheet.save()
        clerk.bot.waitUntil(lambda: bool(failure_of(sheet)), timeout=ACT_MS)
        clerk.settle()
        assert failure_of(sheet) == SAID
        assert clerk.sheet() is sheet
        assert sheet.isVisible()
        assert contents(sheet) == typed
        assert clerk.rows() == before
    clerk.make_room()
    sheet.save()
    clerk.bot.waitUntil(lambda: window.dialogs.open_sheet is None, timeout=ACT_MS)
    clerk.settle()
    after = clerk.rows()
    assert after["act"] > before["act"]
    assert after["audit"] == after["act"]
    assert len(clerk.clinic.database.call(patients)) == (2 if form is new_patient else 1)


@needs_mounts
def test_the_reserve_saves_the_entry_at_the_second_try(clerk: Clerk) -> None:
    """Whoever enters it is told first; the same entry can then be saved, and what was begun can
    be ended, with nobody making room."""
    window = clerk.app.window
    profile = clerk.desk.profile
    known = clerk.clinic.database.call(
        lambda store: add_patient(store, "known", person("1001", dry_weight_g=52_000))
    )
    clerk.fill()
    clerk.make_room()
    assert keep_reserve(profile, RESERVE_BYTES, 0)
    weight(window, known.patient_id)
    clerk.settle()
    sheet = clerk.sheet()
    clerk.bot.waitUntil(sheet.save_button.isEnabled, timeout=ACT_MS)
    clerk.fill(until_told=False)
    saves = 0
    while clerk.app.window.dialogs.open_sheet is not None:
        saves += 1
        assert saves < 20
        sheet.save()
        clerk.bot.waitUntil(
            lambda: window.dialogs.open_sheet is None or bool(failure_of(sheet)), timeout=ACT_MS
        )
        clerk.settle()
        if window.dialogs.open_sheet is not None:
            assert failure_of(sheet) == SAID
            assert not profile.reserve.exists()
    assert saves == 2
    assert clerk.rows()["weighing"] == 1
    clerk.make_room()
    assert keep_reserve(profile, RESERVE_BYTES, 0)


def first_open(acknowledged: set[str]) -> int:
    """The treatment that was not acknowledged whole."""
    return next(n for n in range(100_000) if not acknowledged >= set(acts_of(n)))


def assert_whole(profile: Profile, said: list[str]) -> None:
    """The writer was told in the program's words; what was acknowledged is there and nothing by
    half; with room, the same acts go on."""
    assert said[-1] == ErrorCode.DISK_FULL.value
    acknowledged = set(said[1:-1])
    assert len(acknowledged) > 3
    kept, _ = kept_in(profile)
    assert {act for act in kept if not act.startswith("patient")} == acknowledged
    number = first_open(acknowledged)
    with writing(write_treatments, str(profile.root), number) as writer:
        while writer.hear() != acts_of(number + 3)[-1]:
            pass
    kept, _ = kept_in(profile)
    assert kept >= {act for n in range(number + 4) for act in acts_of(n)}


@needs_mounts
def test_acts_until_the_disk_is_full(disk: Path) -> None:
    profile = Profile(disk / "clinic")
    make_clinic(profile)
    ballast = disk / "others"
    used = sum(f.stat().st_size for f in profile.root.rglob("*"))
    ballast.write_bytes(bytes(DISK_KB * 1024 - used - 600_000))
    with writing(write_treatments, str(profile.root), 0) as writer:
        writer.child.join(60)
        writer.end()
    ballast.unlink()
    assert_whole(profile, writer.told)


def test_acts_until_a_quota_is_reached(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "clinic")
    make_clinic(profile)
    most = profile.database.stat().st_size + 100_000
    with writing(write_in_small_files, str(profile.root), 0, most) as writer:
        writer.child.join(60)
        writer.end()
    assert_whole(profile, writer.told)
