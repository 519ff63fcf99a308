"""Swelling laid over crops: what it says it did is what it did."""

import pytest
import torch
from torch import Tensor

from edema_desk.domain.models.card import InputPlan
from edema_desk.learning import overlay as laid
from edema_desk.learning.crops import widened
from edema_desk.learning.lobes import PART_COUNT, FaceGrid, draw_fields
from edema_desk.learning.overlay import DRY_KG, MM_PER_KG, swelling_overlay

PLAN = InputPlan(size_px=64)
MARGIN_PX = 5
SIDE = 64 + 2 * MARGIN_PX


def crops(count: int, seed: int = 0) -> Tensor:
    """Smooth pictures, as faces are: a checkerboard would hide where it moved."""
    random = torch.Generator().manual_seed(seed)
    coarse = torch.rand(count, 3, 9, 9, generator=random)
    fine = torch.nn.functional.interpolate(coarse, size=(SIDE, SIDE), mode="bicubic")
    return fine.clamp(0, 1).mul(255).to(torch.uint8)


def lay(count: int = 12, people: int = 3, seed: int = 1, excess: float = 0.0) -> tuple[Tensor, ...]:
    person = torch.arange(count) % people
    random = torch.Generator().manual_seed(seed)
    given = torch.full((count,), excess)
    return swelling_overlay(PLAN, MARGIN_PX)(crops(count), given, person, person, random)


def test_what_is_laid_over_adds_up_and_joins_what_was_there() -> None:
    _, excess_kg, part_kg = lay(excess=0.1)
    assert part_kg.shape == (12, PART_COUNT)
    torch.testing.assert_close(excess_kg, part_kg.sum(1) + 0.1)
    assert float(excess_kg.std()) > 0.5


def test_parts_are_unknown_where_the_face_bore_fluid_of_its_own() -> None:
    _, excess_kg, part_kg = lay(excess=DRY_KG + 0.01)
    assert bool(part_kg.isnan().all())
    assert bool(excess_kg.isfinite().all())


def test_the_same_draws_give_the_same_pictures_and_others_do_not() -> None:
    first, again, other = lay(seed=1), lay(seed=1), lay(seed=2)
    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))
    assert not torch.equal(first[0], other[0])


def test_a_face_without_fluid_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laid, "EXCESS_KG", (0.0, 0.0))
    monkeypatch.setattr(laid, "NOISE_MM", 0.0)
    shown, excess_kg, _ = lay()
    assert bool((excess_kg == 0).all())
    difference = (shown.int() - crops(12).int()).abs()
    assert int(difference.max()) <= 1


def test_more_fluid_changes_a_picture_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laid, "NOISE_MM", 0.0)
    monkeypatch.setattr(laid, "SCALES", (1.0,))
    changed = []
    for kg in (0.5, 1.5, 4.0):
        monkeypatch.setattr(laid, "EXCESS_KG", (kg, kg))
        shown, excess_kg, _ = lay()
        assert float(excess_kg.mean()) == pytest.approx(kg, rel=0.15)  # skin stiffens
        changed.append(float((shown.float() - crops(12).float()).abs().mean()))
    assert changed == sorted(changed)
    assert changed[0] > 0.2


def test_a_kilogram_is_sixty_hundredths_of_a_millimetre_in_each_part() -> None:
    assert pytest.approx(0.6) == MM_PER_KG / PART_COUNT


def test_each_part_moves_its_own_place_by_one_at_most() -> None:
    grid = FaceGrid.over(widened(PLAN, MARGIN_PX), 24, PLAN)
    fields = draw_fields(grid, 5, torch.Generator().manual_seed(3))
    size = fields.moved.norm(dim=2)
    torch.testing.assert_close(size.amax((2, 3)), torch.ones(5, PART_COUNT))
    torch.testing.assert_close(fields.risen.amax((2, 3)), torch.ones(5, PART_COUNT))
    height = (grid.y.expand(1, 24, 24) * fields.risen).sum((2, 3)) / fields.risen.sum((2, 3))
    upper, lower, cheeks, jaw, lips, nose = height.mean(0).tolist()
    assert upper < lower < nose < lips < jaw
    assert nose - 0.3 < cheeks < lips


def test_frames_of_one_person_swell_in_the_same_places() -> None:
    """Differences between two people's fields are larger than none, which one person's have."""
    grid = FaceGrid.over(widened(PLAN, MARGIN_PX), 24, PLAN)
    fields = draw_fields(grid, 2, torch.Generator().manual_seed(3))
    assert not torch.allclose(fields.moved[0], fields.moved[1], atol=0.05)
