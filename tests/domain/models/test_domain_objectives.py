"""Mixtures of objectives as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.models.objectives import Objective, Share, parse_mixture, render_mixture

shares = st.builds(
    Share, st.sampled_from(Objective), st.integers(1, 400).map(lambda hundredths: hundredths / 100)
)


@given(st.lists(shares, min_size=1, max_size=4, unique_by=lambda share: share.objective))
def test_what_is_written_is_read(mixture: list[Share]) -> None:
    assert parse_mixture(render_mixture(mixture)) == tuple(mixture)


def test_a_weight_is_one_unless_said() -> None:
    assert parse_mixture("change + contrast:0.5") == (
        Share(Objective.CHANGE, 1.0),
        Share(Objective.CONTRAST, 0.5),
    )


@pytest.mark.parametrize(
    "text",
    ["", "+", "weight", "change:", "change:0", "change:-1", "change:nan", "change+change", "a:b:c"],
)
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  the kind is the promise
        parse_mixture(text)
