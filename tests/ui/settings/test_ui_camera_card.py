"""The camera in the settings: choosing one, naming one in the network, testing it, and sound."""

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.settings import Settings
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.settings.camera_card import CameraCard
from edema_desk.ui.settings.page import SettingsPage
from edema_desk.ui.settings.sections import CAMERA
from tests.ui.fakes.captures import FakeCaptures
from tests.ui.fakes.network_cameras import FakeNetworkCameras
from tests.ui.fakes.passports import FakePassports, made_passport

DESK = CameraAddress(CameraKind.LOCAL, "/dev/video0", "Webcam")
WALL = CameraAddress(CameraKind.LOCAL, "/dev/video2", "Wall camera")
URL = "rtsp://nurse:secret@10.0.0.7/live"
PUBLIC = "rtsp://10.0.0.7/live"

Settled = Callable[[], None]
Make = Callable[..., CameraCard]


@pytest.fixture
def captures(jobs: DeskJobs) -> FakeCaptures:
    made = cast(FakeCaptures, jobs.desk.captures)
    made.offered = (DESK, WALL)
    return made


@pytest.fixture
def passports(jobs: DeskJobs) -> FakePassports:
    return cast(FakePassports, jobs.desk.passports)


@pytest.fixture
def network(jobs: DeskJobs) -> FakeNetworkCameras:
    return cast(FakeNetworkCameras, jobs.desk.network_cameras)


@pytest.fixture
def make(
    jobs: DeskJobs, theme: Theme, captures: FakeCaptures, settled: Settled, qtbot: QtBot
) -> Make:
    def made(**settings: str) -> CameraCard:
        card = CameraCard(jobs, theme, Settings(**settings))  # type: ignore[arg-type]
        qtbot.addWidget(card)
        card.show()
        card.refresh()
        settled()
        settled()
        return card

    return made


def items(card: CameraCard) -> list[str]:
    return [card.cameras.itemText(i) for i in range(card.cameras.count())]


def choose(card: CameraCard, place: int) -> None:
    card.cameras.setCurrentIndex(place)
    card.cameras.activated.emit(place)


def test_the_cameras_there_are_and_the_first_is_taken(make: Make) -> None:
    card = make()
    assert items(card) == ["Webcam", "Wall camera", "Camera in the network"]
    assert card.cameras.currentText() == "Webcam"
    assert card.camera == DESK
    assert not card.url.isVisible()


def test_a_choice_is_kept_and_its_passport_shown(
    make: Make, passports: FakePassports, settled: Settled, qtbot: QtBot
) -> None:
    passports.kept["local:Wall camera"] = made_passport()
    card = make()
    with qtbot.waitSignal(card.chosen) as chosen:
        choose(card, 1)
    kept = chosen.args[0]
    assert (kept.camera, kept.camera_name) == ("/dev/video2", "Wall camera")
    settled()
    assert "Tested on 2 Mar 2026: good enough." in said(card)
    choose(card, 0)
    settled()
    assert "This camera has not been tested here yet." in said(card)


def said(card: CameraCard) -> str:
    return card._tested.text()


def test_the_camera_chosen_before_is_offered_even_when_it_is_unplugged(make: Make) -> None:
    card = make(camera="/dev/video9", camera_name="Bed camera")
    assert items(card)[2] == "Bed camera"
    assert card.cameras.currentText() == "Bed camera"


def test_a_camera_in_the_network_is_named_by_its_address(
    make: Make, network: FakeNetworkCameras, qtbot: QtBot
) -> None:
    card = make()
    choose(card, 2)
    assert card.url.isVisible()
    assert not card.test.isEnabled()
    assert said(card) == "Write its address, then press Use."
    line = card.url.editor
    assert isinstance(line, QLineEdit)
    line.setText("somewhere")
    with qtbot.assertNotEmitted(card.chosen):
        card.use.click()
    assert "no address of a camera" in card.url.wrong.text()
    line.setText(URL)
    with qtbot.waitSignal(card.chosen) as chosen:
        line.returnPressed.emit()
    assert (chosen.args[0].camera, chosen.args[0].camera_name) == (PUBLIC, "")
    assert network.kept == [URL]
    assert line.text() == PUBLIC
    assert card.url.wrong.text() == ""
    assert card.camera == CameraAddress(CameraKind.NETWORK, PUBLIC)
    assert card.test.isEnabled()
    with qtbot.waitSignal(card.chosen):  # what is shown has no password to put in its place
        line.returnPressed.emit()
    assert network.kept == [URL]


def test_an_address_that_cannot_be_kept_is_not_chosen(
    make: Make, network: FakeNetworkCameras, qtbot: QtBot
) -> None:
    card = make()
    choose(card, 2)
    network.fault = ExpectedError(ErrorCode.DISK_FULL)
    line = card.url.editor
    assert isinstance(line, QLineEdit)
    line.setText(URL)
    card.use.click()
    qtbot.waitUntil(lambda: card.url.wrong.text() != "")
    assert card.camera is None or card.camera.kind is CameraKind.LOCAL
    assert line.text() == URL


def test_a_network_camera_chosen_before_is_shown_and_its_password_not_in_the_dialog(
    make: Make, qtbot: QtBot
) -> None:
    card = make(camera=URL)
    assert card.cameras.currentText() == "Camera in the network"
    assert card.url.isVisible()
    card.test.click()
    assert card.dialog is not None
    assert "10.0.0.7" in card.dialog.windowTitle()
    assert "secret" not in card.dialog.windowTitle()
    card.dialog.reject()
    assert card.dialog is None


def test_without_any_camera_it_says_what_to_do(make: Make, captures: FakeCaptures) -> None:
    captures.offered = ()
    card = make()
    assert card.camera is None
    assert not card.test.isEnabled()
    assert said(card) == "No camera was found. Plug one in, or name one in the network."


def test_a_test_that_was_made_shows_at_once(
    make: Make, passports: FakePassports, settled: Settled, qtbot: QtBot
) -> None:
    card = make()
    card.test.click()
    dialog = card.dialog
    assert dialog is not None
    dialog.save_button.click()
    with qtbot.waitSignal(dialog.job.finished):
        passports.end(made_passport())
    dialog.save_button.click()
    settled()
    assert "good enough" in said(card)


def test_sound_is_chosen(make: Make, qtbot: QtBot) -> None:
    card = make(voice="beep")
    assert card.voices.choice == "beep"
    with qtbot.waitSignal(card.chosen) as chosen:
        card.voices.chosen.emit("off")
    assert chosen.args[0].voice == "off"
    assert make(voice="nonsense").voices.choice == "speak"


def test_what_was_chosen_on_another_page_shows(make: Make, settled: Settled) -> None:
    card = make()
    card.follow(Settings(voice="off", camera="/dev/video2", camera_name="Wall camera"))
    settled()
    assert card.voices.choice == "off"
    assert card.cameras.currentText() == "Wall camera"


def test_choices_of_camera_and_language_do_not_undo_each_other(
    jobs: DeskJobs, theme: Theme, captures: FakeCaptures, settled: Settled, qtbot: QtBot
) -> None:
    page = SettingsPage(jobs, theme, Settings(), "1.0")
    qtbot.addWidget(page)
    page.show()
    page.sections.go(CAMERA)
    settled()
    settled()
    heard: list[Settings] = []
    page.chosen.connect(heard.append)
    choose(page.camera, 1)
    page.looks._on_theme("dark")
    choose(page.camera, 0)
    assert (heard[-1].theme, heard[-1].camera) == ("dark", "/dev/video0")
    page.adopt(Settings(voice="off"))
    choose(page.camera, 1)
    assert (heard[-1].voice, heard[-1].camera) == ("off", "/dev/video2")
    settled()
