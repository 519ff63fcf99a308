"""The camera in the settings: which one, how it did in its test, and what is heard of captures."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.domain.capture.camera_address import parse_camera
from edema_desk.domain.capture.passport import CameraPassport
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ExpectedError
from edema_desk.jobs.camera_devices import CameraDevices
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.settings import Settings
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Chips, button, label, row
from edema_desk.ui.settings.card import SettingsCard
from edema_desk.ui.settings.passport_dialog import PassportDialog
from edema_desk.ui.settings.passport_words import passport_text

VOICES = ("speak", "beep", "off")
_NETWORK = "network"
_CAPTION_PX, _GAP_PX = 140, STEP_PX * 2


class CameraCard(SettingsCard):
    """Each choice of camera or sound is in force at once."""

    def __init__(self, jobs: DeskJobs, theme: Theme, settings: Settings) -> None:
        super().__init__(gap=14)
        self._jobs, self._theme, self._settings = jobs, theme, settings
        self._found: tuple[CameraAddress, ...] = ()
        self._passport: CameraPassport | None = None
        self._keeping_address: CameraAddress | None = None
        self.dialog: PassportDialog | None = None
        self._listing, self._latest = DeskCall(jobs, self), DeskCall(jobs, self)
        self._keep = DeskCall(jobs, self)
        self._devices = CameraDevices(self)
        self._heading, self._camera_word, self._voice_word = label("card-title"), label(), label()
        self.cameras, self.voices = QComboBox(), Chips(VOICES)
        self._url_edit, self.use = QLineEdit(), button()
        self.url = Field(self._url_edit, self.use)
        self._tested = label("muted", wrap=True)
        self.test, self._indented = button(), QWidget()
        self._lay_out()
        self.voices.choose(settings.voice if settings.voice in VOICES else VOICES[0])
        self._connect()
        self._fill()
        self.retranslate()

    def _lay_out(self) -> None:
        for words in (self._camera_word, self._voice_word):
            words.setMinimumWidth(_CAPTION_PX)
        self.cameras.setMinimumWidth(320)
        # a gap of its own takes the place of the one between a caption and what it names
        self._indented.setLayout(row(_CAPTION_PX + _GAP_PX, self.url))
        tested = row(_CAPTION_PX + _GAP_PX, self._tested, self.test)
        tested.setStretch(1, 1)
        self.body.addWidget(self._heading)
        self.body.addLayout(row(self._camera_word, self.cameras, None))
        self.body.addWidget(self._indented)
        self.body.addLayout(tested)
        self.body.addLayout(row(self._voice_word, self.voices, None))

    def _connect(self) -> None:
        self._devices.changed.connect(self.refresh)
        self._listing.answered.connect(self._on_cameras)
        self._latest.answered.connect(self._on_passport)
        self._keep.answered.connect(self._on_kept)
        self._keep.failed.connect(self._on_not_kept)
        self.cameras.activated.connect(self._on_camera)
        self.use.clicked.connect(self._on_url)
        self._url_edit.returnPressed.connect(self._on_url)
        self.voices.chosen.connect(self._on_voice)
        self.test.clicked.connect(self._on_test)

    @property
    def camera(self) -> CameraAddress | None:
        """The camera chosen; the first there is where nobody chose one; None without any."""
        text, name = self._settings.camera, self._settings.camera_name
        if not text:
            return self._found[0] if self._found else None
        if name:  # only cameras at this computer have one; not all their paths can be typed
            return CameraAddress(CameraKind.LOCAL, text, name)
        try:
            return parse_camera(text)
        except ExpectedError:
            return None

    def refresh(self) -> None:
        """Look again which cameras there are, and how the chosen one did."""
        self._devices.watch()
        self._listing.start(self._jobs.desk.captures.cameras())

    def follow(self, settings: Settings) -> None:
        """Settings were changed elsewhere: on this page, or by a button of another."""
        other_camera = settings.camera != self._settings.camera
        self._settings = settings
        if settings.voice in VOICES:
            self.voices.choose(settings.voice)
        if other_camera:
            self._fill()
            self._ask_passport()

    def _on_cameras(self, found: Sequence[CameraAddress]) -> None:
        self._found = tuple(found)
        self._fill()
        self._ask_passport()

    def _fill(self) -> None:
        """The list: what there is, what was chosen, and a camera in the network."""
        chosen = self.camera
        listed = list(self._found)
        local = chosen is not None and chosen.kind is CameraKind.LOCAL
        if chosen is not None and local and not any(_same(c, chosen) for c in listed):
            listed.append(chosen)
        self.cameras.clear()
        for camera in listed:
            self.cameras.addItem(camera.name or camera.locator, camera)
        self.cameras.addItem(self.tr("Camera in the network"), _NETWORK)
        network = chosen is not None and not local
        place = next((i for i, c in enumerate(listed) if chosen and _same(c, chosen)), -1)
        self.cameras.setCurrentIndex(len(listed) if network else place)
        if network and not self._url_edit.text():
            self._url_edit.setText(self._settings.camera)
        self._show_network()

    def _show_network(self) -> None:
        self._indented.setVisible(self.cameras.currentData() == _NETWORK)
        self.test.setEnabled(self.camera is not None and not self._without_address)
        self._say_tested()

    @property
    def _without_address(self) -> bool:
        """A camera in the network is wanted, and was not named yet."""
        network = self.cameras.currentData() == _NETWORK
        return network and (self.camera is None or self.camera.kind is CameraKind.LOCAL)

    def _on_camera(self) -> None:
        choice = self.cameras.currentData()
        self._show_network()
        if isinstance(choice, CameraAddress):
            self._choose(choice.locator, choice.name)
        else:
            self._url_edit.setFocus()

    def _on_url(self) -> None:
        entered = self._url_edit.text().strip()
        try:
            address = parse_camera(entered)
        except ExpectedError as error:
            self._on_not_kept(error)
            return
        self.url.complain("")
        if entered == self._settings.camera:  # what is shown has no password: keep the one kept
            self._choose(entered, "")
        else:
            self._keeping_address = address.public
            self._keep.start(self._jobs.desk.network_cameras.keep(new_id(), address))

    def _on_kept(self) -> None:
        """The password is in the database; what is shown and remembered here is without it."""
        if self._keeping_address is not None:
            shown, self._keeping_address = self._keeping_address.locator, None
            self._url_edit.setText(shown)
            self._choose(shown, "")

    def _on_not_kept(self, error: ExpectedError) -> None:
        self.url.complain(error_text(error))

    def _on_voice(self, key: str) -> None:
        self._settings = replace(self._settings, voice=key)
        self.chosen.emit(self._settings)

    def _choose(self, text: str, name: str) -> None:
        self._settings = replace(self._settings, camera=text, camera_name=name)
        self._on_passport(None)
        self._show_network()
        self.chosen.emit(self._settings)
        self._ask_passport()

    def _ask_passport(self) -> None:
        camera = self.camera
        if camera is None:
            self._on_passport(None)
        else:
            self._latest.start(self._jobs.desk.passports.latest(camera))

    def _on_passport(self, passport: CameraPassport | None) -> None:
        self._passport = passport
        self._say_tested()

    def _on_test(self) -> None:
        camera = self.camera
        if camera is None:
            return
        name = camera.name or camera.public.locator
        self.dialog = PassportDialog(self._jobs, self._theme, camera, name, self.window())
        self.dialog.finished.connect(self._on_tested)
        self.dialog.open()

    def _on_tested(self) -> None:
        self.dialog = None
        self._ask_passport()

    def _say_tested(self) -> None:
        if self._without_address:
            said = self.tr("Write its address, then press Use.")
        elif self.camera is None:
            said = self.tr("No camera was found. Plug one in, or name one in the network.")
        else:
            said = passport_text(self._passport)
        self._tested.setText(said)

    def retranslate(self) -> None:
        """Set every text again."""
        self._heading.setText(self.tr("Camera"))
        self._camera_word.setText(self.tr("Camera"))
        self.cameras.setAccessibleName(self.tr("Camera"))
        self.cameras.setItemText(self.cameras.count() - 1, self.tr("Camera in the network"))
        self.url.say(self.tr("Address, such as rtsp://10.0.0.7/live or http://10.0.0.7:8080/video"))
        self.use.setText(self.tr("Use"))
        self.test.setText(self.tr("Test the camera…"))
        self._voice_word.setText(self.tr("Sound"))
        for key, word in (
            ("speak", self.tr("Spoken")),
            ("beep", self.tr("Beeps")),
            ("off", self.tr("Off")),
        ):
            self.voices.set_text(key, word)
        self._say_tested()


def _same(one: CameraAddress, other: CameraAddress) -> bool:
    return (one.kind, one.locator) == (other.kind, other.locator)
