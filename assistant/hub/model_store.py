"""Model files on disk: named by their hash, read-only, and only ever renamed in.

A mapped model file that changes under the engine ends the process, so no file here is ever
written to: a copy is made beside it, checked, and renamed.
"""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.model import ModelInfo
from assistant.hub.catalogue import Catalogue

if TYPE_CHECKING:
    from assistant.domain.ids import ModelId

_DESCRIPTION = TypeAdapter(ModelInfo)
_PIECE_BYTES = 4 * 1024 * 1024
_ABANDONED_AFTER_S = 3600.0
_SPARE_BYTES = 256 * 1024 * 1024


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

    def installed(self) -> list[ModelInfo]:
        """Every model whose file is here, shared ones first; a folder that is missing is empty."""
        found: dict[ModelId, ModelInfo] = {}
        for folder, shared in ((self._shared, True), (self._own, False)):
            for path in sorted(folder.glob("*.gguf")):
                info = self._describe(path, shared=shared) if path.is_file() else None
                if info is not None:
                    found.setdefault(info.id, info)
        return list(found.values())

    def _describe(self, path: Path, *, shared: bool) -> ModelInfo | None:
        known = self._catalogue.by_sha256(path.stem)
        if known is not None:
            return replace(known, path=path, shared=shared)
        try:
            facts = _DESCRIPTION.validate_json(path.with_suffix(".json").read_bytes())
        except (OSError, ValueError):
            return None
        return replace(facts, path=path, shared=shared)

    def stage(self, source: Path, on_progress: Callable[[float, str], None]) -> "tuple[Path, str]":
        """Copies a file beside the store and hashes what was written.

        Returns:
            The staged copy and its SHA-256; hand them to ``admit`` or ``discard``.

        Raises:
            EnvironmentProblem: There is no room, or the file cannot be read or written.
        """
        staged = self._own / f"{secrets.token_hex(8)}.part"
        try:
            self._own.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._clear_abandoned()
            size = source.stat().st_size
            self._assert_room(size)
            digest = hashlib.sha256()
            with source.open("rb") as reader, staged.open("wb") as writer:
                while piece := reader.read(_PIECE_BYTES):
                    digest.update(piece)
                    writer.write(piece)
                    on_progress(writer.tell() / max(size, 1), "Copying")
                writer.flush()
                os.fsync(writer.fileno())
        except OSError as error:
            self.discard(staged)
            raise _not_copied() from error
        except BaseException:
            self.discard(staged)
            raise
        return staged, digest.hexdigest()

    def _assert_room(self, size: int) -> None:
        free = shutil.disk_usage(self._own).free
        if free < size + _SPARE_BYTES:
            raise EnvironmentProblem(
                f"The model takes {size / 1e9:.2f} GB and the disk has {free / 1e9:.2f} GB left.",
                "Free some space, then import it again.",
                code="disk_full",
            )

    def admit(self, staged: Path, info: ModelInfo) -> ModelInfo:
        """Renames a staged copy in under its hash, read-only, with its description beside it.

        Raises:
            EnvironmentProblem: It cannot be written; the copy is discarded.
        """
        final = self._own / f"{info.sha256}.gguf"
        try:
            # Written also where the file is here: its description may have been lost.
            if self._catalogue.by_sha256(info.sha256) is None:
                facts = asdict(info)
                del facts["path"], facts["shared"]
                described = final.with_suffix(".json.part")
                described.write_text(json.dumps(facts, indent=2), encoding="utf-8")
                described.replace(final.with_suffix(".json"))
            if final.exists():
                self.discard(staged)
            else:
                staged.chmod(0o444)
                staged.replace(final)
        except OSError as error:
            self.discard(staged)
            raise _not_copied() from error
        return replace(info, path=final, shared=False)

    def discard(self, staged: Path) -> None:
        """Removes a staged copy that is not wanted."""
        with contextlib.suppress(OSError):
            staged.unlink(missing_ok=True)

    def _clear_abandoned(self) -> None:
        """Deletes copies that an ended process left half; one that grows now is younger."""
        for part in self._own.glob("*.part"):
            with contextlib.suppress(OSError):
                if time.time() - part.stat().st_mtime > _ABANDONED_AFTER_S:
                    part.unlink()

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
        """Deletes the profile's copy of a model.

        Raises:
            UserFacingError: It is shared by all profiles, or not installed.
            EnvironmentProblem: The file cannot be deleted.
        """
        path = self.require_removable(model)
        try:
            path.chmod(0o600)  # Windows does not delete what is read-only
            path.unlink()
            path.with_suffix(".json").unlink(missing_ok=True)
        except OSError as error:
            raise EnvironmentProblem(
                f"The file of {model.name} could not be deleted.",
                "Close what else may use it, and check that you may write to the folder.",
                code="model_not_removed",
            ) from error


def _not_copied() -> EnvironmentProblem:
    return EnvironmentProblem(
        "The model could not be copied into the store.",
        "Check that the file can be read and that the disk has room for it.",
        code="model_copy_failed",
    )
