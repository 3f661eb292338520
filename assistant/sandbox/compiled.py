"""The component as machine code: compiled once a machine, kept, and checked before it is run.

Machine code is trusted code: a file of it is only mapped if its SHA-256 is the one that was noted
when it was compiled. The note lies apart from it (see ``Places``), so that a cache folder that
others clean, copy or synchronise cannot put another program in its place.
"""

import hashlib
import os
import platform
import sys
from pathlib import Path

from wasmtime import Config, Engine, WasmtimeError
from wasmtime.component import Component

from assistant.sandbox.places import Places

COMPONENT = "component.wasm"
SHA256 = "component.sha256"
"""Beside the component; written when it was made."""

_STACK_BYTES = 2 << 20


class ComponentMissing(Exception):  # noqa: N818 - a state, told to the parent in words
    """The installation has no component, or one that is damaged."""


def new_engine() -> Engine:
    """The engine that code is compiled for and runs in; both must be set up alike."""
    config = Config()
    config.consume_fuel = True
    config.max_wasm_stack = _STACK_BYTES
    return Engine(config)


def kept(engine: Engine, places: Places) -> Component | None:
    """The component, ready to be instantiated; None where it is still to be compiled.

    Raises:
        ComponentMissing: There is none.
    """
    digest = _noted(places.installed / SHA256)
    if digest is None:
        raise ComponentMissing
    name = code_name(digest)
    for folder, notes in ((places.installed, places.installed), (places.cache, places.notes)):
        found = _checked(engine, folder / name, notes / f"{name}.sha256")
        if found is not None:
            return found
    return None


def code_name(component_sha256: str) -> str:
    """The file name of the code for this machine and this component.

    That it was compiled by this wasmtime and for this processor is written in the code itself.
    """
    machine = f"{sys.platform}-{platform.machine()}".lower()
    return f"{component_sha256[:16]}-{machine}.cwasm"


def compile_into(engine: Engine, installed: Path, folder: Path, notes: Path) -> None:
    """Compiles the component, which takes some ten seconds, and keeps the code.

    Raises:
        ComponentMissing: It is not there, or is not what was made.
        OSError: The code cannot be kept.
    """
    try:
        source = (installed / COMPONENT).read_bytes()
    except OSError as error:
        raise ComponentMissing from error
    digest = hashlib.sha256(source).hexdigest()
    if digest != _noted(installed / SHA256):
        raise ComponentMissing
    code = bytes(Component(engine, source).serialize())
    name = code_name(digest)
    _clear(folder, notes, but=name)
    _write(folder / name, code)
    _write(notes / f"{name}.sha256", hashlib.sha256(code).hexdigest().encode())


def _checked(engine: Engine, code: Path, note: Path) -> Component | None:
    """The component from kept code; None where there is none that is sound."""
    wanted = _noted(note)
    if wanted is None:
        return None
    try:
        with code.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != wanted:
                return None
        return Component.deserialize_file(engine, str(code))
    except (OSError, WasmtimeError):
        return None  # it is gone, or was compiled by another wasmtime or for another processor


def _noted(path: Path) -> str | None:
    try:
        return path.read_text(encoding="ascii").split()[0]
    except (OSError, ValueError, IndexError):
        return None


def _clear(folder: Path, notes: Path, *, but: str) -> None:
    """Removes the code of earlier components and versions."""
    for place in {folder, notes}:
        if not place.is_dir():
            continue
        for old in place.glob("*.cwasm*"):
            if not old.name.startswith(but):
                old.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    """Writes for the user alone, by rename: nobody ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_suffix(f".{os.getpid()}.part")
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def main() -> None:
    """Compiles at the installation: ``python -m assistant.sandbox.compiled FOLDER``."""
    folder = Path(sys.argv[1])
    compile_into(new_engine(), folder, folder, folder)


if __name__ == "__main__":
    main()
