"""What the record of acts is held against: heads that were signed and kept elsewhere."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlite_utils import Database

from edema_desk.domain.keeping.head_code import PrintedHead
from edema_desk.domain.terms.acts import ActKind, Question
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import new_id
from edema_desk.paths import Profile
from edema_desk.store.audit.heads import (
    SignedHead,
    announce_key,
    append_head,
    copies_in,
    heads_in,
    last_head,
    make_signing_key,
    public_keys_in,
)
from edema_desk.store.audit.verifying import audit_head, verify_tail
from edema_desk.store.base.chain import NO_HEAD, AuditCheck, AuditFault, hash_at
from edema_desk.store.base.database import Done, Store


@dataclass(frozen=True, slots=True)
class HeadFacts:
    """What the record says about heads: the public keys that signed some, those of them the file
    of heads must name, and row and time of each restored backup."""

    keys: tuple[bytes, ...]
    named: frozenset[bytes]
    restored: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class KnownHeads:
    """Hashes by row numbers, and a fault of the heads themselves with the row it concerns."""

    hashes: Mapping[int, str]
    fault: AuditFault | None = None
    at_row: int | None = None


def sign_head(store: Store, key: Ed25519PrivateKey) -> SignedHead | None:
    """Sign the head as it is now, unless that was done already; None for an empty record.

    The key is one of `public_keys`. Errors of the file system pass.
    """
    head = audit_head(store)
    if head.rows == 0:
        return None
    last = last_head(store.profile)
    if last is not None and last.head == head:
        return last
    return append_head(store.profile, key, head, Moment.now())


def new_signing_key(store: Store, data_key: bytes) -> Ed25519PrivateKey:
    """A signing key whose public half is on record, for a profile that has none it can open."""
    key = make_signing_key(store.profile, data_key)
    public = key.public_key().public_bytes_raw()
    announce_key(store.profile, public)

    def work(db: Database) -> Done:
        act = {"public_key": public, "act_id": act_id}
        db.table("audit_key").insert(act)
        return Done("", None, {"public_key": public.hex()})

    act_id = new_id()
    store.act(act_id, ActKind.KEEP_HEAD_KEY, work)
    return key


def public_keys(store: Store) -> tuple[bytes, ...]:
    """The keys that signed heads, the one that signs now last."""
    with store.reading(Question.CHAIN_OF_ACTS) as db:
        return tuple(row[0] for row in db.execute("select public_key from audit_key order by seq"))


def head_facts(store: Store) -> HeadFacts:
    """What the record says about heads."""
    with store.reading(Question.CHAIN_OF_ACTS) as db:
        found = db.execute(
            "select seq, utc_ms from audit where kind = ?", [ActKind.RESTORE_BACKUP.value]
        )
        restored = tuple((row[0], row[1]) for row in found)
        last = max((row for row, _ in restored), default=0)
        keys = db.execute(
            "select k.public_key, a.seq from audit_key k join audit a using (act_id) order by k.seq"
        ).fetchall()
    # the file that came with a restored backup need not name keys of before
    named = frozenset(key for key, row in keys if row > last)
    return HeadFacts(tuple(key for key, _ in keys), named, restored)


def known_heads(
    profile: Profile,
    facts: HeadFacts,
    elsewhere: Iterable[Path] = (),
    check: Callable[[], None] = lambda: None,
) -> KnownHeads:
    """The heads beside the database and in folders elsewhere, each signature proved.

    A head that was signed before a backup was restored, and that the backup did not reach, tells
    of acts that the restored record lacks for a reason it tells itself: it does not count. Takes
    0.1 ms a head: not for the database thread. `check` is called between and may raise.
    """
    if facts.named - public_keys_in(profile.audit_heads):
        # a key is named in the file before it is put on record
        return KnownHeads({}, AuditFault.HEADS_GONE)
    hashes: dict[int, str] = {}
    copies = [copy for folder in elsewhere for copy in copies_in(folder)]
    for place in (profile.audit_heads, *copies):
        for signed in heads_in(place):
            check()
            rows = signed.head.rows
            if any(rows >= row and signed.utc_ms <= at_ms for row, at_ms in facts.restored):
                continue
            if not signed.holds(facts.keys):
                return KnownHeads(hashes, AuditFault.HEAD_FORGED, rows)
            if hashes.setdefault(rows, signed.head.hash) != signed.head.hash:
                return KnownHeads(hashes, AuditFault.HEAD_DIFFERS, rows)
    return KnownHeads(hashes)


def verify_newest(store: Store) -> AuditCheck:
    """The acts since the newest signed head beside the database, and that head's signature."""
    facts = head_facts(store)
    last = last_head(store.profile)
    if last is None:
        gone = facts.named - public_keys_in(store.profile.audit_heads)
        return AuditCheck(NO_HEAD, AuditFault.HEADS_GONE if gone else None)
    if not last.holds(facts.keys):
        return AuditCheck(NO_HEAD, AuditFault.HEAD_FORGED, last.head.rows)
    return verify_tail(store, last.head)


def fits_printed(store: Store, printed: PrintedHead) -> bool:
    """Whether the record goes on from what was printed."""
    with store.reading(Question.CHAIN_OF_ACTS) as db:
        found = hash_at(db, printed.rows)
    return found is not None and found.startswith(printed.hash_start)
