"""The record of acts in daily use: signed heads, proof at start, each night and on demand."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.keeping.record_of_acts import ActEntry, ActFilter, RecordState
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import PROGRAM
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.backup_memory import backup_folder, remembered
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.database import DatabaseDoor
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.progress import Cancel, Listener, Stopwatch, unheard
from edema_desk.flow.base.rounds import Rounds, daily_is_due
from edema_desk.flow.base.sitting import Ask
from edema_desk.flow.records.audit_export import export_acts
from edema_desk.flow.records.head_sheet import head_sheet
from edema_desk.log import LOGGER
from edema_desk.paths import Profile
from edema_desk.store.audit import reading as audit_reading
from edema_desk.store.audit.heads import SignedHead, last_head, signing_key
from edema_desk.store.audit.proof import (
    head_facts,
    known_heads,
    new_signing_key,
    public_keys,
    sign_head,
    verify_newest,
)
from edema_desk.store.audit.verifying import Verification, audit_head
from edema_desk.store.base.chain import NO_HEAD, AuditCheck
from edema_desk.store.base.database import Store
from edema_desk.store.base.entered import Entered
from edema_desk.store.base.noting import note, note_export, note_print
from edema_desk.store.people.users import user_names

HEAD_EACH_S = 600.0
WHOLE_AFTER_S = 1200.0
"""The first minutes of a day belong to those who came early."""


class HeadSigner:
    """Signs heads on the database thread. The key is made when it is first needed."""

    def __init__(self, into: Entered, database: DatabaseDoor) -> None:
        self._into = into
        self._database = database.acting_as(PROGRAM)
        self._key: Ed25519PrivateKey | None = None

    def sign(self) -> Future[SignedHead | None]:
        """Sign the head as it is then. None where there is nothing to sign, or no room for it:
        the log tells of that, and the next head covers what this one would have."""
        return self._database.submit(self.sign_now)

    def sign_now(self, store: Store) -> SignedHead | None:
        """As `sign`, on the database thread."""
        store = store.by(PROGRAM)
        try:
            if audit_head(store).rows == 0:
                return None
            return sign_head(store, self._key_of(store))
        except (ExpectedError, OSError) as error:
            LOGGER.warning("no head of the record of acts was signed: %s", type(error).__name__)
            return None

    def _key_of(self, store: Store) -> Ed25519PrivateKey:
        if self._key is None:
            key = signing_key(self._into.profile, self._into.data_key)
            if key is None or key.public_key().public_bytes_raw() not in public_keys(store):
                key = new_signing_key(store, self._into.data_key)
            self._key = key
        return self._key


def copies_of_heads(profile: Profile) -> tuple[Path, ...]:
    """Where copies of the heads lie: the backup folder, while it is there."""
    return (backup_folder(profile, remembered(profile).folder),)


def verify_record(
    database: DatabaseDoor,
    listener: Listener = unheard,
    cancel: Cancel | None = None,
    *,
    elsewhere: tuple[Path, ...] = (),
    pause: Callable[[], None] = lambda: None,
) -> AuditCheck:
    """Prove the whole record against itself, the rows it tells of, and every signed head; what
    was found goes on record. `pause` is called between the steps and may wait.

    Raises CANCELLED.
    """
    asked = cancel or Cancel()
    own = database.acting_as(PROGRAM)

    rows = own.call(audit_head).rows
    facts = own.call(head_facts)

    def between() -> None:
        asked.check()
        pause()

    known = known_heads(own.call(lambda store: store.profile), facts, elsewhere, between)
    watch = Stopwatch("verify", 2.0 * max(rows, 1), listener)
    verification = Verification(known.hashes)
    while own.call(verification.step):
        between()
        watch.report(min(verification.done, 2.0 * rows))
    check = verification.check
    if check.sound and known.fault is not None:
        check = AuditCheck(check.head, known.fault, known.at_row)
    fault = check.fault.value if check.fault else None
    database.call(
        lambda store: note(
            store, ActKind.VERIFY_RECORD, acts=rows, fault=fault, at_row=check.at_row
        )
    )
    return check


class AuditDesk:
    """`begin` proves the newest acts, signs heads and makes the nightly round from then on;
    questions and wishes are answered without it too."""

    def __init__(
        self, clinic: Clinic, gate: Gate, tell: Callable[[Change], None], ask: Ask
    ) -> None:
        self._clinic, self._gate, self._tell, self._ask = clinic, gate, tell, ask
        self._signer = HeadSigner(clinic.entered, clinic.database)
        self._work = ThreadPoolExecutor(1, thread_name_prefix="record of acts")
        self._cancel = Cancel()
        self._tail = AuditCheck(NO_HEAD)
        self._rounds: Rounds | None = None

    def begin(self, each_s: float = HEAD_EACH_S, whole_after_s: float = WHOLE_AFTER_S) -> None:
        """Start the rounds."""
        looks = count()
        self._rounds = Rounds(
            *("record rounds", lambda: self._look(next(looks) * each_s, whole_after_s)),
            first_after_s=0.0,
            each_s=each_s,
        )

    def close(self) -> None:
        """Sign the last head; what is being verified stops."""
        self._cancel.set()
        if self._rounds is not None:
            self._rounds.close()
        self._work.shutdown(cancel_futures=True)
        if self._rounds is not None:
            self._signer.sign().result()

    # questions

    def acts(
        self, wanted: ActFilter, before_row: int | None = None
    ) -> Future[tuple[ActEntry, ...]]:
        """The next page of acts, newest first."""
        return self._ask(lambda store: audit_reading.acts(store, wanted, before_row))

    def act(self, row: int) -> Future[ActEntry]:
        """One act with old and new values."""
        return self._ask(lambda store: audit_reading.act_told(store, row))

    def people(self) -> Future[Mapping[str, str]]:
        """Everybody who did something, by id; "" for those who are no users."""

        def ask(store: Store) -> Mapping[str, str]:
            names = user_names(store)
            return {actor: names.get(actor, "") for actor in audit_reading.actors(store)}

        return self._ask(ask)

    def state(self) -> Future[RecordState]:
        """How the record stands."""
        return self._ask(self._state)

    # wishes

    def sign_head(self) -> Future[SignedHead | None]:
        """Sign the head now, as after a sign-out or an export. Whoever sits there, or nobody."""
        return self._signer.sign()

    def printed_head(self) -> Future[str]:
        """Sign the head to be printed or copied, which goes on record before; the sheet.

        Raises ExpectedError DISK_FULL where there is no room for it.
        """

        def work(store: Store) -> str:
            note_print(store, "head")
            signed = self._signer.sign_now(store)
            if signed is None:
                raise ExpectedError(ErrorCode.DISK_FULL)
            return head_sheet(store.profile, signed)

        return self._ask(work)

    def verify(self, listener: Listener, cancel: Cancel) -> Future[AuditCheck]:
        """Prove the whole record. Progress is told on another thread."""
        mine = self._clinic.for_who_sits_there().database

        def work() -> AuditCheck:
            check = self._verify(mine, listener, cancel)
            self._tell(Change(ChangeKind.RECORD_OF_ACTS))
            return check

        return self._work.submit(work)

    def export(
        self, path: Path, wanted: ActFilter, listener: Listener, cancel: Cancel
    ) -> Future[int]:
        """Write the wanted acts as a table; how many. That goes on record, and a head is signed."""
        mine = self._clinic.for_who_sits_there().database

        def work() -> int:
            count = export_acts(mine, path, wanted, listener, cancel)
            mine.call(lambda store: note_export(store, "record_of_acts", None, count))
            self._signer.sign().result()
            return count

        return self._work.submit(work)

    # by itself

    def _verify(self, database: DatabaseDoor, listener: Listener, cancel: Cancel) -> AuditCheck:
        def pause() -> None:
            self._cancel.check()
            self._gate.wait(self._cancel)

        return verify_record(
            database, listener, cancel, elsewhere=copies_of_heads(self._clinic.profile), pause=pause
        )

    def _state(self, store: Store) -> RecordState:
        last = last_head(store.profile)
        verified = audit_reading.last_verification(store)
        fault, at_row = self._tail.fault, self._tail.at_row
        head_at = Moment(last.utc_ms, Moment.now().offset_min) if last else None
        return RecordState(
            audit_head(store).rows,
            last.head.rows if last else None,
            head_at,
            verified,
            fault.value if fault else (verified.fault if verified else None),
            at_row if fault else (verified.at_row if verified else None),
        )

    def _look(self, open_s: float, whole_after_s: float) -> None:
        if open_s == 0.0:
            self._prove_tail()
        else:
            self._signer.sign().result()
        if open_s >= whole_after_s and self._due():
            self._verify(self._clinic.acting_as(PROGRAM).database, unheard, self._cancel)
            self._tell(Change(ChangeKind.RECORD_OF_ACTS))

    def _prove_tail(self) -> None:
        """The acts since the last signed head, which is how a desk starts."""
        self._tail = self._clinic.acting_as(PROGRAM).database.call(verify_newest)
        if not self._tail.sound:
            LOGGER.error("the record of acts is not whole: %s", self._tail.fault)
            self._tell(Change(ChangeKind.RECORD_OF_ACTS))

    def _due(self) -> bool:
        last = self._clinic.acting_as(PROGRAM).database.call(audit_reading.last_verification)
        return daily_is_due(last.at if last else None, Moment.now())
