"""No key can slip into a log or a crash report by way of an object's text (A1)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import edema_desk

PACKAGE = Path(edema_desk.__file__).parent
SECRET_WORDS = ("key", "password", "secret")
NO_SECRETS = {
    "key_id",  # of a public key
    "data_key_mark",  # tells a key from another, and nothing of it
    "key",  # names a page of the window, a question, and the mark of a generation
}


def secret_fields(source: str) -> Iterator[tuple[str, bool]]:
    """The fields of dataclasses that hold a secret, and whether their text leaves them out."""
    for class_ in ast.walk(ast.parse(source)):
        if not isinstance(class_, ast.ClassDef):
            continue
        if not any("dataclass" in ast.unparse(d) for d in class_.decorator_list):
            continue
        own_text = any(isinstance(f, ast.FunctionDef) and f.name == "__repr__" for f in class_.body)
        for line in class_.body:
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
                name, kind = line.target.id, ast.unparse(line.annotation)
                secret = "bytes" in kind or ("str" in kind and name not in NO_SECRETS)
                if secret and name.endswith(SECRET_WORDS):
                    value = ast.unparse(line.value) if line.value else ""
                    yield f"{class_.name}.{name}", own_text or "repr=False" in value


def test_keys_are_left_out_of_the_text_of_objects() -> None:
    found = dict(
        pair
        for path in sorted(PACKAGE.rglob("*.py"))
        for pair in secret_fields(path.read_text(encoding="utf-8"))
    )
    assert {"Entered.data_key", "ClipSource.key", "Opened.data_key"} <= set(found)
    assert [name for name, left_out in found.items() if not left_out] == []


@pytest.mark.parametrize("field", ["data_key: bytes", "password: str", "key: bytes | None = None"])
def test_a_forgotten_one_would_be_found(field: str) -> None:
    source = f"@dataclass(frozen=True)\nclass A:\n    {field}\n"
    assert [left_out for _, left_out in secret_fields(source)] == [False]
