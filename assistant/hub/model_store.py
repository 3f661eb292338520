"""Model files on disk: named by their hash, read-only, and only ever renamed in.

A mapped model file that changes under the engine ends the process, so no file here is ever
written to: a copy is made beside it, checked, and renamed.
"""

import hashlib
import json
import os
import shutil
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
                info = self._describe(path, shared=shared)
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
        self._own.mkdir(parents=True, exist_ok=True, mode=0o700)
        staged = self._own / f"{os.getpid()}-{source.stat().st_ino}.part"
        try:
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
            staged.unlink(missing_ok=True)
            raise EnvironmentProblem(
                "The model could not be copied into the store.",
                "Check that the file can be read and that the disk has room for it.",
                code="model_copy_failed",
            ) from error
        except BaseException:
            staged.unlink(missing_ok=True)
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
        """Renames a staged copy in under its hash, read-only, with its description beside it."""
        final = self._own / f"{info.sha256}.gguf"
        if not final.exists():
            if self._catalogue.by_sha256(info.sha256) is None:
                facts = asdict(info)
                del facts["path"], facts["shared"]
                described = final.with_suffix(".json.part")
                described.write_text(json.dumps(facts, indent=2), encoding="utf-8")
                described.replace(final.with_suffix(".json"))
            staged.chmod(0o444)
            staged.replace(final)
        else:
            self.discard(staged)
        return replace(info, path=final, shared=False)

    def discard(self, staged: Path) -> None:
        """Removes a staged copy that is not wanted."""
        staged.unlink(missing_ok=True)

    def remove(self, model: ModelInfo) -> None:
        """Deletes the profile's copy of a model.

        Raises:
            UserFacingError: It is shared by all profiles, or not installed.
        """
        if model.path is None:
            raise UserFacingError(f"{model.name} is not installed.", code="model_not_installed")
        if model.shared:
            raise UserFacingError(
                f"{model.name} came with Lamplight and is shared by every profile.",
                "It is removed together with the application.",
                code="model_shared",
            )
        model.path.chmod(0o600)  # Windows does not delete what is read-only
        model.path.unlink()
        model.path.with_suffix(".json").unlink(missing_ok=True)
