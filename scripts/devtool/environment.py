"""The environment of a checkout: made, filled from the lock, and remembered step by step.

A stamp inside it says what is finished. Each part is written only after the part is done, so that
a setup that was interrupted goes on where it stopped, and one that is complete costs a few reads.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from devtool import (
    embedding_model,
    native_wheel,
    places,
    sandbox,
    starter_model,
    system_libraries,
)
from devtool.console import ChildFailed, Steps, clean_environment, run_logged
from devtool.diagnosis import diagnose, no_venv
from devtool.exclusive import exclusively
from devtool.packaged import protected
from devtool.problem import Problem
from devtool.requirements import digest, only, read_lock, without

if TYPE_CHECKING:
    from collections.abc import Callable

STAMP = places.ENVIRONMENT / "lamplight-setup.json"
RUNTIME, DEV = "runtime", "dev"
_FREE_BYTES = 1_500_000_000
_PROBE = "import pip, sys; print('%d.%d' % sys.version_info[:2])"


def lock_file(kind: str) -> Path:
    """The lock of what an application or a developer needs."""
    return places.LOCKS / f"{kind}.txt"


def wanted(kind: str) -> dict[str, str]:
    """What a finished setup's stamp says; a missing or different part is done again."""
    return {
        "python": f"{sys.version_info[0]}.{sys.version_info[1]}",
        "place": str(places.ENVIRONMENT),
        kind: digest(lock_file(kind), places.LOCKS / "native-build.txt"),
        "project": digest(places.ROOT / "pyproject.toml"),
        "model": starter_model.SHA256,
        "embedding": embedding_model.SHA256,
        "sandbox": sandbox.recipe(),
        f"system-{kind}": "found",
    }


def read_stamp() -> dict[str, str]:
    """What is finished; empty if nothing is, or if the stamp cannot be read."""
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - any JSON


def note(part: str, value: str) -> None:
    """Adds one finished part to the stamp, by rename."""
    stamp = read_stamp() | {part: value}
    draft = STAMP.with_suffix(".part")
    draft.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    draft.replace(STAMP)


def to_do(kind: str) -> list[str]:
    """The parts of a setup that are not finished, in the order in which they are done."""
    stamp = read_stamp()
    # What developers need holds all that the application needs.
    if kind == RUNTIME and stamp.get(DEV) == wanted(DEV)[DEV]:
        kind = DEV
    if not places.executable("python").exists():
        return list(wanted(kind))
    left = [part for part, value in wanted(kind).items() if stamp.get(part) != value]
    for part, model in (("model", starter_model), ("embedding", embedding_model)):
        if part not in left and not protected(model.placed()):
            left.append(part)
    if "sandbox" not in left and not sandbox.is_placed():
        left.append("sandbox")
    return left


def prepare(kind: str) -> None:
    """Makes the environment ready; prints nothing if it is.

    Raises:
        Problem: Something is in the way, in words.
    """
    if not to_do(kind):
        return
    with exclusively(places.ROOT / ".setup.lock"):
        left = to_do(kind)
        if left:
            _set_up(kind, left)


def _set_up(kind: str, left: list[str]) -> None:
    places.LOG.write_text("", encoding="utf-8")
    if {"python", "place"} & set(left):
        left = list(wanted(kind))  # a new environment needs everything
    work: list[tuple[str, str, Callable[[], None]]] = [
        ("python", "Environment .venv", _make_environment),
        (kind, "Packages, each checked against its locked hash", lambda: _install(kind)),
        ("project", "Lamplight itself", _install_project),
        ("model", "Starter model (93 MB, once)", starter_model.place),
        ("embedding", "Model for search by meaning (83 MB, once)", embedding_model.place),
        ("sandbox", "Sandbox for learners' programs (45 MB, half a minute)", sandbox.place),
        (
            f"system-{kind}",
            "System libraries",
            lambda: system_libraries.require(screen=kind == RUNTIME),
        ),
    ]
    todo = [entry for entry in work if entry[0] in left]
    steps = Steps(len(todo))
    values = wanted(kind)
    for part, title, action in todo:
        with steps.step(title):
            try:
                action()
            except ChildFailed as error:
                raise diagnose(error.output, places.LOG.name) from error
            except OSError as error:
                raise diagnose(str(error), places.LOG.name) from error
            note(part, values[part])
            if part == "python":
                note("place", values["place"])


def _make_environment() -> None:
    """Makes the virtual environment, or takes the one there is if it works and fits."""
    if _usable():
        return
    _require_room()
    if places.ENVIRONMENT.exists():
        print("      .venv is for another Python, from another place, or half made: made anew")
        shutil.rmtree(places.ENVIRONMENT)
    try:
        run_logged([base_python(), "-m", "venv", places.ENVIRONMENT])
    except ChildFailed as error:
        if "venv" in error.output or "ensurepip" in error.output:
            raise no_venv() from error
        raise


def base_python() -> str:
    """The interpreter under a virtual environment, should this script be called from one."""
    return str(getattr(sys, "_base_executable", "") or sys.executable)


def _usable() -> bool:
    """Whether .venv was made for this version of Python, at this place, and has a pip that runs."""
    stamp = read_stamp()
    if stamp and stamp.get("place") != str(places.ENVIRONMENT):
        return False
    python = places.executable("python")
    if not python.exists():
        return False
    try:
        asked = subprocess.run(
            [str(python), "-c", _PROBE],
            capture_output=True,
            text=True,
            env=clean_environment(),
            check=False,
        )
    except OSError:
        return False
    return asked.stdout.strip() == f"{sys.version_info[0]}.{sys.version_info[1]}"


def _require_room() -> None:
    free = shutil.disk_usage(places.ROOT).free
    if free < _FREE_BYTES:
        raise Problem(
            f"The setup needs about {_FREE_BYTES / 1e9:.1f} GB of free disk here; there are "
            f"{free / 1e9:.1f} GB. Free some room, then call this again."
        )


def _install(kind: str) -> None:
    """Installs the lock: the native wheel from the cache, all else from the package index."""
    pins = read_lock(lock_file(kind).read_text(encoding="utf-8"))
    wheel = native_wheel.wheel_for(only(pins, native_wheel.PACKAGE))
    pip = [places.executable("python"), "-m", "pip", "install", "--no-deps"]
    with tempfile.TemporaryDirectory(prefix="lamplight-setup-") as folder:
        others = Path(folder) / "requirements.txt"
        others.write_text(without(pins, native_wheel.PACKAGE), encoding="utf-8")
        run_logged([*pip, "--require-hashes", "--only-binary", ":all:", "-r", others])
    run_logged([*pip, "--no-index", "--force-reinstall", wheel])
    run_logged([places.executable("python"), "-m", "pip", "check"])


def _install_project() -> None:
    """Makes the checkout importable and gives it its console script."""
    pip = [places.executable("python"), "-m", "pip", "install"]
    run_logged([*pip, "--no-deps", "--no-index", "--no-build-isolation", "-e", places.ROOT])
