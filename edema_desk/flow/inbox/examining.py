"""How the inbox stands, for `doctor`."""

from edema_desk.domain.inbox.filing import FOR_A_PERSON, UNDER_WAY, InboxPlan, InboxState, plan_of
from edema_desk.flow.inbox.noting import require_outside
from edema_desk.flow.inbox.scanning import scan
from edema_desk.paths import Profile
from edema_desk.settings import load_settings
from edema_desk.store.base.database import Store
from edema_desk.store.captures.inbox import count_by_state


def inbox_told(store: Store, profile: Profile) -> str:
    """Folder and counts in one line. Raises ExpectedError where the folder cannot be used."""
    counts = count_by_state(store)
    plan = _plan(profile)
    if plan.folder is None and not counts:
        return "no folder is watched"
    if plan.folder is not None:
        require_outside(profile, plan.folder)
        scan(plan.folder)
    waiting = sum(counts.get(state, 0) for state in FOR_A_PERSON)
    under_way = sum(counts.get(state, 0) for state in UNDER_WAY)
    refused = counts.get(InboxState.REFUSED, 0)
    folder = "no folder is watched" if plan.folder is None else f"{plan.folder} can be reached"
    return f"{folder}; {waiting} files wait for a person, {under_way} under way, {refused} refused"


def _plan(profile: Profile) -> InboxPlan:
    try:
        settings = load_settings(profile.settings)
    except OSError:
        return InboxPlan()
    return plan_of(settings.inbox, settings.inbox_after)
