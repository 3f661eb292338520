"""What is handed from the folders of an application to whoever decides on it."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Candidate:
    """What looks like a model; nothing of it was read yet.

    Args:
        name: What the application calls it.
        path: What an engine would be handed: a file, the first of several, or a folder.
        files: All that it consists of.
        sha256: Of its one file, where the application names it by that; empty otherwise.
        repo: Where it came from on the Hub, ``owner/name``; empty if that is not known.
    """

    name: str
    path: Path
    files: tuple[Path, ...]
    sha256: str = ""
    repo: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking into the folders of one application.

    Args:
        application: As people know it.
        folders: Those that are there.
        troubles: What could not be read, each in one sentence.
    """

    application: str
    folders: tuple[Path, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where applications keep their files on this machine.

    Args:
        home: Of the user.
        system: As ``sys.platform`` names it.
        environment: The variables of this process.
    """

    home: Path = field(default_factory=Path.home)
    system: str = sys.platform
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    def named(self, variable: str) -> Path | None:
        """The absolute folder that a variable names."""
        said = self.environment.get(variable, "").strip()
        return self.absolute(said)

    def absolute(self, said: str) -> Path | None:
        """A path that somebody wrote down, the home written out; None where it is none."""
        if not said or "\0" in said:
            return None
        if said == "~" or said.startswith(("~/", "~\\")):
            return self.home / said[2:]
        path = Path(said)
        return path if path.is_absolute() else None

    def applications(self) -> tuple[Path, ...]:
        """The folders in which applications keep what belongs to a user."""
        if self.system == "darwin":
            return (self.home / "Library" / "Application Support",)
        if self.system == "win32":
            roaming = self.named("APPDATA") or self.home / "AppData" / "Roaming"
            local = self.named("LOCALAPPDATA") or self.home / "AppData" / "Local"
            return (roaming, local)
        config = self.named("XDG_CONFIG_HOME") or self.home / ".config"
        data = self.named("XDG_DATA_HOME") or self.home / ".local" / "share"
        return (config, data)

    def cache(self) -> Path:
        """The folder of what can be made again."""
        return self.named("XDG_CACHE_HOME") or self.home / ".cache"
