"""MLX and the parts of mlx-lm that are used, loaded late."""

import importlib
import importlib.util
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.domain.errors import EnvironmentProblem, UserFacingError

_PACKAGES = ("mlx_lm", "mlx_lm.tuner")


@dataclass(frozen=True, slots=True)
class Mlx:
    """The modules that the backend calls.

    Args:
        core: ``mlx.core``.
        nn: ``mlx.nn``.
        trees: ``mlx.utils``.
        caches: ``mlx_lm.models.cache``.
        samplers: ``mlx_lm.sample_utils``.
        lora: ``mlx_lm.tuner.lora``.
        models: The folder of mlx-lm's models.
        version: Of mlx-lm.
    """

    core: Any
    nn: Any
    trees: Any
    caches: Any
    samplers: Any
    lora: Any
    models: Path
    version: str


@cache
def mlx() -> Mlx:
    """Loads MLX on first use, once per process.

    Raises:
        UserFacingError: It is not made for this machine (``mlx_missing``).
        EnvironmentProblem: It is installed and does not run here.
    """
    if importlib.util.find_spec("mlx") is None or importlib.util.find_spec("mlx_lm") is None:
        raise _missing()
    try:
        for name in _PACKAGES:
            _without_its_init(name)
        return Mlx(
            core=importlib.import_module("mlx.core"),
            nn=importlib.import_module("mlx.nn"),
            trees=importlib.import_module("mlx.utils"),
            caches=importlib.import_module("mlx_lm.models.cache"),
            samplers=importlib.import_module("mlx_lm.sample_utils"),
            lora=importlib.import_module("mlx_lm.tuner.lora"),
            models=Path(sys.modules["mlx_lm"].__path__[0]) / "models",
            version=importlib.import_module("mlx_lm._version").__version__,
        )
    except (ImportError, OSError, RuntimeError) as error:
        raise EnvironmentProblem(
            "The MLX library could not be loaded.",
            "Install the application again; “assistant doctor” says more.",
            code="engine_missing",
        ) from error


def models_folder() -> Path:
    """The folder of mlx-lm's models, found without loading anything.

    Raises:
        UserFacingError: MLX is not made for this machine (``mlx_missing``).
    """
    found = importlib.util.find_spec("mlx_lm")
    if found is None or not found.submodule_search_locations:
        raise _missing()
    return Path(found.submodule_search_locations[0]) / "models"


def leave_thread() -> None:
    """Ends what MLX runs for the calling thread; to be called before a thread that used it ends.

    Without it, MLX aborts the process at its end (https://github.com/ml-explore/mlx/issues/4327).
    """
    core = sys.modules.get("mlx.core")
    if core is not None:
        core.clear_streams()


def _missing() -> UserFacingError:
    return UserFacingError(
        "Models in MLX's format run on Macs with Apple's own processors only.",
        "Choose the same model in GGUF format.",
        code="mlx_missing",
    )


def model_module(kind: str) -> Any:  # noqa: ANN401 - a module of mlx-lm
    """The module of mlx-lm that computes models of this kind; see ``FolderFacts.kind``."""
    return importlib.import_module(f"mlx_lm.models.{kind}")


def _without_its_init(name: str) -> None:
    """Makes a package importable without running its ``__init__``.

    WORKAROUND(https://github.com/ml-explore/mlx-lm/blob/main/mlx_lm/__init__.py): it imports
    transformers, the client of the model hub and Unix's ``resource``; none of what is used here
    needs them, and the start of the engine would take seconds instead of milliseconds.
    """
    if name in sys.modules:
        return
    spec = importlib.util.find_spec(name)
    if spec is None:
        raise ImportError(name)
    sys.modules[name] = importlib.util.module_from_spec(spec)
