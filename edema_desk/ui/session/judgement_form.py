"""What a clinician says of one face: edema or none, how sure, and a guess in kg if there is one."""

from PySide6.QtCore import QEvent, QLocale, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from edema_desk.domain.terms.judgement import LEAST_KG, MOST_KG, Confidence, NewJudgement
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.focus import leave_room
from edema_desk.ui.parts.phrases import MINUS, error_text, phase_text
from edema_desk.ui.parts.theme import STEP_PX
from edema_desk.ui.parts.widgets import Chips, column, label, row
from edema_desk.ui.pieces.judgement_words import confidence_text, edema_text

YES, NO, UNCLEAR = "yes", "no", "unclear"
_SAYS = {YES: True, NO: False, UNCLEAR: None}
_KG_PX = 96


class FaceForm(QWidget):
    """`changed()` after each click. `judgement` says what was chosen, or raises what is wrong."""

    changed = Signal()

    def __init__(self, phase: Phase) -> None:
        super().__init__()
        self._phase = phase
        self.capture_id = ""
        self._head, self._wrong = label(phase.value), label("field-error", wrap=True)
        self.edema = Chips(tuple(_SAYS))
        self.confidence = Chips(tuple(c.value for c in Confidence))
        self._sure = label("caption")
        self.kg_edit = QLineEdit()
        self.kg_edit.setFixedWidth(_KG_PX)
        self.kg = Field(self.kg_edit, None)
        parts = (
            self._head,
            row(self.edema, None),
            self._sure,
            row(self.confidence, None),
            self.kg,
            self._wrong,
        )
        self.setLayout(column(*parts, gap=STEP_PX + 2))
        self._wrong.hide()
        for chips in (self.edema, self.confidence):
            chips.chosen.connect(self._on_choice)
        self._retranslate()

    def clear(self, capture_id: str) -> None:
        """Begin anew for a face."""
        self.capture_id = capture_id
        self._wrong.hide()
        self.kg_edit.clear()
        self.kg.complain("")
        for chips in (self.edema, self.confidence):
            keys = chips.keys
            chips.offer(())
            chips.offer(keys)
        self._retranslate()

    def judgement(self) -> NewJudgement:
        """Raises ExpectedError JUDGEMENT_INCOMPLETE, JUDGEMENT_KG; said in place too."""
        self._wrong.hide()
        self.kg.complain("")
        said, sure = self.edema.choice, self.confidence.choice
        try:
            guess_kg = self._guess_kg()
        except ExpectedError as error:
            self.kg.complain(error_text(error))
            raise
        if said is None or (said != UNCLEAR and sure is None):
            incomplete = ExpectedError(ErrorCode.JUDGEMENT_INCOMPLETE)
            self._wrong.setText(error_text(incomplete))
            self._wrong.show()
            raise incomplete
        if said == UNCLEAR or sure is None:
            return NewJudgement(self.capture_id, None, None, guess_kg)
        return NewJudgement(self.capture_id, _SAYS[said], Confidence(sure), guess_kg)

    def _guess_kg(self) -> float | None:
        typed = self.kg_edit.text().strip().replace(",", ".").replace(MINUS, "-")
        if not typed:
            return None
        number, right = QLocale.c().toDouble(typed)
        if not right or not LEAST_KG <= number <= MOST_KG:
            raise ExpectedError(ErrorCode.JUDGEMENT_KG, entered=typed[:12])
        return number

    def _on_choice(self, key: str) -> None:
        del key
        unclear = self.edema.choice == UNCLEAR
        for part in (self._sure, self.confidence):
            part.setVisible(not unclear)
        self._wrong.hide()
        self.changed.emit()

    def _retranslate(self) -> None:
        self._head.setText(phase_text(self._phase))
        for key, edema in _SAYS.items():
            self.edema.set_text(key, edema_text(edema))
        for one in Confidence:
            self.confidence.set_text(one.value, confidence_text(one))
        for chip in self.findChildren(QPushButton):
            leave_room(chip)
        self._sure.setText(self.tr("How sure are you?"))
        self.edema.setAccessibleName(self.tr("Edema, {phase}").format(phase=self._head.text()))
        self.confidence.setAccessibleName(self._sure.text())
        self.kg.say(self.tr("Excess fluid you would guess, kg (may stay empty)"))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
