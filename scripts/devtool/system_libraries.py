"""The system libraries that Qt and the engine need on Linux, found before something fails."""

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

_QT = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtDBus", "QtNetwork", "QtTest")
_NATIVE = (
    *(f"PySide6/{module}.abi3.so" for module in _QT),
    "PySide6/Qt/plugins/platforms/libqoffscreen.so",
    "llama_cpp/lib/*.so",
    "sqlcipher3/*.so",
)
_SCREEN = (
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/xcbglintegrations/*.so",
)
_IMPORTS = "import PySide6.QtSvg, PySide6.QtWidgets, llama_cpp, sqlcipher3"
_NOT_FOUND = re.compile(r"^\s*(\S+) => not found", re.M)


def missing_in(output: str) -> tuple[str, ...]:
    """The libraries that the output of ``ldd`` calls not found, each once."""
    return tuple(dict.fromkeys(_NOT_FOUND.findall(output)))


def missing(*, screen: bool) -> tuple[str, ...]:
    """The libraries that are lacking here; for a real screen too, or for tests without one."""
    if sys.platform != "linux" or shutil.which("ldd") is None:
        return ()
    patterns = _NATIVE + (_SCREEN if screen else ())
    packages = places.ENVIRONMENT.glob("lib/python*/site-packages")
    files = [file for folder in packages for pattern in patterns for file in folder.glob(pattern)]
    return missing_in(_ldd(files)) if files else ()


def _ldd(files: Sequence[Path]) -> str:
    asked = subprocess.run(["ldd", *map(str, files)], capture_output=True, text=True, check=False)
    return asked.stdout


def require(*, screen: bool) -> None:
    """Makes sure that Qt and the engine load; installs what they lack where that is allowed.

    Raises:
        Problem: Libraries are missing, or one of ours cannot be loaded for another reason.
    """
    lacking = missing(screen=screen)
    if lacking and may_install() and install(packages_for(lacking, "apt-get")):
        lacking = missing(screen=screen)
    if lacking:
        manager = package_manager()
        raise Problem(
            f"Lamplight needs libraries that this system does not have: {', '.join(lacking)}. "
            "Install them, then call this again:",
            install_command(packages_for(lacking, manager), manager),
        )
    loaded = subprocess.run(
        [str(places.executable("python")), "-c", _IMPORTS],
        capture_output=True,
        text=True,
        check=False,
    )
    if loaded.returncode != 0:
        last = loaded.stderr.strip().splitlines()[-1:] or [f"exit code {loaded.returncode}"]
        raise Problem(f"A library that was installed cannot be loaded: {last[0]}")
