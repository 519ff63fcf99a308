"""Row U4: damaged and hostile files crash nothing, and each is refused with its reason or read.

A thousand mutated clips go through the restricted decoder, and two hundred files through the inbox
with a real worker; by default a tenth of them.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.random import Generator

from edema_desk import words
from edema_desk.domain.capture.clips import ClipSource
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.inbox.filing import InboxItem, InboxPlan, InboxState
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.inbox import running, scanning
from edema_desk.flow.inbox.running import run_on_folder
from edema_desk.media.outside import open_clip_from_outside
from edema_desk.paths import Profile
from edema_desk.store.people.patients import add_patient
from tests.faults.rounds import rounds
from tests.media.child_processes import children
from tests.media.media_clips import write_clip, write_foreign, write_sound

TIMES = tuple(40.0 * i for i in range(6))
TICKS = tuple(range(6))
ABOUT_THE_FILE = {
    ErrorCode.NOT_A_VIDEO,
    ErrorCode.CONTAINER_REFUSED,
    ErrorCode.CODEC_REFUSED,
    ErrorCode.CLIP_EMPTY,
    ErrorCode.CLIP_TRUNCATED,
    ErrorCode.CLIP_TOO_LARGE,
    ErrorCode.DECODER_FAILED,
}
LONGEST_S = 60.0
FULL_RUN_S = 2400
"""All rounds take longer than the limit that finds a test which hangs."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Small clips of every container that is taken in."""
    folder = tmp_path_factory.mktemp("whole")
    made = [
        write_clip(folder / "a.mp4", TIMES),
        write_clip(folder / "b.mkv", TIMES, codec="mjpeg"),
        write_clip(folder / "c.mkv", TIMES, codec="ffv1"),
        write_foreign(folder / "d.webm", "libvpx", ticks=TICKS),
        write_foreign(folder / "e.mov", "libx264", ticks=TICKS, muxing={"movflags": "faststart"}),
        write_foreign(folder / "f.avi", "mpeg4", ticks=TICKS),
        write_foreign(folder / "g.mpg", "mpeg1video", ticks=TICKS),
    ]
    return [path.read_bytes() for path in made]


def flip_bits(data: bytearray, random: Generator) -> bytearray:
    for at in random.integers(0, len(data), int(random.integers(1, 40))):
        data[at] ^= 1 << int(random.integers(0, 8))
    return data


def cut_off(data: bytearray, random: Generator) -> bytearray:
    return data[: int(random.integers(0, len(data)))]


def overwrite(data: bytearray, random: Generator) -> bytearray:
    at, length = int(random.integers(0, len(data))), int(random.integers(1, 400))
    data[at : at + length] = random.bytes(min(length, len(data) - at))
    return data


def repeat(data: bytearray, random: Generator) -> bytearray:
    at, length = int(random.integers(0, len(data))), int(random.integers(1, 2000))
    return data[: at + length] + data[at:]


def huge_lengths(data: bytearray, random: Generator) -> bytearray:
    """Length fields of the first boxes and elements claim as much as they can."""
    for at in random.integers(0, min(len(data), 600), 3):
        data[at : at + 4] = random.choice([b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0"])
    return data


MUTATIONS: tuple[Callable[[bytearray, Generator], bytearray], ...] = (
    flip_bits,
    cut_off,
    overwrite,
    repeat,
    huge_lengths,
)


def mutated(whole: list[bytes], number: int) -> bytes:
    """The same file for the same number."""
    random = np.random.default_rng(number)
    data = bytearray(whole[number % len(whole)])
    return bytes(MUTATIONS[number // len(whole) % len(MUTATIONS)](data, random))


def read(path: Path) -> ErrorCode | None:
    """Decode a file as one from outside; why it was refused, None where it was read."""
    began_s = time.monotonic()
    try:
        with open_clip_from_outside(ClipSource(path)) as clip:
            for frame in clip.frames:
                assert frame.image.dtype == np.uint8
        return None
    except ExpectedError as error:
        words.ERRORS[error.code].filled(error.params)  # a KeyError where a parameter is missing
        return error.code
    finally:
        assert time.monotonic() - began_s < LONGEST_S


@pytest.mark.timeout(FULL_RUN_S)
def test_mutated_clips_crash_nothing(whole: list[bytes], tmp_path: Path) -> None:
    def one(number: int) -> ErrorCode | None:
        path = tmp_path / f"{number}.mp4"
        path.write_bytes(mutated(whole, number))
        return read(path)

    before = children()
    count = rounds(1000)
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(one, range(count)))
    refused = [code for code in found if code is not None]
    assert set(refused) <= ABOUT_THE_FILE
    assert len(refused) > count * 0.4  # mutated enough to matter
    assert children() <= before


def strangers(folder: Path) -> Iterator[Path]:
    """What is no clip of ours, named as one."""
    playlist = b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n/etc/hostname\nhttp://127.0.0.1:9/\n"
    script = b"ffconcat version 1.0\nfile /etc/hostname\n"
    texts = (b"", b"\0" * 5000, b"<html>", b"MZ" + bytes(300), b"%PDF-1.7\n", playlist, script)
    for number, data in enumerate(texts):
        path = folder / f"stranger-{number}.mp4"
        path.write_bytes(data)
        yield path
    for number, (encoder, pixels) in enumerate(
        (("magicyuv", "gbrp"), ("huffyuv", "yuv422p"), ("rawvideo", "yuv420p"))
    ):
        path = folder / f"codec-{number}.mp4"
        yield write_foreign(path, encoder, ticks=TICKS, pixels=pixels, container="avi")
    yield write_foreign(folder / "ts.mp4", "libx264", ticks=TICKS, container="mpegts")
    yield write_foreign(folder / "flv.mp4", "libx264", ticks=TICKS, container="flv")
    yield write_sound(folder / "sound.mp4")
    yield write_clip(folder / "huge.mkv", [0.0], (4200, 2400), "mjpeg")


def test_strangers_named_mp4_are_refused_before_their_first_frame(tmp_path: Path) -> None:
    for path in strangers(tmp_path):
        assert read(path) in ABOUT_THE_FILE - {ErrorCode.DECODER_FAILED}, path.name


def test_a_known_codec_in_a_container_of_another_name_is_read(tmp_path: Path) -> None:
    """The first bytes tell the container, never the name."""
    path = write_foreign(tmp_path / "a.mp4", "mpeg4", ticks=TICKS, container="avi")
    assert read(path) is None
    assert read(write_foreign(tmp_path / "b.mp4", "mpeg4", ticks=TICKS)) is None


@pytest.mark.timeout(FULL_RUN_S)
def test_a_folder_of_hostile_files_is_worked_off_and_a_good_one_among_them_taken_in(
    whole: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "REST_S", 0.2)
    monkeypatch.setattr(running, "_PATIENCE_S", 10.0)  # an empty file never rests
    folder = tmp_path / "tablet"
    folder.mkdir()
    count = rounds(200)
    some = list(strangers(folder))
    for path in some[count // 2 :]:
        path.unlink()
    for number in range(count - min(len(some), count // 2)):
        path = folder / f"104-{number}_2026-03-02_pre.mp4"
        path.write_bytes(mutated(whole, number * 37 + 5))
    good = folder / "104-221_2026-03-02_pre.mov"
    good.write_bytes(whole[0])
    profile = Profile(tmp_path / "profile")
    profile.create()
    ended: list[InboxItem] = []
    with Clinic(profile) as clinic:
        clinic.database.call(
            lambda s: add_patient(
                s, new_id(), NewPatient("104-221", "Sato", care_given=date(2026, 1, 5))
            )
        )
        changing = run_on_folder(
            *(clinic, InboxPlan(folder), unheard, Cancel()), once=True, on_item=ended.append
        )
        assert changing <= 2
    states = {item.name: item.state for item in ended}
    assert states[good.name] is InboxState.TAKEN_IN
    assert set(states.values()) <= {
        InboxState.TAKEN_IN,
        InboxState.REFUSED,
        InboxState.WAITING,
        InboxState.DUPLICATE,
    }
    refused = [item for item in ended if item.state is InboxState.REFUSED]
    assert len(refused) > count * 0.4
    for item in refused:
        assert item.error in ABOUT_THE_FILE, item.error
        reason = item.reason()
        assert reason is not None
        assert "{" not in words.ERRORS[reason.code].filled(reason.params)
    assert len(list(folder.iterdir())) >= count  # and every file is where it was
