"""No part of the window imports one that imports it, not even for a type."""

import ast
from pathlib import Path

import assistant.ui

ROOT = Path(assistant.ui.__file__).parents[2]


def imports() -> dict[str, set[str]]:
    """For each module of the window those of the window that it imports."""
    files = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): path
        for path in (ROOT / "assistant" / "ui").rglob("*.py")
        if path.name != "__init__.py"
    }
    return {
        name: {
            node.module
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom) and node.module in files
        }
        for name, path in files.items()
    }


def test_imports_go_one_way() -> None:
    left = imports()
    assert len(left) > 100
    while free := {name for name, used in left.items() if not used}:
        left = {name: used - free for name, used in left.items() if name not in free}
    assert not left, "these import each other, or what does"
