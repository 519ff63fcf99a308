"""Eyes that close are seen to close."""

from pathlib import Path

import numpy as np
import pytest

from edema_desk.domain.capture.clips import ClipSource, Frame, Image
from edema_desk.domain.terms.quality import FrameRefusal
from edema_desk.media.decode import open_clip
from edema_desk.media.plan import EVERY_FRAME
from edema_desk.synthesis.filming import film, seat
from edema_desk.synthesis.nuisance import REST_LIGHT, Look, Motion
from edema_desk.synthesis.portraits import draw_portrait
from edema_desk.synthesis.swelling import SwellingStyle, swell
from edema_desk.vision.detector import MtcnnDetector
from edema_desk.vision.eyes import EyeReader
from edema_desk.vision.face_mesh import FaceMesh
from edema_desk.vision.observer import ClipObserver

LOOK = Look(REST_LIGHT, (1.0, 1.0, 1.0), 1.0, 1.0, 1.0, 0.5, 0.0, 20)


def blinking(closed: list[float]) -> list[Image]:
    """A drawn face that closes its eyes so far."""
    count = len(closed)
    sitter = seat(draw_portrait(np.random.default_rng(3)), SwellingStyle())
    still = np.zeros(count)
    motion = Motion(
        turn=np.zeros((count, 2)),
        expression=np.zeros((count, 4)),
        mouth=still,
        lids=np.array(closed),
        roll=still,
        shift=np.zeros((count, 2)),
        scale=np.ones(count),
        level=np.ones(count),
    )
    swelling = swell(sitter.regions, np.zeros(6))
    return list(film(sitter, swelling, LOOK, motion, np.random.default_rng(0)))


def test_openings_fall_as_the_lids_do(detector: MtcnnDetector) -> None:
    mesh, eyes = FaceMesh(), EyeReader()
    seen = []
    for picture in blinking([0.0, 0.5, 1.0]):
        points = detector.detect(picture)[0].points
        seen.append(eyes.openings(picture, mesh.read(picture, points)))
    (left, right), half, shut = seen
    assert min(left, right) > 0.2
    assert left == pytest.approx(right, abs=0.06)
    assert min(left, right) > max(half) > max(shut)
    assert min(shut) < 0.17


@pytest.mark.media
def test_a_woman_who_shuts_her_eyes_is_refused_for_it(
    media_dir: Path, detector: MtcnnDetector
) -> None:
    observer = ClipObserver(detector)
    wanted = {960: FrameRefusal.EYES_CLOSED, 1680: FrameRefusal.EYES_CLOSED}
    with open_clip(ClipSource(media_dir / "clips" / "pexels_woman.mp4"), EVERY_FRAME) as clip:
        for frame in clip.frames:
            if frame.t_ms > 1800:
                break
            for t_ms in [t for t in wanted if abs(frame.t_ms - t) < 21]:
                seen = observer.observe(Frame(frame.t_ms, frame.image))
                assert seen.refusal == wanted.pop(t_ms)
    assert not wanted
