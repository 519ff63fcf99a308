"""From the stored crop of a face to the network's input, in training and at use alike."""

import io
from collections.abc import Sequence

import numpy as np
import torch
from PIL import Image as Picture
from torch import Tensor
from torch.nn import functional

from edema_desk.domain.capture.clips import Image
from edema_desk.domain.models.card import Box, InputPlan
from edema_desk.domain.terms.geometry import CROP_PX


def decode_crops(files: Sequence[bytes]) -> Tensor:
    """JPEG files of canonical crops -> (n, 3, 256, 256) uint8."""
    pictures = np.stack([_decode(file) for file in files])
    return torch.from_numpy(pictures).permute(0, 3, 1, 2)


def cut_crops(crops: Tensor, plan: InputPlan, *, margin_px: int = 0) -> Tensor:
    """(n, 3, 256, 256) uint8 -> (n, 3, s, s) uint8 with s = size + 2 margins.

    The margin, in pixels of the result, is what augmentation may shift and turn into view.
    Raises ValueError where it would reach beyond the crop.
    """
    left, top, right, bottom = widened(plan, margin_px)
    if min(left, top) < 0 or max(right, bottom) > plan.crop_px:
        raise ValueError("the margin reaches beyond the crop")
    side = plan.size_px + 2 * margin_px
    part = crops[:, :, top:bottom, left:right].contiguous(memory_format=torch.channels_last)
    return functional.interpolate(part, size=(side, side), mode="bilinear", antialias=True)


def widened(plan: InputPlan, margin_px: int) -> Box:
    """The box of the plan with a margin given in pixels of the network's input."""
    left, top, right, bottom = plan.box
    x = round(margin_px * (right - left) / plan.size_px)
    y = round(margin_px * (bottom - top) / plan.size_px)
    return (left - x, top - y, right + x, bottom + y)


def normalise(images: Tensor, plan: InputPlan) -> Tensor:
    """(n, 3, s, s), uint8 or already 0 to 1, -> what the network takes."""
    scaled = images.float() / 255.0 if images.dtype == torch.uint8 else images
    mean = torch.tensor(plan.mean, device=images.device).view(1, 3, 1, 1)
    std = torch.tensor(plan.std, device=images.device).view(1, 3, 1, 1)
    return (scaled - mean).div_(std).contiguous(memory_format=torch.channels_last)


def _decode(file: bytes) -> Image:
    with Picture.open(io.BytesIO(file), formats=("JPEG",)) as picture:
        if picture.size != (CROP_PX, CROP_PX):
            raise ValueError("not a canonical crop")
        return np.asarray(picture.convert("RGB"))
