"""LoRA adapters of one model: loaded once, put on and taken off between computations."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from assistant.domain.errors import UserFacingError
from assistant.domain.generation import Adapter
from assistant.engine.bounds import clamped_scale
from assistant.engine.gguf_reader import Malformed
from assistant.engine.mlx.folder_preflight import inside, read_json
from assistant.engine.mlx.library import Mlx
from assistant.engine.mlx.safetensors_header import read_header

_WEIGHTS, _CONFIG = "adapters.safetensors", "adapter_config.json"
_MOST_SCALE = 1000.0
_DEFAULT_SCALE = 20.0
"""Of mlx-lm, for configurations that name none."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    """One adapter.

    Args:
        layers: What replaces the layers that it changes, by their place in the model.
        scale: As it was trained.
    """

    layers: Mapping[str, Any]
    scale: float


class Adapters:
    """The adapters of one model.

    Args:
        mlx: The library.
        module: The model.
    """

    def __init__(self, mlx: Mlx, module: Any) -> None:  # noqa: ANN401 - a model of mlx-lm
        self._mlx = mlx
        self._module = module
        self._plain: dict[str, Any] = dict(module.named_modules())
        self._loaded: dict[tuple[Path, int, int], _Loaded] = {}
        self._worn: _Loaded | None = None

    def variant(self, adapter: Adapter | None) -> str:
        """Names what the keys and values computed under an adapter depend on.

        Raises:
            UserFacingError: It cannot be used with this model.
        """
        if adapter is None:
            return ""
        path, size, changed = key = _identity(adapter.path)
        if key not in self._loaded:
            self._loaded[key] = self._load(path)
        return f"{path}:{size}:{changed}:{clamped_scale(adapter):g}"

    def wear(self, adapter: Adapter | None) -> None:
        """Has the model compute with this adapter, or with none, from now on.

        Raises:
            UserFacingError: It cannot be used with this model.
        """
        wanted = None
        if adapter is not None:
            self.variant(adapter)
            wanted = self._loaded[_identity(adapter.path)]
            for layer in wanted.layers.values():
                layer.scale = wanted.scale * clamped_scale(adapter)
        if wanted is self._worn:
            return
        if self._worn is not None:
            self._put({place: self._plain[place] for place in self._worn.layers})
        if wanted is not None:
            self._put(wanted.layers)
        self._worn = wanted

    def _put(self, layers: Mapping[str, Any]) -> None:
        self._module.update_modules(self._mlx.trees.tree_unflatten(list(layers.items())))

    def _load(self, path: Path) -> _Loaded:
        try:
            return self._read(path)
        except Malformed as error:
            raise UserFacingError(
                f"{path.name} is not an adapter for this model: {error}.",
                "Use it with the model that it was trained on, or train it again.",
                code="adapter_unusable",
            ) from None
        except OSError as error:
            raise UserFacingError(
                "The adapter cannot be read.", "Check its permissions.", code="adapter_missing"
            ) from error

    def _read(self, folder: Path) -> _Loaded:
        config = read_json(folder, _CONFIG)
        if config.get("fine_tune_type", "lora") != "lora":
            raise Malformed("it is not a LoRA adapter")
        said: object = config.get("lora_parameters", {})
        scale: object = _DEFAULT_SCALE
        if isinstance(said, dict):
            scale = cast("dict[str, object]", said).get("scale", _DEFAULT_SCALE)
        if not isinstance(scale, int | float) or not abs(scale) <= _MOST_SCALE:
            raise Malformed("its scale is impossible")
        path = inside(folder, _WEIGHTS)
        header = read_header(path)
        weights: dict[str, Any] = self._mlx.core.load(str(path))
        places: dict[str, tuple[Any, Any]] = {}
        for name in header:
            place, _, side = name.rpartition(".")
            if side not in {"lora_a", "lora_b"} or place not in self._plain:
                raise Malformed("it changes a part that the model does not have")
            other = "lora_b" if side == "lora_a" else "lora_a"
            if f"{place}.{other}" not in header:
                raise Malformed("one half of a pair of tensors is missing")
            places[place] = (weights[f"{place}.lora_a"], weights[f"{place}.lora_b"])
        layers = {place: self._layer(place, *pair) for place, pair in places.items()}
        self._mlx.core.eval([layer.parameters() for layer in layers.values()])
        return _Loaded(layers, float(scale))

    def _layer(self, place: str, down: Any, up: Any) -> Any:  # noqa: ANN401 - arrays, a module
        """The layer with its adapter beside it; the layer's own weights are shared."""
        nn, lora = self._mlx.nn, self._mlx.lora
        plain = self._plain[place]
        if not isinstance(plain, nn.Linear | nn.QuantizedLinear):
            raise Malformed("it changes a kind of layer that adapters are not made for")
        layer = lora.LoRALinear.from_base(plain, r=down.shape[-1])
        if layer.lora_a.shape != down.shape or layer.lora_b.shape != up.shape:
            raise Malformed("its sizes are not the model's")
        layer.lora_a, layer.lora_b = down, up
        layer.eval()
        return layer


def _identity(path: Path) -> tuple[Path, int, int]:
    """The folder of an adapter, named by itself or by its file of weights, and its version."""
    folder = path.parent if path.name == _WEIGHTS else path
    try:
        facts = (folder / _WEIGHTS).stat()
        (folder / _CONFIG).stat()
    except OSError as error:
        raise UserFacingError(
            "The adapter's file is not where it was.",
            "Put it back, or go on without it.",
            code="adapter_missing",
        ) from error
    return folder, facts.st_size, facts.st_mtime_ns
