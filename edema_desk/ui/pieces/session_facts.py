"""What the session page says of both phases, worked out as rows of words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from edema_desk.domain.course.trend import PhaseEntry
from edema_desk.domain.course.views import CaptureDetail, SessionPair
from edema_desk.domain.terms.estimate import IntervalKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.quality import SCORE_NAMES, FrameRefusal
from edema_desk.domain.terms.records import Phase, StoredEstimate, Weighing
from edema_desk.ui.parts.phrases import (
    excess,
    frame_refusal_text,
    kg,
    likeness_percent,
    recording_text,
    shown_difference_kg,
    spread,
)

PHASES = (Phase.PRE, Phase.POST)
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class FactRow:
    """A name, and what there is to say of it before and after dialysis."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WeightStep:
    """An entry of a weight. `old_g` is what it corrects, None for the first one."""

    phase: Phase
    old_g: int | None
    new_g: int
    tare_g: int
    at: Moment
    actor: str
    reason: str


def weight_steps(weighings: Sequence[Weighing]) -> tuple[WeightStep, ...]:
    """All entries with what each one corrects, the newest first."""
    by_id = {w.weighing_id: w for w in weighings}
    steps = []
    for one in sorted(weighings, key=lambda w: w.weighed_at, reverse=True):
        old = by_id.get(one.supersedes) if one.supersedes else None
        steps.append(
            WeightStep(
                one.phase,
                old.net_g if old else None,
                one.net_g,
                one.tare_g,
                one.weighed_at,
                one.actor,
                one.reason,
            )
        )
    return tuple(steps)


def faces_found(detail: CaptureDetail) -> int | None:
    """Frames with at least one face; None while nothing was analysed."""
    seen = detail.capture.frames_seen
    return None if seen is None else seen - dict(detail.refused).get(FrameRefusal.NO_FACE.value, 0)


def result_rows(pair: SessionPair) -> tuple[FactRow, ...]:
    """Scale and estimate in kg; one row for each model that gave a number or a reason."""
    translate = QCoreApplication.translate
    entries = (pair.entry.pre, pair.entry.post)
    dry_g = pair.entry.dry_weight_g
    rows = [
        FactRow(translate("Session", "Weight"), *(kg(_net_g(e)) for e in entries)),
        FactRow(translate("Session", "Dry weight"), kg(dry_g), kg(dry_g)),
        FactRow(translate("Session", "Scale excess"), *(_scale(e) for e in entries)),
    ]
    details = (pair.pre, pair.post)
    for model in _models(details):
        name = translate("Session", "Estimate, {model}").format(model=model)
        rows.append(FactRow(name, *(_estimate(d, model) for d in details)))
    rows.append(FactRow(translate("Session", "Face as"), *(_likeness(e) for e in entries)))
    name = translate("Session", "Estimate minus scale")
    rows.append(FactRow(name, *(excess(shown_difference_kg(e)) for e in entries)))
    return tuple(rows)


def frame_rows(pair: SessionPair) -> tuple[FactRow, ...]:
    """Frames seen, with a face, used; then why the others were not."""
    translate = QCoreApplication.translate
    details = (pair.pre, pair.post)
    seen = [d.capture.frames_seen if d else None for d in details]
    found = [faces_found(d) if d else None for d in details]
    chosen = [d.capture.frames_chosen if d else None for d in details]
    rows = [
        FactRow(translate("Session", "Seen"), *(_count(n) for n in seen)),
        FactRow(translate("Session", "With a face"), *(_count(n) for n in found)),
        FactRow(translate("Session", "Used"), *(_count(n) for n in chosen)),
        FactRow(translate("Session", "Not used"), *(_count(_unused(d)) for d in details)),
    ]
    if any(d is not None and not d.capture.whole for d in details):
        whole = translate("Session", "Whole")
        told = [(recording_text(d.capture) or whole) if d else NOTHING for d in details]
        rows.append(FactRow(translate("Session", "Recording"), *told))
    counts = [dict(d.refused) if d else {} for d in details]
    for reason in FrameRefusal:
        if any(reason.value in one for one in counts):
            words = translate("Session", "– {reason}").format(
                reason=frame_refusal_text(reason.value)
            )
            rows.append(FactRow(words, *(_refused(d, reason) for d in details)))
    return tuple(rows)


def score_rows(pair: SessionPair, shown: Mapping[Phase, int]) -> tuple[FactRow, ...]:
    """Every score of the frames shown, the telling ones first."""
    details = [(pair.detail(phase), shown.get(phase, -1)) for phase in PHASES]
    return tuple(
        FactRow(name, *(_score(detail, index, SCORE_NAMES.index(key)) for detail, index in details))
        for key, name in score_words().items()
    )


def score_words() -> dict[str, str]:
    """Plain names of the scores. They run from 0, useless, to 100 where no unit is given."""
    translate = QCoreApplication.translate
    return {
        "Sharpness": translate("Session", "Sharpness"),
        "HeadPoseYaw_deg": translate("Session", "Turned to the side (°)"),
        "HeadPosePitch_deg": translate("Session", "Up or down (°)"),
        "HeadPoseRoll_deg": translate("Session", "Tilted (°)"),
        "IlluminationUniformity": translate("Session", "Even light"),
        "LuminanceMean": translate("Session", "Brightness"),
        "UnderExposurePrevention": translate("Session", "Not too dark"),
        "OverExposurePrevention": translate("Session", "Not too bright"),
        "DynamicRange": translate("Session", "Contrast"),
        "InterEyeDistance_px": translate("Session", "Between the eyes (px)"),
        "SingleFacePresent": translate("Session", "One face alone"),
        "FaceInFrame": translate("Session", "Whole face in the picture"),
        "DetectorConfidence": translate("Session", "Certainly a face"),
        "EyesOpen": translate("Session", "Eyes open"),
        "MouthClosed": translate("Session", "Mouth closed"),
        "ExpressionNeutrality": translate("Session", "Calm expression"),
    }


def _net_g(entry: PhaseEntry | None) -> int | None:
    return entry.net_g if entry else None


def _scale(entry: PhaseEntry | None) -> str:
    return excess(entry.scale_excess_kg if entry else None)


def interval_kinds(pair: SessionPair) -> tuple[IntervalKind, ...]:
    """What the widths beside the estimates in force rest on, each once."""
    estimates = [e.estimate for e in (pair.entry.pre, pair.entry.post) if e]
    kinds = [e.interval_kind for e in estimates if e is not None and e.excess_kg is not None]
    return tuple(dict.fromkeys(kinds))


def _likeness(entry: PhaseEntry | None) -> str:
    """The phase that the face is like, in little room."""
    estimate = entry.estimate if entry else None
    if estimate is None or estimate.p_edema is None:
        return NOTHING
    percent = likeness_percent(estimate.p_edema)
    if estimate.p_edema >= 0.5:
        return QCoreApplication.translate("Session", "before, {percent} %").format(percent=percent)
    return QCoreApplication.translate("Session", "after, {percent} %").format(percent=percent)


def _models(details: Sequence[CaptureDetail | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(e.model_id for d in details if d for e in d.estimates))


def _estimate(detail: CaptureDetail | None, model: str) -> str:
    """The newest answer of a model."""
    own = [e for e in detail.estimates if e.model_id == model] if detail else []
    newest: StoredEstimate | None = max(own, key=lambda e: e.made_at, default=None)
    if newest is None or newest.excess_kg is None:
        return NOTHING
    return f"{excess(newest.excess_kg)} {spread(newest.spread_kg or 0.0)}"


def _count(number: int | None) -> str:
    return NOTHING if number is None else str(number)


def _unused(detail: CaptureDetail | None) -> int | None:
    return sum(dict(detail.refused).values()) if detail else None


def _refused(detail: CaptureDetail | None, reason: FrameRefusal) -> str:
    return NOTHING if detail is None else str(dict(detail.refused).get(reason.value, 0))


def _score(detail: CaptureDetail | None, index: int, column: int) -> str:
    if detail is None or not 0 <= index < len(detail.frame_scores):
        return NOTHING
    value = float(detail.frame_scores[index, column])
    return NOTHING if value != value else f"{value:.0f}".replace("-", "−")
