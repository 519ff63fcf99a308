"""Nothing in the program can load a file that may carry code."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "edema_desk"
LOADERS = {"pickle", "cPickle", "joblib", "dill", "cloudpickle", "shelve", "marshal"}
TORCH_LOADERS = {
    *(("torch", "load"), ("jit", "load"), ("hub", "load"), ("export", "load"), ("np", "load")),
    *(("torch", "package"), ("numpy", "load"), ("serialization", "load")),
}


def loaders_in(source: str) -> set[str]:
    """What a source imports or calls that unpickles, or may be told to."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] in LOADERS}
        elif isinstance(node, ast.ImportFrom) and node.module and not _safe(node.module):
            names = {(node.module.split(".")[-1], alias.name) for alias in node.names}
            if node.module.split(".")[0] in LOADERS or names & TORCH_LOADERS:
                found.add(node.module)
        elif isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            if (name, node.attr) in TORCH_LOADERS:
                found.add(f"{name}.{node.attr}")
    return found


def _safe(module: str) -> bool:
    """Its loader reads numbers and nothing else."""
    return module.split(".")[0] == "safetensors"


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from pickle import loads",
        "import joblib.numpy_pickle",
        "import torch\ntorch.load('x')",
        "from torch import load",
        "torch.jit.load('x')",
        "torch.export.load('x.pt2')",
        "from torch import package",
        "import numpy as np\nnp.load('x', allow_pickle=True)",
    ],
)
def test_the_search_finds_them(source: str) -> None:
    assert loaders_in(source)


def test_none_is_in_the_program() -> None:
    sources = sorted(PACKAGE.rglob("*.py"))
    assert len(sources) > 50
    found = {str(path): loaders_in(path.read_text(encoding="utf-8")) for path in sources}
    assert {path: names for path, names in found.items() if names} == {}
