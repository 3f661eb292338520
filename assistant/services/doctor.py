"""What works on this machine and what does not, each problem with a way out."""

import importlib.metadata
import os
import platform
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from assistant import __version__
from assistant.config.paths import Paths
from assistant.domain.errors import UserFacingError
from assistant.domain.health import Check, CheckState
from assistant.domain.model import FitVerdict
from assistant.domain.sizes import size_words
from assistant.domain.split_names import split_set
from assistant.services.models import ModelService

_LIBRARIES = (
    "PySide6-Essentials",
    "llama-cpp-python",
    "sqlcipher3",
    "sqlmodel",
    "keyring",
    "pydantic",
    "markdown-it-py",
    "ziamath",
)
_LOW_SPACE_BYTES = 1_000_000_000


class Doctor:
    """Looks at everything that the application stands on.

    Args:
        paths: The places of the profile.
        models: The models, and whether they fit.
        vault: Gives the checks of the vault, its keyring included; never raises.
    """

    def __init__(
        self, paths: Paths, models: ModelService, vault: Callable[[], Iterable[Check]]
    ) -> None:
        self._paths = paths
        self._models = models
        self._vault = vault

    def examine(self) -> list[Check]:
        """Every check, in the order in which they matter."""
        return [
            Check("Lamplight", CheckState.OK, __version__),
            Check("Python", CheckState.OK, f"{platform.python_version()} on {platform.platform()}"),
            *(_library(name) for name in _LIBRARIES),
            *self._folders(),
            *self._vault(),
            *self._model_checks(),
            Check("Processor", CheckState.OK, f"{os.cpu_count()} cores, {platform.machine()}"),
        ]

    def report(self) -> str:
        """All checks as text, to be copied into a question for help; no word of the user's."""
        return "\n".join(
            f"[{check.state}] {check.name}: {check.detail} {check.way_out}".rstrip()
            for check in self.examine()
        )

    def _folders(self) -> list[Check]:
        places = (("Data", self._paths.data), ("Settings", self._paths.config))
        return [_folder(name, path) for name, path in places]

    def _model_checks(self) -> list[Check]:
        installed = self._models.installed()
        if not installed:
            return [
                Check(
                    "Models",
                    CheckState.PROBLEM,
                    "No model is installed, so no question can be answered.",
                    "Import a .gguf file with “assistant models import FILE”.",
                )
            ]
        checks: list[Check] = []
        for model in installed:
            name = f"Model {model.name}"
            size = _size(model.path) if model.path is not None else 0
            if size != model.size_bytes:
                words = f"{size} of {model.size_bytes} bytes are there."
                checks.append(
                    Check(name, CheckState.PROBLEM, words, "Remove it and import it again.")
                )
                continue
            try:
                fit = self._models.fit(model)
            except UserFacingError as error:
                checks.append(Check(name, CheckState.PROBLEM, error.message, error.hint))
                continue
            won = fit.verdict is not FitVerdict.WONT_FIT
            checks.append(Check(name, CheckState.OK if won else CheckState.NOTE, fit.why))
        return checks


def _size(path: Path) -> int:
    """Bytes of a model: of one file, of all its parts, or of its folder."""
    if path.is_dir():
        return sum(each.stat().st_size for each in path.iterdir() if each.is_file())
    return sum(part.stat().st_size for part in split_set(path) if part.is_file())


def _library(name: str) -> Check:
    try:
        return Check(name, CheckState.OK, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Check(
            name, CheckState.PROBLEM, "It is not installed.", "Run “python3 scripts/dev.py setup”."
        )


def _folder(name: str, path: Path) -> Check:
    there = path
    while not there.exists():
        there = there.parent
    if not os.access(there, os.W_OK):
        return Check(
            name, CheckState.PROBLEM, f"{path} cannot be written to.", "Give yourself the right."
        )
    free = shutil.disk_usage(there).free
    if free < _LOW_SPACE_BYTES:
        words = f"{path}; {size_words(free)} are free."
        return Check(name, CheckState.NOTE, words, "Free some space on this disk.")
    return Check(name, CheckState.OK, f"{path}; {size_words(free)} are free.")
