"""Every state and doubt of the inbox has its words, and settings say which plan is meant."""

from pathlib import Path

from edema_desk import words
from edema_desk.domain.inbox.filing import AfterTakingIn, InboxDoubt, InboxPlan, InboxState, plan_of


def test_every_state_and_doubt_has_words() -> None:
    assert set(words.INBOX_STATES) == {state.value for state in InboxState}
    assert set(words.INBOX_DOUBTS) == {doubt.value for doubt in InboxDoubt}
    for said in words.INBOX_DOUBTS.values():
        assert said.text.endswith(".")
        assert said.hint.endswith(".")
    assert len(set(words.INBOX_STATES.values())) == len(InboxState)


def test_settings_of_any_kind_make_a_plan() -> None:
    assert plan_of("", "keep") == InboxPlan(None, AfterTakingIn.KEEP)
    assert plan_of("/clips", "move") == InboxPlan(Path("/clips"), AfterTakingIn.MOVE)
    assert plan_of("/clips", "burn") == InboxPlan(Path("/clips"), AfterTakingIn.KEEP)
