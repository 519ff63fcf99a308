"""Camera passports are kept whole, and captures refer to the newest of their camera."""

from dataclasses import replace
from datetime import date

import pytest

from edema_desk.domain.capture.camera import (
    CameraAddress,
    CameraKind,
    CameraMode,
    CameraReport,
    Setting,
)
from edema_desk.domain.capture.passport import (
    CameraPassport,
    Cause,
    ItemResult,
    ItemVerdict,
    PassportItem,
    camera_key,
)
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.store.base.database import Store
from edema_desk.store.captures.passports import keep_passport, latest_passport
from edema_desk.store.captures.recordings import RecordingStart, begin_recording
from tests.store.store_samples import at, some_patient

MONDAY = date(2026, 3, 2)
DESK = CameraReport(
    CameraAddress(CameraKind.LOCAL, "/dev/video0", "Desk camera"),
    CameraMode(1920, 1080, 29.8, "MJPG"),
    "V4L2",
    (Setting("exposure", 120.0, 120.0), Setting("gain", None, 4.0)),
)
WALL = CameraReport(
    CameraAddress(CameraKind.NETWORK, "rtsp://nurse:secret@10.0.0.7/live?token=secret"),
    CameraMode(1280, 720, 25.0),
    "network",
)


def passport(
    report: CameraReport = DESK, verdict: ItemVerdict = ItemVerdict.GOOD
) -> CameraPassport:
    results = tuple(
        ItemResult(item, verdict, Cause.FINE, {"figure": 1.25, "other": -3.0})
        for item in PassportItem
    )
    return CameraPassport(new_id(), report, at(MONDAY, 7), results)


def passport_of_capture(store: Store, capture_id: str) -> str | None:
    with store.reading() as db:
        rows = db.query("select passport_id from capture where capture_id = ?", [capture_id])
        found: str | None = next(rows)["passport_id"]
        return found


def test_a_passport_comes_back_as_it_was_and_the_newest_counts(store: Store) -> None:
    key = camera_key(DESK.address)
    assert latest_passport(store, key) is None
    first, second = passport(), passport(verdict=ItemVerdict.BAD)
    keep_passport(store, new_id(), first)
    assert latest_passport(store, key) == first
    keep_passport(store, new_id(), second)
    assert latest_passport(store, key) == second
    assert not second.passed


def test_a_retry_keeps_it_once(store: Store) -> None:
    act_id, made = new_id(), passport()
    assert keep_passport(store, act_id, made) == keep_passport(store, act_id, made)
    with store.reading() as db:
        assert db.table("camera_passport").count == 1


def test_no_password_is_kept_and_the_camera_is_known_without_it(store: Store) -> None:
    keep_passport(store, new_id(), passport(WALL))
    with store.reading() as db:
        rows = [str(row) for table in ("camera_passport", "audit") for row in db.table(table).rows]
    assert not any("secret" in row for row in rows)
    other_password = CameraAddress(CameraKind.NETWORK, "rtsp://nurse:changed@10.0.0.7/live")
    assert latest_passport(store, camera_key(other_password)) is not None


def test_a_camera_is_known_by_its_name_in_another_socket() -> None:
    moved = CameraAddress(CameraKind.LOCAL, "/dev/video2", "Desk camera")
    other = CameraAddress(CameraKind.LOCAL, "/dev/video0", "Wall camera")
    assert camera_key(moved) == camera_key(DESK.address)
    assert camera_key(other) != camera_key(DESK.address)


@pytest.mark.parametrize("tested", [True, False])
def test_a_capture_refers_to_the_passport_its_camera_had(store: Store, tested: bool) -> None:
    made, other = passport(), passport(WALL)
    keep_passport(store, new_id(), other)
    if tested:
        keep_passport(store, new_id(), made)
    start = RecordingStart(new_id(), some_patient(store), None, Phase.PRE, at(MONDAY, 8), DESK)
    begin_recording(store, new_id(), start)
    later = replace(made, passport_id=new_id())
    keep_passport(store, new_id(), later)
    expected = made.passport_id if tested else None
    assert passport_of_capture(store, start.capture_id) == expected
