"""Turns a failed install into a sentence and a command."""

import re
import sys
from collections.abc import Callable, Sequence

from devtool.problem import Problem
from devtool.system_packages import COMPILER, install_command, package_manager

_TAIL_LINES = 25

_NO_SPACE = re.compile(r"No space left on device|\[Errno 28\]|not enough space on the disk", re.I)
_WRONG_HASH = re.compile(r"THESE PACKAGES DO NOT MATCH THE HASHES|Hashes? mismatch|HashMismatch")
_NO_NETWORK = re.compile(
    r"Failed to establish a new connection|Temporary failure in name resolution|"
    r"Name or service not known|getaddrinfo failed|nodename nor servname|"
    r"Network is unreachable|ConnectTimeout|ProxyError|Max retries exceeded|"
    r"NewConnectionError|NameResolutionError",
    re.I,
)
_NO_CERTIFICATE = re.compile(r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError")
_NOT_PUBLISHED = re.compile(r"No matching distribution found for (\S+)")
_NO_ENSUREPIP = re.compile(r"ensurepip is not\s+available|No module named '?ensurepip|python3-venv")
_NO_COMPILER = re.compile(
    r"No CMAKE_CX*_COMPILER could be found|CMAKE_C_COMPILER-NOTFOUND|"
    r"Could not find any instance of Visual Studio|is not able to compile a simple test program|"
    r"xcrun: error: invalid active developer path",
    re.I,
)
_KILLED = re.compile(r"fatal error: Killed signal|out of memory|virtual memory exhausted", re.I)
_DENIED = re.compile(r"\[Errno 13\]|Permission denied|\[WinError (?:5|32)\]")


def no_compiler() -> Problem:
    """There is no C++ compiler, and how this system gets one."""
    message = (
        "The local model engine (llama-cpp-python) is built from source once, and there is no "
        "C++ compiler here."
    )
    if sys.platform == "win32":
        return Problem(
            message + " Install the Visual Studio Build Tools, then call this again:",
            "winget install Microsoft.VisualStudio.2022.BuildTools --override "
            '"--wait --passive --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended"',
        )
    if sys.platform == "darwin":
        return Problem(
            message + " Install Apple's command line tools, then call this again:",
            "xcode-select --install",
        )
    manager = package_manager()
    packages = COMPILER.get(manager, ("gcc", "g++", "make"))
    return Problem(
        message + " Install one, then call this again:", install_command(packages, manager)
    )


def no_venv() -> Problem:
    """This Python cannot make virtual environments."""
    minor = f"{sys.version_info[0]}.{sys.version_info[1]}"
    manager = package_manager()
    if manager == "apt-get":
        return Problem(
            f"This Python {minor} comes without the venv module. Install it, then call this again:",
            install_command([f"python{minor}-venv"], manager),
        )
    return Problem(
        f"This Python {minor} cannot make virtual environments (venv or ensurepip is missing). "
        "Install a complete Python 3.11 to 3.13, then call this again with it."
    )


def _disk_full() -> Problem:
    return Problem(
        "The disk is full. The environment needs about 1.5 GB; free some room, then call this "
        "again: it goes on where it stopped."
    )


def _no_network() -> Problem:
    return Problem(
        "The package index cannot be reached. The first setup needs a network (some 400 MB); "
        "later runs do not. Check the connection or the proxy (HTTPS_PROXY), then call this again: "
        "it goes on where it stopped."
    )


def _certificate() -> Problem:
    return Problem(
        "The package index answered with a certificate that this machine does not trust. Behind a "
        "company proxy, name its certificate file in PIP_CERT, then call this again."
    )


def _wrong_hash() -> Problem:
    return Problem(
        "A downloaded package is not the one that was locked: its SHA-256 differs, so it was not "
        "installed. Somebody between you and the package index changed it, or a download broke. "
        "Call this again; if it stays so, use another network or mirror."
    )


def _memory() -> Problem:
    return Problem(
        "The build ran out of memory. Close other programs, or build on one core, then call "
        "this again:",
        "set CMAKE_BUILD_PARALLEL_LEVEL=1"
        if sys.platform == "win32"
        else "export CMAKE_BUILD_PARALLEL_LEVEL=1",
    )


def _denied() -> Problem:
    return Problem(
        "A file in the environment cannot be written. Close Lamplight and every program that uses "
        "the folder .venv, and check that the checkout belongs to you, then call this again."
    )


_CAUSES: Sequence[tuple[re.Pattern[str], Callable[[], Problem]]] = (
    (_NO_SPACE, _disk_full),
    (_WRONG_HASH, _wrong_hash),
    (_NO_CERTIFICATE, _certificate),
    (_NO_NETWORK, _no_network),
    (_NO_ENSUREPIP, no_venv),
    (_NO_COMPILER, no_compiler),
    (_KILLED, _memory),
    (_DENIED, _denied),
)


def diagnose(output: str, log: str) -> Problem:
    """What the output of a failed child means.

    Args:
        output: All that it printed.
        log: Where the whole of it can be read.
    """
    for pattern, cause in _CAUSES:
        if pattern.search(output):
            return cause()
    found = _NOT_PUBLISHED.search(output)
    if found:
        return Problem(
            f"There is no package {found[1]} for this system "
            f"({sys.platform}, Python {sys.version_info[0]}.{sys.version_info[1]}), or the package "
            f"index does not have it. The log is in {log}."
        )
    tail = "\n".join(output.splitlines()[-_TAIL_LINES:])
    return Problem(f"{tail}\n\nThe setup failed; the lines above are its last words, all in {log}.")
