"""Backups that are made by themselves: when one is due, a disk that comes and goes, and the end."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.keeping.backup import EACH_MS, TOO_OLD_MS, BackupState
from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.backup.backups import BackupDesk
from edema_desk.flow.base.backup_memory import remembered
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.desk import open_desk
from edema_desk.flow.records.erasing import erase_whole_patient
from edema_desk.media.keys import CaptureKeys
from edema_desk.paths import Profile
from edema_desk.store.backup.folder import BackupFolder
from edema_desk.store.backup.generations import generations_in
from edema_desk.store.base.clinic_settings import set_clinic_setting
from edema_desk.store.base.database import Store
from edema_desk.store.base.entered import Entered
from edema_desk.store.captures.captures import begin_capture
from edema_desk.store.people.consents import set_consent
from tests.flow.made_up_worker import MadeUpWorker
from tests.store.store_samples import some_patient

Make = Callable[..., BackupDesk]


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    made = tmp_path / "usb"
    made.mkdir()
    return made


@pytest.fixture
def make(clinic: Clinic) -> Iterator[Make]:
    desks = []

    def made(gate: Gate | None = None, **times: float) -> BackupDesk:
        times = {"first_after_s": 0.01, "look_every_s": 0.05, **times}
        desks.append(BackupDesk(clinic, gate or Gate(), **times))
        return desks[-1]

    yield made
    for desk in desks:
        desk.close()


def write(clinic: Clinic, number: str = "1") -> None:
    clinic.database.call(lambda store: some_patient(store, number))


def one_capture(store: Store, patient_id: str) -> None:
    """A capture in between, of which nobody knows more yet."""
    set_consent(store, new_id(), patient_id, Purpose.CARE, date.today(), given=True)
    begin_capture(store, new_id(), "c1", patient_id, None, Phase.SPOT, Moment.now(), "file")


def choose(clinic: Clinic, folder: Path) -> None:
    clinic.database.call(
        lambda store: set_clinic_setting(store, new_id(), "backup_folder", str(folder))
    )


def until(true: Callable[[], bool]) -> None:
    end_s = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end_s, "it never came"
        time.sleep(0.02)


def made_in(folder: Path) -> int:
    return len(generations_in(folder / "generations"))


def test_the_first_backup_comes_by_itself_into_the_profiles_own_folder(
    clinic: Clinic, make: Make
) -> None:
    write(clinic)
    desk = make()
    desk.begin()
    until(lambda: desk.state.current)
    assert made_in(clinic.profile.backups) == 1
    assert desk.state.same_disk
    assert desk.state.sealed_here
    assert not desk.state.needs_attention(Moment.now())
    time.sleep(0.3)  # a few looks later
    assert made_in(clinic.profile.backups) == 1


def test_what_is_written_waits_for_half_an_hour(
    clinic: Clinic, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(clinic)
    desk = make()
    desk.begin()
    until(lambda: desk.state.current)
    write(clinic, "2")
    until(lambda: not desk.state.current)
    time.sleep(0.3)
    assert made_in(clinic.profile.backups) == 1
    monkeypatch.setattr("edema_desk.flow.backup.backups.EACH_MS", 0)
    until(lambda: made_in(clinic.profile.backups) == 2)
    assert EACH_MS == 30 * 60_000


def test_closing_makes_the_last_backup(clinic: Clinic, make: Make, usb: Path) -> None:
    write(clinic)
    choose(clinic, usb)
    desk = make(first_after_s=60)
    desk.begin()
    desk.close()
    assert made_in(usb) == 1
    again = make(first_after_s=60)
    again.begin()
    again.close()
    assert made_in(usb) == 1


@pytest.mark.parametrize("window", [True, False])
def test_only_a_window_makes_its_last_backup_when_it_is_closed(
    profile: Profile, model: ModelInUse, worker: MadeUpWorker, window: bool
) -> None:
    def made(into: Entered) -> Clinic:
        return Clinic(into, model=model, worker=worker)

    profile.create()
    desk = open_desk(profile, window=window, open_clinic=made)
    desk.add_patient(new_id(), NewPatient("1", "N")).result()
    desk.close()
    there = (profile.backups / "generations").exists()
    assert there == window
    if window:
        assert generations_in(profile.backups / "generations")[0].patients == 1


def test_a_desk_of_a_command_makes_none(clinic: Clinic, make: Make) -> None:
    write(clinic)
    make().close()
    assert not (clinic.profile.backups / "generations").exists()


def test_a_disk_that_comes_back_is_caught_up_at_once(
    clinic: Clinic, make: Make, usb: Path, tmp_path: Path
) -> None:
    write(clinic)
    choose(clinic, usb)
    desk = make()
    desk.begin()
    until(lambda: desk.state.current)
    newest = desk.state.newest
    usb.rename(tmp_path / "pulled out")
    until(lambda: desk.state.gone_since is not None)
    write(clinic, "2")
    time.sleep(0.2)
    assert desk.state.newest == newest
    assert not usb.exists()
    assert remembered(clinic.profile).gone_since is not None
    (tmp_path / "pulled out").rename(usb)
    until(lambda: desk.state.current)
    assert desk.state.gone_since is None
    assert made_in(usb) == 2


def test_age_and_folder_are_known_without_database_or_disk(
    clinic: Clinic, make: Make, usb: Path, tmp_path: Path
) -> None:
    write(clinic)
    choose(clinic, usb)
    first = make().back_up_now(Cancel()).result()
    usb.rename(tmp_path / "pulled out")
    assert remembered(clinic.profile).folder == str(usb)
    assert remembered(clinic.profile).newest == first.newest
    state = make().refresh().result()
    assert state.newest == first.newest
    assert state.gone_since is not None
    assert not state.current


def test_another_folder_begins_anew(clinic: Clinic, make: Make, usb: Path, tmp_path: Path) -> None:
    write(clinic)
    desk = make()
    desk.back_up_now(Cancel()).result()
    choose(clinic, usb)
    state = desk.refresh().result()
    assert (state.folder, state.generations, state.newest) == (usb, (), None)
    assert desk.back_up_now(Cancel()).result().generations[0].patients == 1
    (tmp_path / "new").mkdir()


def test_a_failure_is_told_until_it_is_over(clinic: Clinic, make: Make, usb: Path) -> None:
    write(clinic)
    choose(clinic, usb)
    (usb / "generations").write_text("a file in the way")
    desk = make()
    with pytest.raises(ExpectedError) as caught:
        desk.back_up_now(Cancel()).result()
    assert caught.value.code is ErrorCode.BACKUP_FAILED
    assert desk.state.error is caught.value
    assert desk.state.needs_attention(Moment.now())
    (usb / "generations").unlink()
    assert desk.back_up_now(Cancel()).result().error is None
    assert not desk.state.needs_attention(Moment.now())


def test_cancelled_nothing_is_left_and_nothing_is_wrong(
    clinic: Clinic, make: Make, usb: Path
) -> None:
    write(clinic)
    choose(clinic, usb)
    cancel = Cancel()
    cancel.set()
    desk = make()
    with pytest.raises(ExpectedError) as caught:
        desk.back_up_now(cancel).result()
    assert caught.value.code is ErrorCode.CANCELLED
    assert desk.state.error is None
    assert made_in(usb) == 0
    assert not list((usb / "generations").iterdir())


def test_while_a_capture_runs_it_goes_on_slowly_and_checks_later(
    clinic: Clinic, make: Make, usb: Path
) -> None:
    write(clinic)
    choose(clinic, usb)
    gate = Gate()
    gate.shut()
    desk = make(gate)
    told = threading.Event()

    def listen() -> None:
        progress = desk.state.progress
        if progress is not None and progress.share > 0:
            told.set()

    desk.listen(listen)
    future = desk.back_up_now(Cancel())
    assert told.wait(20)
    time.sleep(0.6)
    assert not future.done()
    assert made_in(usb) == 0
    gate.open()
    assert future.result().current


def test_an_erased_key_leaves_the_copies_at_once(clinic: Clinic, make: Make, usb: Path) -> None:
    write(clinic)
    choose(clinic, usb)
    clinic.library.store_crops("c1", [b"face"])
    clinic.library.store_crops("c2", [b"other"])
    desk = make()
    desk.back_up_now(Cancel()).result()
    place = BackupFolder(usb)
    assert (place.clips / "c1.crops").exists()
    desk.forget(("c1",)).result()
    keys = CaptureKeys(usb / "capture.keys", clinic.entered.data_key)
    assert keys.ids() == {"c2"}
    assert [p.name for p in place.clips.iterdir()] == ["c2.crops"]


def test_what_is_erased_leaves_the_copies_without_a_backup(
    clinic: Clinic, make: Make, usb: Path
) -> None:
    patient_id = clinic.database.call(partial(some_patient, number="1"))
    clinic.database.call(partial(one_capture, patient_id=patient_id))
    choose(clinic, usb)
    clinic.library.store_crops("c1", [b"face"])
    desk = make()
    desk.begin()
    until(lambda: desk.state.current)
    until((usb / "clips" / "c1.crops").exists)
    erase_whole_patient(clinic, new_id(), patient_id, "1", "asked for it")
    until(lambda: not (usb / "clips" / "c1.crops").exists())
    keys = CaptureKeys(usb / "capture.keys", clinic.entered.data_key)
    assert keys.ids() == frozenset()
    assert made_in(usb) == 1


def test_a_folder_is_looked_at_before_it_is_chosen(
    clinic: Clinic, make: Make, usb: Path, tmp_path: Path
) -> None:
    write(clinic)
    desk = make()
    assert desk.check_folder(f" {usb} ").result() == str(usb)
    assert desk.check_folder("").result() == ""
    assert desk.check_folder(str(clinic.profile.backups)).result() == ""
    other = tmp_path / "other"
    other.mkdir()
    BackupFolder(other).claim("f" * 32)
    for folder, code in (
        (tmp_path / "nothing", ErrorCode.BACKUP_FOLDER_GONE),
        (clinic.profile.clips, ErrorCode.BACKUP_FOLDER_INSIDE),
        (clinic.profile.root.parent, ErrorCode.BACKUP_FOLDER_INSIDE),
        (other, ErrorCode.BACKUP_FOLDER_TAKEN),
    ):
        with pytest.raises(ExpectedError) as caught:
            desk.check_folder(str(folder)).result()
        assert caught.value.code is code
    assert list(usb.iterdir()) == []


def test_attention_is_asked_for_what_is_not_in_a_backup_for_a_day() -> None:
    now = Moment.now()
    old = Moment(now.utc_ms - TOO_OLD_MS - 1, 0)
    assert BackupState(Path(), old).needs_attention(now)
    assert not BackupState(Path(), old, current=True).needs_attention(now)
    assert not BackupState(Path(), now).needs_attention(now)
    assert not BackupState(Path()).needs_attention(now)
    assert BackupState(Path(), Moment(now.utc_ms + 1, 0)).age_ms(now) == 0
