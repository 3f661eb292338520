"""Looks for a C++ compiler, without calling one where that would open a dialog."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def has_compiler() -> bool:
    """Whether a C++ compiler can be found."""
    if os.environ.get("CXX"):
        return True
    if sys.platform == "win32":
        return shutil.which("cl") is not None or _has_build_tools()
    if sys.platform == "darwin":
        return shutil.which("xcode-select") is not None and _answers(["xcode-select", "-p"])
    return any(shutil.which(name) for name in ("c++", "g++", "clang++"))


def _has_build_tools() -> bool:
    """Asks the locator that every Visual Studio installs at the same place."""
    base = Path(os.environ.get("PROGRAMFILES(X86)", r"C:\Program Files (x86)"))
    locator = base / "Microsoft Visual Studio" / "Installer" / "vswhere.exe"
    tools = "Microsoft.VisualStudio.Component.VC.Tools.x86.x64"
    if sys.platform == "win32" and os.environ.get("PROCESSOR_ARCHITECTURE") == "ARM64":
        tools = "Microsoft.VisualStudio.Component.VC.Tools.ARM64"
    command = [str(locator), "-products", "*", "-requires", tools, "-property", "installationPath"]
    return locator.is_file() and _answers(command)


def _answers(command: list[str]) -> bool:
    """Whether a command ends well and says something."""
    found = subprocess.run(command, capture_output=True, check=False)
    return found.returncode == 0 and bool(found.stdout.strip())
