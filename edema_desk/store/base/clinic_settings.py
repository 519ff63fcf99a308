"""What holds for the whole clinic: set by an administrator, on record, and in every backup."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, replace

from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.settings import LIMITS, ClinicSettings, SettingValue
from edema_desk.store.base.database import Done, Store

_KINDS = {f.name: type(f.default) for f in fields(ClinicSettings)}


def set_clinic_setting(store: Store, act_id: str, name: str, value: SettingValue) -> ClinicSettings:
    """Set one of the fields of `ClinicSettings`; old and new value are kept on record.

    Raises ExpectedError NOT_ALLOWED, SETTING_OUT_OF_RANGE. Another field or kind is a bug.
    """
    if type(value) is not _KINDS[name]:
        raise TypeError(f"{name} is no {type(value).__name__}")
    if name in LIMITS and not isinstance(value, str):
        least, most = LIMITS[name]
        if not least <= value <= most:
            raise ExpectedError(ErrorCode.SETTING_OUT_OF_RANGE, least=least, most=most)

    def work(db: Database) -> Done:
        before = asdict(_in_force(db))[name]
        db.table("clinic_setting").insert(
            {"name": name, "value": json.dumps(value), "act_id": act_id}
        )
        return Done(name, None, {"name": name, "from_value": before, "value": value})

    store.act(act_id, ActKind.SET_CLINIC_SETTING, work)
    return clinic_settings(store)


def clinic_settings(store: Store) -> ClinicSettings:
    """What is in force: what was set last, else the default."""
    with store.reading() as db:
        return _in_force(db)


def settings_chosen(store: Store) -> frozenset[str]:
    """The names of those that somebody set."""
    with store.reading() as db:
        return frozenset(_chosen(db))


def _in_force(db: Database) -> ClinicSettings:
    # of a newer version's setting, or one whose kind has changed, the default holds
    known = {n: v for n, v in _chosen(db).items() if n in _KINDS and type(v) is _KINDS[n]}
    return replace(ClinicSettings(), **known)


def _chosen(db: Database) -> Mapping[str, SettingValue]:
    rows = db.query("select name, value from clinic_setting order by seq")
    return {row["name"]: json.loads(row["value"]) for row in rows}
