"""What a clinician sees in a face, before or after knowing what the scale and the model say."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ErrorCode, ExpectedError

LEAST_KG, MOST_KG = -5.0, 20.0


class Confidence(StrEnum):
    """How sure somebody is of a judgement."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class NewJudgement:
    """What is said of one capture. `edema` None is "cannot tell"; `skipped` is why nothing was
    judged, and then nothing else is said. `excess_kg` is a guess of the excess fluid, if any."""

    capture_id: str
    edema: bool | None = None
    confidence: Confidence | None = None
    excess_kg: float | None = None
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judgement on record. `blind`: whoever judged had not been shown what was estimated."""

    judgement_id: str
    said: NewJudgement
    blind: bool
    judged_at: Moment
    actor: str

    @property
    def capture_id(self) -> str:
        """Of which capture."""
        return self.said.capture_id


def check_judgement(new: NewJudgement) -> None:
    """Raise ExpectedError JUDGEMENT_INCOMPLETE for one that says edema or none without how sure,
    or a skipped one that says something, and JUDGEMENT_KG for a guess outside -5 to 20 kg."""
    said = new.edema is not None
    empty = not said and new.confidence is None and new.excess_kg is None
    if said != (new.confidence is not None) or (new.skipped and not empty):
        raise ExpectedError(ErrorCode.JUDGEMENT_INCOMPLETE)
    if new.excess_kg is not None and not LEAST_KG <= new.excess_kg <= MOST_KG:
        raise ExpectedError(ErrorCode.JUDGEMENT_KG, entered=f"{new.excess_kg:g}")


def newest_of(
    judgements: Sequence[Judgement], capture_id: str, actor: str | None = None
) -> Judgement | None:
    """The last judgement of a capture, by somebody or by anybody."""
    own = [j for j in judgements if j.capture_id == capture_id and actor in (None, j.actor)]
    return max(own, key=lambda j: j.judged_at, default=None)
