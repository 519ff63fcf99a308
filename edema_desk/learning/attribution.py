"""Where on the aligned face a change, or the estimate of a capture, came from.

Integrated gradients (Sundararajan et al., ICML 2017) along the straight way from one mean crop to
another: what the network's answer gains on each pixel of the way. Between two captures of one
person nearly everything else stays the same, and cancels. Of a network that tells the parts of the
face apart, how much each part holds comes from its words (see `response`), and only the place
within the part from its gradients.
"""

from collections.abc import Callable, Sequence

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image as Picture
from torch import Tensor
from torch.nn import functional

from edema_desk.domain.models.card import InputPlan
from edema_desk.domain.terms.geometry import CROP_PX
from edema_desk.learning.crops import cut_crops, decode_crops, normalise
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.response import Floats, part_response, unmixed
from edema_desk.paths import face_parts_file

KgMap = NDArray[np.float32]
"""Kilograms a pixel of the canonical crop, (256, 256)."""

STEPS = 8
"""Of the way. The gains add up to within 1 % of the whole; twice as many give the same map."""
LIGHT_PX = 48.0
"""Differences wider than this are light and camera, not skin: taken out before the way begins."""
GRAIN_PX = 8.0
"""A map finer than this shows the network's grain, not the face."""
LARGEST_PART = 0.15
FACE_PX = 24_700
"""Pixels of the crop that an average face covers, without neck and ears."""
ASKED = 2
"""Frames of each capture on which the network is asked what it says of each part alone."""
MOST_FRAMES = 24
RELIEF_PX = 12.0
"""What a capture alone is compared with: itself, blurred by this."""


def attribute_change(
    encoder: FaceEncoder,
    plan: InputPlan,
    before: Sequence[bytes],
    after: Sequence[bytes],
    between: Callable[[], None] = lambda: None,
) -> KgMap:
    """Where g rose (positive) and fell between two captures, JPEG files of crops each.

    `between` is called now and then and may raise to stop.
    """
    start, end = _mean_crop(before), _mean_crop(after)
    light = _blurred(end - start, LIGHT_PX)
    maps = _along(encoder, plan, start, end - light, between)
    if len(maps) == 1:
        return np.asarray(_blurred(maps, GRAIN_PX)[0].numpy(), np.float32)
    between()
    held_kg = torch.from_numpy(_held_by_parts(encoder, plan, before, after)).float()
    where = _blurred(maps.abs(), GRAIN_PX) * part_areas()
    where = where / where.sum(dim=(1, 2), keepdim=True).clamp_min(1e-12)
    return np.asarray((held_kg[:, None, None] * where).sum(dim=0).numpy(), np.float32)


def _held_by_parts(
    encoder: FaceEncoder, plan: InputPlan, before: Sequence[bytes], after: Sequence[bytes]
) -> Floats:
    """How much each part must have changed for the network to say what it says of the frames."""
    start, end = (cut_crops(decode_crops(_some(files)), plan) / 255.0 for files in (before, after))
    with torch.inference_mode():
        said = [
            encoder.part_kg(encoder(normalise(images.clone(), plan))) for images in (start, end)
        ]
    said_kg = (said[1].mean(dim=0) - said[0].mean(dim=0)).double().numpy()
    asked = torch.cat([start[:ASKED], end[:ASKED]])
    return unmixed(said_kg, part_response(encoder, plan, asked))


def _some(files: Sequence[bytes]) -> Sequence[bytes]:
    """At most `MOST_FRAMES` of them, spread evenly."""
    if len(files) <= MOST_FRAMES:
        return files
    return [files[round(i)] for i in np.linspace(0, len(files) - 1, MOST_FRAMES)]


def attribute_capture(
    encoder: FaceEncoder,
    plan: InputPlan,
    crops: Sequence[bytes],
    between: Callable[[], None] = lambda: None,
) -> KgMap:
    """Where the relief of one face raises or lowers g; to be read beside others of the person."""
    face = _mean_crop(crops)
    maps = _along(encoder, plan, _blurred(face, RELIEF_PX), face, between)
    return np.asarray(_blurred(maps.sum(dim=0, keepdim=True), GRAIN_PX)[0].numpy(), np.float32)


def _along(
    encoder: FaceEncoder,
    plan: InputPlan,
    start: Tensor,
    end: Tensor,
    between: Callable[[], None],
) -> Tensor:
    """What each part's answer gains on each pixel of the way, (parts, 256, 256)."""
    share = (torch.arange(STEPS) + 0.5) / STEPS
    gradients = torch.zeros(())
    for chunk in torch.split(share, 4):
        between()
        crops = (start + chunk.view(-1, 1, 1, 1) * (end - start)).requires_grad_(True)
        totals = _said(encoder, plan, crops).sum(dim=0)
        found = [torch.autograd.grad(total, crops, retain_graph=True)[0] for total in totals]
        gradients = gradients + torch.stack([g.sum(dim=0) for g in found])
    return ((end - start) * gradients / STEPS).sum(dim=1)


def _said(encoder: FaceEncoder, plan: InputPlan, crops: Tensor) -> Tensor:
    """Of crops (n, 3, 256, 256), 0 to 1, what each part says, (n, parts)."""
    return encoder.part_kg(encoder(normalise(cut_crops(crops, plan), plan)))


def part_areas() -> Tensor:
    """Where the parts lie in the crop, (6, 256, 256), 0 to 1, in the order of `parts_kg`: of each
    the places where it swells most, `LARGEST_PART` of the face together at most."""
    with Picture.open(face_parts_file(), formats=("PNG",)) as picture:
        drawn = torch.from_numpy(np.array(picture.convert("L"))).float() / 255.0
    squares = torch.stack(torch.split(drawn, drawn.shape[0], dim=1))[:, None]
    size = (CROP_PX, CROP_PX)
    areas = functional.interpolate(squares, size=size, mode="bilinear", align_corners=False)[:, 0]
    most = int(LARGEST_PART * FACE_PX)
    limit = areas.flatten(1).kthvalue(CROP_PX**2 - most, dim=1).values
    return torch.where(areas > limit[:, None, None].clamp_min(0.05), areas, 0.0)


def _mean_crop(files: Sequence[bytes]) -> Tensor:
    """(3, 256, 256), 0 to 1."""
    return decode_crops(files).float().mean(dim=0) / 255.0


def _blurred(images: Tensor, sigma_px: float) -> Tensor:
    """Gaussian, of (c, 256, 256); at the edge the picture is mirrored."""
    return torch.stack(
        [torch.from_numpy(cv2.GaussianBlur(i.numpy(), (0, 0), sigma_px)) for i in images]
    )
