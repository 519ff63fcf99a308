"""A package says of the reference faces what its card promises, or is found out."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from edema_desk.domain.models.card import ModelCard, SelfCheck
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.package import LoadedModel, load_package, save_package
from edema_desk.learning.self_check import FURTHEST_KG, check_itself, reference_faces
from edema_desk.paths import BASE_MODEL, models_dir


def checked(model: LoadedModel, promised: SelfCheck | None) -> float:
    return check_itself(model.encoder, model.card.input, promised, "trial")


def refusal(model: LoadedModel, promised: SelfCheck | None) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        checked(model, promised)
    assert caught.value.params["name"] == "trial"
    return caught.value.code


@pytest.fixture(scope="module")
def base() -> LoadedModel:
    return load_package(models_dir() / BASE_MODEL)


def test_what_is_saved_passes(tmp_path: Path, card: ModelCard) -> None:
    torch.manual_seed(0)
    save_package(tmp_path / "trial", FaceEncoder(), card)
    loaded = load_package(tmp_path / "trial")
    assert loaded.card.self_check is not None
    assert len(loaded.card.self_check.g_kg) == len(reference_faces()) == 6
    assert checked(loaded, loaded.card.self_check) < 1e-6


def test_the_shipped_model_passes_and_sees_who_is_swollen(base: LoadedModel) -> None:
    promised = base.card.self_check
    assert promised is not None
    assert checked(base, promised) <= FURTHEST_KG
    dry, swollen = promised.g_kg[::2], promised.g_kg[1::2]
    assert all(wet - without > 0.3 for without, wet in zip(dry, swollen, strict=True))


def test_another_promise_is_found_out(base: LoadedModel) -> None:
    promised = base.card.self_check
    assert promised is not None
    for number in range(len(promised.g_kg)):
        g_kg = list(promised.g_kg)
        g_kg[number] += 2 * FURTHEST_KG
        lied = replace(promised, g_kg=tuple(g_kg))
        assert refusal(base, lied) is ErrorCode.MODEL_CHECK_FAILED


def test_other_faces_or_none_promise_nothing(base: LoadedModel) -> None:
    promised = base.card.self_check
    assert promised is not None
    assert refusal(base, None) is ErrorCode.MODEL_UNCHECKED
    others = replace(promised, crops_sha256="0" * 64)
    assert refusal(base, others) is ErrorCode.MODEL_UNCHECKED
    fewer = replace(promised, g_kg=promised.g_kg[:-1])
    assert refusal(base, fewer) is ErrorCode.MODEL_UNCHECKED


def test_a_network_that_computes_otherwise_is_found_out(base: LoadedModel) -> None:
    promised = base.card.self_check
    other = load_package(models_dir() / BASE_MODEL)
    with torch.no_grad():
        other.encoder.read_out.weight[0, 0] += 0.05
    assert refusal(other, promised) is ErrorCode.MODEL_CHECK_FAILED
