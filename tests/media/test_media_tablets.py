"""What tablets and telephones write: upright, at its own times, and dated as the file says."""

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import pytest
from av.video.stream import VideoStream
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.capture.clips import ClipSource
from edema_desk.media.creation_time import creation_time
from edema_desk.media.decode import open_clip
from edema_desk.media.outside import open_clip_from_outside
from edema_desk.media.plan import EVERY_FRAME
from tests.media.media_clips import corners, picture

UNEVEN_MS = (0, 33, 67, 100, 133, 400, 433, 500, 1500, 1533, 1600, 1700)
MADE = datetime(2026, 3, 2, 8, 12, 33, tzinfo=UTC)


def write_as_tablet(
    path: Path,
    encoder: str,
    *,
    turned_deg: int = 0,
    made_at: datetime | None = None,
    muxing: dict[str, str] | None = None,
) -> Path:
    """A clip of uneven times with the tags of a device that was held any way."""
    with av.open(str(path), "w", container_options=dict(muxing or {})) as output:
        if made_at is not None:
            output.metadata["creation_time"] = made_at.strftime("%Y-%m-%dT%H:%M:%S.000000Z")
        stream = cast("VideoStream", output.add_stream(encoder, rate=30))
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, 1000)
        if encoder == "libx265":
            stream.codec_context.codec_tag = "hvc1"
            stream.codec_context.options = {"x265-params": "log-level=error"}
        if turned_deg:
            stream.set_display_rotation(turned_deg)
        for number, t_ms in enumerate(UNEVEN_MS):
            frame = av.VideoFrame.from_ndarray(picture(160, 96, number), format="rgb24")
            frame.pts, frame.time_base = t_ms, Fraction(1, 1000)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


UPRIGHT = {0: "RGBW", 90: "GWRB", 180: "WBGR", 270: "BRWG"}


@pytest.mark.parametrize("turned_deg", UPRIGHT)
@pytest.mark.parametrize(
    ("name", "encoder", "codec"),
    [
        ("ipad.mov", "libx265", "hevc"),
        ("iphone.mov", "libx264", "h264"),
        ("android.mp4", "libx264", "h264"),
        ("android.mp4", "libx265", "hevc"),
    ],
)
def test_it_stands_upright_and_keeps_its_times(
    tmp_path: Path, name: str, encoder: str, codec: str, turned_deg: int
) -> None:
    path = write_as_tablet(tmp_path / name, encoder, turned_deg=turned_deg)
    with open_clip(ClipSource(path), EVERY_FRAME) as clip:
        frames = list(clip.frames)
        assert clip.facts.codec == codec
    assert [frame.t_ms for frame in frames] == pytest.approx(UNEVEN_MS, abs=1.0)
    assert {corners(frame.image) for frame in frames} == {UPRIGHT[turned_deg]}
    on_end = turned_deg in (90, 270)
    assert frames[0].image.shape == ((160, 96, 3) if on_end else (96, 160, 3))


@pytest.mark.parametrize("encoder", ["libvpx-vp9", "libvpx"])
def test_what_a_browser_records(tmp_path: Path, encoder: str) -> None:
    path = write_as_tablet(tmp_path / "chrome.webm", encoder, muxing={"live": "1"})
    with open_clip_from_outside(ClipSource(path), EVERY_FRAME) as clip:
        frames = list(clip.frames)
    assert [frame.t_ms for frame in frames] == pytest.approx(UNEVEN_MS, abs=1.0)
    assert {corners(frame.image) for frame in frames} == {"RGBW"}


@pytest.mark.parametrize("name", ["a.mov", "a.mp4", "a.mkv"])
def test_the_day_it_was_made_is_read(tmp_path: Path, name: str) -> None:
    path = write_as_tablet(tmp_path / name, "libx264", made_at=MADE)
    assert creation_time(ClipSource(path)) == MADE
    first = write_as_tablet(
        tmp_path / f"first-{name}",
        "libx264",
        made_at=MADE,
        muxing={} if name == "a.mkv" else {"movflags": "faststart"},
    )
    assert creation_time(ClipSource(first)) == MADE


@pytest.mark.parametrize("name", ["a.mov", "a.mkv", "a.avi"])
def test_no_day_where_none_is_told(tmp_path: Path, name: str) -> None:
    encoder = "mpeg4" if name == "a.avi" else "libx264"
    path = tmp_path / name
    if name == "a.avi":
        path.write_bytes(b"RIFF\x10\0\0\0AVI LIST")
    else:
        write_as_tablet(path, encoder)
    assert creation_time(ClipSource(path)) is None


def test_clocks_that_were_never_set_tell_nothing(tmp_path: Path) -> None:
    path = write_as_tablet(tmp_path / "a.mp4", "libx264", made_at=datetime(1970, 1, 1, tzinfo=UTC))
    assert creation_time(ClipSource(path)) is None


@given(at=st.integers(0, 5000), byte=st.integers(0, 255), length=st.integers(0, 5000))
def test_no_damage_is_more_than_no_answer(
    tmp_path_factory: pytest.TempPathFactory, at: int, byte: int, length: int
) -> None:
    folder = tmp_path_factory.getbasetemp() / "damaged"
    folder.mkdir(exist_ok=True)
    for name in ("whole.mov", "whole.mkv"):
        whole = folder / name
        if not whole.exists():
            write_as_tablet(whole, "libx264", made_at=MADE)
        data = bytearray(whole.read_bytes())
        data[at % len(data)] = byte
        damaged = folder / f"damaged-{name}"
        damaged.write_bytes(data[: length or len(data)])
        found = creation_time(ClipSource(damaged))
        assert found is None or found.tzinfo is not None
