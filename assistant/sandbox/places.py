"""Where the component lies, and what is made of it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """Where the component lies, and what is compiled from it.

    Args:
        installed: Folder of the component; may hold code that was compiled at the installation.
        cache: Where code that had to be compiled here is kept.
        notes: Where its SHA-256 is noted.
    """

    installed: Path
    cache: Path
    notes: Path
