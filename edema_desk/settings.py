"""Choices of this PC, kept in one small file that is replaced as a whole."""

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """`language` and `theme` may be "system". Unknown keys of a newer version are kept.

    `camera` is an address as `domain.camera_address` reads it, never with a password, "" for the
    first one there is; `camera_name` what it is called. `voice` is "speak", "beep" or "off".
    `inbox` is a folder, and `inbox_after` says whether its files are "keep", "move" or "delete".
    """

    language: str = "system"
    theme: str = "system"
    uf_rate_limit_ml_kg_h: float = 13.0
    gain_limit_percent: float = 6.0
    shift_starts: str = "08:00 13:00 18:00"
    camera: str = ""
    camera_name: str = ""
    voice: str = "speak"
    inbox: str = ""
    inbox_after: str = "keep"
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
    kinds = {f.name: type(f.default) for f in fields(Settings) if f.name != "unknown"}
    known: dict[str, Any] = {k: v for k, v in raw.items() if k in kinds and type(v) is kinds[k]}
    unknown = tuple((k, v) for k, v in raw.items() if k not in kinds)
    return replace(Settings(unknown=unknown), **known)


def save_settings(path: Path, settings: Settings) -> None:
    """Write all of `settings`, or nothing."""
    values = asdict(settings)
    values.update(dict(values.pop("unknown")))
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        json.dump(values, file, indent=2, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
