"""`analyse` and `compare`: clips without a database."""

import json
from pathlib import Path
from typing import Any

import click
import numpy as np

from edema_desk import words
from edema_desk.commands.shell import profile_option, progress_line, told_plainly
from edema_desk.domain.capture.clips import ClipAnalysis
from edema_desk.domain.terms.estimate import FEWEST_FRAMES, Estimated, Refusal
from edema_desk.domain.terms.quality import SCORE_NAMES
from edema_desk.domain.terms.weights import parse_weight_g
from edema_desk.flow.base.plain import Comparison, analyse_plain, compare_plain, write_frames


@click.command()
@click.argument("clip", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--frames",
    "frames_dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the chosen crops and a contact sheet to this new or empty folder.",
)
@profile_option
def analyse(clip: Path, as_json: bool, frames_dir: Path | None, profile_dir: Path | None) -> None:
    """Look at one CLIP: faces found, frames chosen, scores, and what was refused and why."""
    del profile_dir  # accepted by every command; this one keeps nothing
    with told_plainly():
        with progress_line() as line:
            analysis = analyse_plain(clip, line)
        if frames_dir is not None and analysis.crops:
            write_frames(frames_dir, analysis)
        if as_json:
            click.echo(json.dumps(analysis_json(analysis), indent=1))
        else:
            click.echo(analysis_text(clip.name, analysis))
            if frames_dir is not None and analysis.crops:
                click.echo(f"The chosen frames are in {frames_dir}.")
        _stop_where_refused(analysis.refusal)


@click.command()
@click.argument("pre", type=click.Path(path_type=Path))
@click.argument("post", type=click.Path(path_type=Path))
@click.option("--pre-weight", metavar="KG", help="Scale weight before dialysis.")
@click.option("--post-weight", metavar="KG", help="Scale weight after dialysis.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@profile_option
def compare(
    pre: Path,
    post: Path,
    pre_weight: str | None,
    post_weight: str | None,
    as_json: bool,
    profile_dir: Path | None,
) -> None:
    """Estimate how much fluid one person lost between the clips PRE and POST."""
    del profile_dir
    if (pre_weight is None) != (post_weight is None):
        raise click.UsageError("Give both weights or none.")
    with told_plainly():
        lost_g = None
        if pre_weight is not None and post_weight is not None:
            lost_g = parse_weight_g(pre_weight) - parse_weight_g(post_weight)
        with progress_line() as line:
            compared = compare_plain(pre, post, line)
        if as_json:
            click.echo(json.dumps(_comparison_json(compared, lost_g), indent=1))
        else:
            click.echo(_comparison_text(pre.name, post.name, compared, lost_g))
        _stop_where_refused(compared.pre.refusal or compared.post.refusal)


def _stop_where_refused(refusal: Refusal | None) -> None:
    if refusal is not None:
        click.echo(refusal_text(refusal), err=True)
        raise SystemExit(1)


def refusal_text(refusal: Refusal) -> str:
    """Why there is no number, and what to do."""
    return words.CAPTURE_REFUSALS[refusal.value].filled({"limit": FEWEST_FRAMES})


def analysis_json(analysis: ClipAnalysis) -> dict[str, Any]:
    """The figures of a clip under the names of the command's JSON."""
    return {
        "frames_seen": analysis.frames_seen,
        "faces_found": analysis.faces_found,
        "frames_chosen": analysis.frames_chosen,
        "refused": dict(analysis.refused),
        "scores": mean_scores(analysis),
        "seconds": round(analysis.seconds, 3),
        "duration_s": round(analysis.facts.duration_ms / 1000, 3),
        "width": analysis.facts.width,
        "height": analysis.facts.height,
        "codec": analysis.facts.codec,
        "model": analysis.model_id,
        "refusal": analysis.refusal.value if analysis.refusal else None,
    }


def mean_scores(analysis: ClipAnalysis) -> dict[str, float]:
    """Each score's mean over the chosen frames; empty where none was chosen."""
    if analysis.frames_chosen == 0:
        return {}
    means = np.nanmean(analysis.frame_scores, axis=0)
    return {name: round(float(v), 2) for name, v in zip(SCORE_NAMES, means, strict=True)}


def analysis_text(name: str, analysis: ClipAnalysis) -> str:
    """The figures of a clip for a person."""
    facts = analysis.facts
    lines = [
        f"{name}: {facts.duration_ms / 1000:.1f} s, {facts.width}x{facts.height}, {facts.codec}",
        f"  frames seen {analysis.frames_seen}, with a face {analysis.faces_found}, "
        f"chosen {analysis.frames_chosen}, in {analysis.seconds:.1f} s",
    ]
    if analysis.refused:
        said = ", ".join(f"{words.FRAME_REFUSALS[k]} {n}" for k, n in analysis.refused.items())
        lines.append(f"  not used: {said}")
    if analysis.frames_chosen:
        scores = ", ".join(f"{k} {v:g}" for k, v in mean_scores(analysis).items())
        lines.append(f"  scores (mean): {scores}")
    return "\n".join(lines)


def _comparison_json(compared: Comparison, lost_g: int | None) -> dict[str, Any]:
    change = compared.change
    return {
        "pre": analysis_json(compared.pre),
        "post": analysis_json(compared.post),
        "change_kg": round(change.excess_kg, 3) if change else None,
        "spread_kg": round(change.spread_kg, 3) if change else None,
        "scale_change_kg": lost_g / 1000 if lost_g is not None else None,
        "model": compared.pre.model_id,
        "note": f"{words.RESEARCH_NOTE}. {words.SPREAD_NOTE}",
    }


def _comparison_text(
    pre_name: str, post_name: str, compared: Comparison, lost_g: int | None
) -> str:
    lines = [analysis_text(pre_name, compared.pre), analysis_text(post_name, compared.post)]
    if compared.change is not None:
        lines.append(_change_text(compared.change, lost_g))
        lines.append(f"{words.RESEARCH_NOTE}. {words.SPREAD_NOTE}")
    return "\n".join(lines)


def _change_text(change: Estimated, lost_g: int | None) -> str:
    text = f"Estimated loss of fluid: {change.excess_kg:+.2f} kg, spread ±{change.spread_kg:.2f} kg"
    if lost_g is not None:
        text += f"; by the scale {lost_g / 1000:+.2f} kg"
    return text
