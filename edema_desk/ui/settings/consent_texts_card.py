"""The texts patients read before they answer, which the clinic may word itself."""

from collections.abc import Mapping

from PySide6.QtWidgets import QPlainTextEdit

from edema_desk.domain.keeping.consent import SHIPPED_TEXT, ConsentText, Purpose
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.sheet import ActIds
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Chips, Notice, button, label, row
from edema_desk.ui.pieces.consent_words import purpose_text
from edema_desk.ui.settings.card import SettingsCard

_TEXT_PX = 170


class ConsentTextsCard(SettingsCard):
    """One purpose at a time, in both languages. What was typed and not kept stays while another
    purpose is looked at."""

    def __init__(self, jobs: DeskJobs, theme: Theme) -> None:
        super().__init__(gap=14)
        self._jobs, self._acts = jobs, ActIds()
        self._texts: Mapping[Purpose, ConsentText] = {}
        self._typed: dict[Purpose, tuple[str, str]] = {}
        self._shown = Purpose.CARE
        self._heading, self.version = label("card-title"), label("caption", wrap=True)
        self.purposes = Chips([purpose.value for purpose in Purpose])
        self.purposes.choose(self._shown.value)
        self.en, self.ja = QPlainTextEdit(), QPlainTextEdit()
        for edit in (self.en, self.ja):
            edit.setFixedHeight(_TEXT_PX)
            edit.setTabChangesFocus(True)
            edit.setEnabled(False)
        self._en_field, self._ja_field = Field(self.en), Field(self.ja)
        self.keep, self.failure = button(), Notice(theme, "bad")
        self.failure.hide()
        self.body.addWidget(self._heading)
        self.body.addLayout(row(self.purposes, None))
        for part in (self.version, self._en_field, self._ja_field, self.failure):
            self.body.addWidget(part)
        self.body.addLayout(row(None, self.keep))
        self._load, self._save = DeskCall(jobs, self), DeskCall(jobs, self)
        self._load.answered.connect(self._on_texts)
        self._load.failed.connect(self._on_failure)
        self._save.answered.connect(self._on_kept)
        self._save.failed.connect(self._on_failure)
        self.purposes.chosen.connect(self._on_purpose)
        self.keep.clicked.connect(self._on_keep)
        for edit in (self.en, self.ja):
            edit.textChanged.connect(self._look)
        self.retranslate()

    def refresh(self) -> None:
        """Ask for the texts in use."""
        if not self._save.waiting:
            self._load.start(self._jobs.desk.consents.texts())

    def _on_texts(self, texts: Mapping[Purpose, ConsentText]) -> None:
        self._texts = texts
        self.failure.say("")
        self._show()

    def _on_purpose(self, key: str) -> None:
        self._remember()
        self._shown = Purpose(key)
        self._show()

    def _remember(self) -> None:
        """What was typed for the purpose shown."""
        if self._changed():
            self._typed[self._shown] = (self.en.toPlainText(), self.ja.toPlainText())
        else:
            self._typed.pop(self._shown, None)

    def _show(self) -> None:
        kept = self._texts.get(self._shown)
        if kept is None:
            return
        en, ja = self._typed.get(self._shown, (kept.en, kept.ja))
        for edit, text in ((self.en, en), (self.ja, ja)):
            edit.setEnabled(True)
            if edit.toPlainText() != text:
                edit.setPlainText(text)
        self._say_version()
        self._look()

    def _changed(self) -> bool:
        kept = self._texts.get(self._shown)
        typed = (self.en.toPlainText().strip(), self.ja.toPlainText().strip())
        return kept is not None and typed != (kept.en, kept.ja)

    def _look(self) -> None:
        self.keep.setEnabled(self._changed() and not self._save.waiting)
        if self.en.isEnabled():
            self._remember()

    def _on_keep(self) -> None:
        en, ja = self.en.toPlainText().strip(), self.ja.toPlainText().strip()
        act_id = self._acts.of(self._shown, en, ja)
        self.failure.say("")
        self._save.start(self._jobs.desk.consents.keep_text(act_id, self._shown, en, ja))
        self._look()

    def _on_kept(self) -> None:
        self._typed.pop(self._shown, None)
        self.done_well.emit(self.tr("From now on patients read the new text."))
        self.refresh()

    def _on_failure(self, error: ExpectedError) -> None:
        self.failure.say(error_text(error))
        self._look()

    def _say_version(self) -> None:
        kept = self._texts.get(self._shown)
        if kept is None:
            return
        own = self.tr("Your own text, version {number}. Earlier ones stay on record.")
        shipped = self.tr("The text that comes with the program. Word it as your clinic needs it.")
        said = shipped if kept.version == SHIPPED_TEXT else own.format(number=kept.version)
        self.version.setText(said)

    def retranslate(self) -> None:
        """Set every text again. Languages are called by their own names."""
        self._heading.setText(self.tr("What patients read before they consent"))
        for purpose in Purpose:
            self.purposes.set_text(purpose.value, purpose_text(purpose))
        self._en_field.say("English")
        self._ja_field.say("日本語")
        self.keep.setText(self.tr("Use this text"))
        self._say_version()
