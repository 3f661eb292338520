"""One declarative model of all settings: the settings screen and the documents come from it.

Settings are no secrets and never hold the user's words: they are read before the vault is
unlocked. What the user writes (personas, presets) lives in the vault.
"""

import contextlib
import json
import os
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.domain.errors import Bug, EnvironmentProblem, UserFacingError

SCHEMA_VERSION = 1


class _Section(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Appearance(_Section):
    """How the window looks."""

    theme: Literal["auto", "light", "dark"] = Field(
        default="auto", title="Theme", description="Auto follows your system, evening and day."
    )
    text_size: int = Field(
        default=16, ge=12, le=24, title="Text size", description="Applies to everything, at once."
    )
    high_contrast: bool = Field(
        default=False, title="High contrast", description="Stronger borders and text, no tints."
    )
    reduced_motion: bool = Field(
        default=False, title="Reduced motion", description="Panels and menus appear at once."
    )


class Chat(_Section):
    """How conversations behave."""

    enter_sends: bool = Field(
        default=True,
        title="Enter sends",
        description="Shift+Enter adds a line. Off: Ctrl+Enter sends and Enter adds a line.",
    )
    show_numbers: bool = Field(
        default=False,
        title="Numbers under answers",
        description="Speed, tokens and time to the first word, open from the start.",
    )
    automatic_titles: bool = Field(
        default=True, title="Name chats by themselves", description="From the first question."
    )
    read_ahead: bool = Field(
        default=True,
        title="Read along while I type",
        description="The first word of an answer comes sooner; takes power while you type.",
    )
    search_by_meaning: bool = Field(
        default=True,
        title="Search by meaning",
        description="Also finds what was said in other words; best in English. "
        "A small model on this machine reads your chats when nothing else is going on.",
    )
    sum_up: bool = Field(
        default=True,
        title="Sum up long chats",
        description="When a chat fills the context, the model sums up its oldest part meanwhile. "
        "Models below 300 million weights do this badly: they leave it out instead.",
    )
    trash_days: int = Field(
        default=30,
        ge=0,
        le=365,
        title="Keep deleted chats",
        description="Days until a deleted chat is forgotten for good; 0 forgets at the next start.",
    )


class Models(_Section):
    """Which model answers, and how it is loaded."""

    default_model: str = Field(
        default="", title="Model for new chats", description="Empty takes the starter model."
    )
    load_at_start: bool = Field(
        default=True, title="Load at start", description="The model is ready when you are."
    )
    context_length: int = Field(
        default=4096,
        ge=512,
        le=131072,
        title="Context length",
        description="Tokens that a model reads at once; more takes more memory.",
    )
    threads: int = Field(
        default=0,
        ge=0,
        le=256,
        title="Processor threads",
        description="0 chooses for this machine.",
    )
    isolate_imported: bool = Field(
        default=True,
        title="Run imported models in a process of their own",
        description="A broken file then ends that process, and not Lamplight. From the next load.",
    )
    roles: dict[str, str] = Field(
        default_factory=dict[str, str],
        title="Roles",
        description="Which installed model is small, medium, for code; empty chooses by itself.",
    )
    catalogue_source: str = Field(
        default="",
        max_length=500,
        title="Newer catalogue from",
        description="A file, or an https address, of a signed catalogue; asked only when you "
        "refresh it.",
    )
    parallel_downloads: int = Field(
        default=2,
        ge=1,
        le=6,
        title="Downloads at a time",
        description="The others wait for their turn.",
    )
    storage_limit_gb: int = Field(
        default=0,
        ge=0,
        le=100_000,
        title="Disk space for models",
        description="Gigabytes that models and downloads may take together. 0 sets no limit.",
    )
    folder: str = Field(
        default="",
        max_length=4096,
        title="Folder of the models",
        description="Empty keeps them in the profile. Move them under Models, Storage.",
    )
    keep_loaded_min: int = Field(
        default=30,
        ge=0,
        le=1440,
        title="Free a model that is not used",
        description="After so many minutes; the next question loads it again. 0 keeps it.",
    )
    remembered_mb: int = Field(
        default=1024,
        ge=0,
        le=65536,
        title="Remember what was read of chats",
        description="Megabytes on the disk, encrypted; a chat that you come back to goes on at "
        "once. 0 keeps nothing.",
    )


class Privacy(_Section):
    """What may leave this machine."""

    offline: bool = Field(
        default=True,
        title="Work offline",
        description="Every connection is refused. Models, study and plan go on as before.",
    )


class Backup(_Section):
    """Rolling copies of the vault."""

    automatic: bool = Field(
        default=True,
        title="Back up by itself",
        description="Once a day, encrypted with the same key.",
    )
    keep: int = Field(
        default=7,
        ge=3,
        le=60,
        title="Days with a backup",
        description="One of each day and of each of four weeks is kept. From the next start on.",
    )


class Keys(_Section):
    """Shortcuts that differ from the built-in ones."""

    bindings: dict[str, str] = Field(
        default_factory=dict[str, str],
        title="Shortcuts",
        description="Action and the keys that start it.",
    )


class General(_Section):
    """The rest."""

    first_run_done: bool = Field(default=False, title="Welcome seen", description="")
    recovery_key_kept: bool = Field(default=False, title="Recovery key kept", description="")
    window_geometry: str = Field(default="", title="Window place", description="")
    sidebar_collapsed: bool = Field(default=False, title="Sidebar folded", description="")
    last_conversation: int = Field(default=0, title="Chat that was open", description="")
    turned_tasks: dict[str, list[int]] = Field(
        default_factory=dict[str, list[int]], title="Tasks folded by hand", description=""
    )
    declined_offer: str = Field(default="", title="Model that was not wanted", description="")


class Settings(_Section):
    """All settings of a profile."""

    version: int = SCHEMA_VERSION
    general: General = Field(default_factory=General, title="General")
    appearance: Appearance = Field(default_factory=Appearance, title="Appearance")
    chat: Chat = Field(default_factory=Chat, title="Chat")
    models: Models = Field(default_factory=Models, title="Models")
    privacy: Privacy = Field(default_factory=Privacy, title="Privacy and network")
    backup: Backup = Field(default_factory=Backup, title="Encryption and backups")
    keys: Keys = Field(default_factory=Keys, title="Keys")


class SettingsFile:
    """Reads and writes the settings of one profile; a broken file never stops the start.

    Args:
        path: The JSON file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self.problem: str = ""
        """Why the file could not be read as it stood; empty when it could."""
        self._seen = self._signature()
        self.current = self._read()

    def _signature(self) -> tuple[int, ...] | None:
        """Changes when another process writes the file; None if it cannot be looked at."""
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size

    def _read(self) -> Settings:
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return Settings()
        except (OSError, UnicodeDecodeError) as error:
            self.problem = f"The settings could not be read ({type(error).__name__})."
            return Settings()
        try:
            return self._salvage(json.loads(text))
        except (ValueError, RecursionError):
            aside = self._path.with_suffix(".broken.json")
            self.problem = f"The settings were damaged; they lie in {aside.name} now."
            try:
                self._path.replace(aside)
            except OSError:
                self.problem = "The settings are damaged and could not be moved aside."
            return Settings()

    def _salvage(self, raw: object) -> Settings:
        """Takes every section, and in it every field, that is valid; the rest is default."""
        known = TypeAdapter(dict[str, Any]).validate_python(raw)
        while True:
            try:
                return Settings.model_validate(known)
            except ValidationError as error:
                self.problem = "Some settings were out of range and are back at their defaults."
                _drop(known, [item["loc"] for item in error.errors()])

    def update(self, section: str, **changes: object) -> Settings:
        """Changes fields of one section and writes the file.

        Raises:
            UserFacingError: A value is out of range; nothing is changed.
            EnvironmentProblem: The file cannot be written; the change holds until the end.
        """
        with self._lock:
            return self._update(section, changes)

    def _update(self, section: str, changes: Mapping[str, object]) -> Settings:
        if self._signature() not in (None, self._seen):
            # A command changed them while the window was open, or the other way round.
            self.current = self._read()
        old = self._section(section)
        try:
            new = type(old).model_validate({**old.model_dump(), **changes})
        except ValidationError as error:
            first = error.errors()[0]
            field = type(old).model_fields.get(str(first["loc"][0]) if first["loc"] else "")
            name = field.title if field is not None and field.title else section
            raise UserFacingError(
                f"{name}: {first['msg']}.", "Choose another value.", code="setting_invalid"
            ) from error
        self.current = self.current.model_copy(update={section: new})
        self._write()
        return self.current

    def _section(self, name: str) -> _Section:
        section = getattr(self.current, name, None)
        if not isinstance(section, _Section):
            msg = f"no settings section is called {name}"
            raise Bug(msg)
        return section

    def _write(self) -> None:
        part: Path | None = None
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=self._path.parent, delete=False
            ) as handle:
                part = Path(handle.name)
                handle.write(self.current.model_dump_json(indent=2))
                handle.flush()
                os.fsync(handle.fileno())
            part.replace(self._path)
            self._seen = self._signature()
        except OSError as error:
            if part is not None:
                with contextlib.suppress(OSError):
                    part.unlink(missing_ok=True)
            raise EnvironmentProblem(
                "The settings could not be saved.",
                f"Check the space on the disk and the rights of {self._path.parent}.",
                code="settings_not_saved",
            ) from error


def _drop(known: dict[str, Any], places: list[tuple[int | str, ...]]) -> None:
    for place in places:
        match place:
            case (str(name), str(field), *_) if isinstance(known.get(name), dict):
                known[name].pop(field, None)
            case (str(name), *_):
                known.pop(name, None)
            case _:
                known.clear()
