"""The queue between a camera and its reader: in order, bounded, and it never blocks for ever."""

import threading
import time

import numpy as np
import pytest

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.cameras.backend import Shot
from edema_desk.media.cameras.feed import ShotFeed


def test_shots_come_in_order() -> None:
    feed = ShotFeed()
    for t_ns in range(5):
        feed.put(Shot(t_ns))
    read = [feed.take(0.0) for _ in range(5)]
    assert [shot.t_ns for shot in read if shot] == list(range(5))
    assert feed.take(0.0) is None
    assert feed.dropped == 0


def test_a_full_queue_loses_its_oldest_and_counts() -> None:
    feed = ShotFeed(room_shots=3)
    for t_ns in range(10):
        feed.put(Shot(t_ns))
    read = [feed.take(0.0) for _ in range(3)]
    assert [shot.t_ns for shot in read if shot] == [7, 8, 9]
    assert feed.dropped == 7
    feed.forget()
    assert feed.dropped == 0


def test_room_is_counted_in_memory_too() -> None:
    feed = ShotFeed(room_bytes=1000)
    for t_ns in range(10):
        feed.put(Shot(t_ns, packet=bytes(300)))
    assert feed.dropped == 7
    big = np.zeros((20, 20, 3), np.uint8)
    feed.put(Shot(10, image=big))  # larger than the room: it alone
    read = feed.take(0.0)
    assert read is not None
    assert read.t_ns == 10
    assert feed.take(0.0) is None
    feed.put(Shot(11, packet=bytes(900)))
    assert feed.take(0.0) is not None
    assert feed.dropped == 10


def test_waiting_ends_in_time_and_with_a_shot() -> None:
    feed = ShotFeed()
    began_s = time.monotonic()
    assert feed.take(0.05) is None
    assert 0.04 < time.monotonic() - began_s < 1.0
    timer = threading.Timer(0.05, feed.put, (Shot(1),))
    timer.start()
    shot = feed.take(5.0)
    timer.join()
    assert shot is not None
    assert time.monotonic() - began_s < 3.0


def test_after_the_end_what_is_left_comes_first_and_then_the_error_each_time() -> None:
    feed = ShotFeed()
    feed.put(Shot(1))
    feed.end()
    feed.end(ErrorCode.CAMERA_BUSY)
    feed.put(Shot(2))
    assert feed.take(0.0) is not None
    for _ in range(2):
        with pytest.raises(ExpectedError) as caught:
            feed.take(10.0)
        assert caught.value.code is ErrorCode.CAMERA_GONE
