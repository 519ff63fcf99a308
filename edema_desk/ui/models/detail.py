"""One model: what may be done with it, what it reached on what, where it comes from, when it was
in use."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from edema_desk.domain.models.card import ModelCard
from edema_desk.domain.models.uses import ModelUse
from edema_desk.domain.models.view import ModelEntry
from edema_desk.plots.wording import moment_text
from edema_desk.ui.models.facts import Facts
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.waiting import scrolling
from edema_desk.ui.parts.widgets import (
    Card,
    KeyFigure,
    Notice,
    button,
    column,
    label,
    row,
    set_look,
)
from edema_desk.ui.pieces.audit_words import who_text
from edema_desk.ui.pieces.models_words import (
    kind_of_figures,
    name_of,
    number,
    percent,
    state_of,
    transfer_text,
)

_SHOWN_USES = 8


class ModelDetail(QWidget):
    """`use_wanted`, `compare_wanted`, `remove_wanted` (model_id); `back_wanted()`."""

    use_wanted = Signal(str)
    compare_wanted = Signal(str)
    remove_wanted = Signal(str)
    back_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._entry: ModelEntry | None = None
        self._uses: tuple[ModelUse, ...] = ()
        self._names: Mapping[str, str] = {}
        self._may, self._has_other = False, False
        self._name, self._state = label("title"), label("muted")
        self._id = label("caption")
        self._id.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.use, self.compare = button("primary"), button()
        self.back, self.remove = button(), button("quiet")
        self.fault, self.made_up = Notice(theme, "bad"), Notice(theme, "attention")
        self.figures = tuple(KeyFigure() for _ in range(4))
        self._measured = label("caption", wrap=True)
        self._facts_title, self._facts = label("card-title"), Facts()
        self._use_title, self._history = label("card-title"), label(wrap=True)
        self._made_title, self._commands = label("card-title"), label("caption", wrap=True)
        self._commands.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._figures_card = Card(row(*self.figures, None, gap=STEP_PX * 10), self._measured)
        self._facts_card = Card(self._facts_title, self._facts)
        self._use_card = Card(self._use_title, self._history)
        self._made_card = Card(self._made_title, self._commands)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = row(self._name, self._state, None, gap=STEP_PX * 3)
        acts = row(self.use, self.back, self.compare, self.remove, None)
        box = column(
            Card(head, self._id, acts),
            *(self.fault, self.made_up, self._figures_card),
            *(self._use_card, self._facts_card, self._made_card, None),
            gap=STEP_PX * 3,
        )
        box.setContentsMargins(0, 0, STEP_PX * 2, STEP_PX * 2)
        whole = column(scrolling(box))
        self.setLayout(whole)

    def _connect(self) -> None:
        self.use.clicked.connect(self._on_use)
        self.compare.clicked.connect(self._on_compare)
        self.remove.clicked.connect(self._on_remove)
        self.back.clicked.connect(self.back_wanted)

    def show_model(
        self,
        entry: ModelEntry,
        uses: Sequence[ModelUse],
        names: Mapping[str, str],
        *,
        may: bool,
        has_other: bool,
    ) -> None:
        """Show a model. `uses` are all switches there were, `names` what users are called; whoever
        `may` acts; with `has_other` there is one to compare it with."""
        self._entry, self._uses, self._names = entry, tuple(uses), names
        self._may, self._has_other = may, has_other
        self.retranslate()

    def _show_head(self, entry: ModelEntry) -> None:
        state = state_of(entry, [use.model_id for use in self._uses])
        self._name.setText(name_of(entry.model_id, entry.card))
        self._state.setText(state.word)
        set_look(self._state, role=state.color)
        self._id.setText(entry.model_id)
        self.use.setVisible(self._may and not entry.in_use and entry.fault is None)
        self.back.setVisible(self._may and entry.in_use and bool(self._uses))
        self.remove.setVisible(self._may and not entry.in_use and not entry.shipped)
        self.compare.setVisible(self._has_other and entry.fault is None)
        self.fault.say(error_text(entry.fault) if entry.fault is not None else "")

    def _show_card(self, card: ModelCard) -> None:
        reached, learned = card.figures, card.trained_on
        self.made_up.say(
            self.tr(
                "These figures come from made-up swelling drawn over faces, not from patients. "
                "What the model reaches in this clinic stands on the page Agreement."
            )
            if learned.made_up
            else ""
        )
        for figure, caption, value, unit in zip(
            self.figures,
            (
                self.tr("Mean error"),
                self.tr("Before or after told right"),
                self.tr("90 % lie within"),
                self.tr("People judged"),
            ),
            (
                number(reached.mae_kg),
                percent(reached.accuracy).removesuffix(" %"),
                f"±{number(reached.spread90_kg)}",
                str(reached.people),
            ),
            ("kg", "%", "kg", ""),
            strict=True,
        ):
            figure.caption.setText(caption)
            figure.show_value(value, unit)
        said = self.tr("Measured on {what}: {captures} captures ({card}).")
        self._measured.setText(
            said.format(
                what=kind_of_figures(learned.made_up),
                captures=reached.captures,
                card=reached.measured_on,
            )
        )

    def _show_facts(self, entry: ModelEntry, card: ModelCard) -> None:
        learned = card.trained_on
        people = self.tr("{people} people, {captures} captures, {frames} pictures ({kind})")
        if entry.shipped:
            signed = self.tr("part of EdemaDesk")
        elif entry.signed_by:
            signed = self.tr("signed by the trusted key {key}").format(key=entry.signed_by[:12])
        else:
            signed = self.tr("not signed, or trained here")
        recipe = self.tr("none told")
        if card.recipe is not None:
            steps = self.tr("{objectives}, {steps} steps")
            recipe = steps.format(objectives=card.recipe.objectives, steps=card.recipe.steps)
        transfer = card.figures.transfer
        made = self.tr("{when}, by EdemaDesk {version}")
        self._facts.show_rows(
            [
                (
                    self.tr("Learned from"),
                    people.format(
                        people=learned.patients,
                        captures=learned.captures,
                        frames=learned.frames,
                        kind=kind_of_figures(learned.made_up),
                    ),
                ),
                (
                    self.tr("Carried over to a patient"),
                    transfer_text(transfer.kind if transfer is not None else None),
                ),
                (
                    self.tr("Made"),
                    made.format(when=card.made_at[:10], version=card.program_version),
                ),
                (self.tr("Trained by"), recipe),
                (self.tr("Tuned from"), card.parent or self.tr("no other model")),
                (self.tr("Estimates in force"), str(entry.estimates)),
                (self.tr("Signature"), signed),
                (self.tr("Licence"), card.licence),
                (self.tr("Faces by"), "\n".join(card.attributions) or self.tr("nobody named")),
            ]
        )
        self._commands.setText("\n".join(card.commands))

    def _show_history(self, entry: ModelEntry) -> None:
        lines = []
        for place, use in enumerate(self._uses):
            if use.model_id != entry.model_id:
                continue
            later = self._uses[place + 1].since if place + 1 < len(self._uses) else None
            who = who_text(use.actor, self._names)
            said = (
                self.tr("Since {since}, switched by {who}")
                if later is None
                else self.tr("{since} to {until}, switched by {who}")
            )
            until = moment_text(later) if later is not None else ""
            lines.append(said.format(since=moment_text(use.since), until=until, who=who))
        if entry.in_use and not self._uses:
            lines.append(self.tr("From the beginning: no other model was ever in use."))
        self._history.setText("\n".join(reversed(lines[-_SHOWN_USES:])) or self.tr("Never yet."))

    def retranslate(self) -> None:
        """Set every text again."""
        self.use.setText(self.tr("Use this model"))
        self.compare.setText(self.tr("Compare…"))
        self.remove.setText(self.tr("Remove…"))
        self.back.setText(self.tr("Back to the one before"))
        self._use_title.setText(self.tr("In use"))
        self._facts_title.setText(self.tr("Where it comes from"))
        self._made_title.setText(self.tr("Made by these commands"))
        entry = self._entry
        if entry is None:
            return
        self._show_head(entry)
        self._show_history(entry)
        for card in (self._figures_card, self._facts_card, self._made_card):
            card.setVisible(entry.card is not None)
        self.made_up.setVisible(entry.card is not None)
        if entry.card is not None:
            self._show_card(entry.card)
            self._show_facts(entry, entry.card)

    def _on_use(self) -> None:
        if self._entry is not None:
            self.use_wanted.emit(self._entry.model_id)

    def _on_compare(self) -> None:
        if self._entry is not None:
            self.compare_wanted.emit(self._entry.model_id)

    def _on_remove(self) -> None:
        if self._entry is not None:
            self.remove_wanted.emit(self._entry.model_id)
