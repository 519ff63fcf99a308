"""Arguments for any function of the store, made up from what it says it takes."""

import dataclasses
import inspect
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import Role
from edema_desk.domain.terms.records import Phase, new_id

DAY = date(2026, 3, 2)
AT = Moment(1_772_409_600_000, 540)
BY_TYPE: Mapping[object, object] = {
    int: 52_000,
    float: 4.0,
    bool: True,
    bytes: b"\xff\xd8 made up",
    date: DAY,
    Moment: AT,
    Phase: Phase.PRE,
    Role: Role.NURSE,
    ActKind: ActKind.PRINT,
    types.NoneType: None,
}


def arguments(function: Callable[..., object], known: Mapping[str, object]) -> dict[str, Any]:
    """By name, for all parameters after the first. What is `known` by the name of a parameter,
    or of a field within one, is taken; the rest is made up."""
    kinds = typing.get_type_hints(function)
    wanted = list(inspect.signature(function).parameters.values())[1:]
    return {
        one.name: made_up(kinds[one.name], one.name, known)
        for one in wanted
        if one.kind is not inspect.Parameter.VAR_KEYWORD
        and (one.default is one.empty or one.name in known)
    }


def made_up(kind: Any, name: str, known: Mapping[str, object]) -> Any:
    """A value of a kind of annotation."""
    if name == "act_id":
        return new_id()
    if name in known:
        return known[name]
    if kind is str:
        return f"made-up-{name}"
    if kind in BY_TYPE:
        return BY_TYPE[kind]
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return made_up(inner[0], name, known)
    if origin in (Sequence, Iterable, tuple, frozenset):
        return (made_up(inner[0], name.removesuffix("s"), known),)
    if origin in (Mapping, dict):
        return {}
    return _made_up_object(kind, name, known)


def _made_up_object(kind: Any, name: str, known: Mapping[str, object]) -> Any:
    if typing.get_origin(kind) is np.ndarray:
        return np.zeros(3, np.float32)
    if kind is Ed25519PrivateKey:
        return Ed25519PrivateKey.generate()
    if inspect.isclass(kind) and issubclass(kind, Enum):
        return next(iter(kind))
    if not dataclasses.is_dataclass(kind):
        raise TypeError(f"nothing made up for {name}: {kind}")
    kinds = typing.get_type_hints(kind)
    made = {
        f.name: made_up(kinds[f.name], f.name, known)
        for f in dataclasses.fields(kind)
        if f.init and _needed(f, known)
    }
    return typing.cast(Any, kind)(**made)


def _needed(field: "dataclasses.Field[Any]", known: Mapping[str, object]) -> bool:
    without = field.default is dataclasses.MISSING
    return field.name in known or (without and field.default_factory is dataclasses.MISSING)
