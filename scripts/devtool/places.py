"""Where things lie: in the checkout, in its environment, in the user's cache."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = ROOT / "scripts" / "locks"
ENVIRONMENT = ROOT / ".venv"
LOG = ROOT / ".setup.log"
WINDOWS = sys.platform == "win32"


def executable(name: str, environment: Path = ENVIRONMENT) -> Path:
    """A program inside a virtual environment."""
    folder = environment / ("Scripts" if WINDOWS else "bin")
    return folder / (f"{name}.exe" if WINDOWS else name)


def cache() -> Path:
    """The per-user folder for what is made or fetched once and serves every checkout."""
    if WINDOWS:
        base = os.environ.get("LOCALAPPDATA")
        return (Path(base) if base else Path.home() / "AppData" / "Local") / "lamplight" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "lamplight"
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "lamplight"


def sandbox() -> Path:
    """Where the application looks for the component that runs learners' programs."""
    return ENVIRONMENT / "share" / "lamplight" / "sandbox"
