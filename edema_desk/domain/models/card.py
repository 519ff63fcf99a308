"""The card of a model package: what the network expects, where it comes from, what it reached.

Read without torch, so that a window or a command can show it. Loading obeys it.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Never

import numpy as np

from edema_desk.domain.statistics.transfer_prior import TransferPrior, prior_from
from edema_desk.domain.terms.geometry import CANONICAL_POINTS, CROP_PX
from edema_desk.domain.terms.mesh import ALIGNMENT
from edema_desk.errors import ErrorCode, ExpectedError

CARD_FORMAT = 1
CARD_FILE = "card.json"
WEIGHTS_FILE = "weights.safetensors"
LARGEST_CARD_BYTES = 1_000_000
MOST = 10**9
"""Above any count a card may hold."""
FIRST_ALIGNMENT = "5 points"
"""How crops were laid when cards did not yet say so."""
MOST_SELF_CHECKS = 100
_NAME = re.compile(r"\w[\w+-]*(?:[ .][\w+-]+)*")
"""Becomes part of a folder's name on every system: no separators, no dots at the ends."""
LONGEST_NAME = 64

SIZE_PX = 128
"""Side of the input of networks trained from now on."""

Channels = tuple[float, float, float]
Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the canonical crop; right and bottom are outside."""


@dataclass(frozen=True, slots=True)
class InputPlan:
    """How the network's input is made of a canonical crop: cut, resized, (x - mean) / std of
    values 0 to 1. `alignment_points` are where the five points of an average face lie in the
    crop, and `alignment` says what lays it: a model sees only crops cut as those it learned
    from."""

    size_px: int = SIZE_PX
    box: Box = (48, 62, 208, 222)
    mean: Channels = (0.5, 0.5, 0.5)
    std: Channels = (0.25, 0.25, 0.25)
    crop_px: int = CROP_PX
    alignment_points: tuple[tuple[float, float], ...] = tuple(
        (float(x), float(y)) for x, y in CANONICAL_POINTS
    )
    alignment: str = ALIGNMENT


@dataclass(frozen=True, slots=True)
class TrainedOn:
    """What a model has learned from. `made_up`: swelling drawn by a program, not patients."""

    study_sha256: str
    patients: int
    captures: int
    frames: int
    made_up: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Reached on people left out of training; `people` and `captures` say how many.

    `spread90_kg` is the half width that held 90 % of the residuals of an estimate from
    references, `change_spread90_kg` that of pre against post without references.
    `measured_on` says on what, in words. `transfer` is how the model is carried over to a
    patient, fitted to the same people; cards from before it have references averaged.
    """

    spread90_kg: float
    change_spread90_kg: float
    mae_kg: float
    accuracy: float
    people: int
    captures: int
    measured_on: str
    transfer: TransferPrior | None = None


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """What the model says of the program's own reference faces, g in kg each, and the hash of
    those faces: whoever loads the model finds out whether it says the same there."""

    crops_sha256: str
    g_kg: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model was trained: by which objectives, written as `objectives.render_mixture` does,
    and with how many steps made, also where the clock ended it."""

    objectives: str
    steps: int
    seed: int
    learning_rate: float


@dataclass(frozen=True, slots=True)
class ModelCard:
    """Everything a package says of itself. `parent` is the model it was tuned from.

    A card without `self_check` is of a package made before there was one: it can be read and
    evaluated, but not installed.
    """

    name: str
    encoder: str
    input: InputPlan
    weights_sha256: str
    parent: str | None
    trained_on: TrainedOn
    figures: Figures
    licence: str
    attributions: tuple[str, ...]
    made_at: str
    program_version: str
    commands: tuple[str, ...]
    format_version: int = CARD_FORMAT
    self_check: SelfCheck | None = None
    recipe: Recipe | None = None

    @property
    def model_id(self) -> str:
        """Name and the start of the weights' hash: what estimates keep."""
        return f"{self.name}-{self.weights_sha256[:12]}"


def is_model_name(text: str) -> bool:
    """Whether a model may be called so."""
    return len(text) <= LONGEST_NAME and _NAME.fullmatch(text) is not None


def read_card(folder: Path) -> ModelCard:
    """The card in a package's folder. Raises MODEL_MISSING, MODEL_NEWER, MODEL_CARD_INVALID."""
    try:
        with (folder / CARD_FILE).open("rb") as file:
            text = file.read(LARGEST_CARD_BYTES + 1)
    except OSError as error:
        raise ExpectedError(ErrorCode.MODEL_MISSING, name=folder.name) from error
    return parse_card(text, folder.name)


def render_card(card: ModelCard) -> str:
    """The text of `card.json`."""
    return json.dumps(asdict(card), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def parse_card(text: bytes, name: str) -> ModelCard:
    """Check every field. `name` (the folder's) is only for the sentence of the error.

    Raises ExpectedError: MODEL_NEWER for an unknown format, else MODEL_CARD_INVALID.
    """
    if len(text) > LARGEST_CARD_BYTES:
        _refuse(name, "larger than a card may be")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        _refuse(name, "not JSON")
    fields = _Fields(document, name)
    version = fields.count("format_version", least=1)
    if version > CARD_FORMAT:
        raise ExpectedError(ErrorCode.MODEL_NEWER, name=name)
    return ModelCard(
        name=fields.name("name"),
        encoder=fields.text("encoder"),
        input=_parse_input(fields.part("input")),
        weights_sha256=fields.sha256("weights_sha256"),
        parent=fields.text_or_none("parent"),
        trained_on=_parse_trained_on(fields.part("trained_on")),
        figures=_parse_figures(fields.part("figures")),
        licence=fields.text("licence"),
        attributions=fields.texts("attributions"),
        made_at=fields.text("made_at"),
        program_version=fields.text("program_version"),
        commands=fields.texts("commands"),
        self_check=_parse_self_check(fields.part_or_none("self_check")),
        recipe=_parse_recipe(fields.part_or_none("recipe")),
    )


def _parse_self_check(fields: "_Fields | None") -> SelfCheck | None:
    if fields is None:
        return None
    return SelfCheck(fields.sha256("crops_sha256"), fields.some_numbers("g_kg", MOST_SELF_CHECKS))


def _parse_recipe(fields: "_Fields | None") -> Recipe | None:
    if fields is None:
        return None
    return Recipe(
        fields.text("objectives"),
        fields.count("steps", least=0),
        fields.count("seed", least=0),
        fields.positive("learning_rate"),
    )


def _parse_input(fields: "_Fields") -> InputPlan:
    left, top, right, bottom = (int(v) for v in fields.numbers("box", 4))
    crop_px = fields.count("crop_px", least=1)
    if crop_px != CROP_PX:
        fields.refuse("crop_px")
    if not (0 <= left < right <= crop_px and 0 <= top < bottom <= crop_px):
        fields.refuse("box")
    size_px = fields.count("size_px", least=32)
    if size_px > 2 * crop_px:
        fields.refuse("size_px")
    mean, std = fields.numbers("mean", 3), fields.numbers("std", 3)
    if min(std) <= 0:
        fields.refuse("std")
    points = fields.points("alignment_points")
    if not np.allclose(points, CANONICAL_POINTS):
        fields.refuse("alignment_points")
    alignment = fields.text_or("alignment", FIRST_ALIGNMENT)
    if alignment != ALIGNMENT:
        fields.refuse("alignment")
    return InputPlan(
        size_px,
        (left, top, right, bottom),
        (mean[0], mean[1], mean[2]),
        (std[0], std[1], std[2]),
        crop_px,
        points,
        alignment,
    )


def _parse_trained_on(fields: "_Fields") -> TrainedOn:
    return TrainedOn(
        fields.sha256("study_sha256"),
        fields.count("patients", least=0),
        fields.count("captures", least=0),
        fields.count("frames", least=0),
        fields.flag("made_up"),
    )


def _parse_figures(fields: "_Fields") -> Figures:
    return Figures(
        fields.positive("spread90_kg"),
        fields.positive("change_spread90_kg"),
        fields.positive("mae_kg"),
        fields.positive("accuracy"),
        fields.count("people", least=1),
        fields.count("captures", least=1),
        fields.text("measured_on"),
        fields.prior_or_none("transfer"),
    )


class _Fields:
    """One object of the card; each method takes one field of it or refuses the card."""

    def __init__(self, document: object, card_name: str) -> None:
        self._card_name = card_name
        if not isinstance(document, dict):
            _refuse(card_name, "not an object")
        self._fields: Mapping[str, object] = document

    def refuse(self, field: str) -> Never:
        _refuse(self._card_name, f"{field} is missing or not as it should be")

    def part(self, field: str) -> "_Fields":
        value = self._fields.get(field)
        if not isinstance(value, dict):
            self.refuse(field)
        return _Fields(value, self._card_name)

    def part_or_none(self, field: str) -> "_Fields | None":
        return None if self._fields.get(field) is None else self.part(field)

    def name(self, field: str) -> str:
        value = self.text(field)
        if not is_model_name(value):
            self.refuse(field)
        return value

    def text(self, field: str) -> str:
        value = self._fields.get(field)
        if not isinstance(value, str) or not value.strip():
            self.refuse(field)
        return value

    def text_or_none(self, field: str) -> str | None:
        if field in self._fields and self._fields[field] is None:
            return None
        return self.text(field)

    def sha256(self, field: str) -> str:
        value = self.text(field)
        if len(value) != 64 or set(value) - set("0123456789abcdef"):
            self.refuse(field)
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        value = self._fields.get(field)
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self.refuse(field)
        return tuple(value)

    def count(self, field: str, *, least: int) -> int:
        value = self._fields.get(field)
        if type(value) is not int or not least <= value <= MOST:
            self.refuse(field)
        return value

    def flag(self, field: str) -> bool:
        value = self._fields.get(field)
        if not isinstance(value, bool):
            self.refuse(field)
        return value

    def positive(self, field: str) -> float:
        value = self._number(self._fields.get(field), field)
        if value < 0:
            self.refuse(field)
        return value

    def prior_or_none(self, field: str) -> TransferPrior | None:
        value = self._fields.get(field)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.refuse(field)
        try:
            return prior_from(value)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            self.refuse(field)

    def numbers(self, field: str, length: int) -> tuple[float, ...]:
        return self._numbers(self._fields.get(field), field, length)

    def text_or(self, field: str, default: str) -> str:
        return self.text(field) if field in self._fields else default

    def some_numbers(self, field: str, most: int) -> tuple[float, ...]:
        value = self._fields.get(field)
        if not isinstance(value, list) or not 1 <= len(value) <= most:
            self.refuse(field)
        return self._numbers(value, field, len(value))

    def points(self, field: str) -> tuple[tuple[float, float], ...]:
        value = self._fields.get(field)
        if not isinstance(value, list) or len(value) != len(CANONICAL_POINTS):
            self.refuse(field)
        pairs = tuple(self._numbers(pair, field, 2) for pair in value)
        return tuple((x, y) for x, y in pairs)

    def _numbers(self, value: object, field: str, length: int) -> tuple[float, ...]:
        if not isinstance(value, Sequence) or len(value) != length:
            self.refuse(field)
        return tuple(self._number(v, field) for v in value)

    def _number(self, value: object, field: str) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(field)
        try:
            number = float(value)
        except OverflowError:
            self.refuse(field)
        if not math.isfinite(number):
            self.refuse(field)
        return number


def _refuse(card_name: str, detail: str) -> Never:
    raise ExpectedError(ErrorCode.MODEL_CARD_INVALID, name=card_name, detail=detail)
