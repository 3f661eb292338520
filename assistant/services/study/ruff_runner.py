"""Has ruff look at a program; it reads it, and runs nothing of it."""

import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from assistant.tutor.coding.style import NOT, RULES

_SECONDS = 15
_FOUND = (0, 1)
"""How it ends where it looked: nothing found, or something."""


class RuffMissing(Exception):  # noqa: N818 - a state, told to the learner in words
    """It is not there, or does not answer."""


def ruff_binary() -> Path:
    """Where it lies: beside a frozen application, else where it was installed.

    Raises:
        RuffMissing: Nowhere.
    """
    name = "ruff.exe" if sys.platform == "win32" else "ruff"
    beside = [Path(str(getattr(sys, "_MEIPASS", ""))), Path(sys.executable).parent]
    for folder in beside if getattr(sys, "frozen", False) else []:
        if (folder / name).is_file():
            return folder / name
    try:
        return Path(importlib.import_module("ruff").find_ruff_bin())
    except (ImportError, OSError) as error:
        raise RuffMissing from error


def ruff_findings(source: str, binary: Path | None = None) -> str:
    """What it finds in a program, as JSON.

    Args:
        source: The program, handed over by a pipe: it lies in no file.
        binary: Another one than ``ruff_binary`` gives.

    Raises:
        RuffMissing: It cannot be run, or did not answer.
    """
    command = [str(binary or ruff_binary()), "check", "--isolated", "--no-cache", "--exit-zero"]
    command += ["--output-format", "json", "--target-version", "py311"]
    command += ["--select", RULES, "--ignore", NOT, "--stdin-filename", "program.py", "-"]
    try:
        done = subprocess.run(  # noqa: S603 - our own, on text from a pipe
            command,
            input=source.encode("utf-8", "replace"),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            cwd=tempfile.gettempdir(),
            env={key: os.environ[key] for key in ("SYSTEMROOT", "TEMP") if key in os.environ},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise RuffMissing from error
    if done.returncode not in _FOUND:
        raise RuffMissing
    return done.stdout.decode("utf-8", "replace")
