"""A photograph goes all the way from frame to chosen crop."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from edema_desk.domain.clips import Frame
from edema_desk.vision.detector import MtcnnDetector
from edema_desk.vision.observer import ClipObserver

pytestmark = pytest.mark.media


def test_a_still_face_gives_the_same_crop_each_time(media_dir: Path) -> None:
    bgr = cv2.imread(str(media_dir / "faces" / "london_045_neutral.jpg"))
    assert bgr is not None
    image = np.ascontiguousarray(bgr[:, :, ::-1], np.uint8)
    clips = []
    for _ in range(2):
        observer = ClipObserver(MtcnnDetector())
        for i in range(9):
            assert observer.observe(Frame(i * 40.0, image)).refusal is None
        clips.append(observer.finish(360.0))
    assert clips[0].refusal is None
    assert len(clips[0].crops) == 9
    assert clips[0].crops == clips[1].crops
