"""What agreement says in words: the verdict, the guesses it is held against, numbers."""

import math

from PySide6.QtCore import QCoreApplication, QLocale

from edema_desk.domain.course.agreement_view import AgreementView
from edema_desk.domain.course.clinic_rows import Guess
from edema_desk.domain.course.clinic_verdict import (
    FEWEST_CAPTURES,
    FEWEST_PATIENTS,
    Comparison,
    Verdict,
    hardest,
)

DASH = "–"
Interval = tuple[float, float]


def count_text(count: int) -> str:
    """A count with its groups of three."""
    return QLocale().toString(count)


def number_text(value: float, decimals: int = 2, *, signed: bool = False) -> str:
    """With a true minus; a dash where it is unknown."""
    if not math.isfinite(value):
        return DASH
    value = round(value, decimals) or 0.0  # no sign before nothing
    said = f"{value:+.{decimals}f}" if signed and value else f"{value:.{decimals}f}"
    return said.replace("-", "−")


def percent_text(share: float) -> str:
    """A share of one in whole percent; a dash where it is unknown."""
    return f"{round(100 * share)} %" if math.isfinite(share) else DASH


def kg_between(between: Interval, *, signed: bool = False) -> str:
    """An interval in words; empty where it is unknown."""
    low, high = (number_text(end, signed=signed) for end in between)
    return _between(low, high)


def percent_between(between: Interval) -> str:
    """An interval of shares in words; empty where it is unknown."""
    low, high = (percent_text(end).removesuffix(" %") for end in between)
    said = _between(low, high)
    return f"{said} %" if said else ""


def _between(low: str, high: str) -> str:
    if DASH in (low, high):
        return ""
    return QCoreApplication.translate("Agreement", "{low} to {high}").format(low=low, high=high)


def guess_text(guess: Guess) -> str:
    """What could be said without a camera."""
    said = {
        Guess.DRY_WEIGHT: QCoreApplication.translate("Agreement", "no excess at all"),
        Guess.LAST_TIME: QCoreApplication.translate("Agreement", "the same as last time"),
        Guess.PATIENT_MEAN: QCoreApplication.translate("Agreement", "the patient's mean so far"),
        Guess.CLASS_MEAN: QCoreApplication.translate("Agreement", "the patient's usual value"),
    }
    return said[guess]


def gain_text(comparison: Comparison) -> str:
    """By how much the estimates lie nearer to the scale than a guess, with its interval."""
    gain = comparison.gain_kg
    if not math.isfinite(gain):
        return QCoreApplication.translate("Agreement", "nothing to compare with yet")
    nearer = QCoreApplication.translate("Agreement", "camera {gain} kg nearer")
    further = QCoreApplication.translate("Agreement", "camera {gain} kg further off")
    low, high = comparison.gain_low_kg, comparison.gain_high_kg
    away = gain < 0
    said = (further if away else nearer).format(gain=number_text(abs(gain)))
    between = kg_between((-high, -low) if away else (low, high))
    return f"{said} ({between})" if between else said


def verdict_headline(view: AgreementView) -> str:
    """The word on the estimates."""
    against = hardest(view.comparisons)
    if view.verdict is Verdict.TOO_FEW or against is None:
        return QCoreApplication.translate("Agreement", "Too few captures to tell")
    if view.verdict is Verdict.BETTER:
        return QCoreApplication.translate("Agreement", "The camera says more than the calendar")
    guess = guess_text(against.guess)
    if view.verdict is Verdict.WORSE:
        said = QCoreApplication.translate(
            "Agreement", "The camera lies further from the scale than {guess}"
        )
    else:
        said = QCoreApplication.translate("Agreement", "The camera does not beat {guess}")
    return said.format(guess=guess)


def verdict_reason(view: AgreementView) -> str:
    """The figures that carry it."""
    against = hardest(view.comparisons)
    if view.verdict is Verdict.TOO_FEW or against is None:
        return QCoreApplication.translate(
            "Agreement",
            "A verdict needs {captures} captures with an estimate, a weight and an earlier "
            "session, of one patient or of at least {patients}.",
        ).format(captures=FEWEST_CAPTURES, patients=FEWEST_PATIENTS)
    said = QCoreApplication.translate(
        "Agreement",
        "On average the estimates lie {mae} kg from the scale. The best guess without a camera, "
        "{guess}, lies {other} kg from it.",
    ).format(
        mae=number_text(against.mae_kg),
        other=number_text(against.guess_mae_kg),
        guess=guess_text(against.guess),
    )
    between = kg_between((against.gain_low_kg, against.gain_high_kg), signed=True)
    sure = QCoreApplication.translate(
        "Agreement", "The camera's gain is {gain} kg (95 % interval {between})."
    )
    if view.verdict is Verdict.NOT_BETTER:
        sure = QCoreApplication.translate(
            "Agreement",
            "The camera's gain of {gain} kg (95 % interval {between}) may be chance.",
        )
    gap = "" if QLocale().language() == QLocale.Language.Japanese else " "
    gain = number_text(against.gain_kg, signed=True)
    return gap.join((said, sure.format(gain=gain, between=between)))


def counted_text(view: AgreementView) -> str:
    """How many captures and patients are told of, and whether some are kept back."""
    said = QCoreApplication.translate(
        "Agreement",
        "Captures with an estimate: {captures} · without: {refused} · patients: {patients}",
    ).format(
        captures=count_text(view.captures),
        refused=count_text(view.refused),
        patients=count_text(view.patients),
    )
    if not view.kept_back:
        return said
    left_out = QCoreApplication.translate(
        "Agreement", "left out: sessions still to be judged first"
    )
    return f"{said} · {left_out}"


def density_text(view: AgreementView) -> str:
    """How to read a plot that holds more captures than it could show one by one."""
    return QCoreApplication.translate(
        "Agreement",
        "{captures} captures, drawn as shades: the stronger, the more captures lie there. The "
        "large marks are the medians.",
    ).format(captures=count_text(view.captures))
