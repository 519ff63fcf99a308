"""The option that says what to train a network for."""

from collections.abc import Callable
from typing import TypeVar

import click

from edema_desk.domain.models.objectives import (
    DEFAULT_MIXTURE,
    Mixture,
    Objective,
    parse_mixture,
    render_mixture,
)

F = TypeVar("F", bound=Callable[..., object])


def objective_option(command: F) -> F:
    """`--objective MIXTURE`, handed on as `objectives`."""
    option = click.option(
        "--objective",
        "objectives",
        metavar="OBJECTIVE",
        default=render_mixture(DEFAULT_MIXTURE),
        show_default=True,
        callback=_mixture,
        help="change, contrast, regression or parts; several with a plus, a weight after a colon.",
    )
    return option(command)


def _mixture(context: click.Context, option: click.Parameter, value: str) -> Mixture:
    try:
        return parse_mixture(value)
    except ValueError:
        known = ", ".join(objective.value for objective in Objective)
        raise click.BadParameter(
            f"{value!r} is no mixture of {known}, such as change+contrast:0.5.", context, option
        ) from None
