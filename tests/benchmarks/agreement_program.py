"""Shows the agreement of 200 patients and ten years, and says how long each part took."""

import json
import os
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QWidget

from edema_desk.app import _qt
from edema_desk.domain.course.agreement_view import (
    AgreementChoice,
    AgreementView,
    agreement_ground,
    view_of,
)
from edema_desk.domain.course.clinic_rows import ClinicRows
from edema_desk.paths import resources_dir
from edema_desk.plots.agreement_plots import DifferencePlot, ScatterPlot
from edema_desk.ui.agreement.cards import (
    CurveCard,
    DifferenceCard,
    FiguresCard,
    ScatterCard,
    VerdictCard,
)
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import column

PATIENTS, SESSIONS = 200, 1_565
TRIES = 3


def ten_years(patients: int = PATIENTS, sessions: int = SESSIONS) -> ClinicRows:
    """Three sessions a week; weights in steps of 100 g, 3 % of the captures refused."""
    rng = np.random.default_rng(3)
    number = patients * sessions * 2
    patient = np.repeat(np.arange(patients), sessions * 2)
    step = np.tile(np.repeat(np.arange(sessions), 2), patients)
    pre = np.tile(np.array([True, False]), patients * sessions)
    usual = np.where(pre, 2.0, 0.0) + rng.normal(0, 0.3, patients)[patient]
    truth = np.round(usual + rng.normal(0, 0.45, number), 1)
    said = 0.75 * truth + 0.25 * usual + rng.normal(0, 0.25, number)
    said[(step == 0) | (rng.random(number) < 0.03)] = np.nan
    refused = np.isnan(said)
    return ClinicRows(
        *(patient, np.repeat(np.arange(patients * sessions), 2)),
        day=735_000 + (step * 7) // 3,
        pre=pre,
        truth_kg=truth,
        estimate_kg=said,
        half_kg=np.where(refused, np.nan, 0.55),
        p_edema=np.where(refused, np.nan, np.where(pre, 0.85, 0.15)),
        shift=patient % 3 + 1,
        camera=patient // 100,
        model=(step > sessions // 2).astype(np.int64),
    )


def main() -> None:
    """Print one line of JSON: milliseconds of the processor."""
    ground = agreement_ground(ten_years())
    choice = AgreementChoice()
    counted_ms = _best(lambda: view_of(ground, choice))
    told = {"count": counted_ms, **_page(view_of(ground, choice))}
    print(json.dumps(told))  # noqa: T201


def _page(view: AgreementView) -> dict[str, float]:
    theme = Theme(_qt(), resources_dir(), "light")
    scatter = ScatterCard(theme, ScatterPlot(theme.tokens))
    difference = DifferenceCard(theme, DifferencePlot(theme.tokens))
    cards = (VerdictCard(theme), scatter, difference, FiguresCard(), CurveCard(theme))
    page = QWidget()
    page.setLayout(column(*cards))
    page.resize(1_300, 1_900)
    page.show()

    def show() -> None:
        for card in cards:
            card.show_view(view)

    show()
    page.grab()
    told = {"set": _best(show), "draw": _best(lambda: page.grab())}
    middle = difference.canvas.view.sceneBoundingRect().center()
    told["point"] = _best(lambda: difference.reader.nearest(middle))
    page.close()
    page.deleteLater()
    return told


def _best(work: Callable[[], object]) -> float:
    found = []
    for _ in range(TRIES):
        began_s = time.process_time()
        work()
        found.append(1000 * (time.process_time() - began_s))
    return min(found)


if __name__ == "__main__":
    main()
