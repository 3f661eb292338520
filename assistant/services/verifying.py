"""Whether the files of models are still what they were."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.model import ModelInfo
from assistant.hub.in_place import hash_linked, linked_sha256
from assistant.hub.model_store import ModelStore
from assistant.hub.snapshots import PIECE_BYTES


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of reading one model again.

    Args:
        broken_files: How many of its files are not what they were; None where no hash is known.
    """

    model: ModelInfo
    broken_files: int | None

    @property
    def broken(self) -> bool:
        """Whether any file is not what it was."""
        return bool(self.broken_files)

    @property
    def can_be_fetched(self) -> bool:
        """Whether it is ours and known where it came from, so that it can be downloaded again."""
        model = self.model
        return bool(model.repo and model.sha256) and not (model.shared or model.owner)


def verify(
    store: ModelStore, models: Sequence[ModelInfo], on_progress: Callable[[float, str], None]
) -> tuple[Verified, ...]:
    """Reads models and compares them with their hashes.

    Args:
        store: Knows the hashes.
        models: Which.
        on_progress: Is told a fraction and the name of a model; may raise.
    """
    total = max(sum(model.size_bytes for model in models), 1)
    done = 0
    found: list[Verified] = []
    for model in models:

        def report(read: int, before: int = done, name: str = model.name) -> None:
            on_progress(min((before + read) / total, 1.0), name)

        found.append(_verified(store, model, report))
        done += model.size_bytes
    return tuple(found)


def _verified(store: ModelStore, model: ModelInfo, report: Callable[[int], None]) -> Verified:
    if model.owner:
        return _linked(store, model, report)
    try:
        wanted = store.hashes_of(model)
    except OSError:
        return Verified(model, 1)
    if not wanted:
        return Verified(model, None)
    return Verified(model, _broken(wanted, report))


def _linked(store: ModelStore, model: ModelInfo, report: Callable[[int], None]) -> Verified:
    """Of files of another application, as a whole: only the hash of all of them is kept."""
    link = store.in_place.link_of(model.id)
    if link is None or not link.info.sha256:
        return Verified(model, None)
    if model.trouble:
        return Verified(model, len(link.files))
    try:
        hashes = hash_linked(link, lambda part: report(round(part * model.size_bytes)))
    except OSError:
        return Verified(model, len(link.files))
    return Verified(model, int(linked_sha256(link, hashes) != link.info.sha256))


def _broken(wanted: Mapping[Path, str], report: Callable[[int], None]) -> int:
    broken = read = 0
    for path, sha256 in wanted.items():
        digest = hashlib.sha256()
        try:
            with path.open("rb") as stream:
                while piece := stream.read(PIECE_BYTES):
                    digest.update(piece)
                    read += len(piece)
                    report(read)
        except OSError:
            broken += 1
            continue
        broken += digest.hexdigest() != sha256
    return broken
