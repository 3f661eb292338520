"""Looks through a folder that may hold anything: loops of links, millions of files, no rights."""

import os
import stat
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from assistant.domain.split_names import split_name, split_set
from assistant.hub.found.candidates import Candidate

_MOST_ENTRIES = 50_000
_DEEPEST = 8
_MOST_MODELS = 2_000
_LONGEST_TEXT = 1 << 20
_NOT_CHAT = ("mmproj", "ggml-vocab")


@dataclass(slots=True)
class Walk:
    """One look through folders; what it may cost is shared by all of them."""

    entries_left: int = _MOST_ENTRIES
    troubles: list[str] = field(default_factory=list[str])
    _seen: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])

    def folders(self, root: Path) -> "list[tuple[Path, list[Path]]]":
        """Each folder below ``root``, itself included, with its plain files, by name.

        A link to a folder is followed once, so a loop ends; devices and pipes are left out.
        """
        found: list[tuple[Path, list[Path]]] = []
        waiting = deque([(root, 0)])
        while waiting:
            folder, depth = waiting.popleft()
            if not self._is_new(folder):
                continue
            files, inner = self._entries(folder)
            found.append((folder, files))
            if depth < _DEEPEST:
                waiting.extend((each, depth + 1) for each in inner)
        return found

    def _is_new(self, folder: Path) -> bool:
        try:
            facts = folder.stat()
        except OSError:
            return False
        key = facts.st_dev, facts.st_ino
        if not stat.S_ISDIR(facts.st_mode) or (key in self._seen and facts.st_ino):
            return False
        self._seen.add(key)
        return True

    def _entries(self, folder: Path) -> tuple[list[Path], list[Path]]:
        files: list[Path] = []
        inner: list[Path] = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if self.entries_left <= 0:
                        self._tell("There are too many files to look through all of them.")
                        break
                    self.entries_left -= 1
                    (inner if _is(entry.is_dir) else files).append(Path(entry.path))
        except OSError:
            self._tell(f"{shown(folder.name)} cannot be read.")
        return sorted(path for path in files if is_plain_file(path)), sorted(inner)

    def _tell(self, words: str) -> None:
        if words not in self.troubles:
            self.troubles.append(words)


def models_below(
    walk: Walk, root: Path, name_of: Callable[[Path], str] = lambda path: path.stem
) -> list[Candidate]:
    """The GGUF files, sets of them, and folders in MLX's format below a folder.

    Args:
        walk: Takes what cannot be read.
        root: The folder.
        name_of: What a file or a folder is called.
    """
    found: list[Candidate] = []
    for folder, files in walk.folders(root):
        found += ggufs(files, name_of)
        mlx = mlx_in(folder, files, name_of(folder))
        if mlx is not None:
            found.append(mlx)
    return found[:_MOST_MODELS]


def ggufs(files: list[Path], name_of: Callable[[Path], str]) -> list[Candidate]:
    """The models among the files of one folder; a set that is not whole is none."""
    here = set(files)
    found: list[Candidate] = []
    for path in files:
        if path.suffix.casefold() != ".gguf" or path.name.casefold().startswith(_NOT_CHAT):
            continue
        said = split_name(path.name)
        parts = split_set(path)
        if said is not None and (said.number != 1 or not here.issuperset(parts)):
            continue
        name = name_of(path) if said is None else name_of(path.with_name(f"{said.stem}.gguf"))
        found.append(Candidate(name, path, parts))
    return found


def mlx_in(folder: Path, files: list[Path], name: str) -> Candidate | None:
    """The folder as a model in MLX's format, where it looks like one."""
    names = {path.name for path in files}
    weights = any(each.startswith("model") and each.endswith(".safetensors") for each in names)
    if not weights or not {"config.json", "tokenizer.json"} <= names:
        return None
    wanted = (".safetensors", ".json", ".jinja", ".txt", ".model")
    return Candidate(name, folder, tuple(path for path in files if path.suffix in wanted))


def is_plain_file(path: Path) -> bool:
    """Whether it is a file, links followed; never a pipe, on which reading would wait."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether it is a folder that can be looked at."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def short_text(path: Path) -> str:
    """What a small text file says; empty where it is missing, no file, too long or no text."""
    try:
        if not is_plain_file(path) or path.stat().st_size > _LONGEST_TEXT:
            return ""
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


def shown(name: str) -> str:
    """A name of somebody else's as it may be shown: short, and without what deceives the eye."""
    return (name if name.isprintable() else ascii(name))[:80]


def _is(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:
        return False
