"""A bar of long work: how much is done, and a name that is read out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from edema_desk.ui.parts.share_bar import ShareBar


@pytest.fixture
def bar(qtbot: QtBot) -> ShareBar:
    made = ShareBar()
    qtbot.addWidget(made)
    return made


def test_it_stands_where_the_work_is(bar: ShareBar) -> None:
    assert (bar.value(), bar.maximum()) == (0, 1000)
    bar.tell(3, 4)
    assert bar.value() == 750
    bar.tell(1, 0)
    assert bar.value() == 0


def test_nobody_knows_and_then_somebody_does(bar: ShareBar) -> None:
    bar.set_share(None)
    assert bar.maximum() == 0
    bar.set_share(0.5)
    assert (bar.value(), bar.maximum()) == (500, 1000)


def test_it_has_a_name_and_shows_no_figure(bar: ShareBar) -> None:
    assert bar.accessibleName() == "Progress"
    assert not bar.isTextVisible()


@given(st.floats(-10, 10), st.floats(0, 10))
def test_it_never_leaves_its_ends(qapp: object, done: float, total: float) -> None:
    del qapp
    bar = ShareBar()
    bar.tell(done, total)
    assert 0 <= bar.value() <= 1000
    bar.deleteLater()
