"""Augmentation: repeatable, within range, and it leaves alone what it must."""

from dataclasses import fields, replace

import numpy as np
import pytest
import torch
from torch.nn import functional

from edema_desk.learning.augment import Augment, AugmentStrength
from edema_desk.learning.compression import compress

SIZE = 48
FIELDS = [field.name for field in fields(AugmentStrength)]
NOTHING = replace(AugmentStrength(**dict.fromkeys(FIELDS, 0.0)), coarsest=1.0)


def crops(count: int, margin_px: int = 4) -> torch.Tensor:
    """Smooth colour pictures, each different, brighter to the right."""
    random = torch.Generator().manual_seed(9)
    small = torch.rand(count, 3, 6, 6, generator=random)
    side = SIZE + 2 * margin_px
    smooth = functional.interpolate(small, size=(side, side), mode="bicubic").clamp(0, 1)
    slope = torch.linspace(0.1, 0.5, side)
    return ((0.4 * smooth + slope) * 255).to(torch.uint8)


def augmented(seed: int, strength: AugmentStrength | None = None, people: int = 4) -> torch.Tensor:
    person = torch.arange(16) % people
    return Augment(SIZE, strength)(crops(16), person, torch.Generator().manual_seed(seed))


def test_shape_and_range() -> None:
    images = augmented(0)
    assert images.shape == (16, 3, SIZE, SIZE)
    assert bool(torch.isfinite(images).all())
    assert 0.0 <= float(images.min()) <= float(images.max()) <= 1.0


def test_the_same_draws_give_the_same_pictures() -> None:
    assert torch.equal(augmented(1), augmented(1))
    assert not torch.equal(augmented(1), augmented(2))


def test_of_no_strength_it_only_cuts_and_mirrors() -> None:
    images = augmented(3, NOTHING)
    middle = crops(16)[:, :, 4:-4, 4:-4].float() / 255.0
    for image, plain in zip(images, middle, strict=True):
        errors = [float((image - p).abs().max()) for p in (plain, plain.flip(-1))]
        assert min(errors) < 0.01


def test_mirroring_is_the_same_for_all_frames_of_a_person() -> None:
    person = torch.arange(16) % 4
    middle = crops(16)[:, :, 4:-4, 4:-4].float() / 255.0
    seen: set[tuple[bool, ...]] = set()
    for seed in range(6):
        images = augmented(seed, NOTHING)
        turned = ((images - middle).abs().amax(dim=(1, 2, 3)) > 0.02).tolist()
        of_person = tuple(bool(turned[i]) for i in range(4))
        assert turned == [of_person[int(p)] for p in person]
        seen.add(of_person)
    assert len(seen) > 1


@pytest.mark.parametrize("field", [name for name in FIELDS if name != "coarsest"])
def test_every_strength_does_something(field: str) -> None:
    """Each alone changes the pictures, so none is without effect."""
    usual = AugmentStrength()
    alone = replace(NOTHING, **{field: getattr(usual, field), "coarsest": usual.coarsest})
    assert all(not torch.equal(augmented(seed, alone), augmented(seed, NOTHING)) for seed in (1, 2))


def test_a_brighter_room_is_not_a_larger_face() -> None:
    """Light alone leaves every edge where it was: the ranks along a row of one channel stay."""
    light = replace(NOTHING, log_gamma=0.35, contrast=0.25)
    images, plain = augmented(7, light), augmented(7, NOTHING)
    inside = (images > 0.01) & (images < 0.99)
    row = inside[0, 0, 20]
    order_before = plain[0, 0, 20][row].argsort()
    assert float(images[0, 0, 20][row][order_before].diff().min()) > -1e-4


def test_compression_by_hand() -> None:
    """One block through the textbook transform, coefficient by coefficient."""
    from edema_desk.learning.compression import LUMINANCE_STEPS

    block = torch.rand(8, 8, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    n = np.arange(8)
    basis = np.sqrt(2 / 8) * np.cos(np.pi * (2 * n[None] + 1) * n[:, None] / 16)
    basis[0] = np.sqrt(1 / 8)
    steps = np.array(LUMINANCE_STEPS) / 255.0 * 1.5
    kept = np.round(basis @ block.numpy() @ basis.T / steps) * steps
    expected = basis.T @ kept @ basis
    images = block.float().expand(1, 3, 8, 8)
    result = compress(images, torch.tensor([1.5]))
    assert np.abs(result[0, 1].numpy() - expected).max() < 1e-5


def test_finest_compression_changes_next_to_nothing() -> None:
    images = crops(3, 0).float() / 255.0
    assert float((compress(images, torch.full((3,), 1e-4)) - images).abs().max()) < 1e-3
    harsh = (compress(images, torch.full((3,), 4.0)) - images).abs().mean()
    mild = (compress(images, torch.full((3,), 0.5)) - images).abs().mean()
    assert harsh > 2 * mild
