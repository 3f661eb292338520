"""Packages of the operating system: which one carries a library, and how it is installed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_MANAGERS = {
    "apt-get": "apt-get install -y",
    "dnf": "dnf install -y",
    "pacman": "pacman -S --needed",
    "zypper": "zypper install -y",
}

# Library -> package with apt-get, dnf, pacman. zypper takes the library itself as a capability.
_LIBRARIES: dict[str, tuple[str, str, str]] = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl", "libglvnd"),
    "libGL.so.1": ("libgl1", "libglvnd-glx", "libglvnd"),
    "libGLX.so.0": ("libglx0", "libglvnd-glx", "libglvnd"),
    "libOpenGL.so.0": ("libopengl0", "libglvnd-opengl", "libglvnd"),
    "libICE.so.6": ("libice6", "libICE", "libice"),
    "libSM.so.6": ("libsm6", "libSM", "libsm"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb", "libx11"),
    "libX11.so.6": ("libx11-6", "libX11", "libx11"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs", "dbus"),
    "libdrm.so.2": ("libdrm2", "libdrm", "libdrm"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype", "freetype2"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2", "glib2"),
    "libgobject-2.0.so.0": ("libglib2.0-0", "glib2", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2", "glib2"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2", "krb5-libs", "krb5"),
    "libgomp.so.1": ("libgomp1", "libgomp", "gcc-libs"),
    "libstdc++.so.6": ("libstdc++6", "libstdc++", "gcc-libs"),
    "libwayland-client.so.0": ("libwayland-client0", "libwayland-client", "wayland"),
    "libwayland-cursor.so.0": ("libwayland-cursor0", "libwayland-cursor", "wayland"),
    "libwayland-egl.so.1": ("libwayland-egl1", "libwayland-egl", "wayland"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    "libxcb-glx.so.0": ("libxcb-glx0", "libxcb", "libxcb"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb", "libxcb"),
    "libxcb-render-util.so.0": (
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
    ),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb", "libxcb"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb", "libxcb"),
    "libxcb.so.1": ("libxcb1", "libxcb", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    "libz.so.1": ("zlib1g", "zlib", "zlib"),
    "libzstd.so.1": ("libzstd1", "libzstd", "zstd"),
}
_COLUMNS = {"apt-get": 0, "dnf": 1, "pacman": 2}

COMPILER = {
    "apt-get": ("build-essential",),
    "dnf": ("gcc-c++", "make"),
    "pacman": ("base-devel",),
    "zypper": ("gcc-c++", "make"),
}


def package_manager() -> str:
    """The one this Linux has; empty if it is none that we know."""
    return next((name for name in _MANAGERS if shutil.which(name)), "")


def packages_for(libraries: Sequence[str], manager: str) -> tuple[str, ...]:
    """The packages that carry the libraries, each once; an unknown library stands for itself."""
    names: dict[str, None] = {}
    for library in libraries:
        column = _COLUMNS.get(manager)
        known = _LIBRARIES.get(library)
        names[known[column] if known and column is not None else library] = None
    return tuple(names)


def install_command(packages: Sequence[str], manager: str) -> str:
    """What to type to install packages; a sentence where the package manager is unknown."""
    if manager not in _MANAGERS:
        return "with your system's package manager: " + " ".join(packages)
    sudo = "" if _is_root() else "sudo "
    return f"{sudo}{_MANAGERS[manager]} {' '.join(packages)}"


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def may_install() -> bool:
    """Whether the script may install packages itself: as root in CI on Debian and its like."""
    return (
        sys.platform == "linux"
        and bool(os.environ.get("CI"))
        and _is_root()
        and shutil.which("apt-get") is not None
        and Path("/etc/debian_version").exists()
    )


def install(packages: Sequence[str]) -> bool:
    """Installs packages with apt-get; only where ``may_install`` says so.

    Returns:
        Whether it worked; its output goes to the terminal.
    """
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    print(f"      installing with apt-get: {' '.join(packages)}", flush=True)
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", *packages]):
        command = ["apt-get", *arguments]
        if arguments[0] == "install":
            command.insert(1, "--no-install-recommends")
        if subprocess.run(command, env=environment, check=False).returncode != 0:
            return False
    return True
