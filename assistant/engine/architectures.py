"""Which kinds of models the libraries here can run, asked of the libraries themselves."""

import importlib.util
import mmap
import re
from functools import cache
from pathlib import Path

from assistant.domain.errors import UserFacingError
from assistant.domain.model import ModelFormat
from assistant.engine.gguf_types import NOT_FOR_CHAT
from assistant.engine.mlx.folder_preflight import runs_here
from assistant.engine.mlx.library import models_folder

__all__ = ["architecture_trouble", "usable_formats"]

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.IGNORECASE)
_LIBRARIES = ("libllama.so", "libllama.dylib", "llama.dll", "libllama.dll")
_ALWAYS_THERE = "llama"


def usable_formats() -> frozenset[ModelFormat]:
    """The formats that can be run on this machine; loads nothing."""
    try:
        models_folder()
    except UserFacingError:
        return frozenset({ModelFormat.GGUF})
    return frozenset(ModelFormat)


def architecture_trouble(format_: ModelFormat, architecture: str) -> str:
    """Why models of a kind cannot be run here, in one sentence; empty if they can.

    An empty architecture, and one that the library cannot be asked about, is given the benefit of
    the doubt: the look into the file and the trial load come later.

    Args:
        format_: Of the weights.
        architecture: ``general.architecture`` of a GGUF file, or ``model_type`` of a folder.
    """
    if format_ not in usable_formats():
        return "Models in MLX's format run on Macs with Apple's own processors only."
    if not architecture:
        return ""
    if not _NAME.fullmatch(architecture):
        return "It does not say what kind of model it is."
    if format_ is ModelFormat.MLX:
        known = runs_here(architecture, models_folder())
    elif architecture in NOT_FOR_CHAT:
        return "It is no model to chat with, but a part or a tool for other models."
    else:
        known = _llama_knows(architecture)
    return "" if known else f"Models of the kind “{architecture}” cannot be run by this version."


@cache
def _llama_knows(architecture: str) -> bool:
    """Whether libllama has a name in its table.

    The library has no function that lists it, and its names stand in the file as texts that end
    with a zero byte; a compiler may let one name be the end of a longer one.
    """
    library = _library()
    if library is None:
        return True
    with library.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        if view.find(_text(_ALWAYS_THERE)) < 0:
            return True  # it is built otherwise: nothing can be said
        return view.find(_text(architecture)) >= 0


def _text(name: str) -> bytes:
    return name.encode() + b"\0"


def _library() -> Path | None:
    found = importlib.util.find_spec("llama_cpp")
    places = found.submodule_search_locations if found is not None else None
    for place in places or ():
        for name in _LIBRARIES:
            path = Path(place) / "lib" / name
            if path.is_file():
                return path
    return None
