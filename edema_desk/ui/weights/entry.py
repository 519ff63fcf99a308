"""Entering or correcting the weight of one phase: typed, told live, doubted, entered once."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from edema_desk.domain.course.trend import PhaseEntry, dry_weight_on
from edema_desk.domain.course.views import Change, ChangeKind, PatientCard
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase
from edema_desk.domain.terms.weights import WeightDoubt, checked_weight_g, parse_weight_g
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.phrases import doubts_text, error_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Notice, button, column, label
from edema_desk.ui.pieces.session_choice import SessionChoice
from edema_desk.ui.weights.saving import TypedWeight, WeightSaving
from edema_desk.ui.weights.tares import TareFields
from edema_desk.ui.weights.wheelchair_dialog import WheelchairDialog
from edema_desk.ui.weights.words import heading_text, last_weight, live_text, net_text, old_text


class WeightEntry(QWidget):
    """Kilograms, less wheelchair and clothes. A doubtful weight is asked again; it and a
    correction need a reason. With `own_button` it has one, and Enter saves.

    `saved(session_id)` when a weight was entered, `failed(ExpectedError)` when it could not be;
    what was typed stays. `edited()` when words or height may have changed, `card_came(card)` with
    the patient, `busy_changed(bool)` around saving.
    """

    saved = Signal(str)
    failed = Signal(object)
    edited = Signal()
    card_came = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, jobs: DeskJobs, theme: Theme, *, own_button: bool = True) -> None:
        super().__init__()
        self._jobs, self._theme, self._own_button = jobs, theme, own_button
        self._patient_id = ""
        self.phase: Phase | None = None
        self._card: PatientCard | None = None
        self._at: Moment | None = None
        self._tried_at: Moment | None = None
        self._doubts: tuple[WeightDoubt, ...] = ()
        self._doubted: tuple[object, ...] | None = None
        self._entered: tuple[object, ...] | None = None
        self._pending = False
        self._had_focus: QWidget | None = None
        self._load, self._shelf = DeskCall(jobs, self), DeskCall(jobs, self)
        self._saving = self._begun_saving()
        self.weight_edit, self.reason_edit = QLineEdit(), QLineEdit()
        self.weight_edit.setProperty("big", "true")
        self.save_button = button()
        self.weight = Field(self.weight_edit, self.save_button)
        self.reason = Field(self.reason_edit)
        self.tares = TareFields(theme)
        self.net, self.live = label("strong", wrap=True), label("muted", wrap=True)
        self.session = SessionChoice(jobs, "", None)
        self.doubts, self.old = Notice(theme, "attention"), Notice(theme, "info")
        self.failure = Notice(theme, "bad")
        self._build()
        self._connect()
        self._retranslate()

    def _build(self) -> None:
        for part in (self.doubts, self.old, self.failure, self.reason, self.net):
            part.hide()
        self.save_button.setVisible(self._own_button)
        self._box = column(
            *(self.weight, self.net, self.live, self.tares, self.session),
            *(self.old, self.doubts, self.reason, self.failure),
            gap=8,
        )
        self.setLayout(self._box)

    def _connect(self) -> None:
        self._load.answered.connect(self._on_card)
        self._shelf.answered.connect(self.tares.show_shelf)
        self._load.failed.connect(self._on_failure)
        self._shelf.failed.connect(self._on_failure)
        self.weight_edit.textChanged.connect(self._on_typed)
        self.tares.changed.connect(self._on_typed)
        self.tares.list_wanted.connect(self._on_list_wanted)
        self._jobs.changed.connect(self._on_change)
        self.save_button.clicked.connect(self.save)
        if self._own_button:
            for edit in (self.weight_edit, self.reason_edit, *self.tares.edits):
                edit.returnPressed.connect(self.save)

    def _begun_saving(self) -> WeightSaving:
        saving = WeightSaving(self._jobs, self)
        saving.doubted.connect(self._on_doubts)
        saving.opened.connect(self._use)
        saving.entered.connect(self._on_entered)
        saving.planned.connect(self._on_planned)
        saving.failed.connect(self._on_failure)
        saving.busy_changed.connect(self._set_busy)
        return saving

    # where the weight belongs

    def show_slot(self, patient_id: str, session_id: str | None, phase: Phase | None) -> None:
        """Ask for the weight of a patient's phase; without a session one is found or opened.
        What is being saved for somebody else goes on, and tells nothing here any more."""
        was_busy, self._saving = self._saving.let_go(), self._begun_saving()
        if was_busy:
            self._set_busy(False)
        self._patient_id, self.phase, self._card = patient_id, phase, None
        self._tried_at, self._entered, self._doubted = None, None, None
        self.weight_edit.clear()
        self.reason_edit.clear()
        self.tares.clear()
        self.failure.say("")
        self._use(session_id)
        self._retranslate()
        self._load.start(self._jobs.desk.patient_card(patient_id))
        self._shelf.start(self._jobs.desk.tares(patient_id))

    def use_session(self, session_id: str) -> None:
        """The session the weight belongs to was opened by somebody else meanwhile."""
        self._use(session_id)
        if self._card is not None:
            self._load.start(self._jobs.desk.patient_card(self._patient_id))

    def choose_phase(self, phase: Phase) -> None:
        """Before or after dialysis."""
        self.phase = phase
        self._retranslate()
        self._propose()
        self._on_session()

    def set_time(self, at: Moment) -> None:
        """When the patient stood on the scale; the moment of saving where it is not said."""
        self._at = at
        self._propose()
        self._on_session()

    def _use(self, session_id: str | None) -> None:
        """The choice of session is made anew for each patient and session."""
        before = self.session
        self.session = SessionChoice(self._jobs, self._patient_id, session_id)
        self.session.changed.connect(self._on_session)
        self.session.failed.connect(self._on_failure)
        self._box.replaceWidget(before, self.session)
        before.setParent(None)
        before.deleteLater()
        if self._card is not None:
            self.session.set_trend(self._card.trend)
            self._propose()
        self._on_session()

    def _propose(self) -> None:
        if self.phase is not None and self._card is not None:
            self.session.propose(self.phase, self._moment())

    def _moment(self) -> Moment:
        return self._at or self._tried_at or Moment.now()

    # what is known

    def _on_card(self, card: PatientCard) -> None:
        first, self._card = self._card is None, card
        self.session.set_trend(card.trend)
        self._propose()
        if first:
            self.card_came.emit(card)
        self._on_session()

    def _on_change(self, change: Change) -> None:
        """A session opened, a weight or a wheelchair entered elsewhere counts here too."""
        if self._card is None or self._saving.busy:
            return
        if change.patient_id == self._patient_id or change.kind is ChangeKind.ELSEWHERE:
            self._load.start(self._jobs.desk.patient_card(self._patient_id))
        elif change.kind is ChangeKind.PATIENTS:
            self._shelf.start(self._jobs.desk.tares(self._patient_id))

    def _on_session(self) -> None:
        self._show_hours()
        self._say()
        if self._pending and (self.session.decided or self.session.asking):
            self.save()

    def _show_hours(self) -> None:
        known, card = self.session.session, self._card
        usual = card.schedule.planned_hours if card else None
        self.tares.show_hours((known.session.planned_hours if known else None) or usual)

    def _old_entry(self) -> PhaseEntry | None:
        entry = self.session.existing(self.phase) if self.phase is not None else None
        return entry if entry is not None and entry.net_g is not None else None

    # what was typed

    @property
    def has_unsaved(self) -> bool:
        """Whether a weight was typed that is not entered."""
        return bool(self.weight_edit.text().strip()) and not self._is_entered()

    @property
    def net_g(self) -> int | None:
        """The weight typed, without tare, where it can be read."""
        typed = self._typed()
        return typed.net_g if typed is not None else None

    def _typed(self) -> TypedWeight | None:
        """What would be entered; None where it cannot be read."""
        if self.phase is None:
            return None
        session_id, at = self.session.session_id, self._moment()
        try:
            gross_g = parse_weight_g(self.weight_edit.text())
            what = (gross_g, self.tares.tares(), self.tares.hours(), at, self._reason())
            made = TypedWeight(self._patient_id, session_id, self.phase, *what)
            return made if made.net_g else None
        except ExpectedError:
            return None

    def _reason(self) -> str:
        return self.reason_edit.text().strip()

    def _is_entered(self) -> bool:
        typed = self._typed()
        return typed is not None and typed.told == self._entered

    def _on_typed(self) -> None:
        self._tried_at, self._pending = None, False
        self.weight.complain("")
        self.failure.say("")
        self._say()

    def _is_doubted(self) -> bool:
        """Whether it was doubted as it is typed now."""
        typed = self._typed()
        return typed is not None and typed.doubtful == self._doubted

    # saving

    def save(self) -> None:
        """Check, ask again where doubtful, then enter; errors appear in place."""
        self.failure.say("")
        self._pending = False
        if self._card is not None and not self._saving.busy and not self._is_entered():
            self._tried_at = self._moment()
            known, hours = self.session.session, self._other_hours()
            if known is not None and hours is not None:
                self._saving.plan(known.session.session_id, hours)
            elif self._check() and self._session_clear() and self._reason_given():
                self._hand_over()
        self.edited.emit()

    def _hand_over(self) -> None:
        typed = self._typed()
        if typed is not None:
            (self._saving.enter if self._is_doubted() else self._saving.begin)(typed)

    def _session_clear(self) -> bool:
        if self.session.asking:
            self.failure.say(self.tr("Choose the session this weight belongs to."), "attention")
        elif not self.session.decided:
            self._pending = True
        return self.session.decided

    def _reason_given(self) -> bool:
        if self._needs_reason() and not self._reason():
            self.reason.show()
            self.reason.complain(error_text(ExpectedError(ErrorCode.REASON_NEEDED)))
            self.reason_edit.setFocus()
            return False
        self.reason.complain("")
        return True

    def _needs_reason(self) -> bool:
        return self._old_entry() is not None or self._is_doubted()

    def _other_hours(self) -> float | None:
        """The hours, where only those were typed for a session that is there."""
        known = self.session.session
        if known is None or self.weight_edit.text().strip() or not self.tares.check():
            return None
        hours = self.tares.hours()
        return hours if hours != known.session.planned_hours else None

    def _check(self) -> bool:
        if not self.tares.check():
            return False
        try:
            gross_g = parse_weight_g(self.weight_edit.text())
        except ExpectedError as error:
            self.weight.complain(error_text(error))
            self.weight_edit.setFocus()
            return False
        try:
            checked_weight_g(gross_g - self.tares.tare_g())
        except ExpectedError as error:
            self.tares.complain(error_text(error))
            return False
        return self.phase is not None

    def _on_doubts(self, doubts: tuple[WeightDoubt, ...]) -> None:
        typed = self._typed()
        self._doubted = typed.doubtful if typed is not None else None
        self._doubts = doubts
        self._say()
        self.reason_edit.setFocus()

    def _on_entered(self, session_id: str) -> None:
        typed = self._typed()
        self._entered = typed.told if typed is not None else None
        self.reason_edit.clear()
        self._load.start(self._jobs.desk.patient_card(self._patient_id))
        self._say()
        self.saved.emit(session_id)

    def _on_planned(self, session_id: str) -> None:
        self.tares.hours_edit.setModified(False)
        self.saved.emit(session_id)

    def _on_failure(self, error: ExpectedError) -> None:
        if error.code is ErrorCode.REASON_NEEDED:
            self.reason.show()
            self.reason.complain(error_text(error))
        else:
            self.failure.say(error_text(error), "bad")
        self.edited.emit()
        self.failed.emit(error)

    def _set_busy(self, busy: bool) -> None:
        if busy:
            self._had_focus = self.focusWidget() or self._had_focus
        for part in (self.weight, self.tares, self.session, self.reason):
            part.setEnabled(not busy)
        if not busy and self._had_focus is not None:
            self._had_focus.setFocus()
        self.busy_changed.emit(busy)

    # words

    def _say(self) -> None:
        self._say_net()
        entered, typed = self._is_entered(), bool(self.weight_edit.text().strip())
        self._say_old(entered, typed)
        doubted = self._is_doubted()
        self.doubts.say(doubts_text(self._doubts) if doubted else "")
        self.reason.setVisible(doubted or (self._old_entry() is not None and typed and not entered))
        self.session.setVisible(self.session.asking or not self._own_button)
        self.save_button.setText(self.save_word())
        self.save_button.setEnabled(self._card is not None and not entered)
        self.edited.emit()

    def _say_old(self, entered: bool, typed: bool) -> None:
        old = self._old_entry()
        if old is None or entered:
            self.old.say("")
            return
        self.old.say(old_text(old, typed=typed))

    def _say_net(self) -> None:
        typed, trend, at = self._typed(), self._card.trend if self._card else None, self._moment()
        last = last_weight(trend, self.session.session_id, self.phase, at) if trend else None
        dry_g = dry_weight_on(at.day, trend.dry_weights) if trend else None
        self.live.setText(live_text(typed.net_g if typed else None, dry_g, last, at))
        self.net.setText(net_text(typed.net_g, typed.tares) if typed is not None else "")
        self.net.setVisible(bool(self.net.text()))

    def save_word(self) -> str:
        """What saving does now."""
        if self._is_entered():
            return self.tr("Entered")
        if self._is_doubted():
            return self.tr("Enter it as it is")
        return self.tr("Correct") if self._old_entry() is not None else self.tr("Enter")

    def _on_list_wanted(self) -> None:
        dialog = WheelchairDialog(self._jobs, self._theme, self.window())
        dialog.open()
        dialog.fit()

    def _retranslate(self) -> None:
        self.weight.say(heading_text(self.phase))
        self.reason.say(self.tr("Reason"))
        self.tares.retranslate()
        self._say()

    def event(self, event: QEvent) -> bool:
        """Tell that the height may be another, once the parts have said what they want."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.edited.emit()
        return handled

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
