"""Somebody with an entry in every table, and what the disk says of them afterwards."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlite_utils import Database

from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.inbox.filing import InboxItem, InboxState, Target
from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.terms.judgement import NewJudgement
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase, Schedule, new_id
from edema_desk.domain.terms.schedule import DayPlan
from edema_desk.domain.terms.weights import Tare, TareKind
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.estimates.intake import Slot, take_in
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store
from edema_desk.store.captures.inbox import keep_item, note_file
from edema_desk.store.captures.judgements import judge
from edema_desk.store.captures.notes import add_note, correct_note
from edema_desk.store.captures.sessions import enter_weighing, open_session
from edema_desk.store.models.models import note_model_saw
from edema_desk.store.people.consents import set_consent
from edema_desk.store.people.patients import add_patient, set_dry_weight, set_photo
from edema_desk.store.people.schedules import plan_day
from tests.flow.made_up_worker import clip_file

NAME, KANA, NUMBER = "Qwertzuiop Planted", "クワーツ プランテッド", "PLANTED-77341"
BORN = date(1931, 7, 19)
WORDS = (NAME, KANA, NUMBER, str(BORN), "remark of Qwertzuiop", "reason of Qwertzuiop")
PHOTO = b"\xff\xd8" + random.Random(4).randbytes(30_000)
DAY = date(2026, 3, 2)
_PAGE, _RESERVED, _IV = 4096, 80, 16


def person_with_everything(clinic: Clinic, folder: Path, number: str = NUMBER) -> str:
    """The id of somebody with weights, captures, notes, a photo and a file in the inbox."""
    planted = number == NUMBER
    new = NewPatient(
        *(number, NAME if planted else "Neighbour", KANA if planted else "ネイバー", BORN),
        schedule=Schedule((0, 2, 4), 1, "A1", 4.0),
        dry_weight_g=52_000,
        care_given=date(2026, 1, 5),
    )
    patient_id = clinic.database.call(lambda s: add_patient(s, new_id(), new)).patient_id
    clinic.database.call(lambda s: _entries(s, patient_id, number))
    for phase, hour in ((Phase.PRE, 9), (Phase.POST, 13)):
        clip = clip_file(folder, f"{number}-{phase.value}.mp4", g_kg=1.0)
        session_id = clinic.database.call(lambda s: _session(s, patient_id))
        at = Moment.at_clinic(DAY, hour, 5)
        slot = Slot(patient_id, session_id, phase, at, event="")
        take_in(clinic, new_id(), clip, slot, unheard, Cancel())
    spot = Slot(
        patient_id, None, Phase.SPOT, Moment.at_clinic(DAY, 20, 0), event="remark of Qwertzuiop"
    )
    take_in(
        *(clinic, new_id(), clip_file(folder, f"{number}-spot.mp4", g_kg=0.5), spot),
        *(unheard, Cancel()),
    )
    clinic.database.call(lambda s: _said(s, patient_id))
    return patient_id


def _said(store: Store, patient_id: str) -> None:
    """What a clinician wrote and judged."""
    remark, session_id = "remark of Qwertzuiop", _session(store, patient_id)
    note = add_note(store, new_id(), patient_id, session_id, remark)
    correct_note(store, new_id(), note.note_id, f"another {remark}", "reason of Qwertzuiop")
    with store.reading() as db:
        found = db.execute(
            "select capture_id from capture_now where session_id = ?", [session_id]
        ).fetchall()
    judge(store, new_id(), [NewJudgement(row[0], skipped=remark) for row in found], None)


def _session(store: Store, patient_id: str) -> str:
    with store.reading() as db:
        found = db.execute("select session_id from session where patient_id = ?", [patient_id])
        return str(found.fetchone()[0])


def _entries(store: Store, patient_id: str, number: str) -> None:
    at, why = Moment.at_clinic(DAY, 9, 0), "reason of Qwertzuiop"
    set_dry_weight(store, new_id(), patient_id, 52_500, DAY, why)
    set_dry_weight(store, new_id(), patient_id, 52_000, DAY, why)
    session_id = open_session(store, new_id(), patient_id, at, 4.0, 2000)
    tares = (Tare(TareKind.WHEELCHAIR, 9_000),)
    enter_weighing(store, new_id(), session_id, Phase.PRE, 63_000, 9_000, at, "", tares=tares)
    enter_weighing(store, new_id(), session_id, Phase.PRE, 63_100, 9_000, at, why)
    plan_day(store, new_id(), patient_id, date(2026, 3, 4), DayPlan.AWAY, why)
    set_photo(store, new_id(), patient_id, PHOTO)
    remark = "remark of Qwertzuiop"
    set_consent(store, new_id(), patient_id, Purpose.TRAINING, DAY, given=True, remark=remark)
    with store.reading() as db:
        model_id = db.execute("select model_id from model limit 1").fetchone()[0]
    note_model_saw(store, new_id(), model_id, [patient_id])
    item = InboxItem(*(new_id(), "/inbox", f"{number} waits.mp4", 10, 10, InboxState.RESTING, at))
    note_file(store, item)
    target = Target(patient_id, None, Phase.PRE, at)
    keep_item(store, replace(item, state=InboxState.WAITING, target=target))


def rows_of(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    return {
        table.name: [tuple(row.values()) for row in table.rows]
        for table in db.tables
        if not table.name.startswith("sqlite_")
    }


def plain_pages(profile: Profile, key: bytes) -> bytes:
    """What all pages of the database hold once they are decrypted, those in use and the free ones,
    with those in the log beside it; by the format of the file, not by its program."""
    raw = profile.database.read_bytes()
    pages = [raw[at : at + _PAGE] for at in range(0, len(raw), _PAGE)]
    log = profile.database.with_name(profile.database.name + "-wal")
    if log.exists():
        frames = log.read_bytes()[32:]
        size = 24 + _PAGE
        pages += [frames[at + 24 : at + size] for at in range(0, len(frames) - size + 1, size)]
    plain = [_decrypted(page, key, first=place == 0) for place, page in enumerate(pages)]
    return b"".join(plain)


def _decrypted(page: bytes, key: bytes, *, first: bool) -> bytes:
    start = 16 if first else 0  # the first page begins with a salt in clear
    iv = page[_PAGE - _RESERVED : _PAGE - _RESERVED + _IV]
    cipher = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return cipher.update(page[start : _PAGE - _RESERVED]) + cipher.finalize()


def found_in(data: bytes) -> list[str]:
    """Which of the planted words, or a piece of the photo, stand in these bytes."""
    words = [word for word in WORDS if word.encode() in data]
    pieces = (PHOTO[at : at + 64] for at in range(2, len(PHOTO) - 64, 997))
    return words + ["photo"] * any(piece in data for piece in pieces)


def embedding_bytes_of(db: Database, patient_id: str) -> list[bytes]:
    """What a model made of the patient's captures."""
    found = db.execute(
        "select k.embedding from change_score k join assignment a using (capture_id) "
        "where a.patient_id = ?",
        [patient_id],
    )
    return [np.frombuffer(row[0], np.uint8).tobytes() for row in found.fetchall()]
