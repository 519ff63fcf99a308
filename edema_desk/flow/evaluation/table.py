"""The report of an evaluation as a table for people."""

from collections.abc import Iterator, Mapping
from typing import Any

from edema_desk.flow.evaluation.report import NO_SKILL_NOTE

_COLUMNS = (
    ("accuracy", "right", 100.0, "{:.1f} %", "{:.0f}"),
    ("mae_kg", "MAE", 1.0, "{:.2f} kg", "{:.2f}"),
    ("skill_vs_class_mean", "skill", 1.0, "{:+.2f}", "{:.1f}"),
    ("within_class_r_pre", "r pre", 1.0, "{:.2f}", "{:.2f}"),
    ("within_class_r_post", "r post", 1.0, "{:.2f}", "{:.2f}"),
    ("coverage_90", "held", 100.0, "{:.0f} %", "{:.0f}"),
    ("interval_width_kg", "width", 1.0, "{:.2f} kg", "{:.2f}"),
)
"""Figure, heading, factor, and how it and the ends of its interval are written."""
_NAMES: Mapping[str, str] = {
    "cohort_mean": "other patients' mean",
    "patient_mean": "own mean, phase unknown",
    "patient_class_mean": "own mean of that phase",
    "called_class_mean": "own mean of called phase",
}
_GROUPS: Mapping[str, str] = {
    "transfer": "Ways of transfer",
    "objectives": "Objectives of pre-training",
    "null_tests": "Null tests, which should find nothing",
}
_FIRST, _OTHER = 25, 11


def report_table(report: Mapping[str, Any]) -> str:
    """The figures as lines of text, the model first, the baselines under it."""
    return "\n".join(_lines(report))


def picture_figures(report: Mapping[str, Any]) -> str:
    """The figures in one line, for a picture."""
    metrics = report["metrics"]
    parts = [
        str(report["model"]),
        f"{report['patients']} patients, {report['captures']} captures",
        f"{report['refused']} without an estimate",
    ]
    if metrics["mae_kg"] is not None:
        parts.append(f"{metrics['mae_kg']:.2f} kg off on average")
    if metrics["accuracy"] is not None:
        parts.append(f"present or absent right in {100 * metrics['accuracy']:.1f} %")
    return " · ".join(parts)


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    yield "".join([f"{'':{_FIRST}}", *(f"{head:>{_OTHER}}" for _, head, *_ in _COLUMNS)])
    yield _row(report["model"], report["metrics"])
    yield _interval_row(report["metrics"])
    if report["from_scratch"]["captures"]:
        yield _row("from scratch", report["from_scratch"])
    for name, values in report["baselines"].items():
        yield _row(_NAMES.get(name, name), values)
    if report["ceiling"]["captures"]:
        yield _row("knowing what was put in", report["ceiling"])
    for count, gain in report["first_sessions"].items():
        yield _session_line(int(count), gain)
    for days, values in report["learning_curve"].items():
        yield _row(f"{days} known day{'' if days == '1' else 's'}", values)
    for group, title in _GROUPS.items():
        if report.get(group):
            yield f"{title}:"
            yield from (_row(f"  {name}", values) for name, values in report[group].items())
    yield from _sentences(report)


def _row(name: str, values: Mapping[str, Any]) -> str:
    cells = []
    for key, _, factor, shape, _ in _COLUMNS:
        value = values.get(key)
        cells.append(f"{'-' if value is None else shape.format(factor * value):>{_OTHER}}")
    return f"{name[: _FIRST - 1]:{_FIRST}}" + "".join(cells)


def _session_line(count: int, gain: Mapping[str, Any]) -> str:
    return (
        f"session {count} of a new patient: {gain['mae_before_kg']:.2f} to "
        f"{gain['mae_after_kg']:.2f} kg off, gain {gain['gain_kg']:+.2f} "
        f"({gain['low_kg']:+.2f} to {gain['high_kg']:+.2f}), "
        f"{100 * gain['harmed']:.0f} % of {gain['patients']} patients harmed"
    )


def _interval_row(values: Mapping[str, Any]) -> str:
    cells = []
    for key, _, factor, _, shape in _COLUMNS:
        ends = values["intervals_95"].get(key, [None, None])
        known = all(end is not None for end in ends)
        text = "..".join(shape.format(factor * end) for end in ends) if known else "-"
        cells.append(f"{text:>{_OTHER}}")
    return f"{'  95 % interval':{_FIRST}}" + "".join(cells)


def _sentences(report: Mapping[str, Any]) -> Iterator[str]:
    metrics, limits = report["metrics"], report["limits_of_agreement"]
    why = ", ".join(f"{reason} {count}" for reason, count in report["refusals"].items())
    yield (
        f"{report['patients']} patients, {report['captures']} captures, "
        f"{report['refused']} without an estimate{f' ({why})' if why else ''}"
    )
    if metrics["accuracy_clear_loss"] is not None:
        yield f"Right where 1 kg or more was lost: {100 * metrics['accuracy_clear_loss']:.1f} %"
    if metrics["change_concordance"] is not None:
        yield (
            f"Loss of a session: {metrics['change_mae_kg']:.2f} kg off, "
            f"concordance {metrics['change_concordance']:.2f}"
        )
    if limits["bias_kg"] is not None:
        yield (
            f"Estimate less scale: {limits['bias_kg']:+.2f} kg, 95 % of them within "
            f"{limits['low_kg']:+.2f} and {limits['high_kg']:+.2f} kg"
        )
    yield from _gain_sentences(report["gain_over_scratch"])
    skill = metrics["skill_vs_class_mean"]
    if skill is not None and skill <= 0:
        yield NO_SKILL_NOTE
    if report["note"]:
        yield report["note"]


def _gain_sentences(gain: Mapping[str, Any] | None) -> Iterator[str]:
    if gain is None or None in (gain["accuracy"], gain["mae_kg"]):
        return
    yield f"Against from scratch, on {gain['captures']} captures: {_gain_text(gain)}"
    for name, other in gain["transfer"].items():
        if None not in (other["accuracy"], other["mae_kg"]):
            yield f"  carried over by {name}: {_gain_text(other)}"


def _gain_text(gain: Mapping[str, Any]) -> str:
    parts = (("accuracy", 100.0, "{:+.1f}", "points"), ("mae_kg", 1.0, "{:+.3f}", "kg"))
    texts = []
    for name, factor, shape, unit in parts:
        text = f"{shape.format(factor * gain[name])} {unit}"
        low, high = gain["intervals_95"][name]
        if None not in (low, high):
            text += f" ({shape.format(factor * low)} to {shape.format(factor * high)})"
        texts.append(text)
    return ", ".join(texts)
