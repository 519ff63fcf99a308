"""A question over the live picture: asked while everything goes on, answered by a press."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from edema_desk.domain.capture.sight import FacePlace
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Photo, button, column, label, row

_PHOTO_PX = 128
_HEAD_ROOM = 1.9
"""Side of the square shown of a live face, in heights from brow to chin."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its key, its words, and whether it is the one that is offered first."""

    key: str
    words: str
    first: bool = False


class CaptureQuestion(QFrame):
    """`chosen(key)` by a press. `ask` shows it; with faces, the earlier one beside the live."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.topic = ""
        self._earlier, self._now = Photo(theme, _PHOTO_PX), Photo(theme, _PHOTO_PX)
        self._captions = (label("caption"), label("caption"))
        self._faces = QWidget()
        self._faces.setLayout(
            row(
                column(self._earlier, self._captions[0], gap=4),
                column(self._now, self._captions[1], gap=4),
                gap=16,
            )
        )
        for caption in self._captions:
            caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.headline, self.text = label("card-title", wrap=True), label(wrap=True)
        self.answers: dict[str, QPushButton] = {}
        self._first = ""
        self._answer_row = row(gap=12)
        said = column(None, self.headline, self.text, 4, self._answer_row, None, gap=6)
        whole = row(self._faces, said, gap=24, margin=16)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def ask(
        self, topic: str, headline: str, text: str, choices: Sequence[Choice], *, faces: bool
    ) -> None:
        """Show a question. `topic` says which one it is, for who has several."""
        self.topic = topic
        self.headline.setText(headline)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self._faces.setVisible(faces)
        self._captions[0].setText(self.tr("Earlier"))
        self._captions[1].setText(self.tr("Now"))
        self._earlier.setAccessibleName(self._captions[0].text())
        self._now.setAccessibleName(self._captions[1].text())
        self._offer(choices)
        self.show()

    def withdraw(self) -> None:
        """Ask nothing any more."""
        self.topic = ""
        self.hide()

    def press_first(self) -> None:
        """Choose the answer that stands out, where there is one."""
        if self._first:
            self.answers[self._first].click()

    def show_earlier(self, jpeg: bytes | None) -> None:
        """The face of an earlier capture, or the patient's photo."""
        self._earlier.set_jpeg(jpeg)

    def show_now(self, picture: QImage | None, face: FacePlace | None) -> None:
        """The live face, mirrored as in the picture around it."""
        if not self._faces.isHidden() and picture is not None:
            self._now.set_image(live_face(picture, face))

    def _offer(self, choices: Sequence[Choice]) -> None:
        for old in self.answers.values():
            self._answer_row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.answers = {}
        self._first = next((choice.key for choice in choices if choice.first), "")
        while self._answer_row.count():
            self._answer_row.takeAt(0)
        for choice in choices:
            made = button("primary" if choice.first else "secondary")
            made.setText(choice.words)
            made.setProperty("key", choice.key)
            made.clicked.connect(self._on_answer)
            self.answers[choice.key] = made
            self._answer_row.addWidget(made)
        self._answer_row.addStretch(1)

    def _on_answer(self) -> None:
        pressed = self.sender()
        if pressed is not None:
            self.chosen.emit(str(pressed.property("key")))


def live_face(picture: QImage, face: FacePlace | None) -> QImage:
    """The square around a face, or the middle of the picture, as in a mirror."""
    width, height = picture.width(), picture.height()
    place = face or FacePlace(0.5, 0.5, 0.5)
    side = min(_HEAD_ROOM * place.height * height, width, height)
    left = min(max(place.x * width - side / 2, 0), width - side)
    top = min(max(place.y * height - side / 2, 0), height - side)
    cut = QRectF(left, top, side, side).toRect()
    return picture.copy(cut).flipped(Qt.Orientation.Horizontal)
