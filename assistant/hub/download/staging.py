"""Where downloads lie until they are whole: one folder each, with what was ordered beside it."""

import contextlib
import hashlib
import json
import os
import re
import shutil
import stat
import threading
from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter

from assistant.domain.cancel import CancelToken
from assistant.domain.download import DownloadId, DownloadOrder
from assistant.domain.errors import UserFacingError
from assistant.domain.hub import HubFile
from assistant.hub.names import (
    checked_commit,
    checked_flat_name,
    checked_name,
    checked_repo,
)
from assistant.hub.trash import delete

_ORDER = TypeAdapter(DownloadOrder)
_HASHES = TypeAdapter(dict[str, str])
_ID = re.compile(r"[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SHA1 = re.compile(r"[0-9a-f]{40}")
_MOST_FILES = 2048
_MOST_BYTES = 1 << 45
_JUNCTION = 0xA0000003
"""The reparse tag of a folder that Windows leads elsewhere."""


def download_id(repo: str, commit: str, files: Sequence[HubFile]) -> DownloadId:
    """Names an order: the same for the same files at the same commit."""
    names = sorted(file.name for file in files)
    written = json.dumps([repo, commit, names]).encode()
    return DownloadId(hashlib.sha256(written).hexdigest()[:12])


def flat_name(file: HubFile) -> str:
    """The name of a file in the store, which knows no folders."""
    return file.name.rpartition("/")[2]


class Staging:
    """The folders of downloads that are not done.

    ``<id>/order.json`` says what was ordered, ``<id>/parts/`` holds files that are not whole or
    not checked, ``<id>/files/`` those that are. Only whole files with the right hash are ever
    renamed into the latter, and their hashes are noted in ``<id>/hashes.json`` before that.

    Args:
        root: Of all of them.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._accepting = threading.RLock()

    def orders(self, *, tidy: bool = True) -> list[DownloadOrder]:
        """All that were ordered and not discarded.

        Args:
            tidy: Remove a folder without an order; not while somebody else may be making one.
        """
        found: list[DownloadOrder] = []
        for folder in sorted(self.root.glob("*/")):
            if not _ID.fullmatch(folder.name) or folder.is_symlink():
                continue
            try:
                order = _ORDER.validate_json((folder / "order.json").read_bytes())
                check_order(order)
            except FileNotFoundError:
                if tidy:  # it is of an order that was being discarded
                    shutil.rmtree(folder, ignore_errors=True)
            except (OSError, ValueError, UserFacingError):
                continue  # left alone: another version, or a disk that reads again, may know it
            else:
                if order.id == folder.name:
                    found.append(order)
        return found

    def begin(self, order: DownloadOrder) -> None:
        """Notes an order; what is here of it already is kept.

        Raises:
            UserFacingError: A name in it is not one that a file may have.
            OSError: It cannot be written.
        """
        check_order(order)
        folder = self.folder(order)
        for each in (folder / "parts", folder / "files"):
            if not each.is_dir():
                self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
                folder.mkdir(exist_ok=True, mode=0o700)
                each.mkdir(exist_ok=True, mode=0o700)
        if not (folder / "order.json").exists():
            write_durably(folder / "order.json", _ORDER.dump_json(order, indent=1))

    def folder(self, order: DownloadOrder) -> Path:
        """Of one order."""
        return self._kept(order.id)

    def _kept(self, *names: str) -> Path:
        """Joins names to the root, and makes sure that none of them is a link to elsewhere.

        Nothing makes links in here, so there is none to follow; that takes a tenth of the time
        of resolving the whole path.
        """
        path = self.root
        for name in names:
            path /= checked_flat_name(name)
            if _leads_elsewhere(path):
                raise UserFacingError(
                    "A link stands where downloads are gathered, so nothing is written there.",
                    f"Remove “{name}” in the folder of the downloads, then try again.",
                    code="unsafe_name",
                )
        return path

    def files(self, order: DownloadOrder) -> Path:
        """The folder of what is whole and checked."""
        return self.folder(order) / "files"

    def part(self, order: DownloadOrder, file: HubFile) -> Path:
        """Where a file is gathered."""
        return self._kept(order.id, "parts", f"{flat_name(file)}.partial")

    def whole(self, order: DownloadOrder, file: HubFile) -> Path:
        """Where a file lies once it is checked."""
        return self._kept(order.id, "files", flat_name(file))

    def is_whole(self, order: DownloadOrder, file: HubFile) -> bool:
        """Whether a file is here, and has been checked."""
        with self._accepting:
            try:
                status = self.whole(order, file).lstat()
            except OSError:
                return False
        noted = flat_name(file) in self.hashes(order)
        return noted and status.st_size == file.size_bytes

    def hashes(self, order: DownloadOrder) -> dict[str, str]:
        """SHA-256 by name of what has been checked."""
        try:
            return _HASHES.validate_json((self.folder(order) / "hashes.json").read_bytes())
        except (OSError, ValueError):
            return {}

    def accept(self, order: DownloadOrder, file: HubFile, sha256: str, cancel: CancelToken) -> None:
        """Takes a file for whole: it has been checked, and is on the disk.

        Raises:
            Cancelled: It was, and somebody else may be at work on the file by now.
            OSError: It cannot be renamed.
        """
        with self._accepting:
            cancel.raise_if_cancelled()
            hashes = self.hashes(order) | {flat_name(file): sha256}
            write_durably(self.folder(order) / "hashes.json", _HASHES.dump_json(hashes))
            self.part(order, file).replace(self.whole(order, file))
            _sync_folder(self.files(order))

    def here_bytes(self, order: DownloadOrder) -> int:
        """Bytes of an order that are on the disk."""
        return sum(self.here(order, file) for file in order.files)

    def here(self, order: DownloadOrder, file: HubFile) -> int:
        """Bytes of one of its files that are on the disk."""
        for path in (self.whole(order, file), self.part(order, file)):
            with contextlib.suppress(OSError):
                return min(path.stat().st_size, file.size_bytes)
        return 0

    def empty(self, order: DownloadOrder) -> None:
        """Removes what has come of an order, and keeps the order itself.

        Raises:
            OSError: The folders for another try cannot be made.
        """
        folder = self.folder(order)
        with self._accepting:
            for name in ("hashes.json", "parts", "files"):
                delete(folder / name)
        self.begin(order)

    def discard(self, order: DownloadOrder) -> None:
        """Removes all of an order; its note last, so that a crash does not leave parts unnamed."""
        folder = self.folder(order)
        for name in ("parts", "files"):
            delete(folder / name)
        delete(folder)


def check_order(order: DownloadOrder) -> None:
    """Makes sure that an order can only mean files inside of its folder.

    Raises:
        UserFacingError: It does not; with code ``unsafe_name``, ``repo_unknown`` or
            ``repo_refused``.
    """
    checked_repo(order.repo)
    checked_commit(order.commit)
    names = [checked_flat_name(flat_name(file)) for file in order.files if checked_name(file.name)]
    sizes = [file.size_bytes for file in order.files]
    if (
        not _ID.fullmatch(order.id)
        or not 0 < len(names) <= _MOST_FILES
        or len({name.casefold() for name in names}) != len(names)
        or min(sizes) < 0
        or sum(sizes) > _MOST_BYTES
        or not all(_has_hash(file) for file in order.files)
    ):
        raise UserFacingError(
            "What the Hub lists for this model cannot be right.",
            "Choose another model.",
            code="repo_refused",
        )


def _leads_elsewhere(path: Path) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION


def _has_hash(file: HubFile) -> bool:
    """Whether what came can be compared with what is on record."""
    known = _SHA256.fullmatch(file.sha256), _SHA1.fullmatch(file.git_sha1)
    return bool(known[0] or (known[1] and not file.sha256))


def write_durably(path: Path, content: bytes) -> None:
    """Writes a small file so that a crash leaves either the old one or the new one.

    Raises:
        OSError: It cannot be written.
    """
    part = path.with_name(f"{path.name}.new")
    with part.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)


def _sync_folder(folder: Path) -> None:
    """Puts a rename on the disk, where the system lets a folder be opened for that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
