"""The component in which learners' programs run: made here once, and placed with its machine code.

It is made by ``scripts/make_sandbox.py`` from CPython's build for WebAssembly (in the wheel of
componentize-py) and kept in the user's cache under a name that is a digest of all that goes into
it, so that every checkout with the same recipe shares it.
"""

import hashlib
import tempfile
from pathlib import Path

from devtool import places
from devtool.console import run_logged
from devtool.exclusive import exclusively
from devtool.packaged import download, link_or_copy, protect, protected

_LOCK = places.LOCKS / "sandbox.txt"
_MAKER = places.ROOT / "scripts" / "make_sandbox.py"
_GUEST = places.ROOT / "assistant" / "sandbox" / "guest"
_COMPONENT, _SHA256 = "component.wasm", "component.sha256"


def recipe() -> str:
    """A digest of everything that the component is made from."""
    parts = [_LOCK, _MAKER, *sorted(_GUEST.glob("*.py")), _GUEST / "sandbox.wit"]
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.name.encode() + b"\0")
        whole.update(hashlib.sha256(part.read_bytes()).digest())
    return whole.hexdigest()


def placed() -> Path:
    """The component where the application looks for it."""
    return places.sandbox() / _COMPONENT


def is_placed() -> bool:
    """Whether it is there; of which recipe, the setup's stamp tells."""
    return protected(placed()) and (places.sandbox() / _SHA256).is_file()


def place() -> None:
    """Puts the component into the environment, and compiles it for this machine.

    Raises:
        ChildFailed: The download, the making or the compiling failed.
    """
    kept = places.cache() / "sandbox" / recipe()
    with exclusively(kept.parent / "lock"):
        if not _is_sound(kept):
            with tempfile.TemporaryDirectory(prefix="lamplight-sandbox-") as folder:
                wheel = download(_LOCK, Path(folder))
                run_logged([places.executable("python"), _MAKER, wheel, kept])
            protect(kept / _COMPONENT)
    for name in (_COMPONENT, _SHA256):
        link_or_copy(kept / name, places.sandbox() / name)
    run_logged([places.executable("python"), "-m", "assistant.sandbox.compiled", places.sandbox()])


def _is_sound(folder: Path) -> bool:
    try:
        noted = (folder / _SHA256).read_text(encoding="ascii").strip()
        with (folder / _COMPONENT).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == noted
    except (OSError, ValueError):
        return False
