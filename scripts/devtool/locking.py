"""Makes the lock files: one answer for every system and every Python, with all hashes."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from devtool import places
from devtool.console import ChildFailed, Steps, run_logged
from devtool.diagnosis import diagnose
from devtool.problem import Problem

_HEADER = "# Made by `python3 scripts/dev.py lock`. Do not edit.\n"
_ALWAYS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-emit-index-url",
    "--no-config",
    "--quiet",
)

# File, what goes in, and options. The first is a constraint for the second: both hold one answer.
_LOCKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("runtime.txt", ("pyproject.toml", "--group=build")),
    ("dev.txt", ("pyproject.toml", "--group=build", "--group=dev", "-c=scripts/locks/runtime.txt")),
    ("native-build.txt", ("--group=pyproject.toml:native-build",)),
    ("sandbox.txt", ("--group=pyproject.toml:sandbox",)),
    ("starter-model.txt", ("--group=pyproject.toml:starter-model", "--no-deps")),
    ("embedding-model.txt", ("--group=pyproject.toml:embedding-model", "--no-deps")),
)


def lock(*, upgrade: bool) -> None:
    """Writes all lock files; versions that still fit are kept unless ``upgrade`` is set.

    Raises:
        Problem: The versions cannot be brought together, or uv cannot be had.
    """
    steps = Steps(len(_LOCKS) + 1)
    with tempfile.TemporaryDirectory(prefix="lamplight-lock-") as folder:
        try:
            with steps.step("uv, in a temporary place"):
                uv = _uv(Path(folder))
            for name, options in _LOCKS:
                with steps.step(name):
                    _compile(uv, name, [*options, *(["--upgrade"] if upgrade else [])])
        except ChildFailed as error:
            raise diagnose(error.output, places.LOG.name) from error


def _uv(folder: Path) -> Path:
    """Installs uv for this once; the lock does not depend on its version."""
    run_logged([sys.executable, "-m", "venv", folder / "uv"])
    python = places.executable("python", folder / "uv")
    run_logged([python, "-m", "pip", "install", "--only-binary", ":all:", "uv"])
    return places.executable("uv", folder / "uv")


def _compile(uv: Path, name: str, options: list[str]) -> None:
    target = places.LOCKS / name
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("UV_", "PIP_"))}
    if "PIP_CERT" in os.environ:
        kept.setdefault("SSL_CERT_FILE", os.environ["PIP_CERT"])
    command = [str(uv), "pip", "compile", *_ALWAYS, *options, "-o", str(target)]
    made = subprocess.run(
        command, cwd=places.ROOT, env=kept, capture_output=True, text=True, check=False
    )
    if made.returncode != 0:
        raise Problem(f"{name} cannot be made:\n{made.stderr.strip()}")
    target.write_text(_HEADER + target.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
