"""Judgements in the words of the person at the screen."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from edema_desk.domain.course.views import SessionPair
from edema_desk.domain.terms.judgement import Confidence, Judgement, NewJudgement, newest_of
from edema_desk.domain.terms.records import Phase
from edema_desk.plots.wording import moment_text
from edema_desk.ui.parts.phrases import excess, phase_text
from edema_desk.ui.pieces.audit_words import who_text
from edema_desk.ui.pieces.session_facts import NOTHING, PHASES, FactRow


def edema_text(edema: bool | None) -> str:
    """What somebody sees."""
    translate = QCoreApplication.translate
    if edema is None:
        return translate("Judgement", "Cannot tell")
    return translate("Judgement", "Edema") if edema else translate("Judgement", "No edema")


def confidence_text(confidence: Confidence) -> str:
    """How sure."""
    return {
        Confidence.LOW: QCoreApplication.translate("Judgement", "Unsure"),
        Confidence.MEDIUM: QCoreApplication.translate("Judgement", "Fairly sure"),
        Confidence.HIGH: QCoreApplication.translate("Judgement", "Sure"),
    }[confidence]


def veiled_text() -> str:
    """Why there is no estimate where there is one."""
    return QCoreApplication.translate("Judgement", "Hidden until you judge this session.")


def said_text(said: NewJudgement) -> str:
    """Edema or none, with the guess in kg where there is one."""
    if said.skipped:
        return QCoreApplication.translate("Judgement", "Not judged")
    words = edema_text(said.edema)
    return words if said.excess_kg is None else f"{words} {excess(said.excess_kg)}"


def judgement_rows(pair: SessionPair) -> tuple[FactRow, ...]:
    """Scale, estimate, and what everybody judged last, beside each other."""
    translate = QCoreApplication.translate
    entries = [pair.entry.pre, pair.entry.post]
    scales = [e.scale_excess_kg if e else None for e in entries]
    estimates = [e.estimate.excess_kg if e and e.estimate else None for e in entries]
    rows = [
        FactRow(translate("Judgement", "Scale excess"), *map(excess, scales)),
        FactRow(translate("Judgement", "Estimate"), *map(excess, estimates)),
    ]
    for actor in dict.fromkeys(j.actor for j in pair.judgements):
        said = [_last(pair, phase, actor) for phase in PHASES]
        rows.append(FactRow(who_text(actor, pair.names), *said))
    return tuple(rows)


def judgement_lines(pair: SessionPair) -> tuple[tuple[str, str], ...]:
    """Each act of judging: who and when; and whether blind, how sure, or why skipped. The newest
    first."""
    acts: dict[tuple[str, int], list[Judgement]] = {}
    for one in pair.judgements:
        acts.setdefault((one.actor, one.judged_at.utc_ms), []).append(one)
    newest_first = sorted(acts.values(), key=lambda own: own[0].judged_at, reverse=True)
    return tuple((_head(own[0], pair.names), _more(pair, own)) for own in newest_first)


def _last(pair: SessionPair, phase: Phase, actor: str) -> str:
    detail = pair.detail(phase)
    found = newest_of(pair.judgements, detail.capture.capture_id, actor) if detail else None
    return said_text(found.said) if found is not None else NOTHING


def _head(one: Judgement, names: Mapping[str, str]) -> str:
    return f"{who_text(one.actor, names)} · {moment_text(one.judged_at)}"


def _more(pair: SessionPair, own: Sequence[Judgement]) -> str:
    translate = QCoreApplication.translate
    first = own[0]
    if first.said.skipped:
        said = translate("Judgement", "looked at the estimate without judging: {reason}")
        return said.format(reason=first.said.skipped)
    blind = (
        translate("Judgement", "before the estimate was shown")
        if all(one.blind for one in own)
        else translate("Judgement", "with the estimate known")
    )
    sure = (_sure(pair, phase, own) for phase in PHASES)
    return " · ".join(part for part in (blind, *sure) if part)


def _sure(pair: SessionPair, phase: Phase, own: Sequence[Judgement]) -> str:
    detail = pair.detail(phase)
    found = newest_of(own, detail.capture.capture_id) if detail is not None else None
    if found is None or found.said.confidence is None:
        return ""
    said = QCoreApplication.translate("Judgement", "{phase}: {sure}")
    return said.format(phase=phase_text(phase), sure=confidence_text(found.said.confidence))
