"""Whether the disk under a file may go away while the file is in use.

A file that is mapped and cannot be read any more ends the process: SIGBUS, or its like on Windows.
So weights on a network's or a removable disk are read into memory instead, as far as the system
tells what a disk is.

Sources: proc_pid_mountinfo(5); the kernel's sysfs, ``/sys/dev/block``; ``GetDriveTypeW`` of
Windows. macOS tells the standard library nothing; there other disks lie in ``/Volumes``.
"""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

_NETWORK = frozenset(
    [
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "glusterfs",
        "gfs",
        "gfs2",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "orangefs",
        "smb3",
        "smbfs",
        "vboxsf",
        "vmhgfs",
        "drvfs",
        "prl_fs",
    ]
)
_LAYERS = "fuse.fuse-overlayfs"
"""Layers of folders on a disk of this machine, under a container."""
_OCTAL = re.compile(r"\\([0-7]{3})")
_REMOVABLE_DRIVE, _REMOTE_DRIVE = 2, 4
_FIELDS = 6
"""Of a line of mountinfo, before the optional ones."""


def may_go_away(path: Path) -> bool:
    """Whether a file lies on a network's or a removable disk; False where that is not told."""
    try:
        real = path.resolve()
    except (OSError, RuntimeError):
        return False
    if sys.platform == "win32":
        return on_windows(str(real), _drive_type)
    if sys.platform == "darwin":
        return on_macos(real)
    return on_linux(real)


def on_linux(
    path: Path, mounts: Path = Path("/proc/self/mountinfo"), devices: Path = Path("/sys/dev/block")
) -> bool:
    """By the kind of the file system, and whether its device can be pulled out.

    Args:
        path: Resolved.
        mounts: The list of what is mounted.
        devices: A link for each block device, named ``major:minor``.
    """
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return False
    kind, device, length = "", "", -1
    for line in lines:
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < _FIELDS or not after:
            continue
        at = _OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[4])
        # The last of several in one place lies over the others.
        if len(at) >= length and path.is_relative_to(at):
            kind, device, length = after.split(" ")[0], fields[2], len(at)
    if kind in _NETWORK or (kind.startswith("fuse.") and kind != _LAYERS):
        return True
    return _can_be_pulled(devices / device) if device else False


def on_macos(path: Path) -> bool:
    """By where disks are mounted that are not the system's own."""
    return path.parts[:2] in (("/", "Volumes"), ("/", "Network"))


def on_windows(path: str, drive_type: Callable[[str], int]) -> bool:
    r"""By the kind of the drive.

    Args:
        path: Absolute.
        drive_type: ``GetDriveTypeW`` of a root such as ``D:\``.
    """
    anchor = PureWindowsPath(path.removeprefix("\\\\?\\")).anchor
    if anchor.startswith("\\\\") or path.startswith("\\\\?\\UNC\\"):
        return True
    return drive_type(anchor) in (_REMOVABLE_DRIVE, _REMOTE_DRIVE)


def _can_be_pulled(device: Path) -> bool:
    """Whether a block device calls itself removable, or hangs on a USB port."""
    try:
        real = device.resolve(strict=True)
    except OSError:
        return False
    if any(part.startswith("usb") for part in real.parts):
        return True
    for folder in (real, real.parent):  # a partition, and the disk that it is of
        try:
            if (folder / "removable").read_text().strip() == "1":
                return True
        except OSError:
            continue
    return False


def _drive_type(root: str) -> int:
    if sys.platform != "win32":
        raise OSError(f"{os.name} knows no drives")
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(root))
