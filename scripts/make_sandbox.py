"""Makes the component in which learners' programs run: CPython and its library for WebAssembly.

``make_sandbox.py FROM FOLDER`` writes ``component.wasm`` and its SHA-256 into FOLDER. FROM is the
wheel of componentize-py, or a folder in which it is installed. What is made holds the modules of
``assistant/sandbox/guest``. It takes some ten seconds and 200 MB of memory.

The bytes differ from one making to the next: the interpreter is started once, and what it then
holds in its memory (hash seeds among it) is written down. So its hash is noted, not known before.
"""

import hashlib
import importlib
import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GUEST = ROOT / "assistant" / "sandbox" / "guest"
COMPONENT, SHA256 = "component.wasm", "component.sha256"


def make(source: Path, folder: Path) -> None:
    """Makes the component; it appears under its name only when it is whole.

    Args:
        source: A wheel, or a folder of installed packages.
        folder: Where it is put.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="lamplight-sandbox-") as name:
        work = Path(name)
        packages = source
        if source.is_file():
            packages = work / "packages"
            zipfile.ZipFile(source).extractall(packages)
        _lay_out(work / "source")
        made = work / COMPONENT
        _componentize(packages, work / "source", made)
        digest = hashlib.sha256(made.read_bytes()).hexdigest()
        partial = folder / f"{COMPONENT}.{os.getpid()}.part"
        shutil.copyfile(made, partial)
        (folder / SHA256).unlink(missing_ok=True)
        partial.replace(folder / COMPONENT)
        (folder / SHA256).write_text(digest + "\n", encoding="ascii")


def _lay_out(folder: Path) -> None:
    """The guest's modules under their own names, without anything else of the application."""
    target = folder / "assistant" / "sandbox" / "guest"
    target.mkdir(parents=True)
    for package in (target.parent.parent, target.parent):
        (package / "__init__.py").write_text("", encoding="utf-8")
    for file in sorted(GUEST.glob("*.py")):
        shutil.copyfile(file, target / file.name)
    # The name of the app's module must have no dots.
    (folder / "app.py").write_text(
        "from assistant.sandbox.guest.app import WitWorld as WitWorld\n", encoding="utf-8"
    )


def _componentize(packages: Path, source: Path, made: Path) -> None:
    os.environ.pop("VIRTUAL_ENV", None)  # it would look there for more
    sys.path.insert(0, str(packages))
    command = importlib.import_module("componentize_py")
    world = ["-d", str(GUEST / "sandbox.wit"), "-w", "program"]
    before = sys.argv
    sys.argv = ["componentize-py", "-q", *world, "componentize", "app"]
    sys.argv += ["-p", str(source), "-o", str(made)]
    try:
        command.script()
    except SystemExit as ended:
        if ended.code:
            raise
    finally:
        sys.argv = before


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]))
