"""A second wall around the worker, for the day on which a program breaks out of the first.

On Linux three cheap ones: limits of the process, Landlock (no path can be opened, no TCP port bound
or reached) and a filter of system calls (no socket, no process, no tracing of others). On macOS
only the limits; on Windows none. The component itself is the wall that counts everywhere.
"""

import contextlib
import ctypes
import os
import platform
import struct
import sys
from typing import Final

_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_DUMPABLE: Final = 4
_PR_SET_SECCOMP: Final = 22
_SECCOMP_MODE_FILTER: Final = 2
_LANDLOCK_CREATE_RULESET: Final = 444
_LANDLOCK_RESTRICT_SELF: Final = 446
_LANDLOCK_VERSION: Final = 1
_EVERY_FILE_RIGHT: Final = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""Rights that each version of Landlock brought."""
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6

_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050001
"""With EPERM."""
_NOT_BUILT_IN: Final = 0x00050000 | 38
"""With ENOSYS: the C library then takes the older call, whose flags can be read."""
_THREAD: Final = 0x00010000

# name: number on x86-64, number on 64-bit ARM; None where it has none.
_REFUSED: Final[dict[str, tuple[int | None, int | None]]] = {
    "socket": (41, 198),
    "socketpair": (53, 199),
    "bind": (49, 200),
    "listen": (50, 201),
    "connect": (42, 203),
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "kill": (62, 129),
    "tkill": (200, 130),
    "chmod": (90, None),
    "fchmodat": (268, 53),
    "chown": (92, None),
    "fchownat": (260, 54),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "mount": (165, 40),
    "unshare": (272, 97),
    "setns": (308, 268),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "io_uring_setup": (425, 425),
    "userfaultfd": (323, 282),
    "open_by_handle_at": (304, 265),
    "init_module": (175, 105),
    "finit_module": (313, 273),
}
_MACHINES: Final = {"x86_64": (0, 0xC000003E, 56, 435), "aarch64": (1, 0xC00000B7, 220, 435)}
"""Column above, kernel's name of the machine, ``clone`` and ``clone3``."""


def forget_surroundings() -> None:
    """Drops the environment, which tells of the user; before anything else."""
    os.environ.clear()


def harden() -> list[str]:
    """Shuts this process in, for good; call it when everything is loaded and no thread runs.

    Returns:
        What holds: ``limits``, ``landlock``, ``calls``.
    """
    walls: list[str] = []
    if sys.platform == "win32":
        return walls
    if _limit():
        walls.append("limits")
    if sys.platform == "linux":
        library = ctypes.CDLL(None, use_errno=True)
        library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        if library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
            walls += ["landlock"] if _landlock(library) else []
            walls += ["calls"] if _filter_calls(library) else []
    return walls


def _limit() -> bool:
    import resource

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
        return True
    return False


def _landlock(library: ctypes.CDLL) -> bool:
    """Takes every right on files and ports that this kernel can take."""
    version = library.syscall(_LANDLOCK_CREATE_RULESET, None, 0, _LANDLOCK_VERSION)
    if version < 1:
        return False
    files = _EVERY_FILE_RIGHT[max(known for known in _EVERY_FILE_RIGHT if known <= version)]
    rights = [files]
    if version >= _NETWORK_SINCE:
        rights.append(3)
    if version >= _SCOPES_SINCE:
        rights.append(3)
    rules = struct.pack(f"={len(rights)}Q", *rights)
    descriptor = library.syscall(_LANDLOCK_CREATE_RULESET, rules, len(rules), 0)
    if descriptor < 0:
        return False
    try:
        return library.syscall(_LANDLOCK_RESTRICT_SELF, descriptor, 0) == 0
    finally:
        os.close(descriptor)


def _filter_calls(library: ctypes.CDLL) -> bool:
    """Has the kernel refuse system calls that a sandbox has no use for.

    The filter is a program for the kernel's packet filter: instructions of a code, two jumps and
    a constant (linux/filter.h). Threads may be started, processes may not.
    """
    known = _MACHINES.get(platform.machine())
    if known is None or sys.maxsize < 1 << 32:
        return False
    column, machine, clone, clone3 = known
    load, equal, has_bits, give = 0x20, 0x15, 0x45, 0x06
    program = [
        (load, 0, 0, 4),
        (equal, 1, 0, machine),
        (give, 0, 0, _REFUSE),
        (load, 0, 0, 0),
        (equal, 0, 1, clone3),
        (give, 0, 0, _NOT_BUILT_IN),
        (equal, 0, 4, clone),
        (load, 0, 0, 16),
        (has_bits, 1, 0, _THREAD),
        (give, 0, 0, _REFUSE),
        (give, 0, 0, _ALLOW),
    ]
    if machine == _MACHINES["x86_64"][1]:
        program += [(0x35, 0, 1, 0x40000000), (give, 0, 0, _REFUSE)]  # calls of the x32 kind
    for numbers in _REFUSED.values():
        number = numbers[column]
        if number is not None:
            program += [(equal, 0, 1, number), (give, 0, 0, _REFUSE)]
    program.append((give, 0, 0, _ALLOW))
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    held = ctypes.create_string_buffer(code, len(code))
    whole = struct.pack("@HP", len(program), ctypes.addressof(held))
    return library.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, whole, 0, 0) == 0
