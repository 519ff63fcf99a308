"""Every code has its words, and every place in them is filled by whoever raises it."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import TypeGuard

import pytest

from edema_desk import words
from edema_desk.domain.terms.acts import ActKind, Question
from edema_desk.domain.terms.estimate import FEWEST_FRAMES, IntervalKind, Refusal
from edema_desk.domain.terms.quality import FrameRefusal
from edema_desk.domain.terms.weights import Doubt, WeightDoubt
from edema_desk.errors import ErrorCode
from edema_desk.words.of_capture_errors import CAPTURE_ERRORS
from edema_desk.words.of_model_errors import MODEL_ERRORS
from edema_desk.words.of_record_errors import RECORD_ERRORS

PACKAGE = Path(words.__file__).parents[1]
SENTENCES = [*words.ERRORS.values(), *words.CAPTURE_REFUSALS.values(), *words.DOUBTS.values()]


def places(*texts: str) -> set[str]:
    """The names of the parameters that sentences want."""
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}


def raised() -> Iterator[tuple[str, ErrorCode, set[str]]]:
    """Every ExpectedError the program writes out with its code: where, which, with what."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
                continue
            if call.func.id != "ExpectedError" or not call.args:
                continue
            code = call.args[0]
            keywords = {k.arg for k in call.keywords if k.arg is not None}
            spread = len(keywords) != len(call.keywords)
            if _is_a_code(code) and not spread:
                where = f"{path.relative_to(PACKAGE)}:{call.lineno}"
                yield where, ErrorCode[code.attr], keywords


def _is_a_code(node: ast.expr) -> TypeGuard[ast.Attribute]:
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
        return False
    return node.value.id == "ErrorCode"


@pytest.mark.parametrize(
    ("codes", "table"),
    [
        (ErrorCode, words.ERRORS),
        (ActKind, words.ACTS),
        (Question, words.QUESTIONS),
        (FrameRefusal, words.FRAME_REFUSALS),
        (Refusal, words.CAPTURE_REFUSALS),
        (Doubt, words.DOUBTS),
        (IntervalKind, words.INTERVAL_NOTES),
    ],
)
def test_every_code_has_words_and_every_word_its_code(
    codes: type[ErrorCode | ActKind | Question | FrameRefusal | Refusal | Doubt | IntervalKind],
    table: Mapping[str, object],
) -> None:
    assert {str(code) for code in codes} == set(table)


def test_what_is_raised_fills_its_sentence() -> None:
    found = list(raised())
    assert len(found) > 50
    lacking = {
        where: wanted - given
        for where, code, given in found
        if (wanted := places(words.ERRORS[code].text, words.ERRORS[code].hint)) - given
    }
    assert lacking == {}


def test_captures_and_doubts_are_filled() -> None:
    for said in words.CAPTURE_REFUSALS.values():
        assert "{" not in said.filled({"limit": FEWEST_FRAMES})
    for doubt in Doubt:
        said = words.DOUBTS[doubt]
        assert "{" not in said.filled(WeightDoubt(doubt, 53_600, 9.4).params)


def test_sentences_are_sentences() -> None:
    for said in SENTENCES:
        for text in (said.text, said.hint):
            assert text == "" or text.endswith((".", "!", "?"))
            assert text == text.strip()
        assert said.text
    for text in words.FRAME_REFUSALS.values():
        assert text
        assert not text.endswith(".")
        assert places(text) == set()


def test_a_sentence_without_a_hint_stands_alone() -> None:
    assert words.Words("Gone: {what}.", "").filled({"what": "it"}) == "Gone: it."
    assert words.Words("Gone.", "Look for {what}.").filled({"what": "it"}) == "Gone. Look for it."


def test_no_failure_is_told_in_two_places() -> None:
    parts = (CAPTURE_ERRORS, RECORD_ERRORS, MODEL_ERRORS)
    assert sum(len(part) for part in parts) == len(words.ERRORS)
