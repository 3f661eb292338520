"""The wheel of llama-cpp-python: built from its locked source once, then kept for every checkout.

The build is locked too: its tools (scikit-build-core, CMake, Ninja) come from a lock file of their
own, into an environment that is thrown away. Only the compiler is the system's.
"""

import contextlib
import hashlib
import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from devtool import places
from devtool.compiler import has_compiler
from devtool.console import run_logged
from devtool.diagnosis import no_compiler
from devtool.exclusive import exclusively
from devtool.requirements import Pin, digest, file_sha256
from devtool.system_packages import COMPILER, install, may_install

PACKAGE = "llama-cpp-python"
_BUILD_LOCK = places.LOCKS / "native-build.txt"
_ENGINE_ONLY = Path(__file__).with_name("engine_only.cmake")
_FLAGS = ("-DLLAVA_BUILD=OFF",)  # the reader of pictures, another third of the build
_RECORD = "built.json"

# The build is tuned to the processor it runs on. These decide which code it may hold.
_CPU_FEATURES = """
sse4_2 avx avx2 avx_vnni f16c fma bmi2 avx512f avx512cd avx512vl avx512dq avx512bw avx512_vbmi
avx512_vnni avx512_bf16 amx_tile amx_int8 amx_bf16 asimd asimddp asimdhp i8mm bf16 sve sve2 sme
"""


def cpu_features() -> str:
    """What this processor can do, as far as it changes the build; stable from run to run."""
    if sys.platform == "darwin":
        asked = ["sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    if sys.platform != "linux":
        return platform.processor()
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() in {"flags", "Features"}:
            return " ".join(sorted(set(_CPU_FEATURES.split()) & set(value.split())))
    return ""


def cache_key(pin: Pin) -> str:
    """Folder name of a build: what went into it, so that no other machine's build is taken."""
    ingredients = [
        pin.text,
        digest(_BUILD_LOCK, _ENGINE_ONLY),
        *_FLAGS,
        sysconfig.get_platform(),
        platform.machine(),
        cpu_features(),
        os.environ.get("CMAKE_ARGS", ""),
        platform.libc_ver()[1],
    ]
    total = hashlib.sha256("\0".join(ingredients).encode()).hexdigest()
    return f"{pin.name}-{pin.version}-{total[:16]}"


def cached(folder: Path) -> Path | None:
    """The wheel in a cache folder, if its bytes are the ones that were built."""
    try:
        record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        wheel = folder / str(record["wheel"])
        sound = wheel.parent == folder and file_sha256(wheel) == record["sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return wheel if sound else None


def keep(wheel: Path, folder: Path) -> Path:
    """Puts a wheel into the cache beside its SHA-256; the record comes last, by rename."""
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        (folder / _RECORD).unlink()
    target = folder / wheel.name
    partial = folder / f"{wheel.name}.part"
    shutil.copyfile(wheel, partial)
    partial.replace(target)
    record = {"wheel": target.name, "sha256": file_sha256(wheel)}
    draft = folder / f"{_RECORD}.part"
    draft.write_text(json.dumps(record), encoding="utf-8")
    draft.replace(folder / _RECORD)
    return target


def wheel_for(pin: Pin) -> Path:
    """The wheel for this machine, from the cache or built now.

    Raises:
        Problem: There is no compiler.
        ChildFailed: The build failed.
    """
    store = places.cache() / "wheels"
    folder = store / cache_key(pin)
    with exclusively(store / "lock"):
        found = cached(folder)
        if found:
            return found
        require_compiler()
        print(
            "      building llama-cpp-python from source: some 3 minutes on 2 cores, once on this "
            "machine",
            flush=True,
        )
        with tempfile.TemporaryDirectory(prefix="lamplight-build-") as scratch:
            return keep(_build(pin, Path(scratch)), folder)


def require_compiler() -> None:
    """Finds a compiler or installs one where that is allowed.

    Raises:
        Problem: There is none.
    """
    if has_compiler():
        return
    if may_install() and install(COMPILER["apt-get"]) and has_compiler():
        return
    raise no_compiler()


def _build(pin: Pin, scratch: Path) -> Path:
    """Builds the wheel in a throw-away environment that holds the locked build tools."""
    environment = scratch / "tools"
    run_logged([sys.executable, "-m", "venv", environment])
    python = places.executable("python", environment)
    pip = [python, "-m", "pip"]
    run_logged([*pip, "install", "--require-hashes", "--only-binary", ":all:", "-r", _BUILD_LOCK])
    source = scratch / "source.txt"
    source.write_text(pin.text, encoding="utf-8")
    out = scratch / "out"
    arguments = ["wheel", "--no-deps", "--require-hashes", "--no-build-isolation", "--no-binary"]
    path = os.pathsep.join([str(python.parent), os.environ.get("PATH", "")])
    run_logged(
        [*pip, *arguments, pin.name, "--no-cache-dir", "-w", out, "-r", source],
        environment={
            "PATH": path,
            "CMAKE_ARGS": _cmake_arguments(),
            "CMAKE_BUILD_PARALLEL_LEVEL": _jobs(),
        },
    )
    return next(out.glob("*.whl"))


def _cmake_arguments() -> str:
    """What is left out of the build; the user's own wishes come last and win."""
    leave_out = shlex.quote(f"-DCMAKE_PROJECT_llama.cpp_INCLUDE={_ENGINE_ONLY.as_posix()}")
    return " ".join([*_FLAGS, leave_out, os.environ.get("CMAKE_ARGS", "")])


def _jobs() -> str:
    """How many compilers run at once; the user's own wish goes first."""
    return os.environ.get("CMAKE_BUILD_PARALLEL_LEVEL") or str(os.cpu_count() or 2)
