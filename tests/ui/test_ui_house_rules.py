"""Rules of the window's source: every sentence is translated, no slot runs on a wrong thread."""

import ast
import re
import string
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication

from edema_desk.paths import resources_dir
from installer.translations.update import JAPANESE, ROOT, compile_to, gather

SETTERS = {
    *("setText", "setWindowTitle", "setToolTip", "setPlaceholderText", "setAccessibleName"),
    *("setAccessibleDescription", "setTitle", "setStatusTip", "setWhatsThis", "addAction"),
    *("addItem", "addItems", "drawText", "showMessage", "setHeaderLabels", "setFormat"),
    *("QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction"),
    *("TextItem", "complain", "show_value", "set_whole"),
}
NO_WORDS = {"EdemaDesk", "kg", "mL", "h", "px"}
SOURCES = [
    f for part in ("ui", "plots") for f in sorted((ROOT / "edema_desk" / part).rglob("*.py"))
]


def of_house(file: Path) -> str:
    return file.relative_to(ROOT / "edema_desk").as_posix()


@dataclass(frozen=True, slots=True)
class Sentence:
    context: str
    source: str
    translation: str
    finished: bool


def sentences(file: Path) -> list[Sentence]:
    found = []
    for context in ET.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            found.append(
                Sentence(
                    context.findtext("name", ""),
                    message.findtext("source", ""),
                    translation.text or "",
                    translation.get("type") is None,
                )
            )
    return found


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed translation brought up to date with the source, in a temporary place."""
    file = tmp_path_factory.mktemp("i18n") / JAPANESE.name
    file.write_bytes(JAPANESE.read_bytes())
    gather(file)
    return file


def test_every_sentence_of_the_source_has_a_finished_japanese_translation(gathered: Path) -> None:
    held = sentences(gathered)
    assert len(held) > 300
    left = [f"{s.context}: {s.source}" for s in held if not s.finished or not s.translation]
    assert not left, "run installer/translations/update.py and translate: " + "; ".join(left)


def test_the_committed_translation_has_nothing_that_is_gone(gathered: Path) -> None:
    assert {(s.context, s.source) for s in sentences(JAPANESE)} == {
        (s.context, s.source) for s in sentences(gathered)
    }


def test_translations_keep_the_places_to_fill(gathered: Path) -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    wrong = [s.source for s in sentences(gathered) if places(s.source) != places(s.translation)]
    assert not wrong


def test_the_compiled_translation_is_that_of_the_source_file(tmp_path: Path) -> None:
    compile_to(JAPANESE, tmp_path / "now.qm")
    assert (tmp_path / "now.qm").read_bytes() == JAPANESE.with_suffix(".qm").read_bytes()


def test_the_words_of_the_product_are_used(qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load(str(resources_dir() / "i18n" / "edema_desk_ja.qm"))
    for context, source, japanese in (
        ("MainWindow", "Patients", "患者"),
        ("PatientBanner", "Chart number", "カルテ番号"),
        ("phrases", "Before dialysis", "透析前"),
        ("phrases", "After dialysis", "透析後"),
        ("phrases", "In between", "随時"),
        ("phrases", "Dry weight", "ドライウェイト"),
        ("WorklistModel", "Estimate", "推定"),
        ("worklist", "No estimate: {reason}", "推定不可:{reason}"),
        ("ClipResult", "Estimate of excess fluid", "余剰体液量の推定"),
    ):
        assert translator.translate(context, source) == japanese


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr, node
            elif isinstance(node.func, ast.Name):
                yield node.func.id, node


def literal_words(node: ast.expr) -> set[str]:
    """Words a person would read in a literal, left out those of `NO_WORDS`."""
    constants = [node] if isinstance(node, ast.Constant) else []
    if isinstance(node, ast.JoinedStr):
        constants = [v for v in node.values if isinstance(v, ast.Constant)]
    text = " ".join(str(c.value) for c in constants if isinstance(c.value, str))
    return set(re.findall(r"[^\W\d_]+", text)) - NO_WORDS


@pytest.mark.parametrize("file", SOURCES, ids=of_house)
def test_no_sentence_escapes_the_translators(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    bare = [
        f"line {call.lineno}: {name}"
        for name, call in calls(tree)
        if name in SETTERS and any(literal_words(argument) for argument in call.args)
    ]
    assert not bare
    dynamic = [
        f"line {call.lineno}"
        for name, call in calls(tree)
        if name in ("tr", "translate")
        and not all(isinstance(a, ast.Constant) for a in call.args)
        and file.name != "wording.py"  # translates the constants of `words`
    ]
    assert not dynamic


def test_the_search_for_bare_sentences_finds_them() -> None:
    source = 'a.setText("Hello")\nb.setText(f"{x} kg")\nQLabel(f"Weight {x}")\nc.setText("– 5 %")'
    found = [
        bool(literal_words(call.args[0]))
        for name, call in calls(ast.parse(source))
        if name in SETTERS
    ]
    assert found == [True, False, True, False]


@pytest.mark.parametrize(
    "file",
    [
        *SOURCES,
        *sorted((ROOT / "edema_desk" / "jobs").glob("*.py")),
        ROOT / "edema_desk" / "app.py",
    ],
    ids=of_house,
)
def test_signals_are_connected_to_bound_methods_only(file: Path) -> None:
    """Lambdas and partials run on the emitting thread, and keep what they hold alive."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    wrong = [
        f"line {call.lineno}"
        for name, call in calls(tree)
        if name == "connect"
        and call.args
        and not isinstance(call.args[0], ast.Attribute | ast.Name)
    ]
    assert not wrong


def test_the_sources_of_every_room_are_found() -> None:
    held = {file.parent.name for file in SOURCES}
    assert held >= {"ui", "plots", "parts", "pieces", "capture", "patient", "settings", "sheets"}


@pytest.mark.parametrize("file", SOURCES, ids=of_house)
def test_files_are_of_one_idea(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 400


def test_the_shipped_font_can_write_every_sentence(qapp: QApplication, gathered: Path) -> None:
    """Without a fallback, as on a machine that has no other font."""
    font = QRawFont(str(resources_dir() / "fonts" / "EdemaDeskSans-Regular.otf"), 15)
    used = {c for s in sentences(gathered) for c in s.source + s.translation if not c.isspace()}
    missing = {c for c in used if not font.supportsCharacter(ord(c))}
    assert not missing
