"""Lets the window's thread go before those that download and hash."""

import contextlib
import ctypes
import os
import sys
import threading

_NICER_BY = 10
_QOS_CLASS_UTILITY = 0x11
_THREAD_PRIORITY_BELOW_NORMAL = -1


def step_back() -> None:
    """Has the system prefer every other thread to this one, for the rest of its life.

    Where that cannot be asked for, nothing changes.
    """
    with contextlib.suppress(OSError, AttributeError):
        if sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICER_BY)
        elif sys.platform == "darwin":
            ctypes.CDLL(None).pthread_set_qos_class_self_np(_QOS_CLASS_UTILITY, 0)
        elif sys.platform == "win32":
            kernel = ctypes.WinDLL("kernel32")
            kernel.GetCurrentThread.restype = ctypes.c_void_p
            kernel.SetThreadPriority.argtypes = (ctypes.c_void_p, ctypes.c_int)
            kernel.SetThreadPriority(kernel.GetCurrentThread(), _THREAD_PRIORITY_BELOW_NORMAL)
