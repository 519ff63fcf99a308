"""What is not taken in is refused with its own error, before a decoder sees it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from edema_desk.domain.capture.clips import ClipSource, Frame
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.decode import open_clip
from edema_desk.media.writer import ClipWriter
from tests.media.media_clips import frames_of, picture, write_clip, write_foreign, write_sound


def refusal(path: Path) -> ExpectedError:
    with pytest.raises(ExpectedError) as caught:
        frames_of(path)
    return caught.value


def test_no_file(tmp_path: Path) -> None:
    error = refusal(tmp_path / "absent.mp4")
    assert error.code is ErrorCode.FILE_MISSING
    assert error.params == {"path": str(tmp_path / "absent.mp4")}


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path).code is ErrorCode.FILE_UNREADABLE


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders there")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "clip.mp4")
    assert refusal(tmp_path / "clip.mp4").code is ErrorCode.FILE_UNREADABLE


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", ErrorCode.CLIP_EMPTY),
        (b"The patient was well.\n" * 50, ErrorCode.NOT_A_VIDEO),
        (b"\0" * 4096, ErrorCode.NOT_A_VIDEO),
        (b"\0\0\0\x18ftypmp42", ErrorCode.CLIP_TRUNCATED),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", ErrorCode.NOT_A_VIDEO),
        (b"\x1a\x45\xdf\xa3" + b"\xff" * 4096, ErrorCode.NOT_A_VIDEO),
        (b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n", ErrorCode.CONTAINER_REFUSED),
        (b"\xef\xbb\xbf#EXTM3U\nhttp://127.0.0.1/a.ts\n", ErrorCode.CONTAINER_REFUSED),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", ErrorCode.CONTAINER_REFUSED),
        (b"WEBVTT\n\n00:00.000 --> 00:01.000\nhello\n", ErrorCode.CONTAINER_REFUSED),
        (b"1\n00:00:00,000 --> 00:00:01,000\nhello\n", ErrorCode.NOT_A_VIDEO),
        (b"GIF89a" + b"\0" * 100, ErrorCode.CONTAINER_REFUSED),
        (b"RIFF\x24\0\0\0WAVEfmt ", ErrorCode.CONTAINER_REFUSED),
        (b"G" + b"\0" * 187 + b"G" + b"\0" * 187 + b"G" + b"\0" * 187, ErrorCode.CONTAINER_REFUSED),
    ],
)
def test_other_bytes_named_mp4(tmp_path: Path, content: bytes, code: ErrorCode) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    error = refusal(path)
    assert error.code is code
    assert error.params["name"] == "clip.mp4"


@pytest.mark.parametrize(
    ("encoder", "suffix", "pixels"),
    [
        ("magicyuv", ".avi", "gbrp"),
        ("rawvideo", ".avi", "yuv420p"),
        ("huffyuv", ".avi", "yuv422p"),
        ("prores_ks", ".mov", "yuv422p10le"),
        ("png", ".mov", "rgb24"),
        ("flv", ".avi", "yuv420p"),
        ("msmpeg4", ".avi", "yuv420p"),
    ],
)
def test_other_codecs(tmp_path: Path, encoder: str, suffix: str, pixels: str) -> None:
    path = write_foreign(tmp_path / f"clip{suffix}", encoder, pixels=pixels)
    error = refusal(path)
    assert error.code is ErrorCode.CODEC_REFUSED
    assert error.params["found"] != ""


@pytest.mark.parametrize(
    ("container", "suffix"), [("mpegts", ".ts"), ("flv", ".flv"), ("ogg", ".ogv")]
)
def test_other_containers_named_mp4(tmp_path: Path, container: str, suffix: str) -> None:
    encoder = "libtheora" if container == "ogg" else "libx264"
    if container == "ogg":
        path = tmp_path / "clip.mp4"
        path.write_bytes(b"OggS\0\2" + b"\0" * 500)
    else:
        path = write_foreign(tmp_path / "clip.mp4", encoder, container=container)
    assert refusal(path).code is ErrorCode.CONTAINER_REFUSED


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_sound_alone(tmp_path: Path, suffix: str) -> None:
    assert refusal(write_sound(tmp_path / f"sound{suffix}")).code is ErrorCode.CLIP_EMPTY


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_a_clip_of_no_frames(tmp_path: Path, suffix: str) -> None:
    path = write_foreign(tmp_path / f"none{suffix}", "libx264", ticks=())
    assert refusal(path).code is ErrorCode.CLIP_EMPTY


def test_pictures_beyond_4k(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "huge.mkv", [0.0], (4200, 2400), "mjpeg")
    error = refusal(path)
    assert error.code is ErrorCode.CLIP_TOO_LARGE
    assert error.params == {"name": "huge.mkv", "found": "4200 x 2400", "limit": "4096 x 2304"}


def test_more_than_ten_minutes(tmp_path: Path) -> None:
    times = [30_000.0 * i for i in range(22)]
    error = refusal(write_clip(tmp_path / "long.mkv", times, codec="mjpeg"))
    assert error.code is ErrorCode.CLIP_TOO_LARGE
    assert error.params["limit"] == "10 min"
    ten = write_clip(tmp_path / "ten.mkv", times[:20], codec="mjpeg")
    assert len(frames_of(ten)) == 20


MAKERS: dict[str, Callable[[Path], Path]] = {
    "mp4": lambda path: write_clip(path.with_suffix(".mp4")),
    "mp4-index-first": lambda path: write_foreign(
        path.with_suffix(".mp4"), "libx264", muxing={"movflags": "faststart"}
    ),
    "mp4-fragments": lambda path: write_foreign(
        path.with_suffix(".mp4"),
        "libx264",
        options={"g": "10"},
        muxing={"movflags": "frag_keyframe+empty_moov"},
    ),
    "mkv": lambda path: write_clip(path.with_suffix(".mkv")),
    "mkv-mjpeg": lambda path: write_clip(path.with_suffix(".mkv"), codec="mjpeg"),
    "avi": lambda path: write_foreign(path.with_suffix(".avi"), "mpeg4"),
    "webm": lambda path: write_foreign(path.with_suffix(".webm"), "libvpx"),
    "mpg": lambda path: write_foreign(path.with_suffix(".mpg"), "mpeg1video"),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_cut_off_anywhere(tmp_path: Path, kind: str) -> None:
    whole = MAKERS[kind](tmp_path / "whole")
    data = whole.read_bytes()
    assert len(frames_of(whole)) == 30
    cut = tmp_path / f"cut{whole.suffix}"
    for tenth in range(1, 20):
        cut.write_bytes(data[: len(data) * tenth // 20])
        error = refusal(cut)
        assert error.code in (ErrorCode.CLIP_TRUNCATED, ErrorCode.NOT_A_VIDEO), tenth


def test_frames_before_a_damaged_place_do_not_make_a_whole_clip(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mp4", [40.0 * i for i in range(60)], (320, 240))
    data = bytearray(path.read_bytes())
    third = len(data) // 3
    data[third : 2 * third] = bytes(third)
    path.write_bytes(data)
    with pytest.raises(ExpectedError) as caught, open_clip(ClipSource(path)) as clip:
        for _ in clip.frames:
            pass
    assert caught.value.code is ErrorCode.CLIP_TRUNCATED


def test_a_writer_refuses_time_that_stands_still(tmp_path: Path) -> None:
    with ClipWriter(tmp_path / "clip.mkv", 64, 64, "ffv1") as writer:
        writer.write(Frame(0.0, picture(64, 64, 0)))
        with pytest.raises(ValueError, match="follow"):
            writer.write(Frame(0.0, picture(64, 64, 1)))
