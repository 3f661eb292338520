"""No part of the window imports one that imports it, not even for a type."""

import ast
import os
import subprocess
import sys
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


FIRST_PAINT = """
import sys
from PySide6 import QtCore
from PySide6.QtWidgets import QApplication
app = QApplication([])
from assistant.ui.app import Lamplight
from assistant.ui.main_window import MainWindow
from assistant.ui.theme.tokens import LIGHT
window = MainWindow(LIGHT)
painted = []
window.painted.connect(lambda: painted.append(1))
window.show()
while not painted:
    app.processEvents()
print("Qt" in vars(QtCore), *sorted(one for one in sys.modules if one.startswith("assistant.")))
window.close()
"""


def test_nothing_that_takes_long_is_made_before_the_first_paint() -> None:
    """PySide makes ``Qt`` and all its enums once they are first asked for: some 15 ms."""
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    made, *modules = done.stdout.split()
    assert made == "False"
    assert len(modules) < 20, modules
    assert not [one for one in modules if ".study" in one or ".plan" in one]
