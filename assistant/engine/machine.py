"""What this machine has: memory that is free, and cores worth computing on."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

from assistant.domain.machine import Memory

_FEW_CORES = 4


def memory_now() -> Memory | None:
    """Reads the memory that is free now; None where the system does not say."""
    try:
        if sys.platform == "win32":
            return _windows_memory()
        if sys.platform == "darwin":
            return _mac_memory()
        return _within_limit(_linux_memory(Path("/proc/meminfo"), Path("/sys/fs/cgroup")))
    except (OSError, ValueError, KeyError, subprocess.SubprocessError):
        return None


def _linux_memory(meminfo: Path, cgroup: Path) -> Memory:
    kilobytes = {
        line.split(":")[0]: int(line.split()[1])
        for line in meminfo.read_text(encoding="ascii").splitlines()
        if line.endswith("kB")
    }
    memory = Memory(kilobytes["MemAvailable"] * 1024, kilobytes["MemTotal"] * 1024)
    try:  # a container may have less than the machine
        limit = int((cgroup / "memory.max").read_text(encoding="ascii"))
        used = int((cgroup / "memory.current").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return memory
    return Memory(min(memory.available_bytes, max(limit - used, 0)), min(memory.total_bytes, limit))


def _within_limit(memory: Memory) -> Memory:
    """No more than the limit on this process's address space leaves (``ulimit -v``).

    Beyond it libc aborts the process, already where it cannot make room for a thread.
    """
    if sys.platform != "linux":
        return memory
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY:
        return memory
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    left = max(limit - pages * resource.getpagesize(), 0)
    return Memory(min(memory.available_bytes, left), min(memory.total_bytes, left))


def _mac_memory() -> Memory:
    total = int(_sysctl("hw.memsize"))
    said = subprocess.run(
        ["/usr/bin/vm_stat"], capture_output=True, text=True, timeout=2, check=True
    ).stdout
    page = int(said.split("page size of ")[1].split()[0])
    pages = {
        name.strip(): int(count.strip(" ."))
        for name, _, count in (line.partition(":") for line in said.splitlines()[1:])
        if count.strip(" .").isdigit()
    }
    free = sum(pages.get(f"Pages {kind}", 0) for kind in ("free", "inactive", "speculative"))
    return Memory(free * page, total)


def _sysctl(name: str) -> str:
    said = subprocess.run(  # noqa: S603 - a fixed program and one of our own words
        ["/usr/sbin/sysctl", "-n", name], capture_output=True, text=True, timeout=2, check=True
    )
    return said.stdout.strip()


class _MemoryStatus(ctypes.Structure):
    """Windows' MEMORYSTATUSEX."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        *((f"figure_{index}", ctypes.c_uint64) for index in range(7)),
    )


def _windows_memory() -> Memory | None:
    if sys.platform != "win32":
        return None
    status = _MemoryStatus()
    status.length = ctypes.sizeof(status)
    if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return None
    return Memory(int(status.figure_1), int(status.figure_0))


def compute_threads() -> int:
    """Threads for one token: a core each, and every processor where there are only a few."""
    processors = _processors()
    if processors <= _FEW_CORES:
        return processors
    return max(1, min(processors, _cores() or processors // 2))


def batch_threads() -> int:
    """Threads for reading a prompt: every processor that this process may use."""
    return _processors()


def _processors() -> int:
    if sys.platform == "linux":
        allowed = len(os.sched_getaffinity(0))
        try:  # "quota period" in microseconds, or "max period"
            said = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
            allowed = min(allowed, max(1, -(-int(said[0]) // int(said[1]))))
        except (OSError, ValueError, IndexError):
            pass
        return allowed
    return os.cpu_count() or 1


def _cores() -> int | None:
    """Physical cores, of the fast kind where there are two; None where the system is silent."""
    try:
        if sys.platform == "darwin":
            return int(_sysctl("hw.perflevel0.physicalcpu"))
        if sys.platform == "linux":
            devices = Path("/sys/devices/system/cpu")
            siblings = {
                (devices / f"cpu{processor}/topology/thread_siblings_list").read_text("ascii")
                for processor in os.sched_getaffinity(0)
            }
            return len(siblings)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return None


def own_memory() -> tuple[int, int]:
    """Bytes of main memory that this process holds: all, and those that are its alone.

    The difference is mapped files, which the system counts as free. Zeros where it is silent.
    """
    try:
        if sys.platform == "linux":
            lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
            said = {line.partition(":")[0]: line.split()[1] for line in lines if "kB" in line}
            return int(said["VmRSS"]) * 1024, int(said["RssAnon"]) * 1024
        if sys.platform == "win32":
            size = _windows_working_set()
            return size, size
        return (size := _mac_resident()), size
    except (OSError, ValueError, KeyError, subprocess.SubprocessError):
        return 0, 0


def _mac_resident() -> int:
    said = subprocess.run(  # noqa: S603 - a fixed program and our own number
        ["/bin/ps", "-o", "rss=", "-p", str(os.getpid())],
        capture_output=True,
        text=True,
        timeout=2,
        check=True,
    )
    return int(said.stdout.strip()) * 1024


class _MemoryCounters(ctypes.Structure):
    """Windows' PROCESS_MEMORY_COUNTERS."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("faults", ctypes.c_uint32),
        ("peak_working_set", ctypes.c_size_t),
        ("working_set", ctypes.c_size_t),
        *((f"figure_{index}", ctypes.c_size_t) for index in range(6)),
    )


def _windows_working_set() -> int:
    if sys.platform != "win32":
        return 0
    counters = _MemoryCounters()
    counters.length = ctypes.sizeof(counters)
    kernel = ctypes.windll.kernel32
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.K32GetProcessMemoryInfo.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32)
    done = kernel.K32GetProcessMemoryInfo(
        kernel.GetCurrentProcess(), ctypes.byref(counters), counters.length
    )
    return int(counters.working_set) if done else 0
