"""Models: the list and each one's card, each patient's model, and the drift watch."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.models.uses import ModelUse
from edema_desk.domain.models.view import ModelEntry, ModelsWatch
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.people import Account
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.jobs.model_jobs import ModelJob
from edema_desk.ui.models.compare_sheet import CompareSheet
from edema_desk.ui.models.detail import ModelDetail
from edema_desk.ui.models.drift import DriftView
from edema_desk.ui.models.drop import folder_in
from edema_desk.ui.models.list import ModelsList
from edema_desk.ui.models.patients import PatientModels
from edema_desk.ui.models.progress import WorkProgress
from edema_desk.ui.models.reestimate_sheet import ReestimateSheet
from edema_desk.ui.models.remove_sheet import RemoveModelSheet
from edema_desk.ui.models.signers_sheet import SignersSheet
from edema_desk.ui.models.training_bar import TrainingBar
from edema_desk.ui.models.training_sheet import TrainingSheet
from edema_desk.ui.parts.page import Page
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import BUTTON_PX, STEP_PX, Theme
from edema_desk.ui.parts.waiting import WaitingStack
from edema_desk.ui.parts.widgets import Chips, Notice, button, column, row
from edema_desk.ui.pieces.models_words import short_name
from edema_desk.ui.worklist.source import WorklistSource

MODELS, EACH, DRIFT = "models", "each", "drift"
FIRST_LOOK_MS, LOOK_EACH_MS = 10_000, 3_600_000


class Named(Protocol):
    """A model, as an act answers with it."""

    @property
    def model_id(self) -> str:
        """Name and hash."""


class ModelsPage(Page):
    """`done_well(str)` and `undoable(str, undo)` go to the window's line of news;
    `drifted(count, sentence)` tells how many patients' estimates drifted."""

    done_well = Signal(str)
    undoable = Signal(str, object)
    drifted = Signal(int, str)

    def __init__(self, jobs: DeskJobs, theme: Theme, source: WorklistSource) -> None:
        super().__init__(jobs, theme)
        self._source = source
        self.entries: tuple[ModelEntry, ...] = ()
        self.uses: tuple[ModelUse, ...] = ()
        self.watch: ModelsWatch | None = None
        self._names: dict[str, str] = {}
        self.sheet: Sheet | None = None
        self._wanted_next = ""
        self._going_back = False
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._on_clock)
        self.tabs = Chips((MODELS, EACH, DRIFT))
        self.tabs.choose(MODELS)
        self.train, self.install = button(), button()
        self.reestimate, self.signers = button(), button("quiet")
        self.barred, self.failure = Notice(theme), Notice(theme, "bad")
        self.barred.hide()
        self.failure.hide()
        self.training = TrainingBar(jobs, theme)
        self.list, self.detail = ModelsList(theme), ModelDetail(theme)
        self.each, self.drift = PatientModels(jobs, theme), DriftView(theme)
        self.gathering = WorkProgress()
        self._calls()
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.retranslate()

    def _calls(self) -> None:
        jobs = self.jobs
        self._list_call, self._uses_call = DeskCall(jobs, self), DeskCall(jobs, self)
        self._names_call, self._switch = DeskCall(jobs, self), DeskCall(jobs, self)
        self._installing, self._watching = ModelJob(jobs, self), ModelJob(jobs, self)

    def _lay_out(self) -> None:
        models = QWidget()
        side = row(self.list, self.detail, gap=STEP_PX * 4)
        side.setStretch(1, 1)
        models.setLayout(side)
        self._models = WaitingStack(self.theme, models)
        people = QStackedWidget()
        people.addWidget(self.each)
        people.addWidget(self.drift)
        self._people_pages = people
        self._people = WaitingStack(self.theme, people)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._models)
        self._stack.addWidget(self._people)
        tools = row(
            *(self.tabs, None, self.signers, self.reestimate, self.install, self.train),
            gap=STEP_PX * 2,
        )
        strut = QWidget()  # the chips stay in their place where there are no buttons
        strut.setFixedHeight(BUTTON_PX)
        tools.insertWidget(1, strut)
        parts = (tools, self.barred, self.failure, self.training, self.gathering, self._stack)
        box = column(*parts, gap=STEP_PX * 3)
        box.setStretch(5, 1)
        self.setLayout(box)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._on_tab)
        self._list_call.answered.connect(self._on_entries)
        self._list_call.failed.connect(self._models.fail)
        self._uses_call.answered.connect(self._on_uses)
        self._names_call.answered.connect(self._on_names)
        self._switch.answered.connect(self._on_switched)
        self._switch.failed.connect(self._on_failure)
        self._models.retried.connect(self.refresh)
        self._people.retried.connect(self.look)
        self._watching.finished.connect(self._on_watch)
        self._watching.failed.connect(self._on_watch_failed)
        self._watching.progressed.connect(self._on_gathering)
        self.gathering.stopped.connect(self._watching.cancel)
        self._installing.finished.connect(self._on_installed)
        self._installing.failed.connect(self._on_failure)
        self._installing.failed.connect(self._show_tools)
        self._installing.started.connect(self._show_tools)
        self._connect_views()

    def _connect_views(self) -> None:
        self.list.model_chosen.connect(self._on_chosen)
        self.detail.use_wanted.connect(self.use)
        self.detail.back_wanted.connect(self.go_back)
        self.detail.compare_wanted.connect(self.compare)
        self.detail.remove_wanted.connect(self._on_remove)
        self.training.compare_wanted.connect(self.compare)
        self.training.ended.connect(self._on_trained)
        self.each.patient_wanted.connect(self.patient_wanted)
        self.drift.patient_wanted.connect(self.patient_wanted)
        self.train.clicked.connect(self._on_train)
        self.install.clicked.connect(self._on_install)
        self.reestimate.clicked.connect(self._on_reestimate)
        self.signers.clicked.connect(self._on_signers)

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Models")

    def subtitle(self) -> str:
        """Which model is in use."""
        now = next((entry for entry in self.entries if entry.in_use), None)
        return self.tr("{name} in use").format(name=short_name(now.model_id)) if now else ""

    # asking

    def refresh(self) -> None:
        """Ask what there is, and how estimates stand."""
        desk = self.jobs.desk
        if not self.entries:
            self._models.wait()
        self._list_call.start(desk.models.entries())
        self._uses_call.start(desk.models.uses())
        self._names_call.start(desk.users.accounts())
        self.look()

    def begin_watching(self) -> None:
        """Look for drift once the window has had time to settle, and then each hour."""
        self._clock.start(FIRST_LOOK_MS)

    def _on_clock(self) -> None:
        self._clock.setInterval(LOOK_EACH_MS)
        self.look()

    def look(self) -> None:
        """Look how estimates stand by now; the page need not be in front."""
        if self.watch is None:
            self._people.wait()
        self._watching.watch()

    def showEvent(self, event: QShowEvent) -> None:
        """It comes to the front."""
        super().showEvent(event)
        if not event.spontaneous():
            self.refresh()

    def on_change(self, change: Change) -> None:
        """Models may have come or gone; how estimates stand is looked at when the page is."""
        if self.isVisible() and change.kind in (ChangeKind.PATIENTS, ChangeKind.ELSEWHERE):
            self._list_call.start(self.jobs.desk.models.entries())
            self._uses_call.start(self.jobs.desk.models.uses())

    def _on_entries(self, entries: Sequence[ModelEntry]) -> None:
        self.entries = tuple(sorted(entries, key=lambda e: (not e.in_use, e.shipped)))
        self._models.arrive()
        self._show_models()
        self.title_changed.emit()

    def _on_uses(self, uses: Sequence[ModelUse]) -> None:
        self.uses = tuple(uses)
        self._show_models()

    def _on_names(self, accounts: Sequence[Account]) -> None:
        self._names = {one.user.user_id: one.user.name for one in accounts}
        self._on_chosen(self.list.chosen)

    def _show_models(self) -> None:
        self.list.show_entries(self.entries, [use.model_id for use in self.uses])
        if self._wanted_next:
            self.list.choose(self._wanted_next)
            self._wanted_next = ""
        self._on_chosen(self.list.chosen)
        self._show_tools()

    def _on_chosen(self, model_id: str) -> None:
        entry = next((e for e in self.entries if e.model_id == model_id), None)
        if entry is not None:
            self.detail.show_model(
                *(entry, self.uses, self._names),
                may=self.jobs.may(ActKind.USE_MODEL),
                has_other=len([e for e in self.entries if e.fault is None]) > 1,
            )

    def _on_gathering(self, what: str, done: float, total: float, left_s: float | None) -> None:
        if self.gathering.isHidden() and left_s is not None and self.tabs.choice != MODELS:
            self.gathering.begin()
        self.gathering.tell(what, done, total, left_s)

    def _on_watch(self, watch: ModelsWatch) -> None:
        self.watch = watch
        self.gathering.hide()
        self.each.show_watch(watch)
        self.drift.show_watch(watch)
        self._people.arrive()
        self._tell_drift()

    def _on_watch_failed(self, error: ExpectedError) -> None:
        self.gathering.hide()
        self._people.fail(error)

    def _tell_drift(self) -> None:
        if self.watch is not None:
            count = len(self.watch.drifted) + (self.watch.clinic.since is not None)
            said = self.tr("The estimates of {count} patients drifted")
            self.drifted.emit(count, said.format(count=len(self.watch.drifted)))

    # acts

    def use(self, model_id: str) -> None:
        """Use a model from now on."""
        self.failure.say("")
        self._going_back = False
        self._switch.start(self.jobs.desk.models.activate(new_id(), model_id))

    def go_back(self) -> None:
        """Use the model before this one again."""
        self.failure.say("")
        self._going_back = True
        self._switch.start(self.jobs.desk.models.back(new_id()))

    def compare(self, model_id: str) -> None:
        """Open the comparison with the model in use."""
        rows = self._source.rows or ()
        people = {one.patient.patient_id: one.patient.name for one in rows}
        sheet = CompareSheet(self.jobs, self.theme, self.window(), self.entries, model_id, people)
        sheet.use_wanted.connect(self.use)
        self._open(sheet)

    def install_from(self, folder: str) -> None:
        """Install the package in a folder."""
        self.failure.say("")
        self._installing.install(Path(folder))

    def _on_switched(self, model: Named) -> None:
        said = self.tr("{name} is in use. Estimates made before stay as they are.")
        told = said.format(name=short_name(model.model_id))
        self._wanted_next = model.model_id
        if self._going_back:
            self.done_well.emit(told)
        else:
            undo: Callable[[], None] = self.go_back
            self.undoable.emit(told, undo)
        self.refresh()

    def _on_installed(self, model: Named) -> None:
        said = self.tr("{name} is installed and not yet in use.")
        self.done_well.emit(said.format(name=short_name(model.model_id)))
        self._wanted_next = model.model_id
        self._list_call.start(self.jobs.desk.models.entries())
        self._show_tools()

    def _on_failure(self, error: ExpectedError) -> None:
        if error.code is not ErrorCode.CANCELLED:
            self.failure.say(error_text(error))

    def _on_trained(self) -> None:
        self._show_tools()
        if self.isVisible():
            self._list_call.start(self.jobs.desk.models.entries())

    def _on_remove(self, model_id: str) -> None:
        entry = next(e for e in self.entries if e.model_id == model_id)
        self._open(RemoveModelSheet(self.jobs, self.theme, self.window(), entry))

    def _on_train(self) -> None:
        self._open(TrainingSheet(self.jobs, self.theme, self.window()))

    def _on_reestimate(self) -> None:
        now = next((e.model_id for e in self.entries if e.in_use), "")
        self._open(ReestimateSheet(self.jobs, self.theme, self.window(), now))

    def _on_signers(self) -> None:
        self._open(SignersSheet(self.jobs, self.theme, self.window()))

    def _on_install(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose the folder of a model package"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.install_from)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.done_well.connect(self.done_well)
        sheet.finished.connect(self._on_closed)
        sheet.open()
        sheet.fit()

    def _on_closed(self) -> None:
        self.sheet = None
        self.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A folder may be dropped by whoever may install."""
        if self.jobs.may(ActKind.INSTALL_MODEL) and folder_in(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Install what was dropped."""
        folder = folder_in(event)
        if folder:
            event.acceptProposedAction()
            self.install_from(folder)

    # what is shown

    def _on_tab(self, key: str) -> None:
        self._stack.setCurrentWidget(self._models if key == MODELS else self._people)
        self._people_pages.setCurrentWidget(self.drift if key == DRIFT else self.each)
        self._show_tools()
        if key == EACH:
            self.each.refresh()

    def go(self, key: str) -> None:
        """Bring a tab to the front."""
        self.tabs.choose(key)
        self._on_tab(key)

    def _show_tools(self) -> None:
        models = self.tabs.choice == MODELS
        install = self.jobs.may(ActKind.INSTALL_MODEL)
        self.install.setVisible(models and install)
        self.install.setEnabled(not self._installing.busy)
        self.train.setVisible(models and self.jobs.may(ActKind.TRAIN_MODEL))
        self.train.setEnabled(self.training.free)
        self.reestimate.setVisible(models and install)
        self.signers.setVisible(models and self.jobs.may(ActKind.TRUST_MODEL_SIGNER))
        why = self.tr("Only an administrator installs, trains and switches models.")
        self.barred.say("" if install or not models else why)

    def retranslate(self) -> None:
        """Set every text again."""
        for key, text in (
            (MODELS, self.tr("Base models")),
            (EACH, self.tr("Each patient's model")),
            (DRIFT, self.tr("Drift watch")),
        ):
            self.tabs.set_text(key, text)
        self.train.setText(self.tr("Train a model…"))
        self.install.setText(self.tr("Install…"))
        self.reestimate.setText(self.tr("Estimate again…"))
        self.signers.setText(self.tr("Signers…"))
        self.list.setAccessibleName(self.tr("Models"))
        for part in (self.training, self.detail, self.each, self.drift):
            part.retranslate()
        self._show_models()
        self._tell_drift()
