"""V6: what happened to stored clips is found by the round through them, all of it."""

import random
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from edema_desk.domain.capture.clip_check import ClipState
from edema_desk.domain.course.views import Change, ChangeKind, NewPatient
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.estimates.intake import Slot, take_in
from edema_desk.flow.records import clip_checking
from edema_desk.flow.records.clip_checking import ClipRounds, check_clips
from edema_desk.store.captures.clip_checks import clips_to_check, damaged_clips
from edema_desk.store.people.patients import add_patient
from tests.faults.rounds import rounds
from tests.flow.capturing.made_up_live import until
from tests.flow.made_up_worker import clip_file

CLIPS = 6


@pytest.fixture
def stored(clinic: Clinic, tmp_path: Path) -> list[str]:
    """Captures whose clips are of several chunks."""
    patient = clinic.database.call(
        lambda store: add_patient(
            store, new_id(), NewPatient("1001", "Sato Haruko", care_given=date(2026, 1, 5))
        )
    )
    ids = []
    for number in range(CLIPS):
        at = Moment.of(datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(hours=number))
        clip = clip_file(tmp_path, f"{number}.mp4", g_kg=1.0)
        slot = Slot(patient.patient_id, None, Phase.SPOT, at)
        taken = take_in(clinic, new_id(), clip, slot, unheard, Cancel())
        ids.append(taken.capture_id)
    return ids


def place(clinic: Clinic, capture_id: str) -> Path:
    return clinic.library.clip(capture_id).path


def test_a_round_finds_everything_whole(clinic: Clinic, stored: list[str]) -> None:
    check = check_clips(clinic, Gate(), Cancel())
    assert check.found == dict.fromkeys(stored, ClipState.WHOLE)
    assert check.damaged == 0
    assert clinic.database.call(damaged_clips) == {}
    assert check_clips(clinic, Gate(), Cancel()).found == {}  # all were read just now


def test_what_was_altered_missing_or_exchanged_is_found(clinic: Clinic, stored: list[str]) -> None:
    altered, gone, one, other, *whole = stored
    flipped = bytearray(place(clinic, altered).read_bytes())
    flipped[len(flipped) // 2] ^= 1
    place(clinic, altered).write_bytes(flipped)
    place(clinic, gone).unlink()
    first, second = place(clinic, one), place(clinic, other)
    kept = first.read_bytes()
    shutil.copyfile(second, first)
    second.write_bytes(kept)
    found = check_clips(clinic, Gate(), Cancel()).found
    assert found == {
        altered: ClipState.ALTERED,
        gone: ClipState.GONE,
        one: ClipState.ALTERED,
        other: ClipState.ALTERED,
        **dict.fromkeys(whole, ClipState.WHOLE),
    }
    told = clinic.database.call(damaged_clips)
    assert set(told) == {altered, gone, one, other}


@pytest.mark.parametrize("number", range(rounds(100)))
def test_every_mutation_is_found(clinic: Clinic, stored: list[str], number: int) -> None:
    path, rng = place(clinic, stored[0]), random.Random(number)
    data = bytearray(path.read_bytes())
    kind = number % 4
    if kind == 0:
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    elif kind == 1:
        del data[rng.randrange(len(data)) :]
    elif kind == 2:
        at = rng.randrange(len(data))
        data[at:at] = rng.randbytes(1 + rng.randrange(40))
    else:
        at = rng.randrange(len(data) - 1)
        data[at : at + 8] = bytes(8) if any(data[at : at + 8]) else b"\1" * 8
    path.write_bytes(data)
    assert check_clips(clinic, Gate(), Cancel()).found[stored[0]] is ClipState.ALTERED


def test_a_round_gives_way_and_goes_on_where_it_was(
    clinic: Clinic, stored: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clip_checking, "_SAVED_EACH", 2)
    cancel = Cancel()
    verify, read = clinic.library.verify_clip, []

    def some(capture_id: str, sha256: str) -> None:
        verify(capture_id, sha256)
        read.append(capture_id)
        if len(read) == 3:
            cancel.set()

    monkeypatch.setattr(clinic.library, "verify_clip", some)
    with pytest.raises(ExpectedError) as caught:
        check_clips(clinic, Gate(), cancel)
    assert caught.value.code is ErrorCode.CANCELLED
    an_hour_ago = Moment(Moment.now().utc_ms - 3_600_000, 0)
    left = clinic.database.call(lambda store: clips_to_check(store, an_hour_ago))
    assert len(left) == CLIPS - 2
    check_clips(clinic, Gate(), Cancel())
    assert set(read) == set(stored)


def test_the_round_of_the_day_tells_what_it_found(clinic: Clinic, stored: list[str]) -> None:
    place(clinic, stored[0]).unlink()
    told: list[Change] = []
    made = ClipRounds(clinic, Gate(), told.append, first_after_s=0.0)
    until(lambda: bool(told))
    made.close()
    assert told == [Change(ChangeKind.CLIPS)]
