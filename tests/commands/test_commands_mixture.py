"""Objectives on the command line."""

import click
import pytest
from click.testing import CliRunner

from edema_desk.commands.mixture import objective_option
from edema_desk.domain.models.objectives import Mixture, render_mixture


@click.command()
@objective_option
def said(objectives: Mixture) -> None:
    click.echo(render_mixture(objectives))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((), "change"),
        (("--objective", "regression"), "regression"),
        (("--objective", "contrast:2+change"), "contrast:2+change"),
    ],
)
def test_mixtures_are_read(given: tuple[str, ...], expected: str) -> None:
    assert CliRunner().invoke(said, given).output.strip() == expected


def test_another_word_is_answered_with_those_there_are() -> None:
    answer = CliRunner().invoke(said, ["--objective", "weight"])
    assert answer.exit_code == 2
    assert "change, contrast, regression, parts" in " ".join(answer.output.split())
