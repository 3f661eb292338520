"""The list of keys is whole: it names every key that a place has, and none that there is not."""

import ast
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import assistant.ui
from assistant.ui.keys import KeyList
from assistant.ui.shortcuts import ACTIONS, Shortcuts
from assistant.ui.theme.theme import Theme

UI = Path(assistant.ui.__file__).parent
HANDLERS = {
    "plan/tasks/view.py": ("Tasks in lists",),
    "plan/board/column.py": ("Board",),
    "plan/week/canvas.py": ("Week",),
    "study/review/screen.py": ("Cards in Study",),
    "study/lesson/page.py": ("Lessons",),
    "study/map/graph.py": ("Map and pictures",),
    "study/pictures/picture.py": ("Map and pictures",),
    "study/pictures/table.py": ("Map and pictures",),
    "study/exercise/code_editor.py": ("Code",),
    "library/table.py": ("Models on this computer",),
    "chat/listing/view.py": ("List of chats",),
}
"""Which groups of the list tell the keys of a module."""
EVERYDAY = {
    *("Return", "Enter", "Escape", "Up", "Down", "Left", "Right", "Home", "End"),
    *("PageUp", "PageDown", "Tab", "Backtab", "Backspace"),
    *("Control", "Shift", "Alt", "Meta", "AltGr"),
}
"""Keys that do in a module what they do in every program."""
NAMES = {"Delete": "Del", "Plus": "+", "Equal": "+", "Minus": "-", "Slash": "/"}
MEANT = {
    "library/search/results.py": {"Space"},  # presses what it stands on, as everywhere
    "library/connections/rows.py": {"Space"},
    "library/table.py": {"Space"},
    "chat/listing/view.py": {"Space"},
    "study/exercise/step_row.py": {"Space"},
    "study/exercise/choice_pane.py": {"Space", "1"},  # the digit stands before each answer
    "plan/week/shown.py": {"Space"},
    "chat/transcript/stage.py": {"Space"},
}
"""What needs no line in the list, and why."""


def keys_in(module: Path) -> set[str]:
    """The keys that a module looks for, as the list writes them."""
    found = {
        node.attr.removeprefix("Key_")
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr.startswith("Key_")
    }
    return {NAMES.get(key, key) for key in found - EVERYDAY}


def strings_of(call: str, keyword: str = "") -> Iterator[tuple[str, str]]:
    """Modules with the strings given to calls of a name: the first one, or that of a keyword."""
    for module in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                given = [one.value for one in node.keywords if one.arg == keyword]
                given = given if keyword else node.args[:1]
                if node.func.attr == call:
                    for one in given:
                        if isinstance(one, ast.Constant) and isinstance(one.value, str):
                            yield str(module.relative_to(UI)), one.value


def listed(*groups: str) -> set[str]:
    return {one.keys for one in ACTIONS if one.group in groups}


def last(keys: str) -> str:
    """The key of a combination that is pressed last."""
    return keys if keys in {"+", "-"} else keys.rsplit("+", 1)[-1] or "+"


def test_every_key_of_a_place_is_listed() -> None:
    for module in sorted(UI.rglob("*.py")):
        name = module.relative_to(UI).as_posix()
        lacking = keys_in(module) - MEANT.get(name, set())
        lacking -= {last(keys) for keys in listed(*HANDLERS.get(name, ()))}
        if name != "keys.py":
            assert not lacking, f"{name} has keys that the list does not name"
    assert {keys for _, keys in strings_of("_add_keys")} == listed("Plan")
    known = {one.keys for one in ACTIONS} | {"Ctrl+C", "Ctrl+A"}  # as in every program
    for module, keys in strings_of("add", "shortcut"):
        assert keys in known, f"a menu of {module} tells keys that the list does not"


def test_every_listed_key_of_a_place_is_there() -> None:
    everyday = {"Esc" if key == "Escape" else key for key in EVERYDAY}
    for group in {group for groups in HANDLERS.values() for group in groups}:
        modules = [name for name, groups in HANDLERS.items() if group in groups]
        there = {key for name in modules for key in keys_in(UI / name)} | everyday | {"F2"}
        assert {last(keys) for keys in listed(group)} <= there, group


def test_a_group_stands_together_and_every_name_is_its_own() -> None:
    groups = [group for group, _ in groupby(ACTIONS, key=lambda one: one.group)]
    assert len(groups) == len(set(groups))
    assert len({one.id for one in ACTIONS}) == len(ACTIONS)


def test_keys_that_a_place_shares_can_be_built_in_again(
    qtbot: QtBot, theme: Theme, qapp: QApplication
) -> None:
    shortcuts = Shortcuts({"keys": "Ctrl+J"}, qapp)
    window = QWidget()
    qtbot.addWidget(window)
    shown = KeyList(theme, shortcuts, window)
    try:
        assert shown.buttons["task_done"].text() == "Space"
        assert not shown.buttons["task_done"].isEnabled()
        assert shortcuts.rebound("keys", "Ctrl+/") == {}
    finally:
        shortcuts.deleteLater()
