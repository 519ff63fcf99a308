"""Made-up swelling laid over training crops, drawn anew for every batch.

It is made differently from the study generator on purpose, and varied far more widely: a network
that is to read somebody else's swelling must not learn how one program draws it.
"""

import math

import torch
from torch import Tensor
from torch.nn import functional

from edema_desk.domain.models.card import InputPlan
from edema_desk.learning.batch import Overlay
from edema_desk.learning.crops import widened
from edema_desk.learning.lobes import PART_COUNT, FaceGrid, LobeFields, draw_fields

MM_PER_KG = 0.6 * PART_COUNT
"""Millimetres that a kilogram adds, all parts together: 0.6 mm in each (learning.md)."""
STIFF_MM = (7.0, 5.5, 18.0, 13.0, 8.0, 10.0)
"""Where each part stiffens: beyond it the picture would fold."""
DRY_KG = 0.35
"""Up to this excess a face counts as bare: what is laid over is then all that its parts hold."""
EXCESS_KG = (-0.3, 4.5)
SCALES = (1.0, 1.0, 1.0, 2.5, 5.0)
"""Some people swell more than anyone does: the network finds its way by them."""
MIXTURES = (0.7, 1.5, 4.0)
NOISE_MM = 0.12
LIGHT = (0.0, -0.35)
LIGHT_SD = 0.3
_MOST_SHADE = 0.6
_STEP_PX = 4


def swelling_overlay(plan: InputPlan, margin_px: int) -> Overlay:
    """An overlay for crops cut by `plan` with `margin_px` around the network's input."""
    return _SwellingOverlay(plan, margin_px)


class _SwellingOverlay:
    def __init__(self, plan: InputPlan, margin_px: int) -> None:
        self._side = plan.size_px + 2 * margin_px
        nodes = max(self._side // _STEP_PX, 8)
        self._grid = FaceGrid.over(widened(plan, margin_px), nodes, plan)
        left, _, right, _ = plan.box
        self._px_per_mm = self._grid.crop_px_per_mm * plan.size_px / (right - left)

    def __call__(
        self,
        crops: Tensor,
        excess_kg: Tensor,
        person: Tensor,
        capture: Tensor,
        random: torch.Generator,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Each crop gets a swelling of its own; its place and shape are the person's."""
        del capture  # what a crop holds is known, so that frames of a capture may differ
        who, whose = torch.unique(person, return_inverse=True)
        fields = draw_fields(self._grid, len(who), random)
        amplitude_mm = _amplitudes(whose, len(who), random)
        shown = self._swollen(crops, fields, whose, amplitude_mm, random)
        laid_kg = amplitude_mm / MM_PER_KG
        bare = (excess_kg.abs() <= DRY_KG)[:, None]
        part_kg = torch.where(bare, laid_kg, torch.full_like(laid_kg, math.nan))
        return shown, excess_kg + laid_kg.sum(1), part_kg

    def _swollen(
        self,
        crops: Tensor,
        fields: LobeFields,
        whose: Tensor,
        amplitude_mm: Tensor,
        random: torch.Generator,
    ) -> Tensor:
        people, device = int(whose.max()) + 1, crops.device
        moved_mm = torch.einsum("np,npcij->ncij", amplitude_mm, fields.moved[whose])
        risen_mm = torch.einsum("np,npij->nij", amplitude_mm, fields.risen[whose])
        shade = torch.rand(people, generator=random, device=device).mul(1.8).sub(0.2).clamp_min(0)
        light = torch.randn(len(crops), 2, generator=random, device=device) * LIGHT_SD
        light = light + torch.tensor(LIGHT, device=device)
        gain = self._gain(risen_mm, shade[whose], light)
        soften = torch.rand(people, generator=random, device=device).mul(0.15)[whose]
        share = (soften[:, None, None] * risen_mm).clamp(0.0, 0.7)
        images = crops.float() / 255.0
        images = torch.lerp(images, _softened(images), self._wide(share[:, None]))
        images = shifted(images, self._wide(moved_mm) * (2.0 * self._px_per_mm / self._side))
        return (images * self._wide(gain[:, None])).clamp(0, 1).mul(255).add(0.5).to(torch.uint8)

    def _gain(self, risen_mm: Tensor, shade: Tensor, light: Tensor) -> Tensor:
        """Lambert's law for small slopes, softly bounded, on values after the camera's gamma."""
        down, across = torch.gradient(risen_mm, dim=(1, 2))
        step_mm = self._side / self._grid.nodes / self._px_per_mm
        facing = -(across * light[:, 0, None, None] + down * light[:, 1, None, None]) / step_mm
        bounded = _MOST_SHADE * torch.tanh(shade[:, None, None] * facing / _MOST_SHADE)
        return torch.pow(1.0 + bounded, 1 / 2.2)

    def _wide(self, field: Tensor) -> Tensor:
        size = (self._side, self._side)
        return functional.interpolate(field, size=size, mode="bilinear", align_corners=False)


def _amplitudes(whose: Tensor, people: int, random: torch.Generator) -> Tensor:
    """Millimetres (n, 6) of each crop, after the skin has stiffened."""
    device = whose.device

    def pick(choices: tuple[float, ...]) -> Tensor:
        which = torch.randint(len(choices), (people,), generator=random, device=device)
        return torch.tensor(choices, device=device)[which]

    alpha = pick(MIXTURES)[:, None].expand(people, PART_COUNT).contiguous()
    mixture = torch._standard_gamma(alpha, generator=random)
    mixture = mixture / mixture.sum(1, keepdim=True)
    low, high = EXCESS_KG
    drawn = torch.rand(len(whose), generator=random, device=device)
    kg = (low + (high - low) * drawn) * pick(SCALES)[whose]
    noise = torch.randn(len(whose), PART_COUNT, generator=random, device=device) * NOISE_MM
    stiff = torch.tensor(STIFF_MM, device=device)
    return stiff * torch.tanh((MM_PER_KG * kg[:, None] * mixture[whose] + noise) / stiff)


def shifted(images: Tensor, shift: Tensor) -> Tensor:
    """Pictures (n, c, s, s) whose places have gone by `shift` (n, 2, s, s), in half sides."""
    here = torch.eye(2, 3, device=images.device).expand(len(images), 2, 3)
    base = functional.affine_grid(here, list(images.shape), align_corners=False)
    start = base - shift.permute(0, 2, 3, 1)
    came = functional.grid_sample(shift, start, padding_mode="border", align_corners=False)
    source = base - came.permute(0, 2, 3, 1)
    # Cubic: what has not moved must not be told by its sharpness from what has.
    return functional.grid_sample(
        images, source, mode="bicubic", padding_mode="border", align_corners=False
    )


def _softened(images: Tensor) -> Tensor:
    """The mean of each place and its eight neighbours; several times faster than pooling."""
    across = functional.pad(images, (1, 1, 0, 0), mode="replicate")
    across = across[..., :-2] + across[..., 1:-1] + across[..., 2:]
    down = functional.pad(across, (0, 0, 1, 1), mode="replicate")
    return (down[..., :-2, :] + down[..., 1:-1, :] + down[..., 2:, :]) / 9.0
