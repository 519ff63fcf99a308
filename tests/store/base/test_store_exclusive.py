"""Being alone at a database."""

import threading
import time

import pytest

from edema_desk.domain.terms.people import LOCAL
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.entered import Entered, enter_here
from edema_desk.store.base.exclusive import exclusively
from edema_desk.store.keys import cipher
from edema_desk.store.people.patients import add_patient, patients
from tests.store.store_samples import person


def test_nothing_lies_beside_the_file_and_nothing_is_lost(profile: Profile, store: Store) -> None:
    add_patient(store, new_id(), person())
    store.close()
    with exclusively(enter_here(profile)):
        beside = [p.name for p in profile.root.glob("edema-desk.db*")]
        assert beside == ["edema-desk.db"]
    with open_store(profile) as again:
        assert len(patients(again)) == 1
        assert again.settings()["journal_mode"] == "wal"


def test_refused_while_somebody_has_it_open(
    profile: Profile, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cipher, "BUSY_TIMEOUT_S", 0.1)
    with pytest.raises(ExpectedError) as caught, exclusively(enter_here(profile)):
        raise AssertionError("somebody else has it open")
    assert caught.value.code is ErrorCode.DATABASE_BUSY
    add_patient(store, new_id(), person())  # and is not disturbed
    store.close()
    with exclusively(enter_here(profile)):
        assert not profile.database.with_name("edema-desk.db-wal").exists()


def test_whoever_wants_to_open_it_waits(profile: Profile, store: Store) -> None:
    store.close()
    opened_at: list[float] = []

    def come() -> None:
        open_store(profile).close()
        opened_at.append(time.monotonic())

    with exclusively(enter_here(profile)):
        comer = threading.Thread(target=come)
        comer.start()
        comer.join(0.3)
        assert comer.is_alive()
        left_at = time.monotonic()
    comer.join()
    assert opened_at[0] > left_at


def test_wrong_key_is_said(profile: Profile, store: Store) -> None:
    store.close()
    with pytest.raises(ExpectedError) as caught, exclusively(Entered(profile, LOCAL, b"x" * 32)):
        raise AssertionError("opened with another key")
    assert caught.value.code in (ErrorCode.WRONG_KEY, ErrorCode.DATABASE_DAMAGED)
