"""What encoding a camera's pictures costs, and what it does to the estimate: docs/measured.md.

Photographs of faces are filmed at 1080p as a camera sees them, with fresh grain in each picture.
The same pictures are scored as they are and after each encoder, by the shipped model. Nothing is
left out in between: the difference is the encoder's.
"""

import io
import time
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import cv2
import numpy as np
import torch
from av.video.stream import VideoStream

from edema_desk.domain.capture.clips import ClipSource, Frame, Image
from edema_desk.flow.base.model import base_model
from edema_desk.learning.embed import embed_crops
from edema_desk.learning.package import load_package
from edema_desk.media.decode import open_clip
from edema_desk.media.plan import EVERY_FRAME
from edema_desk.media.recording.recorder import ClipRecorder
from edema_desk.media.sealed import SealedKind, SealedWriter
from edema_desk.vision.detector import MtcnnDetector
from edema_desk.vision.observer import ClipObserver
from tests.conftest import SHARED_MEDIA

WIDTH, HEIGHT, FPS = 1920, 1080, 30
FRAMES = 30
FACES = 5
KEY = bytes(32)
JPEG_QUALITIES = (80, 85, 90, 95)
FFMPEG: Mapping[str, tuple[str, Mapping[str, str]]] = {
    **{f"FFmpeg's MJPEG, q {q}": ("mjpeg", {"qmin": f"{q}", "qmax": f"{q}"}) for q in (2, 3, 5)},
    **{
        f"x264 {preset}, CRF {crf}": (
            "libx264",
            {"preset": preset, "crf": f"{crf}", "tune": "zerolatency", "g": f"{FPS}"},
        )
        for preset, crf in (("ultrafast", 15), ("ultrafast", 18), ("veryfast", 18))
    },
}
HEADER = (
    "| encoder | ms of processor a picture | MB a minute | change of g, mean size | worst |\n"
    "|---|---|---|---|---|"
)


def rows(place: Path) -> Iterator[str]:
    """A Markdown row for each encoder."""
    yield HEADER
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    judge = _Judge()
    names = [f"JPEG {quality} (libjpeg-turbo)" for quality in JPEG_QUALITIES] + list(FFMPEG)
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in names}
    photos = sorted((SHARED_MEDIA / "faces").glob("*neutral.jpg"))[3::22][:FACES]
    for seed, photo in enumerate(photos):
        pictures = filmed(cv2.cvtColor(cv2.imread(str(photo)), cv2.COLOR_BGR2RGB), seed)  # type: ignore[arg-type]
        raw_kg = judge.score_kg(_timed(pictures))
        for name in names:
            ms, minute_mb, clip = _encoded(name, pictures, place / "codecs")
            with open_clip(clip, EVERY_FRAME) as opened:
                found[name].append((ms, minute_mb, judge.score_kg(opened.frames) - raw_kg))
    for name, told in found.items():
        ms, minute_mb, _ = np.mean(told, axis=0)
        changes = np.abs([change for _, _, change in told])
        effect = f"{changes.mean():.3f} kg | {changes.max():.3f} kg"
        yield f"| {name} | {ms:.1f} | {minute_mb:.0f} | {effect} |"


def filmed(photo: Image, seed: int, count: int = FRAMES) -> list[Image]:
    """Pictures of a camera before which a face sways a little, each with grain of its own."""
    rng = np.random.default_rng(seed)
    grain = rng.normal(0, 2.5, (HEIGHT + 64, WIDTH + 64, 3)).astype(np.float32)
    grain = np.round(cv2.GaussianBlur(grain, (0, 0), 0.6) * 1.6).astype(np.int16)
    height, width = photo.shape[:2]
    pictures = []
    for i in range(count):
        turn = np.deg2rad(0.8 * np.sin(i / 15))
        scale = HEIGHT / 1.08 / height
        cosine, sine = scale * np.cos(turn), scale * np.sin(turn)
        left = WIDTH / 2 - width / 2 * cosine + height / 2 * sine + 3 * np.sin(i / 9)
        top = HEIGHT / 2 - height / 2 * cosine - width / 2 * sine + 2 * np.cos(i / 7)
        place = np.array([[cosine, -sine, left], [sine, cosine, top]])
        shown = cv2.warpAffine(
            photo, place, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        x, y = rng.integers(0, 64, 2)
        noisy = cv2.add(shown, grain[y : y + HEIGHT, x : x + WIDTH], dtype=cv2.CV_8U)
        pictures.append(np.asarray(noisy, np.uint8))
    return pictures


class _Judge:
    """Scores pictures by the shipped model, in this process."""

    def __init__(self) -> None:
        self._model = load_package(base_model().folder)
        self._detector = MtcnnDetector()

    def score_kg(self, frames: Iterator[Frame]) -> float:
        observer = ClipObserver(self._detector)
        for frame in frames:
            observer.observe(frame)
        observed = observer.finish(FRAMES * 1000.0 / FPS)
        assert observed.refusal is None
        return embed_crops(self._model.encoder, self._model.card.input, observed.crops).score.g_kg


def _timed(pictures: Sequence[Image]) -> Iterator[Frame]:
    for number, image in enumerate(pictures):
        yield Frame(float(round(number * 1000 / FPS)), image)


def _encoded(name: str, pictures: Sequence[Image], path: Path) -> tuple[float, float, ClipSource]:
    """Processor milliseconds a picture, megabytes a minute, and the clip."""
    path.unlink(missing_ok=True)
    began_s = time.process_time()
    if name in FFMPEG:
        _by_ffmpeg(*FFMPEG[name], pictures, path)
        source = ClipSource(path)
    else:
        _by_jpeg(int(name.split()[1]), pictures, path)
        source = ClipSource(path, KEY, "c1")
    ms = (time.process_time() - began_s) * 1000.0 / len(pictures)
    return ms, path.stat().st_size / 1e6 / len(pictures) * FPS * 60, source


def _by_jpeg(quality: int, pictures: Sequence[Image], path: Path) -> None:
    sink = SealedWriter(path, KEY, "c1", SealedKind.CLIP)
    recorder = ClipRecorder(sink, WIDTH, HEIGHT, packets=True)
    for frame in _timed(pictures):
        bgr = cv2.cvtColor(frame.image, cv2.COLOR_RGB2BGR)
        packet = cv2.imencode(".jpg", bgr, (cv2.IMWRITE_JPEG_QUALITY, quality))[1]
        recorder.write_packet(frame.t_ms, packet.tobytes())
    recorder.finish()


def _by_ffmpeg(
    encoder: str, options: Mapping[str, str], pictures: Sequence[Image], path: Path
) -> None:
    file = io.BytesIO()
    with av.open(file, "w", format="matroska") as container:
        asked = dict(options) | {"threads": "1"}
        stream = cast("VideoStream", container.add_stream(encoder, rate=FPS, options=asked))
        stream.width, stream.height = WIDTH, HEIGHT
        stream.pix_fmt = "yuvj420p" if encoder == "mjpeg" else "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, 1000)
        for frame in _timed(pictures):
            picture = av.VideoFrame.from_ndarray(frame.image, format="rgb24")
            picture.pts, picture.time_base = round(frame.t_ms), Fraction(1, 1000)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    path.write_bytes(file.getvalue())
