"""`capture`: a live capture without a window."""

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import click

from edema_desk import words
from edema_desk.commands.analyse import refusal_text
from edema_desk.commands.shell import clock, entered_at, profile_option, told_plainly
from edema_desk.domain.capture.camera_address import parse_camera
from edema_desk.domain.capture.guidance import LONGEST_MS
from edema_desk.domain.capture.view import CaptureView, Stage
from edema_desk.domain.terms.records import Phase
from edema_desk.domain.terms.weights import parse_weight_g
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.headless_capture import CaptureOutcome, CaptureWish, capture_headless


@click.command()
@click.option(
    "--camera",
    required=True,
    metavar="file:CLIP|URL|INDEX",
    help="A number or device of this PC, an address of a network camera, or, for made-up "
    "patients, a clip or synthetic:SEED.",
)
@click.option("--patient", "chart_number", required=True, metavar="CHART", help="Chart number.")
@click.option("--phase", type=click.Choice([p.value for p in Phase]), required=True)
@click.option("--weight", metavar="KG", help="Scale weight, for pre and post.")
@click.option("--reason", default="", help="Why a doubtful weight, or one instead of another.")
@click.option("--event", default="", help="What went before a spot capture.")
@click.option("--new-session", is_flag=True, help="Open one where it is doubtful which it is.")
@click.option(
    "--seconds",
    type=click.FloatRange(1, 600),
    default=LONGEST_MS / 1000,
    show_default=True,
    help="The recording ends by itself after so long.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@profile_option
def capture(
    camera: str,
    chart_number: str,
    phase: str,
    weight: str | None,
    reason: str,
    event: str,
    new_session: bool,
    seconds: float,
    as_json: bool,
    profile_dir: Path | None,
) -> None:
    """Record a patient's face, estimate, and keep both.

    It starts by itself when the face holds still in front of the camera, and ends with enough
    frames or after three minutes; Ctrl+C ends it earlier and estimates from what there is.
    """
    if weight is not None and phase == Phase.SPOT.value:
        raise click.UsageError("A spot capture has no weight.")
    if event and phase != Phase.SPOT.value:
        raise click.UsageError("Only a spot capture has an event.")
    with told_plainly():
        wish = CaptureWish(
            chart_number=chart_number,
            phase=Phase(phase),
            camera=parse_camera(camera),
            weight_g=parse_weight_g(weight) if weight is not None else None,
            reason=reason,
            new_session=new_session,
            event=event,
            longest_ms=seconds * 1000,
        )
        into = entered_at(profile_dir)
        with _stopped_by_interrupt() as stop:
            outcome = capture_headless(into, wish, _Teller(), stop)
        if outcome is None:
            click.echo("Nothing was recorded: no face held still before the camera.", err=True)
            raise SystemExit(1)
        click.echo(json.dumps(outcome_json(outcome), indent=1) if as_json else _text(outcome))


class _Teller:
    """Says each new instruction and trouble once, on the error output."""

    def __init__(self) -> None:
        self._said = ""

    def __call__(self, view: CaptureView) -> None:
        if view.trouble is not None:
            text = words.TROUBLES[view.trouble.value].filled({})
        elif view.stage in (Stage.COUNTING, Stage.LOST) and view.instruction is None:
            text = ""
        elif view.instruction is not None:
            text = words.INSTRUCTIONS[view.instruction.value]
        else:
            text = ""
        if text and text != self._said:
            at = f"{clock(view.recorded_ms / 1000)}  {view.accepted} of {view.wanted} frames  "
            click.echo(at + text, err=True)
            self._said = text


@contextmanager
def _stopped_by_interrupt() -> Iterator[Cancel]:
    """The first Ctrl+C asks for the end, the second one is a Ctrl+C."""
    stop = Cancel()

    def ask(number: int, frame: FrameType | None) -> None:
        del number, frame
        if stop.asked:
            raise KeyboardInterrupt
        stop.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def outcome_json(outcome: CaptureOutcome) -> dict[str, Any]:
    """What was kept, under the names of the command's JSON."""
    kept, estimate = outcome.capture, outcome.estimate
    refusal = estimate.refusal if estimate else None
    return {
        "capture_id": kept.capture_id,
        "session_id": kept.session_id,
        "phase": kept.phase.value,
        "whole": kept.whole,
        "duration_s": (kept.duration_ms or 0) / 1000,
        "frames_seen": kept.frames_seen,
        "frames_chosen": kept.frames_chosen,
        "excess_kg": _rounded(estimate.excess_kg if estimate else None),
        "spread_kg": _rounded(estimate.spread_kg if estimate else None),
        "p_edema": _rounded(estimate.p_edema if estimate else None),
        "refusal": refusal.value if refusal else None,
        "model": estimate.model_id if estimate else None,
        "note": words.RESEARCH_NOTE,
    }


def _text(outcome: CaptureOutcome) -> str:
    kept, estimate = outcome.capture, outcome.estimate
    lines = [
        f"Recorded {(kept.duration_ms or 0) / 1000:.0f} s, {kept.frames_chosen or 0} frames chosen "
        f"of {kept.frames_seen or 0}." + ("" if kept.whole else " It was cut short.")
    ]
    if estimate is None:
        lines.append("There is no estimate.")
    elif estimate.refusal is not None or estimate.excess_kg is None:
        lines.append(refusal_text(estimate.refusal) if estimate.refusal else "No estimate.")
    else:
        lines.append(
            f"Estimated excess fluid: {estimate.excess_kg:+.2f} kg ±{estimate.spread_kg:.2f} kg "
            f"(model {estimate.model_id})"
        )
    return "\n".join([*lines, words.RESEARCH_NOTE + "."])


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
