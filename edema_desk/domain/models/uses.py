"""Since when which model was in use."""

from dataclasses import dataclass

from edema_desk.domain.terms.moment import Moment


@dataclass(frozen=True, slots=True)
class ModelUse:
    """A model in use since `since`. `shipped`: the base model the program brings along, which
    a newer program may bring in another version."""

    model_id: str
    shipped: bool
    since: Moment
    actor: str
