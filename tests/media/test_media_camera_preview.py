"""Small pictures for a person to see."""

import numpy as np
import pytest

from edema_desk.domain.capture.clips import Image
from edema_desk.media.cameras.backend import Shot
from edema_desk.media.cameras.preview import WIDEST_PX, Previewer
from tests.media.made_up_servers import packet
from tests.media.media_clips import corners, picture


@pytest.mark.parametrize("width", [320, 960, 1280, 1920, 3840])
def test_packets_and_pictures_become_small_and_stay_themselves(width: int) -> None:
    size = (width, width // 2)
    for shot in (Shot(1, packet=packet(0, size)), Shot(1, image=picture(*size, 0))):
        shown = Previewer().of(shot)
        assert shown is not None
        assert shown.shape[1] == min(width, shown.shape[1]) <= WIDEST_PX
        assert shown.shape[1] >= min(width, WIDEST_PX // 2)
        assert corners(shown) == "RGBW"


def test_what_came_by_the_network_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(self: object, data: bytes) -> Image:
        raise AssertionError(self, data)

    monkeypatch.setattr("edema_desk.media.cameras.jpeg.PacketDecoder.decode", forbidden)
    preview = picture(96, 64, 0)
    previewer = Previewer()
    assert previewer.of(Shot(1, packet=packet(0), foreign=True)) is None
    shown = previewer.of(Shot(1, packet=packet(0), preview=preview, foreign=True))
    assert np.array_equal(shown if shown is not None else 0, preview)


def test_what_shows_nothing_gives_nothing() -> None:
    assert Previewer().of(Shot(1)) is None
    assert Previewer().of(Shot(1, packet=b"hello")) is None
