"""What is refused before it is downloaded: code, pickles, and names that lead elsewhere."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from assistant.domain.errors import UserFacingError
from assistant.hub.names import checked_flat_name, checked_name
from assistant.hub.snapshots import code_key, is_model_file, refuse_unsafe

__all__ = ["code_wanted", "name_trouble", "part_of_snapshot", "snapshot_trouble"]


def name_trouble(name: str) -> str:
    """Why a file may not be written under its name; empty if it may."""
    try:
        checked_name(name)
    except UserFacingError as error:
        return error.message
    return ""


def snapshot_trouble(names: Iterable[str]) -> str:
    """Why a repository may not be taken as a whole, by the names of its files; empty if it may."""
    for name in names:
        trouble = name_trouble(name)
        if trouble:
            return trouble
        try:
            refuse_unsafe(Path(name))
        except UserFacingError as error:
            return error.message
    return ""


def part_of_snapshot(name: str) -> bool:
    """Whether a file is taken along with a snapshot: flat, and read rather than run."""
    try:
        checked_flat_name(name)
        refuse_unsafe(Path(name))
    except UserFacingError:
        return False
    return is_model_file(Path(name))


def code_wanted(config: Mapping[str, object], name: str = "config.json") -> str:
    """Why a configuration is refused: it wants code of its own to be run; empty if it does not."""
    key = code_key(config)
    return f"{name} is refused: it wants code of its own to be run ({key})." if key else ""
