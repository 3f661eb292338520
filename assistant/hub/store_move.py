"""Moves the store of models to another folder, so that an end at any point loses nothing.

Everything is copied and read back before the settings name the new folder, which is one write; only
then is the old one emptied. A note in the old folder says that a copy was begun, so that it can go
on or be taken back; a note in the new one says what is still to be emptied.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.sizes import size_words
from assistant.hub.snapshots import PIECE_BYTES

NAME = "Lamplight models"
"""Of the folder that is made where the chosen one holds something else already."""
_TO, _FROM = "moving-to.json", "moved-from.json"
_NOTES = frozenset((_TO, _FROM))
_LEFT_BEHIND = (".part", ".moving")
_LOCK = "lock"
_SPARE_BYTES = 256 << 20
_OURS = re.compile(
    r"([0-9a-f]{64}(\.gguf|\.json|\.manifest)?|in-place-[0-9a-f]{16}\.link\.json)(\.moving)?"
    r"|downloads|trash|broken"
)
"""Names of what lies directly in a store."""


Copied = dict[Path, tuple[int, int]]
"""What is in the new folder, by its place in the old one: its size and time when it was read."""


@dataclass(frozen=True, slots=True)
class StoreMove:
    """A move from one folder to another.

    Args:
        source: The store as it is.
        target: The store as it will be.
    """

    source: Path
    target: Path

    def copy(self, on_progress: Callable[[float, str], None], copied: Copied | None = None) -> None:
        """Copies what is not there yet, and reads each copy back.

        It may be called again to go on, or to take what came, and take back what went, meanwhile.

        Args:
            on_progress: May raise.
            copied: Is filled with what was copied; what stands in it and has not changed since is
                not read again.

        Raises:
            EnvironmentProblem: The disk cannot be written to, or gives back something else.
        """
        try:
            self.target.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(self.source / _TO, self.target)
            known: Copied = {} if copied is None else copied
            now = dict(_facts(self.source))
            waiting = {path: facts for path, facts in now.items() if known.get(path) != facts}
            total = max(sum(size for size, _ in waiting.values()), 1)
            done = 0
            for path, facts in waiting.items():
                try:
                    self._copy_one(path, _share(on_progress, done, total))
                    known[path] = facts
                except FileNotFoundError:
                    if path.exists():
                        raise
                    known[path] = facts  # of a download that has ended: its copy goes below
                done += facts[0]
            self._take_back_gone()
        except OSError as error:
            raise _not_moved() from error

    def announce(self) -> None:
        """Notes in the new folder what is to be emptied; called before the settings name it.

        Raises:
            EnvironmentProblem: It cannot be written.
        """
        try:
            _write(self.target / _FROM, self.source)
        except OSError as error:
            raise _not_moved() from error

    def give_up(self) -> None:
        """Deletes what was copied; the store stays where it is."""
        with contextlib.suppress(OSError):
            for path in (*_ours(self.target), self.target / _FROM):
                _unlink(path)
            _remove_empty(self.target)
        _unlink(self.source / _TO)

    def finish(self) -> None:
        """Empties the old folder of what is in the new one; again changes nothing more."""
        with contextlib.suppress(OSError):
            for path in _files(self.source):
                twin = self.target / path.relative_to(self.source)
                if twin.is_file() and twin.stat().st_size == path.stat().st_size:
                    _unlink(path)
            _unlink(self.source / _TO)
            if not any(_files(self.source)):
                for lock in self.source.rglob(_LOCK):
                    _unlink(lock)
            _remove_empty(self.source)
        if not any(_files(self.source)):
            _unlink(self.target / _FROM)

    def _take_back_gone(self) -> None:
        """Deletes copies of what went from the old folder since, also before an earlier end."""
        for path in _ours(self.target):
            if not (self.source / path.relative_to(self.target)).exists():
                _unlink(path)

    def _copy_one(self, path: Path, report: Callable[[int], None]) -> None:
        target = self.target / path.relative_to(self.source)
        here = target.is_file() and target.stat().st_size == path.stat().st_size
        if here and _hash(target, lambda _: None) == _hash(path, report):
            return
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = target.with_name(f"{target.name}.moving")
        digest = hashlib.sha256()
        with path.open("rb") as reader, part.open("wb") as writer:
            while piece := reader.read(PIECE_BYTES):
                digest.update(piece)
                writer.write(piece)
                report(writer.tell())
            writer.flush()
            os.fsync(writer.fileno())
        if _hash(part, lambda _: None) != digest.hexdigest():
            _unlink(part)
            raise EnvironmentProblem(
                "The other disk does not give back what was written to it.",
                "Nothing was moved. Choose another disk, and have this one examined.",
                code="move_disk_broken",
            )
        shutil.copystat(path, part)
        part.replace(target)


def planned(source: Path, chosen: Path) -> StoreMove:
    """A move to a folder that the user chose.

    Raises:
        UserFacingError: It is the store itself, or lies in it.
        EnvironmentProblem: It cannot be written to, or is too small.
    """
    source, chosen = source.resolve(), chosen.expanduser().resolve()
    if chosen.is_relative_to(source) or source.parent == chosen:
        raise UserFacingError(
            "The models lie in this folder already.",
            "Choose a folder on another disk.",
            code="move_inside",
        )
    target = chosen if _is_ours(source, chosen) or _is_empty(chosen) else chosen / NAME
    if not _is_ours(source, target) and not _is_empty(target):
        raise UserFacingError(
            f"The folder {target.name} there holds something already.",
            "Choose an empty folder.",
            code="move_not_empty",
        )
    there = next(folder for folder in (target, *target.parents) if folder.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise EnvironmentProblem(
            "This folder cannot be written to.",
            "Choose another one, or give yourself the right to write there.",
            code="move_read_only",
        )
    needed = sum(path.stat().st_size for path in _files(source)) - _bytes(target)
    free = shutil.disk_usage(there).free
    if free < needed + _SPARE_BYTES:
        raise EnvironmentProblem(
            f"The models take {size_words(needed)}, and the disk has {size_words(free)} left.",
            "Free some space there, or choose another disk.",
            code="disk_full",
        )
    return StoreMove(source, target)


def begun(source: Path) -> StoreMove | None:
    """The move from this folder that was begun and did not come to its end."""
    target = _read(source / _TO)
    return StoreMove(source, target) if target is not None else None


def to_finish(target: Path) -> StoreMove | None:
    """The move to this folder after which the old one was not emptied yet."""
    source = _read(target / _FROM)
    return StoreMove(source, target) if source is not None and source != target else None


def _files(folder: Path) -> Iterator[Path]:
    """What is moved: all files but notes, locks and what is being written."""
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob("*")):
        passed = path.name in _NOTES or path.suffix in _LEFT_BEHIND or path.name == _LOCK
        abandoned = any(part.endswith(".part") for part in path.relative_to(folder).parts)
        if not passed and not abandoned and path.is_file() and not path.is_symlink():
            yield path


def _ours(target: Path) -> list[Path]:
    """The files in the new folder that a move has put there, whole or not."""
    found = [path for path in target.rglob("*") if path.is_file() and not path.is_symlink()]
    return [path for path in found if _OURS.fullmatch(path.relative_to(target).parts[0])]


def _facts(folder: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    for path in _files(folder):
        with contextlib.suppress(FileNotFoundError):
            facts = path.stat()
            yield path, (facts.st_size, facts.st_mtime_ns)


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in _files(folder))


def _is_empty(folder: Path) -> bool:
    """Whether nothing lies in it but what an earlier store of ours leaves while it is open."""
    try:
        return not folder.exists() or not any(
            path.name != _LOCK for path in folder.rglob("*") if not path.is_dir()
        )
    except OSError:
        return False


def _is_ours(source: Path, target: Path) -> bool:
    """A copy to there was begun before."""
    move = begun(source)
    return move is not None and move.target == target


def _share(
    on_progress: Callable[[float, str], None], before: int, total: int
) -> Callable[[int], None]:
    def report(read: int) -> None:
        on_progress(min((before + read) / total, 1.0), "Copying")

    report(0)
    return report


def _hash(path: Path, report: Callable[[int], None]) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(PIECE_BYTES):
            digest.update(piece)
            report(stream.tell())
    return digest.hexdigest()


def _write(path: Path, said: Path) -> None:
    part = path.with_name(f"{path.name}.moving")
    with part.open("w", encoding="utf-8") as stream:
        json.dump({"folder": str(said)}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)


def _read(path: Path) -> Path | None:
    try:
        said: object = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    folder = cast("dict[str, object]", said).get("folder") if isinstance(said, dict) else None
    return Path(folder) if isinstance(folder, str) and Path(folder).is_absolute() else None


def _unlink(path: Path) -> None:
    with contextlib.suppress(OSError):
        if path.exists():
            path.chmod(0o600)  # Windows does not delete what is read-only
            path.unlink()


def _remove_empty(folder: Path) -> None:
    """Removes the folders below that hold nothing, and the folder itself if it does not either."""
    inner = [path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink()]
    for path in (*sorted(inner, reverse=True), folder):
        with contextlib.suppress(OSError):
            path.rmdir()


def _not_moved() -> EnvironmentProblem:
    return EnvironmentProblem(
        "The models could not be copied.",
        "They are where they were. Check that both disks are connected, then try again.",
        code="move_failed",
    )
