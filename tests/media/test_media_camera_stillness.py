"""A frozen and a black camera are noticed within two seconds, a calm scene never."""

import itertools
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from edema_desk.domain.capture.clips import Image
from edema_desk.media.cameras.backend import Shot
from edema_desk.media.cameras.stillness import Stillness, StillnessWatch
from edema_desk.media.pictures import encode_jpeg

Dress = Callable[[int, Image], Shot]
STEP_NS = 40_000_000


def as_image(t_ns: int, image: Image) -> Shot:
    return Shot(t_ns, image=image)


def as_packet(t_ns: int, image: Image) -> Shot:
    return Shot(t_ns, packet=encode_jpeg(image))


def from_network(t_ns: int, image: Image) -> Shot:
    preview = image if t_ns % 80_000_000 == 0 else None
    return Shot(t_ns, packet=encode_jpeg(image), preview=preview, foreign=True)


WAYS = pytest.mark.parametrize("dress", [as_image, as_packet, from_network])


def scene(level: float, noise: float, seed: int = 3) -> Iterator[Image]:
    rng = np.random.default_rng(seed)
    still = rng.uniform(0.5 * level, 1.5 * level, (180, 240, 3))
    while True:
        yield np.clip(still + rng.normal(0, noise, still.shape), 0, 255).astype(np.uint8)


def noticed_s(dress: Dress, images: Iterator[Image], wanted: Stillness) -> float | None:
    """When a watch that saw two good seconds first says `wanted`; it must not say otherwise."""
    watch, good = StillnessWatch(), scene(120, 2.0)
    for step in range(50):
        assert watch.look(dress(step * STEP_NS, next(good))) is Stillness.OK
    for step in range(50, 125):
        said = watch.look(dress(step * STEP_NS, next(images)))
        if said is not Stillness.OK:
            assert said is wanted
            return (step - 50) * STEP_NS / 1e9
    return None


@WAYS
def test_a_repeated_picture_is_noticed(dress: Dress) -> None:
    last = next(scene(120, 2.0, 9))
    after_s = noticed_s(dress, itertools.repeat(last), Stillness.FROZEN)
    assert after_s is not None
    assert 1.0 < after_s < 2.0


@WAYS
def test_a_black_picture_is_noticed(dress: Dress) -> None:
    after_s = noticed_s(dress, scene(1.0, 1.0), Stillness.BLACK)
    assert after_s is not None
    assert 1.0 < after_s < 2.0


@WAYS
@pytest.mark.parametrize("level", [20.0, 120.0, 240.0])
def test_a_calm_scene_is_neither(dress: Dress, level: float) -> None:
    assert noticed_s(dress, scene(level, 1.0), Stillness.FROZEN) is None


def test_a_hand_before_the_lens_for_a_second_is_nothing() -> None:
    watch, good, dark = StillnessWatch(), scene(120, 2.0), scene(1, 1)
    for step in range(200):
        shown = dark if (step // 25) % 3 == 1 else good
        assert watch.look(as_image(step * STEP_NS, next(shown))) is Stillness.OK


def test_it_recovers() -> None:
    watch, good = StillnessWatch(), scene(120, 2.0)
    last = next(good)
    said = [watch.look(as_image(step * STEP_NS, last)) for step in range(60)]
    assert said[-1] is Stillness.FROZEN
    assert watch.look(as_image(60 * STEP_NS, next(good))) is Stillness.OK


def test_packets_from_the_network_are_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    watch, good = StillnessWatch(), scene(120, 2.0)

    def forbidden(packet: bytes) -> Image:
        raise AssertionError(packet)

    monkeypatch.setattr(watch._decoder, "decode", forbidden)
    for step in range(50):
        watch.look(from_network(step * STEP_NS, next(good)))
    with pytest.raises(AssertionError):
        watch.look(as_packet(10**12, next(good)))
