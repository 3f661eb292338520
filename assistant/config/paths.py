"""Where things lie. Nothing here creates a folder except ``Paths.ensure``."""

import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_APPLICATION = "Lamplight"


@dataclass(frozen=True, slots=True)
class Paths:
    """The places of one profile.

    Args:
        data: Database, backups, models and their side files.
        config: The settings file.
        state: Logs, crash notes, the lock of the running instance.
        cache: What can be made again, encrypted where it came from the user's words.
    """

    data: Path
    config: Path
    state: Path
    cache: Path

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.data / "vault.db"

    @property
    def backups(self) -> Path:
        """Folder of the rolling backups."""
        return self.data / "backups"

    @property
    def models(self) -> Path:
        """The profile's own model store."""
        return self.data / "models"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "settings.json"

    @property
    def logs(self) -> Path:
        """Folder of the logs and crash notes; they never hold the user's words."""
        return self.state / "logs"

    @property
    def states(self) -> Path:
        """Folder of what was computed for chats."""
        return self.cache / "states"

    @property
    def lock(self) -> Path:
        """Held by the running instance."""
        return self.state / "instance.lock"

    def ensure(self) -> None:
        """Creates the folders, readable by the user alone."""
        tops = (self.data, self.config, self.state, self.cache)
        for folder in (*tops, self.backups, self.models, self.logs):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def profile_paths(profile: Path | None) -> Paths:
    """The places of the profile under ``profile``, or of the user's own when it is None."""
    if profile is not None:
        root = profile.expanduser().resolve()
        return Paths(
            data=root / "data",
            config=root / "config",
            state=root / "state",
            cache=root / "cache",
        )
    return Paths(
        data=Path(platformdirs.user_data_dir(_APPLICATION, appauthor=False)),
        config=Path(platformdirs.user_config_dir(_APPLICATION, appauthor=False)),
        state=Path(platformdirs.user_state_dir(_APPLICATION, appauthor=False)),
        cache=Path(platformdirs.user_cache_dir(_APPLICATION, appauthor=False)),
    )


def shared_models() -> Path:
    """The read-only model store that comes with the installation and serves every profile."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "models"
    return Path(sys.prefix) / "share" / "lamplight" / "models"


def installed_sandbox() -> Path:
    """Folder of the component in which learners' programs run; it comes with the installation."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "sandbox"
    return Path(sys.prefix) / "share" / "lamplight" / "sandbox"


def resources() -> Path:
    """Folder of the files that ship with the application: fonts, icons, documents."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parent.parent
    packed = package / "resources"
    return packed if packed.is_dir() else package.parent / "resources"
