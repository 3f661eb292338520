"""Keeps the memory of this process, and with it the key, from other programs and crash dumps.

The same measures as KeePassXC takes at its start. They do not stop the superuser, nor code that
runs inside this process.
"""

import ctypes
import sys
from typing import Final

from assistant.domain.health import Check, CheckState

_PR_GET_DUMPABLE: Final = 3
_PR_SET_DUMPABLE: Final = 4
_PT_DENY_ATTACH: Final = 31
_NAME: Final = "memory of the process"


def harden_process() -> Check:
    """Forbids core dumps, and debuggers of the same user where the system can.

    Call it first thing; calling it again changes nothing. On Windows nothing is needed for core
    dumps (there are none unless an administrator asks for them) and nothing is done.
    """
    if sys.platform == "win32":
        return Check(_NAME, CheckState.NOTE, "Windows protects it from other users only")
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        shut = libc.prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) == 0
    elif sys.platform == "darwin":
        libc = ctypes.CDLL(None, use_errno=True)
        shut = libc.ptrace(_PT_DENY_ATTACH, 0, None, 0) == 0
    else:
        shut = False
    if shut:
        return Check(_NAME, CheckState.OK, "no core dumps, closed to other programs")
    return Check(_NAME, CheckState.NOTE, "no core dumps, but other programs of yours can read it")
