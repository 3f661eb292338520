"""Models that were removed, for as long as it can be taken back.

An entry is a folder ``trash/<sha256>`` with the model, what lay beside it, and, written last, a
note that it is whole. One without the note was being put in or taken out when the process ended:
it goes back to its place, so that nothing is lost.
"""

import contextlib
import re
import secrets
import shutil
from pathlib import Path
from time import monotonic

_FOLDER = "trash"
_NOTE = "removed"
_BESIDE = ("json", "manifest")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Trash:
    """The trash of one store.

    Args:
        store: The folder of the models.
    """

    def __init__(self, store: Path) -> None:
        self._store = store
        self._folder = store / _FOLDER
        self._seen_s: dict[str, float] = {}

    def put(self, model: Path) -> None:
        """Moves a model's file or folder in, with what lies beside it.

        Raises:
            OSError: It cannot be moved.
        """
        sha256 = model.stem
        entry = self._folder / sha256
        if entry.exists():
            self._delete(entry)
        entry.mkdir(parents=True, mode=0o700)
        # The model first: without it its description is nothing, and it is not lost without one.
        model.replace(entry / model.name)
        for ending in _BESIDE:
            beside = self._store / f"{sha256}.{ending}"
            if beside.exists():
                beside.replace(entry / beside.name)
        (entry / _NOTE).touch()
        self._seen_s[sha256] = monotonic()

    def restore(self, sha256: str) -> bool:
        """Puts a model back; whether it was still there.

        Raises:
            OSError: It cannot be moved.
        """
        entry = self._folder / sha256
        if not _SHA256.fullmatch(sha256) or not entry.is_dir():
            return False
        (entry / _NOTE).unlink(missing_ok=True)
        # The description first: a model without one is not listed.
        for path in sorted(entry.iterdir(), key=lambda path: path.name.startswith(f"{sha256}.j")):
            if path.suffix[1:] in _BESIDE:
                path.replace(self._store / path.name)
        for path in list(entry.iterdir()):
            target = self._store / path.name
            if not target.exists():
                path.replace(target)
        self._delete(entry)
        return True

    def entries(self) -> list[str]:
        """Hashes of the models that can be put back."""
        return [entry.name for entry in self._all() if (entry / _NOTE).exists()]

    def size_bytes(self) -> int:
        """What the trash takes."""
        return sum(tree_bytes(entry) for entry in self._all())

    def delete(self, sha256: str) -> None:
        """Deletes one for good."""
        entry = self._folder / sha256
        if _SHA256.fullmatch(sha256) and entry.is_dir():
            self._delete(entry)

    def clear(self, older_than_s: float) -> None:
        """Deletes for good what was put in, or first seen here, longer ago than this.

        By a clock that nobody can set: of one that was put in by another process it is known
        only since when it has been seen.

        Raises:
            OSError: Something cannot be moved.
        """
        now_s, before = monotonic(), self._seen_s
        whole = {sha256: before.get(sha256, now_s) for sha256 in self.entries()}
        old = [sha256 for sha256, since_s in whole.items() if now_s - since_s > older_than_s]
        for sha256 in old:
            self.delete(sha256)
        self._seen_s = {each: since_s for each, since_s in whole.items() if each not in old}

    def empty(self) -> None:
        """Deletes all for good; what was on its way in or out goes back first.

        Raises:
            OSError: Something cannot be put back.
        """
        for entry in self._all():
            if (entry / _NOTE).exists():
                self._delete(entry)
            else:
                self.restore(entry.name)

    def _all(self) -> list[Path]:
        try:
            found = list(self._folder.iterdir())
        except OSError:
            return []
        return [each for each in found if _SHA256.fullmatch(each.name) and each.is_dir()]

    def _delete(self, entry: Path) -> None:
        gone = self._store / f"{secrets.token_hex(8)}.part"
        entry.replace(gone)  # so that a half deleted one is never put back
        delete(gone)


def delete(path: Path) -> None:
    """Deletes a file or a folder as far as it can; Windows does not delete what is read-only."""
    with contextlib.suppress(OSError):
        folder = path.is_dir() and not path.is_symlink()
        for each in (path, *path.rglob("*")) if folder else (path,):
            if not each.is_symlink():
                each.chmod(0o700)
        if folder:
            shutil.rmtree(path)
        else:
            path.unlink()


def tree_bytes(path: Path) -> int:
    """What a file or a folder takes; links count nothing."""
    total = 0
    for each in (path, *path.rglob("*")):
        with contextlib.suppress(OSError):
            if each.is_file() and not each.is_symlink():
                total += each.stat().st_size
    return total
