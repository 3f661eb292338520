"""Models on disk: named by their hash, read-only, and only ever renamed in.

A model is one file, ``<sha256>.gguf``, or a folder ``<sha256 of its manifest>`` with the names that
its files came with; beside it lie its description (``.json``) and its manifest. A mapped model file
that changes under the engine ends the process, so nothing here is ever written to: a copy is made
beside it, checked, and renamed.
"""

import contextlib
import hashlib
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.model import ModelInfo
from assistant.domain.sizes import size_words
from assistant.hub.catalogue import Catalogue
from assistant.hub.in_place import InPlace
from assistant.hub.snapshots import (
    PIECE_BYTES,
    checked_files,
    first_file,
    hash_files,
    manifest,
    manifest_sha256,
    read_manifest,
)
from assistant.hub.trash import Trash, delete, tree_bytes

if TYPE_CHECKING:
    from assistant.domain.ids import ModelId

_DESCRIPTION = TypeAdapter(ModelInfo)
_ABANDONED_AFTER_S = 3600.0
_SPARE_BYTES = 256 * 1024 * 1024
_FOLDER = re.compile(r"[0-9a-f]{64}")
_NOT_DESCRIBED = ("path", "shared", "owner")


class ModelStore:
    """The models of one profile, together with those that all profiles share.

    Args:
        own: The profile's folder; written to.
        shared: The folder that comes with the installation; never written to.
        catalogue: Gives names to known hashes.
    """

    def __init__(self, own: Path, shared: Path, catalogue: Catalogue) -> None:
        self._own = own
        self._shared = shared
        self._catalogue = catalogue
        self.in_place = InPlace(own, catalogue)
        self.trash = Trash(own)

    @property
    def folder(self) -> Path:
        """Where the profile's own models lie."""
        return self._own

    def switch(self, folder: Path) -> None:
        """From now on the profile's own models lie in another folder."""
        self._own = folder
        self.in_place = InPlace(folder, self._catalogue)
        self.trash = Trash(folder)

    def set_aside(self, model: ModelInfo) -> None:
        """Puts a broken model where it is not listed any more; its files are kept.

        Raises:
            UserFacingError: It is not the profile's own.
            EnvironmentProblem: It cannot be moved.
        """
        path = self.require_removable(model)
        whole = path if path.parent == self._own else path.parent
        aside = self._aside
        try:
            delete(aside / whole.name)
            aside.mkdir(exist_ok=True, mode=0o700)
            whole.replace(aside / whole.name)
        except OSError as error:
            raise _not_removed(model) from error

    @property
    def _aside(self) -> Path:
        return self._own / "broken"

    def aside_bytes(self) -> int:
        """What broken models take that were set aside."""
        return tree_bytes(self._aside)

    def delete_aside(self) -> None:
        """Deletes broken models for good."""
        delete(self._aside)

    def hashes_of(self, model: ModelInfo) -> dict[Path, str]:
        """What the files of a model must hash to, by file; empty of one without a known hash.

        Raises:
            OSError: They cannot be looked at.
        """
        path = model.path
        if path is None or not model.sha256 or model.owner:
            return {}
        if path.suffix == ".gguf" and _FOLDER.fullmatch(path.parent.name) is None:
            return {path: model.sha256}
        folder = path if path.is_dir() else path.parent
        text = (folder.parent / f"{model.sha256}.manifest").read_text(encoding="utf-8")
        if hashlib.sha256(text.encode()).hexdigest() != model.sha256:
            return dict.fromkeys(folder.iterdir(), "")
        return {folder / name: sha256 for name, sha256 in read_manifest(text).items()}

    def installed(self) -> list[ModelInfo]:
        """Every model that is here, shared ones first, then those of other applications.

        A folder that is missing is empty.
        """
        found: dict[ModelId, ModelInfo] = {}
        for folder, shared in ((self._shared, True), (self._own, False)):
            for path in _models_in(folder):
                info = self._describe(path, shared=shared)
                if info is not None:
                    found.setdefault(info.id, info)
        for info in self.in_place.models():
            found.setdefault(info.id, info)
        return list(found.values())

    def key_of(self, path: Path) -> str:
        """The hash by which the store keeps a model's file or folder; empty for what is elsewhere.

        Only a name that this store gave vouches for what is in the file.
        """
        for folder in (self._shared, self._own):
            if path.parent == folder:
                return path.stem if path.suffix == ".gguf" else path.name
            if path.parent.parent == folder and _FOLDER.fullmatch(path.parent.name):
                return path.parent.name
        return ""

    def _describe(self, path: Path, *, shared: bool) -> ModelInfo | None:
        sha256 = path.stem
        known = self._catalogue.by_sha256(sha256)
        if known is None:
            try:
                known = _DESCRIPTION.validate_json(path.with_name(f"{sha256}.json").read_bytes())
            except (OSError, ValueError):
                return None
        place = path if path.suffix == ".gguf" else first_file(path)
        return replace(known, path=place, shared=shared)

    def stage(self, source: Path, on_progress: Callable[[float, str], None]) -> "tuple[Path, str]":
        """Copies a file beside the store and hashes what was written.

        Returns:
            The staged copy and its SHA-256; hand them to ``admit`` or ``discard``.

        Raises:
            EnvironmentProblem: There is no room, or the file cannot be read or written.
        """
        with self._staging() as staged:
            hashes = self._copied({staged: source}, on_progress)
        return staged, hashes[staged.name]

    def stage_folder(
        self, sources: Sequence[Path], on_progress: Callable[[float, str], None]
    ) -> "tuple[Path, dict[str, str]]":
        """Copies files of different names into one new folder beside the store, as ``stage`` does.

        Returns:
            The staged folder and the hashes by name; hand them to ``admit_folder`` or ``discard``.

        Raises:
            EnvironmentProblem: There is no room, or a file cannot be read or written.
        """
        with self._staging() as staged:
            staged.mkdir(mode=0o700)
            copies = {staged / source.name: source for source in sources}
            hashes = self._copied(copies, on_progress)
        return staged, hashes

    @contextlib.contextmanager
    def _staging(self) -> Generator[Path]:
        """A new name beside the store; what lies there is removed where the work fails."""
        staged = self._own / f"{secrets.token_hex(8)}.part"
        try:
            self._own.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._clear_abandoned()
            yield staged
        except OSError as error:
            self.discard(staged)
            raise _not_copied() from error
        except BaseException:
            self.discard(staged)
            raise

    def _copied(
        self, copies: Mapping[Path, Path], on_progress: Callable[[float, str], None]
    ) -> dict[str, str]:
        """Copies each value to its key; the hashes of what was written, by name."""
        total = sum(source.stat().st_size for source in copies.values())
        self._assert_room(total)
        hashes: dict[str, str] = {}
        done = 0
        for target, source in copies.items():
            digest = hashlib.sha256()
            with source.open("rb") as reader, target.open("xb") as writer:
                while piece := reader.read(PIECE_BYTES):
                    digest.update(piece)
                    writer.write(piece)
                    done += len(piece)
                    on_progress(min(done / max(total, 1), 1.0), "Copying")
                writer.flush()
                os.fsync(writer.fileno())
            hashes[target.name] = digest.hexdigest()
        return hashes

    def _assert_room(self, size: int) -> None:
        if shutil.disk_usage(self._own).free < size + _SPARE_BYTES:
            self.trash.empty()
        free = shutil.disk_usage(self._own).free
        if free < size + _SPARE_BYTES:
            raise EnvironmentProblem(
                f"The model takes {size_words(size)} and the disk has {size_words(free)} left.",
                "Free some space, then import it again.",
                code="disk_full",
            )

    def admit(self, staged: Path, info: ModelInfo) -> ModelInfo:
        """Renames a staged copy in under its hash, read-only, with its description beside it.

        Raises:
            EnvironmentProblem: It cannot be written; the copy stays where it is.
        """
        final = self._own / f"{info.sha256}.gguf"
        try:
            self._write_description(info)
            if final.exists():
                self.discard(staged)
            else:
                staged.chmod(0o444)
                staged.replace(final)
        except OSError as error:
            raise _not_copied() from error
        return replace(info, path=final, shared=False)

    def admit_folder(
        self, staged: Path, info: ModelInfo, hashes: Mapping[str, str] | None = None
    ) -> ModelInfo:
        """Renames a staged folder in under the hash of its manifest, its files read-only.

        Args:
            staged: On the same disk as the store, with the original names.
            info: Where it names a hash, it is that of the manifest.
            hashes: Of the files by name, where they were computed from what lies there; the files
                are read once more where they are not given.

        Raises:
            UserFacingError: It holds what a model does not, is not whole, or has another hash; it
                is discarded.
            EnvironmentProblem: It cannot be read or written; it stays where it is.
        """
        try:
            files = checked_files(staged)
            known = dict(hashes) if hashes is not None else hash_files(files)
            sha256 = _agreed_hash(known, {path.name for path in files}, info)
            named = replace(info, sha256=sha256, size_bytes=sum(p.stat().st_size for p in files))
            self._write(sha256, "manifest", manifest(known))
            self._write_description(named)
            final = self._own / sha256
            if final.exists():
                self.discard(staged)
            else:
                for path in files:
                    path.chmod(0o444)
                staged.replace(final)
        except OSError as error:
            raise _not_copied() from error
        except BaseException:
            self.discard(staged)
            raise
        return replace(named, path=first_file(final), shared=False)

    def _write_description(self, info: ModelInfo) -> None:
        """Written also where the model is here: its description may have been lost."""
        if self._catalogue.by_sha256(info.sha256) is None:
            facts = {key: value for key, value in asdict(info).items() if key not in _NOT_DESCRIBED}
            self._write(info.sha256, "json", json.dumps(facts, indent=2))

    def _write(self, sha256: str, ending: str, text: str) -> None:
        part = self._own / f"{sha256}.{ending}.part"
        try:
            part.write_text(text, encoding="utf-8")
            part.replace(part.with_suffix(""))
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink()
            raise

    def discard(self, staged: Path) -> None:
        """Removes a staged copy that is not wanted."""
        delete(staged)

    def _clear_abandoned(self) -> None:
        """Deletes copies that an ended process left half; one that grows now is younger."""
        for part in self._own.glob("*.part"):
            with contextlib.suppress(OSError):
                newest = max(p.stat().st_mtime for p in (part, *part.glob("*")))
                if time.time() - newest > _ABANDONED_AFTER_S:
                    delete(part)

    def require_removable(self, model: ModelInfo) -> Path:
        """The file of a model that may be deleted.

        Raises:
            UserFacingError: It is shared by all profiles, or not installed.
        """
        if model.path is None:
            raise UserFacingError(
                f"{model.name} is not installed.",
                "There is nothing to remove.",
                code="model_not_installed",
            )
        if model.shared:
            raise UserFacingError(
                f"{model.name} came with Lamplight and is shared by every profile.",
                "It is removed together with the application.",
                code="model_shared",
            )
        return model.path

    def remove(self, model: ModelInfo) -> None:
        """Moves the profile's copy of a model to the trash; of one used in place drops the link.

        Raises:
            UserFacingError: It is shared by all profiles, or not installed.
            EnvironmentProblem: The file cannot be moved.
        """
        path = self.require_removable(model)
        try:
            if model.owner:
                self.in_place.remove(model.id)
            else:
                self.trash.put(path if path.parent == self._own else path.parent)
        except OSError as error:
            raise _not_removed(model) from error


def _models_in(folder: Path) -> list[Path]:
    """The files and folders that are models, by their names, in order."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return []
    return [
        path
        for path in entries
        if (path.suffix == ".gguf" and path.is_file())
        or (_FOLDER.fullmatch(path.name) and path.is_dir())
    ]


def _agreed_hash(hashes: Mapping[str, str], names: set[str], info: ModelInfo) -> str:
    """The hash of the manifest, which is the one that is said."""
    sha256 = manifest_sha256(hashes)
    if set(hashes) != names or (info.sha256 and info.sha256 != sha256):
        raise UserFacingError(
            f"The files of {info.name} are not those that were announced.",
            "Get the model again.",
            code="hash_mismatch",
        )
    return sha256


def _not_removed(model: ModelInfo) -> EnvironmentProblem:
    return EnvironmentProblem(
        f"The file of {model.name} could not be deleted.",
        "Close what else may use it, and check that you may write to the folder.",
        code="model_not_removed",
    )


def _not_copied() -> EnvironmentProblem:
    return EnvironmentProblem(
        "The model could not be copied into the store.",
        "Check that the file can be read and that the disk has room for it.",
        code="model_copy_failed",
    )
