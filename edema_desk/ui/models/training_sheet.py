"""What a new base model shall learn from, and for how long."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QListWidget, QWidget

from edema_desk.domain.models.card import LONGEST_NAME
from edema_desk.domain.models.judging import FEWEST_SESSIONS
from edema_desk.domain.models.training_plan import FEWEST_PATIENTS, Learners, TrainingPlan
from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.fields import Field, fields
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Chips, Notice, button, column, label, row
from edema_desk.ui.pieces.models_words import duration_text

MINUTES = (30, 120, 480, 1440)
USUAL_MINUTES = 480
_LINES, _LINE_PX = 3, 38


class TrainingSheet(Sheet):
    """Counts whom it could learn from as it opens. Training goes on when the sheet is closed."""

    def __init__(self, jobs: DeskJobs, theme: Theme, parent: QWidget) -> None:
        super().__init__(jobs, theme, parent)
        self.learners: Learners | None = None
        self.studies: list[Path] = []
        self.judged_on: Path | None = None
        self.name_edit = QLineEdit()
        self.name_edit.setMaxLength(LONGEST_NAME)
        self.name = Field(self.name_edit)
        self.time = Chips([str(minutes) for minutes in MINUTES])
        self.time.choose(str(USUAL_MINUTES))
        self.for_how_long = Field(self.time, None)
        self.own, self._counted = QCheckBox(), label("caption", wrap=True)
        self.too_few = Notice(theme, "attention")
        self.too_few.hide()
        self._list_word, self.list = label("caption"), QListWidget()
        self.list.setFixedHeight(_LINES * _LINE_PX)
        self.add, self.take = button(), button("quiet")
        self._judge_word, self._judge = label("caption"), label(wrap=True)
        self.choose_judge, self.own_judge = button(), button("quiet")
        self.wrong, self._how = label("field-error", wrap=True), label("muted", wrap=True)
        self.wrong.hide()
        self._lay_out()
        self._call, self._ask = DeskCall(jobs, self), DeskCall(jobs, self)
        self._connect()
        self.retranslate()
        self._ask.start(jobs.desk.models.training.learners())
        self.name_edit.setFocus()

    def _lay_out(self) -> None:
        judged = row(self._judge, self.choose_judge, self.own_judge)
        judged.setStretch(0, 1)
        self.put(
            self._how,
            fields(self.name, self.for_how_long),
            column(self.own, self._counted, self.too_few, gap=STEP_PX),
            column(self._list_word, self.list, row(self.add, self.take, None), gap=STEP_PX),
            column(self._judge_word, judged, self.wrong, gap=STEP_PX),
        )

    def _connect(self) -> None:
        self._ask.answered.connect(self._on_learners)
        self._ask.failed.connect(self.show_failure)
        self._call.answered.connect(self._on_begun)
        self._call.failed.connect(self._on_failure)
        self._call.waiting_changed.connect(self.set_busy)
        self.own.toggled.connect(self._on_own)
        self.add.clicked.connect(self._on_add)
        self.take.clicked.connect(self._on_take)
        self.choose_judge.clicked.connect(self._on_choose_judge)
        self.own_judge.clicked.connect(self._on_own_judge)

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editors."""
        return (self.name, self.time, self.own, self.add, self.take, self.choose_judge)

    def add_study(self, folder: str) -> None:
        """Learn from a study folder too."""
        if Path(folder) not in self.studies:
            self.studies.append(Path(folder))
        self.retranslate()

    def judge_on(self, folder: str) -> None:
        """Judge the model on the people of a study it does not learn from."""
        self.judged_on = Path(folder)
        self.retranslate()

    def save(self) -> None:
        """Begin, or say what is missing."""
        self.clear_failure()
        name = self.name_edit.text().strip()
        empty = ExpectedError(ErrorCode.FIELD_EMPTY, field=self.name.caption.text())
        self.name.complain("" if name else error_text(empty))
        wrong = self._missing()
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        self.fit()
        if not name or wrong:
            return
        folders = tuple(str(folder) for folder in self.studies)
        judged_on = str(self.judged_on or "")
        minutes = float(self.time.choice or USUAL_MINUTES)
        own = self.own.isChecked()
        act_id = self.acts.of(name, own, folders, judged_on, minutes)
        plan = TrainingPlan(act_id, name, own, folders, judged_on, minutes, Moment.now())
        self._call.start(self.jobs.desk.models.training.begin(act_id, plan))

    def _missing(self) -> str:
        if not self.own.isChecked() and not self.studies:
            return self.tr("Choose whom to learn from: the clinic's patients, or a study folder.")
        if not self.own.isChecked() and self.judged_on is None:
            return self.tr("Choose a study of other people to judge the model on.")
        told = self.learners
        if self.judged_on is None and told is not None and not told.judges:
            few = self.tr(
                "The patients it would be judged on have {count} sessions with captures before and "
                "after dialysis that can judge it; {limit} are needed. Choose a study of other "
                "people, or wait."
            )
            return few.format(count=told.judging_sessions, limit=FEWEST_SESSIONS)
        if self.judged_on in self.studies:
            return self.tr("The study it is judged on cannot be learned from too.")
        return ""

    def _on_learners(self, learners: Learners) -> None:
        self.learners = learners
        self.own.setChecked(learners.enough)
        self.retranslate()

    def _on_own(self) -> None:
        self.retranslate()

    def _on_failure(self, error: ExpectedError) -> None:
        if error.code is ErrorCode.MODEL_NAME_INVALID:
            self.name.complain(error_text(error))
            self.fit()
        else:
            self.show_failure(error)

    def _on_begun(self, plan: TrainingPlan) -> None:
        said = self.tr("{name} is being trained. Captures go first, and you can go on working.")
        self.finish(said.format(name=plan.name))

    def _on_add(self) -> None:
        self._ask_folder(self.tr("Choose a study folder"), self.add_study)

    def _on_choose_judge(self) -> None:
        self._ask_folder(self.tr("Choose a study of other people"), self.judge_on)

    def _ask_folder(self, title: str, slot: object) -> None:
        dialog = QFileDialog(self, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(slot)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_take(self) -> None:
        place = self.list.currentRow()
        if 0 <= place < len(self.studies):
            del self.studies[place]
        self.retranslate()

    def _on_own_judge(self) -> None:
        self.judged_on = None
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.say_heading(self.tr("Train a model"), self.tr("Begin training"))
        self._how.setText(
            self.tr(
                "It runs on this PC at low priority, stands still while a capture runs, and can be "
                "stopped and taken up again. What it makes is installed and not yet in use."
            )
        )
        self.name.say(self.tr("Name of the model"))
        self.for_how_long.say(self.tr("For how long"))
        for minutes in MINUTES:
            self.time.set_text(str(minutes), duration_text(minutes))
        self._list_word.setText(self.tr("Study folders to learn from as well"))
        self.list.setAccessibleName(self._list_word.text())
        self.add.setText(self.tr("Add a folder…"))
        self.take.setText(self.tr("Take it off the list"))
        self.take.setVisible(bool(self.studies))
        self.list.setVisible(bool(self.studies))
        self.list.clear()
        self.list.addItems([str(folder) for folder in self.studies])
        self.list.setCurrentRow(len(self.studies) - 1)
        self._say_own()
        self._say_judge()
        self.fit()

    def _say_own(self) -> None:
        self.own.setText(self.tr("The clinic's patients who agreed to model training"))
        told = self.learners
        self.own.setEnabled(told is not None and told.enough)
        if told is None:
            self._counted.setText(self.tr("Being counted…"))
            return
        counted = self.tr("{patients} patients with {sessions} sessions and {captures} captures")
        self._counted.setText(
            counted.format(patients=told.patients, sessions=told.sessions, captures=told.captures)
        )
        few = self.tr(
            "At least {limit} patients have to agree to model training, with weights and faces "
            "kept. Ask for their consent on the patient's page."
        )
        self.too_few.say("" if told.enough else few.format(limit=FEWEST_PATIENTS))

    def _say_judge(self) -> None:
        self._judge_word.setText(self.tr("Judged on"))
        self.choose_judge.setText(self.tr("Choose a study…"))
        self.own_judge.setText(self.tr("Own patients instead"))
        self.own_judge.setVisible(self.judged_on is not None and self.own.isChecked())
        if self.judged_on is not None:
            self._judge.setText(str(self.judged_on))
        elif self.own.isChecked() and self.learners is not None:
            said = self.tr("{count} of the patients, one in five, from whom it does not learn")
            self._judge.setText(said.format(count=self.learners.judging))
        else:
            self._judge.setText(self.tr("nobody yet"))
