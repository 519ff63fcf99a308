"""Everything about a picture that fluid does not change, changed at random.

Each frame draws its own values, except for mirroring, which is one person's in the whole
batch: between mirrored and unmirrored frames a difference would be asked for that is none.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from edema_desk.learning.compression import compress


@dataclass(frozen=True, slots=True)
class AugmentStrength:
    """Half widths of what is drawn, or the share of frames that are touched.

    Lengths are shares of the network's input; brightness and noise of the full range.
    """

    shift: float = 0.03
    rotation_deg: float = 5.0
    scale: float = 0.06
    stretch: float = 0.03
    log_gamma: float = 0.35
    brightness: float = 0.12
    contrast: float = 0.25
    white_balance: float = 0.12
    side_light: float = 0.35
    blur: float = 0.8
    coarse_share: float = 0.25
    coarsest: float = 0.45
    compressed_share: float = 0.4
    noise: float = 0.035
    erased_share: float = 0.25


class Augment:
    """Turns crops with a margin into inputs of `size_px`; the same draws for the same generator."""

    def __init__(self, size_px: int, strength: AugmentStrength | None = None) -> None:
        self._size_px = size_px
        self._strength = strength or AugmentStrength()

    def __call__(self, crops: Tensor, person: Tensor, random: torch.Generator) -> Tensor:
        """(n, 3, s, s) uint8 with s >= size and person (n,) -> (n, 3, size, size), 0 to 1."""
        draw = _Draw(random, len(crops), crops.device)
        images = self._move(crops.float().div_(255.0), person, draw)
        images = self._coarsen(images, draw)
        images = self._blur(images, draw)
        images = self._light(images, draw)
        images = self._noise(images, draw)
        touched = draw.some(self._strength.compressed_share)
        if len(touched):
            images[touched] = compress(images[touched], draw.between(0.4, 3.0)[touched])
        return self._erase(images, draw).clamp_(0.0, 1.0)

    def _move(self, images: Tensor, person: Tensor, draw: "_Draw") -> Tensor:
        """Shift, turn, zoom, stretch and mirror in one resampling, out of the margin's supply."""
        s = self._strength
        angle = torch.deg2rad(draw.around(s.rotation_deg))
        zoom = torch.exp(draw.around(s.scale)) * self._size_px / images.shape[-1]
        stretch = torch.exp(draw.around(s.stretch))
        mirror = draw.coin_of(person)
        reach = 2 * self._size_px / images.shape[-1]
        rows = (
            (zoom * stretch * angle.cos() * mirror, -zoom * angle.sin(), draw.around(s.shift)),
            (zoom * angle.sin() * mirror, zoom / stretch * angle.cos(), draw.around(s.shift)),
        )
        theta = torch.stack([torch.stack([a, b, c * reach], -1) for a, b, c in rows], -2)
        grid = _grid(theta, self._size_px)
        return functional.grid_sample(images, grid, padding_mode="border", align_corners=False)

    def _coarsen(self, images: Tensor, draw: "_Draw") -> Tensor:
        """Fewer pixels and back, as of a face far from the camera; one factor a batch."""
        touched = draw.some(self._strength.coarse_share)
        share = 1.0 - float(draw.between(0.0, 1.0)[0]) * (1.0 - self._strength.coarsest)
        if len(touched):
            side = max(8, round(self._size_px * share))
            small = _resized(images[touched], side, antialias=True)
            images[touched] = _resized(small, self._size_px, antialias=False)
        return images

    def _blur(self, images: Tensor, draw: "_Draw") -> Tensor:
        """Softer by a share of the neighbourhood's mean, or sharper, as cameras do."""
        return torch.lerp(images, _softened(images), _wide(draw.around(self._strength.blur)))

    def _light(self, images: Tensor, draw: "_Draw") -> Tensor:
        s = self._strength
        gamma = _wide(torch.exp(draw.around(s.log_gamma)))
        images = images.clamp_(1e-3, 1.0).log_().mul_(gamma).exp_()  # sooner done than a power
        line = torch.linspace(-1.0, 1.0, self._size_px, device=images.device)
        across, down = draw.around(s.side_light), draw.around(s.side_light)
        slope = _wide(across) * line.view(1, 1, 1, -1) + _wide(down) * line.view(1, 1, -1, 1)
        colour = torch.stack([draw.around(s.white_balance) for _ in range(3)], 1)
        contrast = _wide(torch.exp(draw.around(s.contrast)))
        lift = _wide(draw.around(s.brightness)) + 0.5 - 0.5 * contrast
        gain = torch.exp(colour)[:, :, None, None] * contrast
        return torch.addcmul(lift, images.mul_(1.0 + slope), gain)

    def _noise(self, images: Tensor, draw: "_Draw") -> Tensor:
        """Of a sensor: each frame takes a place of its own in one field that is drawn."""
        side = self._size_px
        field = torch.empty(3, 2 * side, 2 * side, device=images.device)
        field.normal_(generator=draw.random)
        corners = torch.stack([draw.between(0, side + 1) for _ in range(2)], 1).int().tolist()
        noise = torch.stack([field[:, y : y + side, x : x + side] for y, x in corners])
        return images.addcmul_(noise, _wide(draw.between(0.0, self._strength.noise)))

    def _erase(self, images: Tensor, draw: "_Draw") -> Tensor:
        """A rectangle of one grey over a share of the frames: hair, a hand, a mask's edge."""
        boxes = torch.stack([draw.between(0.0, 1.0) for _ in range(5)], 1).tolist()
        for i in draw.some(self._strength.erased_share).tolist():
            x, y, width, height, grey = boxes[i]
            left, top = int(x * self._size_px), int(y * self._size_px)
            right = left + int((0.08 + 0.25 * width) * self._size_px)
            bottom = top + int((0.08 + 0.25 * height) * self._size_px)
            images[i, :, top:bottom, left:right] = grey
        return images


class _Draw:
    """Random numbers for `count` frames, each (count,)."""

    def __init__(self, random: torch.Generator, count: int, device: torch.device) -> None:
        self.random, self._count, self._device = random, count, device

    def between(self, low: float, high: float) -> Tensor:
        drawn = torch.rand(self._count, generator=self.random, device=self._device)
        return low + (high - low) * drawn

    def around(self, half_width: float) -> Tensor:
        return self.between(-half_width, half_width)

    def some(self, share: float) -> Tensor:
        """Indices of about that share of the frames."""
        return (self.between(0.0, 1.0) < share).nonzero().squeeze(1)

    def coin_of(self, person: Tensor) -> Tensor:
        """1 or -1, the same for all frames of a person."""
        _, which = torch.unique(person, return_inverse=True)
        coin = torch.where(self.between(0.0, 1.0) < 0.5, -1.0, 1.0)
        return coin[which]


def _wide(values: Tensor) -> Tensor:
    return values.view(-1, 1, 1, 1)


def _grid(theta: Tensor, side: int) -> Tensor:
    """What `affine_grid` gives, (n, side, side, 2), by one sum instead of a product."""
    line = (torch.arange(side, device=theta.device) * 2 + 1).view(1, -1, 1) / side - 1.0
    across = line * theta[:, None, :, 0] + theta[:, None, :, 2]
    down = line * theta[:, None, :, 1]
    return across[:, None, :, :] + down[:, :, None, :]


def _resized(images: Tensor, side: int, *, antialias: bool) -> Tensor:
    size = (side, side)
    return functional.interpolate(images, size=size, mode="bilinear", antialias=antialias)


def _softened(images: Tensor) -> Tensor:
    """The mean of each place and its eight neighbours, those beyond the edge like the edge;
    sooner done than pooling."""
    across = images.clone()
    across[..., 1:] += images[..., :-1]
    across[..., :-1] += images[..., 1:]
    across[..., [0, -1]] += images[..., [0, -1]]
    mean = across.clone()
    mean[..., 1:, :] += across[..., :-1, :]
    mean[..., :-1, :] += across[..., 1:, :]
    mean[..., [0, -1], :] += across[..., [0, -1], :]
    return mean.mul_(1 / 9)
