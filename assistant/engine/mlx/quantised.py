"""Makes a model's layers quantised as its weights are."""

from collections.abc import Mapping
from typing import Any

from assistant.domain.errors import UserFacingError
from assistant.engine.mlx.library import Mlx

_BY_SIZES = {(4, 16): "nvfp4", (4, 32): "mxfp4", (8, 32): "mxfp8"}
"""Of the modes with 8-bit scales, by bits and size of a group."""
_WORD_BITS = 32


def quantise_like(
    mlx: Mlx,
    module: Any,  # noqa: ANN401 - a model of mlx-lm
    config: Mapping[str, Any],
    weights: Mapping[str, Any],
) -> None:
    """Replaces the layers whose weights come with scales by quantised ones.

    As mlx-lm's ``load_model`` does it for its own format.

    Args:
        mlx: The library.
        module: The model, its weights not loaded yet.
        config: ``config.json``.
        weights: By name, as the model wants them.

    Raises:
        UserFacingError: They are quantised in another library's way.
    """
    said = config.get("quantization")
    if said is None:
        if config.get("quantization_config"):
            raise UserFacingError(
                "This model is quantised for another program.",
                "Choose one that was converted for MLX, or one in GGUF format.",
                code="model_unsupported",
            )
        return

    def how(place: str, layer: Any) -> bool | dict[str, Any]:  # noqa: ANN401 - a layer
        if place in said:
            return said[place]
        if not hasattr(layer, "to_quantized") or f"{place}.scales" not in weights:
            return False
        return _found(mlx, layer, weights[f"{place}.weight"], weights[f"{place}.scales"])

    mlx.nn.quantize(
        module,
        group_size=said["group_size"],
        bits=said["bits"],
        mode=said.get("mode", "affine"),
        class_predicate=how,
    )


def _found(mlx: Mlx, layer: Any, packed: Any, scales: Any) -> dict[str, Any]:  # noqa: ANN401 - arrays
    """How a weight was packed: a single layer may differ from the rest."""
    width = layer.weight.shape[-1]
    group = width // scales.shape[-1]
    bits = packed.shape[-1] * _WORD_BITS // width
    mode = "affine"
    if scales.dtype == mlx.core.uint8:
        mode = _BY_SIZES[bits, group]
    return {"group_size": group, "bits": bits, "mode": mode}
