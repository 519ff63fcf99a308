"""How the residuals are found: what they hold is tested where estimates are made."""

from edema_desk.store.base.database import Store
from edema_desk.store.captures.residuals import MOST_RESIDUALS, NEWEST_RESIDUALS


def test_from_the_newest_backwards_past_all_of_another_transfer(store: Store) -> None:
    """Not by sorting all there are, nor by looking at those that cannot count."""
    with store.reading() as db:
        asked = ["model", "parts", "none", "patient", "patient", MOST_RESIDUALS]
        plan = [str(r[3]) for r in db.execute(f"explain query plan {NEWEST_RESIDUALS}", asked)]
    assert plan[0] == "SEARCH e USING INDEX estimate_transfer (model_id=? AND transfer=?)"
    assert not [step for step in plan if "TEMP B-TREE" in step or step.startswith("SCAN")]
