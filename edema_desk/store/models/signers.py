"""Whose signatures under model packages the clinic trusts: public Ed25519 keys."""

import hashlib
from collections.abc import Mapping

from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Done, Store


def key_id_of(public_key: bytes) -> str:
    """How a raw public key (32 bytes) is named: its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()


def trust_signer(store: Store, act_id: str, public_key: bytes) -> str:
    """Trust packages signed with this key, and from now on no unsigned ones. Its id."""

    def work(db: Database) -> Done:
        return _write(db, act_id, public_key, trusted=True)

    return store.act(act_id, ActKind.TRUST_MODEL_SIGNER, work)


def distrust_signer(store: Store, act_id: str, key_id: str) -> None:
    """Trust this key no more. Installed models stay. Raises MODEL_KEY_INVALID when not known."""

    def work(db: Database) -> Done:
        keys = _trusted(db)
        if key_id not in keys:
            raise ExpectedError(ErrorCode.MODEL_KEY_INVALID, name=key_id)
        return _write(db, act_id, keys[key_id], trusted=False)

    store.act(act_id, ActKind.DISTRUST_MODEL_SIGNER, work)


def trusted_signers(store: Store) -> Mapping[str, bytes]:
    """Raw public keys by their ids. While there is none, unsigned packages are taken."""
    with store.reading() as db:
        return _trusted(db)


def _trusted(db: Database) -> dict[str, bytes]:
    newest = {row["key_id"]: row for row in db.query("select * from model_signer order by seq")}
    return {key_id: row["public_key"] for key_id, row in newest.items() if row["trusted"]}


def _write(db: Database, act_id: str, public_key: bytes, *, trusted: bool) -> Done:
    key_id = key_id_of(public_key)
    row = {"key_id": key_id, "public_key": public_key, "trusted": int(trusted), "act_id": act_id}
    db.table("model_signer").insert(row)
    return Done(key_id, None, {"key_id": key_id, "trusted": int(trusted)})
