"""What can be chosen: for this PC, in one small file that is replaced as a whole; for the clinic,
in its database (`store.clinic_settings`)."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

SettingValue = str | int | float | bool


@dataclass(frozen=True, slots=True)
class ClinicSettings:
    """What holds for everybody in the clinic. An administrator sets it, and it is on record.

    `lock_after_min` minutes without a key or a click lock the window. An empty `backup_folder`
    is the profile's own. Full clips are kept for `full_clip_days`, everything else until
    `keep_years` after a patient's last session.
    """

    uf_rate_limit_ml_kg_h: float = 13.0
    gain_limit_percent: float = 6.0
    shift_starts: str = "08:00 13:00 18:00"
    lock_after_min: int = 5
    backup_folder: str = ""
    full_clip_days: int = 30
    keep_years: int = 5


LIMITS: Mapping[str, tuple[float, float]] = {
    "uf_rate_limit_ml_kg_h": (1, 50),
    "gain_limit_percent": (0.5, 20),
    "lock_after_min": (1, 15),
    "full_clip_days": (7, 3650),
    "keep_years": (1, 50),
}
"""The least and the most of the clinic's settings that are numbers."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`language` and `theme` may be "system". Unknown keys of a newer version are kept.

    `camera` is an address as `domain.camera_address` reads it, never with a password, "" for the
    first one there is; `camera_name` what it is called. `voice` is "speak", "beep" or "off".
    `inbox` is a folder, and `inbox_after` says whether its files are "keep", "move" or "delete".
    `judge_first` names who wants to judge before seeing an estimate, as `domain.veil` reads it.
    `asked_for_users` says that the first start asked who works here. `clinic` is what the clinic's
    database holds; it is never in the file.
    """

    language: str = "system"
    theme: str = "system"
    camera: str = ""
    camera_name: str = ""
    voice: str = "speak"
    inbox: str = ""
    inbox_after: str = "keep"
    judge_first: str = ""
    asked_for_users: bool = False
    clinic: ClinicSettings = field(default_factory=ClinicSettings)
    unknown: tuple[tuple[str, object], ...] = ()


def load_settings(path: Path) -> Settings:
    """The settings in `path`; defaults where there are none.

    A file that cannot be read is set aside as `*.broken`, so that nothing in it is lost.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(raw, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError):
        path.replace(path.with_suffix(".broken"))
        return Settings()
    kept = [f for f in fields(Settings) if f.name not in ("clinic", "unknown")]
    kinds = {f.name: type(f.default) for f in kept}
    known: dict[str, Any] = {k: v for k, v in raw.items() if k in kinds and type(v) is kinds[k]}
    unknown = tuple((k, v) for k, v in raw.items() if k not in kinds)
    return replace(Settings(unknown=unknown), **known)


def save_settings(path: Path, settings: Settings) -> None:
    """Write all of `settings`, or nothing."""
    values = asdict(settings)
    del values["clinic"]
    values.update(dict(values.pop("unknown")))
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        json.dump(values, file, indent=2, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
