"""Models of other applications, used where they lie; their files are only ever read.

A link is a small JSON file in the store, ``<id>.link.json``. It names the files with their sizes
and times: one that went or changed is said so, and not loaded until the user takes it as it is.
"""

import hashlib
import re
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from assistant.domain.errors import Bug, EnvironmentProblem
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelInfo
from assistant.hub.catalogue import Catalogue
from assistant.hub.snapshots import hash_files, manifest_sha256

_ENDING = ".link.json"
_LONGEST_BYTES = 4 << 20
_MOST_LINKS = 4096
_ID = re.compile(r"in-place-[0-9a-f]{16}")
OWN_FOLDER = "your folder"
"""The owner of files in a folder that the user chose."""


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """One file of another application, as it was when the link was made."""

    path: Path
    size_bytes: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class Link:
    """What the store knows of a model that is used in place.

    Args:
        info: Its description; ``path`` is what the engine is handed.
        files: All that it consists of.
    """

    info: ModelInfo
    files: tuple[LinkedFile, ...]


_LINK = TypeAdapter(Link)


class InPlace:
    """The links of one store. From any thread.

    Args:
        store: The folder of the models.
        catalogue: Gives names to known hashes.
    """

    def __init__(self, store: Path, catalogue: Catalogue) -> None:
        self._store = store
        self._catalogue = catalogue
        self._lock = threading.Lock()

    def models(self) -> list[ModelInfo]:
        """Every model that is used in place; one that went or changed has its trouble told."""
        return [self._as_it_is(link) for link in self._links()]

    def link_of(self, model_id: ModelId) -> Link | None:
        """The link with this id."""
        return _read(self._path(model_id)) if _ID.fullmatch(model_id) else None

    def add(self, info: ModelInfo, files: Sequence[Path]) -> ModelInfo:
        """Uses a model in place from now on, as its files are now.

        Args:
            info: With the owner, and with what the engine is to be handed as its path.
            files: All that it consists of.

        Raises:
            EnvironmentProblem: A file cannot be read, or the link cannot be written.
        """
        if info.path is None or not info.owner:
            raise Bug("a model that is used in place lies somewhere and is somebody's")
        named = replace(info, id=link_id(info.path))
        try:
            link = Link(named, tuple(_as_found(path) for path in files))
            self._store.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._lock:
                self._write(link)
        except OSError as error:
            raise _not_linked(info.name) from error
        return self._as_it_is(link)

    def remove(self, model_id: ModelId) -> None:
        """Forgets a link; the other application's files stay as they are.

        Raises:
            OSError: It cannot be deleted.
        """
        if _ID.fullmatch(model_id):
            self._path(model_id).unlink(missing_ok=True)

    def put_back(self, link: Link) -> None:
        """Writes down a link that was removed.

        Raises:
            OSError: It cannot be written.
        """
        with self._lock:
            self._write(link)

    def note_hash(self, model_id: ModelId, hashes: dict[str, str]) -> ModelInfo | None:
        """Writes down the hash of files that are as they were when they began to be read.

        Args:
            model_id: Of the link.
            hashes: Of the files by name.

        Returns:
            The model; None where it is gone, changed meanwhile, or was hashed before.

        Raises:
            OSError: It cannot be written.
        """
        with self._lock:
            link = self.link_of(model_id)
            if link is None or link.info.sha256 or _trouble(link)[0]:
                return None
            link = replace(link, info=replace(link.info, sha256=linked_sha256(link, hashes)))
            self._write(link)
        return self._as_it_is(link)

    def _links(self) -> list[Link]:
        try:
            paths = sorted(self._store.glob(f"*{_ENDING}"))[:_MOST_LINKS]
        except OSError:
            return []
        found = (_read(path) for path in paths if _ID.fullmatch(path.name.removesuffix(_ENDING)))
        return [link for link in found if link is not None]

    def _as_it_is(self, link: Link) -> ModelInfo:
        trouble, changed = _trouble(link)
        info = replace(link.info, trouble=trouble, changed=changed)
        known = self._catalogue.by_sha256(info.sha256) if info.sha256 else None
        if known is None:
            return info
        return replace(
            known,
            id=info.id,
            path=info.path,
            owner=info.owner,
            trouble=info.trouble,
            changed=info.changed,
        )

    def _write(self, link: Link) -> None:
        path = self._path(link.info.id)
        part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
        try:
            part.write_bytes(_LINK.dump_json(link, indent=2))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def _path(self, model_id: ModelId) -> Path:
        return self._store / f"{model_id}{_ENDING}"


def link_id(path: Path) -> ModelId:
    """The id of a model that is used in place: of where it lies, so that it never changes."""
    return ModelId(f"in-place-{hashlib.sha256(str(path).encode()).hexdigest()[:16]}")


def linked_sha256(link: Link, hashes: dict[str, str]) -> str:
    """The hash of a linked model: of its one file, or of the manifest of several.

    Args:
        link: The model.
        hashes: Of its files by name.
    """
    whole = len(hashes) > 1 or link.info.path != link.files[0].path
    return manifest_sha256(hashes) if whole else next(iter(hashes.values()))


def hash_linked(link: Link, on_progress: Callable[[float], None]) -> dict[str, str]:
    """Reads the files of a link once.

    Raises:
        OSError: One cannot be read.
    """
    return hash_files((file.path for file in link.files), on_progress)


def _read(path: Path) -> Link | None:
    try:
        if path.stat().st_size > _LONGEST_BYTES:
            return None
        return _LINK.validate_json(path.read_bytes())
    except (OSError, ValueError):
        return None


def _as_found(path: Path) -> LinkedFile:
    facts = path.stat()
    return LinkedFile(path, facts.st_size, facts.st_mtime_ns)


def _trouble(link: Link) -> tuple[str, bool]:
    """Why the files are not those that were linked, in one sentence; empty where they are.

    The flag says that they are there, only others than they were.
    """
    owner = link.info.owner
    changed = ""
    for file in link.files:
        try:
            now = _as_found(file.path)
        except FileNotFoundError:
            words = (
                "It is not in your folder any more, or its disk is not connected."
                if owner == OWN_FOLDER
                else f"It was removed by {owner} since, or its disk is not connected."
            )
            return words, False
        except OSError:
            return "Its file cannot be read.", False
        if now != file:
            changed = (
                "It was changed in your folder since."
                if owner == OWN_FOLDER
                else f"It was changed by {owner} since."
            )
    return changed, bool(changed)


def _not_linked(name: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        f"{name} cannot be used where it lies.",
        "Check that its files can be read and that the disk of the profile has room.",
        code="model_not_linked",
    )
