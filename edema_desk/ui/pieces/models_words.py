"""Models in the words of the person at the screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from edema_desk.domain.course.drift_view import Drift
from edema_desk.domain.models.card import ModelCard
from edema_desk.domain.models.training_plan import TrainingPlan
from edema_desk.domain.models.view import ModelComparison, ModelEntry, TrainingState, TrainingStep
from edema_desk.domain.statistics.drift import Side
from edema_desk.domain.statistics.resampling import Interval
from edema_desk.domain.terms.estimate import IntervalKind, TransferKind
from edema_desk.plots.wording import MINUS, short_day_text
from edema_desk.ui.parts.phrases import error_text, left_text

_HASH_DIGITS = 6


def number(value: float | None, digits: int = 2, *, signed: bool = False) -> str:
    """With a real minus sign; a dash for what is not known."""
    if value is None or value != value:
        return "–"
    rounded = round(value, digits) + 0.0  # never minus nothing
    return f"{rounded:{'+' if signed else ''}.{digits}f}".replace("-", MINUS)


def percent(share: float | None) -> str:
    """A share without decimals, or a dash."""
    return "–" if share is None or share != share else f"{100 * share:.0f} %"


def name_of(model_id: str, card: ModelCard | None) -> str:
    """What a model is called where there is little room."""
    return card.name if card is not None else model_id.rpartition("-")[0] or model_id


def short_name(model_id: str) -> str:
    """Name and the first figures of the hash, which tell two of one name apart."""
    name, _, digest = model_id.rpartition("-")
    return f"{name}-{digest[:_HASH_DIGITS]}" if name else model_id


@dataclass(frozen=True, slots=True)
class ModelState:
    """How a model stands: a word, and the token of its colour."""

    word: str
    color: str


def state_of(entry: ModelEntry, earlier: Sequence[str]) -> ModelState:
    """In use, damaged, in use earlier, or only installed. `earlier` are ids that were in use."""
    if entry.fault is not None:
        return ModelState(QCoreApplication.translate("ModelWords", "Damaged"), "bad")
    if entry.in_use:
        return ModelState(QCoreApplication.translate("ModelWords", "In use"), "good")
    if entry.model_id in earlier:
        return ModelState(QCoreApplication.translate("ModelWords", "In use earlier"), "muted")
    if entry.shipped:
        return ModelState(QCoreApplication.translate("ModelWords", "Part of EdemaDesk"), "muted")
    return ModelState(QCoreApplication.translate("ModelWords", "Installed, not in use"), "muted")


def kind_of_figures(made_up: bool) -> str:
    """On what the figures of a card were measured, in two words."""
    if made_up:
        return QCoreApplication.translate("ModelWords", "made-up swelling")
    return QCoreApplication.translate("ModelWords", "patients")


def transfer_text(kind: TransferKind | None) -> str:
    """How a model is carried over to a patient."""
    said = {
        None: QCoreApplication.translate("ModelWords", "by averaging the patient's references"),
        TransferKind.REFERENCE: QCoreApplication.translate(
            "ModelWords", "by averaging the patient's references"
        ),
        TransferKind.SHRINK: QCoreApplication.translate(
            "ModelWords", "learns how strongly this face shows fluid"
        ),
        TransferKind.PARTS: QCoreApplication.translate(
            "ModelWords", "learns how strongly each part of this face shows fluid"
        ),
        TransferKind.RIDGE: QCoreApplication.translate(
            "ModelWords", "learns how strongly this face shows fluid, in several directions"
        ),
        TransferKind.TUNED: QCoreApplication.translate(
            "ModelWords", "a network tuned to the patient"
        ),
    }
    return said[kind]


def interval_text(kind: IntervalKind) -> str:
    """Whose residuals an interval's width rests on."""
    said = {
        IntervalKind.SPREAD: QCoreApplication.translate(
            "ModelWords", "the people the model was judged on; it promises nothing"
        ),
        IntervalKind.POOLED: QCoreApplication.translate(
            "ModelWords", "the differences from the scale of all patients here"
        ),
        IntervalKind.OWN: QCoreApplication.translate(
            "ModelWords", "this patient's own differences from the scale"
        ),
    }
    return said[kind]


def span_text(interval: Interval, digits: int = 2) -> str:
    """An interval: 0.31 to 0.36."""
    low, high = interval
    if low != low or high != high:
        return ""
    said = QCoreApplication.translate("ModelWords", "{low} to {high}")
    return said.format(low=number(low, digits), high=number(high, digits))


def comparison_text(told: ModelComparison, first: str, second: str) -> str:
    """Which of two lies nearer, how often, by how much, and how sure that is."""
    low, high = told.gain_interval_kg
    if low > 0:
        head = QCoreApplication.translate("ModelWords", "{second} lies nearer to the scale.")
    elif high < 0:
        head = QCoreApplication.translate("ModelWords", "{second} lies farther from the scale.")
    else:
        head = QCoreApplication.translate(
            "ModelWords", "It cannot be told which of the two lies nearer to the scale."
        )
    if told.gain_kg >= 0:
        span = span_text((low, high))
        body = QCoreApplication.translate(
            "ModelWords",
            "{second} is nearer in {share} of the captures; its mean error is {gain} kg smaller "
            "(95 %: {span}).",
        )
    else:
        span = span_text((-high, -low))
        body = QCoreApplication.translate(
            "ModelWords",
            "{second} is nearer in {share} of the captures; its mean error is {gain} kg larger "
            "(95 %: {span}).",
        )
    filled = {
        "second": second,
        "first": first,
        "share": percent(told.second_nearer),
        "gain": number(abs(told.gain_kg)),
        "span": span or "–",
    }
    return f"{head}\n{body}".format_map(filled)


def learned_from_text(told: ModelComparison) -> str:
    """How many patients did not count because a model knew them; empty for none."""
    if not told.learned_from:
        return ""
    if told.learned_from == 1:
        return QCoreApplication.translate(
            "ModelWords", "1 patient is left out: one of the models learned from them."
        )
    said = QCoreApplication.translate(
        "ModelWords", "{count} patients are left out: one of the models learned from them."
    )
    return said.format(count=told.learned_from)


def drift_text(drift: Drift) -> str:
    """How far estimates lie beside the scale, and since when."""
    if drift.since is None or drift.residual_kg is None:
        return QCoreApplication.translate("ModelWords", "No drift")
    above = drift.watch.drifted is Side.ABOVE
    said = (
        QCoreApplication.translate("ModelWords", "{kg} kg above the scale since {day}")
        if above
        else QCoreApplication.translate("ModelWords", "{kg} kg below the scale since {day}")
    )
    return said.format(kg=number(abs(drift.residual_kg)), day=short_day_text(drift.since))


def plan_text(plan: TrainingPlan) -> str:
    """What a training learns from."""
    parts = []
    if plan.own:
        parts.append(QCoreApplication.translate("ModelWords", "the clinic's patients who agreed"))
    if plan.studies:
        said = QCoreApplication.translate("ModelWords", "{count} study folders")
        parts.append(said.format(count=len(plan.studies)))
    return " + ".join(parts)


def duration_text(minutes: float) -> str:
    """Minutes or hours."""
    if minutes < 60:
        said = QCoreApplication.translate("ModelWords", "{minutes} minutes")
        return said.format(minutes=f"{minutes:g}")
    said = QCoreApplication.translate("ModelWords", "{hours} h")
    return said.format(hours=f"{minutes / 60:g}")


def training_text(state: TrainingState, *, held: bool) -> str:
    """Where a training stands and what comes next."""
    name = state.plan.name if state.plan is not None else ""
    if state.stopping and state.runs:
        return _named(QCoreApplication.translate("ModelWords", "{name} is being laid aside"), name)
    if held:
        said = QCoreApplication.translate(
            "ModelWords", "The training of {name} stands still while a capture runs"
        )
        return _named(said, name)
    if state.step is TrainingStep.PREPARES:
        said = QCoreApplication.translate("ModelWords", "{name}: gathering faces")
    elif state.step is TrainingStep.TRAINS:
        said = QCoreApplication.translate("ModelWords", "{name} is being trained")
    elif state.step is TrainingStep.INSTALLS:
        said = QCoreApplication.translate("ModelWords", "{name} is being checked and installed")
    elif state.step is TrainingStep.DONE:
        said = QCoreApplication.translate(
            "ModelWords", "{name} is trained and installed. It is not in use yet."
        )
    elif state.error is not None:
        return error_text(state.error)
    else:
        said = QCoreApplication.translate(
            "ModelWords", "The training of {name} was stopped. It can go on where it was."
        )
    return _named(said, name)


def training_left(state: TrainingState) -> str:
    """How far it is: 42 %, about 30 min to go."""
    if state.step is not TrainingStep.TRAINS:
        return ""
    parts = [percent(state.done), left_text(state.left_s)]
    return " · ".join(part for part in parts if part)


def _named(said: str, name: str) -> str:
    return said.format(name=name)
