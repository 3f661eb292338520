"""The rules of the house that no other tool knows.

    python scripts/check_house.py

Sizes, depth and names of files; a docstring for every room; no path of anybody's machine; a
reason beside every silenced warning.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES = 500
MOST_FOLDERS = 3

_VAGUE = frozenset({"utils", "util", "helpers", "helper", "misc", "manager", "common", "legacy"})
_TEXT = frozenset({".py", ".md", ".toml", ".json", ".yaml", ".yml", ".txt", ".cfg", ".sh", ".qss"})
_HOME = re.compile(
    r"(?<![\w.])(?:/home/|/Users/|[A-Za-z]:\\{1,2}Users\\{1,2})(?!(?:ada|name|user|you)\b)\w"
)
_SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|pyright:\s*ignore)(.*)")
_WITH_REASON = re.compile(r"^(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[\w, -]+\])\s+-\s+\w")


def files_of(root: Path) -> list[Path]:
    """The files that git keeps or would keep."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    paths = [root / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def problems_of_place(path: Path) -> list[str]:
    """What is wrong with where a file lies and how it is called; ``path`` is relative."""
    found: list[str] = []
    if path.parts[0] in {"assistant", "scripts"}:
        vague = _VAGUE & {path.stem, *path.parts[:-1]}
        found += [f"{path}: '{name}' names no concept" for name in sorted(vague)]
    if path.parts[0] == "assistant" and len(path.parts) - 2 > MOST_FOLDERS:
        found.append(f"{path}: more than {MOST_FOLDERS} folders below assistant/")
    return found


def problems_of_text(path: Path, text: str, machine: Iterable[str] = ()) -> list[str]:
    """What is wrong with what a file says.

    Args:
        path: Relative to the checkout.
        text: Its contents.
        machine: Paths of this machine that must not stand in any file.
    """
    found: list[str] = []
    lines = text.splitlines()
    if path.suffix == ".py" and len(lines) > MOST_LINES:
        found.append(f"{path}: {len(lines)} lines, more than {MOST_LINES}")
    own = [re.compile(rf"(?<![\w.-]){re.escape(place)}(?![\w-])") for place in machine]
    for number, line in enumerate(lines, start=1):
        if _HOME.search(line) or any(pattern.search(line) for pattern in own):
            found.append(f"{path}:{number}: a path of somebody's machine")
        if path.suffix == ".py":
            found += [f"{path}:{number}: {words}" for words in _without_reason(line)]
    return found


def _without_reason(line: str) -> list[str]:
    """Names a silenced warning that says neither which nor why."""
    silenced = _SILENCED.search(line)
    if silenced is None or _WITH_REASON.search(silenced[2]):
        return []
    return [f"'{silenced[1]}' without a rule and a reason after ' - '"]


def rooms_without_docstring(root: Path) -> list[str]:
    """The rooms whose ``__init__`` does not say what they are for."""
    found: list[str] = []
    for room in sorted((root / "assistant").iterdir()):
        face = room / "__init__.py"
        if not room.is_dir() or not any(room.glob("*.py")):
            continue
        if not face.is_file():
            found.append(f"assistant/{room.name}: no __init__.py")
        elif not ast.get_docstring(ast.parse(face.read_text(encoding="utf-8"))):
            found.append(f"assistant/{room.name}/__init__.py: no docstring")
    return found


def main() -> int:
    """Prints what breaks a rule; gives the exit code."""
    found = rooms_without_docstring(ROOT)
    machine = {str(ROOT), str(Path.home())} - {"/"}
    for path in files_of(ROOT):
        relative = path.relative_to(ROOT)
        found += problems_of_place(relative)
        if path.suffix in _TEXT:
            found += problems_of_text(relative, path.read_text(encoding="utf-8"), machine)
    print("\n".join(found) or "the house is in order")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
