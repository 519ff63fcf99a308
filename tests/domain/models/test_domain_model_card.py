"""The card: every field is needed and of its kind; nothing but the two codes is raised."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.models.card import (
    Figures,
    InputPlan,
    ModelCard,
    Recipe,
    SelfCheck,
    TrainedOn,
    parse_card,
    read_card,
    render_card,
)
from edema_desk.domain.statistics.transfer_prior import PhaseLevel, TransferPrior
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.errors import ErrorCode, ExpectedError

PRIOR = TransferPrior(
    kind=TransferKind.RIDGE,
    mean=(1.0, 0.9, 0.1),
    covariance=((4.0, 0.1, 0.0), (0.1, 0.04, 0.0), (0.0, 0.0, 0.04)),
    feature_mean=(1.5, 0.0),
    day_sd_kg=0.2,
    capture_sd_kg=0.3,
    usual_error_kg=0.02,
    pre=PhaseLevel(2.0, 0.7, 0.44),
    post=PhaseLevel(-0.1, 0.15, 0.2),
    edema_slope=1.1,
    interval90=1.7,
    two_levels=True,
    people=20,
    captures=160,
    centre=(0.5, 0.25, 0.75),
    directions=((1.0, 0.0, -1.0),),
)
CARD = ModelCard(
    name="trial",
    encoder="fine18",
    input=InputPlan(),
    weights_sha256="ab" * 32,
    parent=None,
    trained_on=TrainedOn("cd" * 32, 64, 640, 7680, made_up=True),
    figures=Figures(0.9, 1.2, 0.4, 0.9, 20, 160, "a made-up study of 20 people", PRIOR),
    licence="Apache-2.0",
    attributions=("Face Research Lab London Set, CC BY 4.0",),
    made_at="2026-01-02T03:04:05+00:00",
    program_version="0.1.0",
    commands=("edema-desk pretrain",),
    self_check=SelfCheck("ef" * 32, (0.5, 2.25)),
    recipe=Recipe("change+contrast:0.5", 3000, 7, 1e-3),
)


def document() -> dict[str, Any]:
    """The card as JSON says it."""
    parsed: dict[str, Any] = json.loads(render_card(CARD))
    return parsed


def paths(node: object, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every field of the document, those inside others too."""
    if not isinstance(node, dict):
        return [before]
    inner = [path for key, value in node.items() for path in paths(value, (*before, key))]
    return inner if not before else [before, *inner]


FIELDS = paths(document())
TRANSFER = ("figures", "transfer")
NOT_IN_OLD_CARDS = [("self_check",), ("recipe",), TRANSFER]
FLAGS = [("trained_on", "made_up"), (*TRANSFER, "two_levels")]
MAY_BE_NEGATIVE = [(*TRANSFER, "pre", "mean_kg"), (*TRANSFER, "post", "mean_kg")]


def changed(path: tuple[str, ...], value: object = None, *, remove: bool = False) -> bytes:
    whole = document()
    node = whole
    for key in path[:-1]:
        node = node[key]
    if remove:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return json.dumps(whole).encode()


def refusal(text: bytes) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        parse_card(text, "folder")
    assert caught.value.params["name"] == "folder"
    return caught.value.code


def test_comes_back_as_it_was() -> None:
    assert parse_card(render_card(CARD).encode(), "trial") == CARD
    assert CARD.model_id == "trial-abababababab"


@pytest.mark.parametrize("path", NOT_IN_OLD_CARDS, ids=".".join)
def test_an_old_card_is_read(path: tuple[str, ...]) -> None:
    card = parse_card(changed(path, remove=True), "folder")
    assert card.input == CARD.input
    assert (card.self_check is None) == (path == ("self_check",))
    assert (card.recipe is None) == (path == ("recipe",))
    assert (card.figures.transfer is None) == (path == TRANSFER)


@pytest.mark.parametrize("name", ["trial", "base 2", "tuned_1.3-b", "模型", "A"])
def test_a_name_for_a_folder(name: str) -> None:
    assert parse_card(changed(("name",), name), "folder").name == name


@pytest.mark.parametrize(
    "name",
    [
        *("..", "../base", "a/b", "a\\b", "/etc", "C:base", ".base", "base.", "a..b", "a\n"),
        *("a" * 65, "base ", " base", "a  b", "a\0b", "-a", "~root", "a*", "%2e%2e"),
    ],
)
def test_a_name_that_plays_with_paths(name: str) -> None:
    assert refusal(changed(("name",), name)) is ErrorCode.MODEL_CARD_INVALID


@pytest.mark.parametrize("path", [p for p in FIELDS if p not in NOT_IN_OLD_CARDS], ids=".".join)
def test_every_field_is_needed(path: tuple[str, ...]) -> None:
    assert refusal(changed(path, remove=True)) is ErrorCode.MODEL_CARD_INVALID


@pytest.mark.parametrize("path", FIELDS, ids=".".join)
@pytest.mark.parametrize("value", [{}, [[]], -1, "", float("nan"), 10**400, True])
def test_every_field_has_its_kind(path: tuple[str, ...], value: object) -> None:
    if (path in FLAGS and value is True) or (path in MAY_BE_NEGATIVE and value == -1):
        return
    assert refusal(changed(path, value)) is ErrorCode.MODEL_CARD_INVALID


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("covariance", [[4.0, 0.1, 0.0], [0.2, 0.04, 0.0], [0.0, 0.0, 0.04]]),
        ("covariance", [[-4.0, 0.0, 0.0], [0.0, 0.04, 0.0], [0.0, 0.0, 0.04]]),
        ("covariance", [[4.0]]),
        ("mean", [1.0, 0.9]),
        ("feature_mean", [1.5]),
        ("directions", []),
        ("directions", [[1.0, 0.0]]),
        ("kind", "guess"),
        ("people", 2.5),
        ("capture_sd_kg", 0.0),
        ("edema_slope", 1e300),
    ],
)
def test_a_transfer_whose_numbers_do_not_belong_together(field: str, value: object) -> None:
    assert refusal(changed((*TRANSFER, field), value)) is ErrorCode.MODEL_CARD_INVALID


@pytest.mark.parametrize("version", [2, 99])
def test_a_newer_format_is_named_before_anything_else_is_read(version: int) -> None:
    text = json.dumps({"format_version": version, "shape": "unknown"}).encode()
    assert refusal(text) is ErrorCode.MODEL_NEWER


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("box", [0, 0, 257, 200]),
        ("box", [100, 0, 100, 200]),
        ("box", [-1, 0, 100, 200]),
        ("size_px", 8),
        ("size_px", 100_000),
        ("std", [0.2, 0.0, 0.2]),
        ("crop_px", 128),
        ("alignment_points", [[1, 2]] * 4),
        ("alignment_points", [[1, 2]] * 5),
        ("alignment", "5 points"),
    ],
)
def test_an_input_that_cannot_be_made(field: str, value: object) -> None:
    assert refusal(changed(("input", field), value)) is ErrorCode.MODEL_CARD_INVALID


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.one_of(st.binary(max_size=200), json_values.map(lambda v: json.dumps(v).encode())))
def test_anything_else_is_refused(text: bytes) -> None:
    refusal(text)


@given(st.sampled_from(FIELDS), json_values)
def test_a_changed_field_is_refused_or_taken_but_never_a_bug(
    path: tuple[str, ...], value: object
) -> None:
    try:
        parse_card(changed(path, value), "folder")
    except ExpectedError as error:
        assert error.code in (ErrorCode.MODEL_CARD_INVALID, ErrorCode.MODEL_NEWER)  # noqa: PT017


def test_deep_nesting_and_size_are_refused() -> None:
    assert refusal(b"[" * 100_000) is ErrorCode.MODEL_CARD_INVALID
    assert refusal(b" " * 1_000_001) is ErrorCode.MODEL_CARD_INVALID


def test_no_card_in_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ExpectedError) as caught:
        read_card(tmp_path / "base")
    assert caught.value.code is ErrorCode.MODEL_MISSING
    assert caught.value.params == {"name": "base"}
