"""The questions of a capture, in words: is it the patient, and what becomes of a recording."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QObject, Signal

from edema_desk.domain.capture.view import CaptureView
from edema_desk.domain.terms.identity import Verdict
from edema_desk.jobs.capture_job import CaptureJob
from edema_desk.ui.capture.question import CaptureQuestion, Choice
from edema_desk.ui.capture.words import clock_text


class Topic(StrEnum):
    """What is asked."""

    PERSON = "person"
    STRANGER = "stranger"
    DISCARD = "discard"
    LEAVE = "leave"


class Answer(StrEnum):
    """What can be answered."""

    SAME = "same"
    STOP = "stop"
    DISCARD = "discard"
    FINISH = "finish"
    STAY = "stay"


def ask_person(question: CaptureQuestion, verdict: Verdict, name: str) -> None:
    """The face is unlike the patient's earlier captures. Nothing is blocked meanwhile."""
    surely = verdict is Verdict.OTHER
    question.ask(
        Topic.PERSON,
        QCoreApplication.translate("capture", "Is this {name}?").format(name=name),
        QCoreApplication.translate(
            "capture", "The face does not look like that of the earlier captures."
        )
        if surely
        else QCoreApplication.translate(
            "capture", "The face looks a little unlike that of the earlier captures."
        ),
        (
            Choice(Answer.SAME, QCoreApplication.translate("capture", "Yes, same patient")),
            Choice(Answer.STOP, QCoreApplication.translate("capture", "No, stop")),
        ),
        faces=True,
    )


def ask_stranger(question: CaptureQuestion, name: str) -> None:
    """Somebody said that it is another person: nothing is kept unless they think again."""
    question.ask(
        Topic.STRANGER,
        QCoreApplication.translate("capture", "Not {name}: discard the recording?").format(
            name=name
        ),
        QCoreApplication.translate("capture", "Nothing of it is kept. The recording is paused."),
        (
            Choice(
                Answer.DISCARD, QCoreApplication.translate("capture", "Discard and go back"), True
            ),
            Choice(
                Answer.STAY,
                QCoreApplication.translate("capture", "It is this patient: go on"),
            ),
        ),
        faces=False,
    )


def ask_discard(question: CaptureQuestion, recorded_ms: float) -> None:
    """A recording is to be thrown away."""
    said = QCoreApplication.translate("capture", "Discard the recording of {time}?")
    question.ask(
        Topic.DISCARD,
        said.format(time=clock_text(recorded_ms)),
        QCoreApplication.translate("capture", "It cannot be brought back."),
        (
            Choice(Answer.DISCARD, QCoreApplication.translate("capture", "Discard")),
            Choice(Answer.STAY, QCoreApplication.translate("capture", "Go on recording"), True),
        ),
        faces=False,
    )


def ask_leave(question: CaptureQuestion) -> None:
    """The page is to be left while something is recorded."""
    question.ask(
        Topic.LEAVE,
        QCoreApplication.translate("capture", "The recording is not finished."),
        QCoreApplication.translate("capture", "Finish it to keep it, or discard it to leave."),
        (
            Choice(Answer.DISCARD, QCoreApplication.translate("capture", "Discard")),
            Choice(Answer.FINISH, QCoreApplication.translate("capture", "Finish")),
            Choice(Answer.STAY, QCoreApplication.translate("capture", "Go on recording"), True),
        ),
        faces=False,
    )


class CaptureAsker(QObject):
    """Asks over the picture, and does what is answered. `name` is the patient's.

    `answered()` after each answer. `making_way`: what is being discarded makes way, for whatever
    the window wanted (LEAVE) or for another patient (STRANGER).
    """

    answered = Signal()

    def __init__(self, job: CaptureJob, question: CaptureQuestion, parent: QObject) -> None:
        super().__init__(parent)
        self._job, self._question = job, question
        self.name = ""
        self.making_way: Topic | None = None
        question.chosen.connect(self.answer)

    @property
    def deciding(self) -> bool:
        """Whether what becomes of a recording is asked."""
        return self._question.topic in (Topic.LEAVE, Topic.DISCARD, Topic.STRANGER)

    def forget(self) -> None:
        """Another capture."""
        self.making_way = None
        self._question.withdraw()

    def follow(self, view: CaptureView) -> None:
        """Ask what the newest view asks; nothing that settled itself meanwhile."""
        asked = self._question.topic
        if view.question is not None and not asked:
            ask_person(self._question, view.question, self.name)
        elif (asked == Topic.PERSON and view.question is None) or (
            self.deciding and not self._job.at_stake
        ):
            self._question.withdraw()

    def ask_leave(self) -> None:
        """The page is to be left."""
        ask_leave(self._question)

    def ask_discard(self) -> None:
        """The recording is to be thrown away."""
        ask_discard(self._question, self._job.view.recorded_ms)

    def ask_stranger(self) -> None:
        """It is another person: nothing is recorded until that is clear."""
        self._job.pause()
        ask_stranger(self._question, self.name)

    def answer(self, answer: str) -> None:
        """Do what was answered."""
        topic = self._question.topic
        self._question.withdraw()
        if answer == Answer.STOP:
            self.ask_stranger()
            return
        goes = answer == Answer.DISCARD and topic in (Topic.LEAVE, Topic.STRANGER)
        self.making_way = Topic(topic) if goes else None
        if answer == Answer.FINISH:
            self._job.finish()
        elif answer == Answer.DISCARD:
            self._job.discard()
        elif topic in (Topic.PERSON, Topic.STRANGER):
            self._job.answer(same=True)
        if answer == Answer.STAY and topic == Topic.STRANGER:
            self._job.resume()
        self.answered.emit()

    def retranslate(self) -> None:
        """Ask in the new language; what the picture asks is asked again with the next look."""
        topic = self._question.topic
        if topic == Topic.LEAVE:
            ask_leave(self._question)
        elif topic == Topic.DISCARD:
            self.ask_discard()
        elif topic == Topic.STRANGER:
            ask_stranger(self._question, self.name)
        elif topic == Topic.PERSON:
            self._question.withdraw()
