"""The system libraries that Qt needs on Linux, found before a window fails to open."""

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from devtool import places
from devtool.problem import Problem
from devtool.system_packages import (
    install,
    install_command,
    may_install,
    package_manager,
    packages_for,
)

_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtDBus", "QtNetwork", "QtTest")
_OFFSCREEN = ("platforms/libqoffscreen.so",)
_SCREEN = ("platforms/libqxcb.so", "xcbglintegrations/libqxcb-egl-integration.so")
_NOT_FOUND = re.compile(r"^\s*(\S+) => not found", re.M)


def missing_in(output: str) -> tuple[str, ...]:
    """The libraries that the output of ``ldd`` calls not found, each once."""
    return tuple(dict.fromkeys(_NOT_FOUND.findall(output)))


def missing(*, screen: bool) -> tuple[str, ...]:
    """The libraries that Qt lacks here; for a real screen too, or for tests without one."""
    if sys.platform != "linux" or shutil.which("ldd") is None:
        return ()
    folder = next(iter(places.ENVIRONMENT.glob("lib/python*/site-packages/PySide6")), None)
    if folder is None:
        return ()
    plugins = _OFFSCREEN + (_SCREEN if screen else ())
    files = [folder / f"{module}.abi3.so" for module in _MODULES]
    files += [folder / "Qt" / "plugins" / plugin for plugin in plugins]
    return missing_in(_ldd([file for file in files if file.is_file()]))


def _ldd(files: Sequence[Path]) -> str:
    asked = subprocess.run(["ldd", *map(str, files)], capture_output=True, text=True, check=False)
    return asked.stdout


def require(*, screen: bool) -> None:
    """Makes sure that Qt can start, installing what it lacks where that is allowed.

    Raises:
        Problem: Libraries are missing, or Qt cannot be loaded for another reason.
    """
    lacking = missing(screen=screen)
    if lacking and may_install() and install(packages_for(lacking, "apt-get")):
        lacking = missing(screen=screen)
    if lacking:
        manager = package_manager()
        raise Problem(
            f"Qt needs libraries that this system does not have: {', '.join(lacking)}. "
            "Install them, then call this again:",
            install_command(packages_for(lacking, manager), manager),
        )
    loaded = subprocess.run(
        [str(places.executable("python")), "-c", "import PySide6.QtSvg, PySide6.QtWidgets"],
        capture_output=True,
        text=True,
        check=False,
    )
    if loaded.returncode != 0:
        last = loaded.stderr.strip().splitlines()[-1:] or [f"exit code {loaded.returncode}"]
        raise Problem(f"The window library cannot be loaded: {last[0]}")
