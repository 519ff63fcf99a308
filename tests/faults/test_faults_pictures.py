"""Row U5: a picture that would fill the memory is refused by its header, wherever one is read;
libraries that decode bytes from outside are new enough."""

import subprocess
import sys
import textwrap
import zlib
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import av
import cv2
import numpy as np
import PIL
import pytest
from PIL import Image as Pillow

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.pictures import decode_jpeg, read_picture
from edema_desk.synthesis.sources import read_picture as read_face

SIDE_PX = 30_000
READERS = {
    "photographs": "from edema_desk.media.pictures import read_picture as read",
    "faces": "from edema_desk.synthesis.sources import read_picture as read",
}


def chunk(kind: bytes, data: bytes) -> bytes:
    checked = kind + data
    return len(data).to_bytes(4, "big") + checked + zlib.crc32(checked).to_bytes(4, "big")


def write_bomb(path: Path) -> Path:
    """A whole PNG of 30,000 x 30,000 grey pixels in a megabyte: 900 MB once decoded."""
    header = SIDE_PX.to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    packer = zlib.compressobj(9)
    line = bytes(SIDE_PX + 1)
    body = b"".join([packer.compress(line * 100) for _ in range(SIDE_PX // 100)])
    data = chunk(b"IHDR", header) + chunk(b"IDAT", body + packer.flush()) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + data)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured another way there")
@pytest.mark.parametrize("reader", READERS)
def test_a_bomb_is_refused_before_any_of_it_is_decoded(tmp_path: Path, reader: str) -> None:
    """In a process of its own, whose memory is measured before and after."""
    program = textwrap.dedent(f"""
        import resource, sys
        from pathlib import Path
        from edema_desk.errors import ExpectedError
        {READERS[reader]}
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            found = read(Path(sys.argv[1]))
        except ExpectedError as error:
            found = error.code.value
        print(found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    """)
    bomb = write_bomb(tmp_path / "face.png")
    assert bomb.stat().st_size < 2_000_000
    done = subprocess.run(
        [sys.executable, "-c", program, str(bomb)], capture_output=True, text=True, check=True
    )
    found, grown_kb = done.stdout.split()
    assert found == {"photographs": "picture_refused", "faces": "None"}[reader]
    assert int(grown_kb) < 60_000


def test_other_formats_are_never_opened(tmp_path: Path) -> None:
    small = Pillow.fromarray(np.full((64, 64, 3), 90, np.uint8))
    for kind in ("bmp", "gif", "tiff", "webp", "ppm"):
        path = tmp_path / f"{kind}.png"
        small.save(path, format=kind)
        with pytest.raises(ExpectedError) as caught:
            read_picture(path)
        assert caught.value.code is ErrorCode.PICTURE_REFUSED
        assert read_face(path) is None
        with pytest.raises(ExpectedError):
            decode_jpeg(path.read_bytes())


def test_a_damaged_picture_is_refused_and_never_half_shown(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    whole = tmp_path / "whole.png"
    Pillow.fromarray(random.integers(0, 255, (48, 48, 3), np.uint8).astype(np.uint8)).save(whole)
    data = whole.read_bytes()
    for number in range(60):
        broken = bytearray(data)
        at = int(random.integers(8, len(data)))
        broken[at] ^= 1 << int(random.integers(0, 8))
        path = tmp_path / "broken.png"
        path.write_bytes(broken)
        with suppress(ExpectedError):  # and nothing else is raised
            assert read_picture(path).shape == (48, 48, 3), number


def parts(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:2] if part.isdecimal())


def test_decoders_are_new_enough() -> None:
    assert parts(PIL.__version__) >= (13, 0)
    assert parts(av.__version__) >= (18, 0)
    assert av.library_versions["libavcodec"] >= (61, 0, 0)
    assert parts(cv2.__version__) >= (4, 12)
    assert parts(version("numpy")) >= (2, 0)
