"""The body of the network, from pixels to an embedding, as a chain of named blocks."""

from collections import OrderedDict

from torch import nn
from torchvision.models.resnet import BasicBlock

EMBEDDING_SIZE = 512
FINE_WIDTH = 16
_MAP_SIDE = 8


def fine_body() -> nn.Sequential:
    """ResNet-18's blocks, narrower and on a grid twice as fine, whose last map is kept whole.

    A kilogram moves skin by half a pixel: that is seen where the grid is fine, and said by where
    on the face it is seen, which a mean over the map would forget.
    """
    width = FINE_WIDTH
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(3, width, 3, stride=2, padding=1, bias=False),
            bn1=nn.BatchNorm2d(width),
            relu=nn.ReLU(inplace=True),
            layer1=_layer(width, width, 1),
            layer2=_layer(width, 2 * width, 2),
            layer3=_layer(2 * width, 4 * width, 2),
            layer4=_layer(4 * width, 8 * width, 2),
            squeeze=nn.Conv2d(8 * width, EMBEDDING_SIZE // _MAP_SIDE**2, 1),
            pool=nn.AdaptiveAvgPool2d(_MAP_SIDE),
            flatten=nn.Flatten(),
        )
    )


def _layer(wide_in: int, wide_out: int, stride: int) -> nn.Sequential:
    """Two residual blocks, the first with `stride`."""
    shortcut = None
    if stride != 1 or wide_in != wide_out:
        shortcut = nn.Sequential(
            nn.Conv2d(wide_in, wide_out, 1, stride=stride, bias=False), nn.BatchNorm2d(wide_out)
        )
    return nn.Sequential(
        BasicBlock(wide_in, wide_out, stride, shortcut), BasicBlock(wide_out, wide_out)
    )
