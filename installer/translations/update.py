"""Gathers the sentences of the source for the translators, and compiles what they wrote.

    python installer/translations/update.py

brings resources/i18n/edema_desk_ja.ts up to date with the source and makes edema_desk_ja.qm
of it. New sentences stand in the .ts file as unfinished; Qt Linguist, or any editor, fills
them in. Both files are committed.
"""

import subprocess
import sys
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("ui", "plots", "reports", "words")
SOURCES = tuple(ROOT / "edema_desk" / part for part in PARTS)
JAPANESE = ROOT / "resources" / "i18n" / "edema_desk_ja.ts"
TOOLS = Path(PySide6.__file__).parent


def gather(target: Path) -> None:
    """Bring `target` up to date: new sentences are added, those that are gone are dropped."""
    files = [f for s in SOURCES for f in sorted(s.rglob("*.py"))]
    command = [
        *(str(TOOLS / "lupdate"), "-silent", "-tr-function-alias", "QT_TRANSLATE_NOOP+=_T"),
        *("-locations", "none", "-no-obsolete", "-source-language", "en"),
        *("-target-language", "ja_JP", *map(str, files), "-ts", str(target)),
    ]
    subprocess.run(command, check=True)


def compile_to(source: Path, target: Path) -> None:
    """Make the file the program reads. Unfinished sentences stay English."""
    command = [str(TOOLS / "lrelease"), "-silent", "-nounfinished", str(source), "-qm", str(target)]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    gather(JAPANESE)
    compile_to(JAPANESE, JAPANESE.with_suffix(".qm"))
    left = JAPANESE.read_text(encoding="utf-8").count('type="unfinished"')
    print(f"{left} sentences are not translated")  # noqa: T201
    sys.exit(1 if left else 0)
