"""Single pictures: colours kept, photographs upright, bombs refused."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.pictures import decode_jpeg, encode_jpeg, read_picture
from tests.media.media_clips import corners, picture


def code(path: Path) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        read_picture(path)
    return caught.value.code


def test_a_picture_survives_jpeg() -> None:
    image = picture(256, 256, 3)
    data = encode_jpeg(image)
    assert data == encode_jpeg(image)
    assert np.abs(decode_jpeg(data).astype(int) - image).mean() < 1.0


def test_colours_keep_their_full_resolution() -> None:
    stripes = np.zeros((64, 64, 3), np.uint8)
    stripes[:, ::2] = (255, 0, 0)
    stripes[:, 1::2] = (0, 0, 255)
    assert np.abs(decode_jpeg(encode_jpeg(stripes)).astype(int) - stripes).mean() < 8


def test_quality_is_obeyed() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (64, 64, 3), np.uint8)
    assert len(encode_jpeg(noise, 40)) < len(encode_jpeg(noise, 95)) / 2


@pytest.mark.parametrize(
    ("orientation", "turned"),
    [(1, "RGBW"), (2, "GRWB"), (3, "WBGR"), (4, "BWRG"), (6, "BRWG"), (8, "GWRB")],
)
def test_a_photograph_stands_upright(tmp_path: Path, orientation: int, turned: str) -> None:
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    Pillow.fromarray(picture(96, 64, 0)).save(tmp_path / "photo.jpg", quality=95, exif=exif)
    image = read_picture(tmp_path / "photo.jpg")
    assert corners(image) == turned
    assert image.shape == ((96, 64, 3) if orientation in (6, 8) else (64, 96, 3))
    assert image.flags.c_contiguous
    assert image.flags.writeable


@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA", "P", "LA"])
def test_png_of_any_mode_becomes_rgb(tmp_path: Path, mode: str) -> None:
    Pillow.fromarray(picture(96, 64, 0)).convert(mode).save(tmp_path / "photo.png")
    assert read_picture(tmp_path / "photo.png").shape == (64, 96, 3)


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(30_000, 30_000), (8_001, 8_000)])
def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "bomb.png").write_bytes(png_that_claims(*size))
    assert code(tmp_path / "bomb.png") is ErrorCode.PICTURE_REFUSED


def test_what_is_no_photograph(tmp_path: Path) -> None:
    assert code(tmp_path / "absent.jpg") is ErrorCode.FILE_MISSING
    assert code(tmp_path) is ErrorCode.FILE_UNREADABLE
    (tmp_path / "text.jpg").write_text("hello")
    assert code(tmp_path / "text.jpg") is ErrorCode.PICTURE_REFUSED
    Pillow.fromarray(picture(32, 32, 0)).save(tmp_path / "anim.gif")
    assert code(tmp_path / "anim.gif") is ErrorCode.PICTURE_REFUSED
    whole = encode_jpeg(picture(256, 256, 0))
    (tmp_path / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    assert code(tmp_path / "cut.jpg") is ErrorCode.PICTURE_REFUSED
    with pytest.raises(ExpectedError) as caught:
        decode_jpeg(whole[:100], "crop")
    assert caught.value.params == {"name": "crop"}
