"""Camera passports: kept with the figures they rest on, and found by their camera."""

import json
from dataclasses import asdict
from typing import Any

from sqlite_utils import Database

from edema_desk.domain.capture.camera import CameraAddress
from edema_desk.domain.capture.passport import (
    CameraPassport,
    Cause,
    ItemResult,
    ItemVerdict,
    PassportItem,
    camera_key,
)
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.store.base.database import Done, Store
from edema_desk.store.captures.camera_rows import camera_fields, camera_of


def keep_passport(store: Store, act_id: str, passport: CameraPassport) -> str:
    """Keep a passport; older ones of the camera stay. Its id."""

    def work(db: Database) -> Done:
        kept = {
            "camera": camera_fields(passport.report),
            "utc_ms": passport.made_at.utc_ms,
            "offset_min": passport.made_at.offset_min,
            "results": [asdict(result) for result in passport.results],
        }
        db.table("camera_passport").insert(
            {
                "passport_id": passport.passport_id,
                "camera": camera_key(passport.report.address),
                "settings": json.dumps(kept),
                "passed": int(passport.passed),
                "act_id": act_id,
            }
        )
        about: dict[str, str | bool] = {r.item.value: r.verdict.value for r in passport.results}
        about.update(passport_id=passport.passport_id, passed=passport.passed)
        return Done(passport.passport_id, None, about)

    return store.act(act_id, ActKind.KEEP_CAMERA_PASSPORT, work)


def latest_passport(store: Store, key: str) -> CameraPassport | None:
    """The newest passport of the camera that `camera_key` names so."""
    with store.reading() as db:
        found = db.query(
            "select * from camera_passport where camera = ? order by rowid desc limit 1", [key]
        )
        return next((_passport_of(row) for row in found), None)


def latest_passport_id(db: Database, address: CameraAddress) -> str | None:
    """What a capture by this camera refers to."""
    found = db.query(
        "select passport_id from camera_passport where camera = ? order by rowid desc limit 1",
        [camera_key(address)],
    )
    return next((str(row["passport_id"]) for row in found), None)


def _passport_of(row: dict[str, Any]) -> CameraPassport:
    told = json.loads(row["settings"])
    results = tuple(
        ItemResult(
            PassportItem(each["item"]),
            ItemVerdict(each["verdict"]),
            Cause(each["cause"]),
            each["figures"],
        )
        for each in told["results"]
    )
    made_at = Moment(told["utc_ms"], told["offset_min"])
    return CameraPassport(row["passport_id"], camera_of(told["camera"]), made_at, results)
