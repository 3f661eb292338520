"""What was computed for a conversation as bytes, in the safetensors format, and back.

What a cache of mlx-lm consists of (arrays, numbers, names) is told by its ``state``. On the way
back it is held against the state of a new cache of the same model: nothing that is read says
which classes are made, and what is of another form is computed again.
"""

import io
import json
from collections.abc import Sequence
from typing import Any, cast

from assistant.engine.gguf_reader import Malformed
from assistant.engine.mlx.library import Mlx
from assistant.engine.mlx.safetensors_header import check_header

_TOKENS, _STATES = "tokens", "states"
_ODD_STATE = (AttributeError, IndexError, KeyError, RuntimeError, TypeError, ValueError)
"""What MLX and the caches raise for what they cannot take."""


def packed(mlx: Mlx, tokens: Sequence[int], caches: Sequence[Any]) -> bytes | None:
    """Tokens and the caches that hold them; None where a cache has a state that cannot be kept."""
    core = mlx.core
    arrays: dict[str, Any] = {_TOKENS: core.array(list(tokens), dtype=core.int32)}

    def told(part: Any) -> Any:  # noqa: ANN401 - a part of a state, as JSON
        if isinstance(part, core.array):
            name = str(len(arrays))
            arrays[name] = part
            return {"array": name}
        if isinstance(part, list | tuple):
            return [told(each) for each in cast("Sequence[Any]", part)]
        if part is None or isinstance(part, int | float | str):
            return part
        raise TypeError

    try:
        states = json.dumps([told(_trimmed(mlx, each)) for each in caches])
        target = io.BytesIO()
        core.save_safetensors(target, arrays, {_STATES: states})
    except _ODD_STATE:
        return None
    return target.getvalue()


def unpacked(mlx: Mlx, data: bytes, caches: list[Any]) -> list[int] | None:
    """Fills new caches with what ``packed`` gave.

    Returns:
        The tokens that they hold; None where the caches are of another form.
    """
    core = mlx.core
    try:
        check_header(io.BytesIO(data), len(data))
        arrays, said = cast(
            "tuple[dict[str, Any], dict[str, str]]",
            core.load(io.BytesIO(data), format="safetensors", return_metadata=True),
        )
        states: Any = json.loads(said[_STATES])

        def built(part: Any) -> Any:  # noqa: ANN401 - a part of a state
            if isinstance(part, dict):
                return arrays[cast("dict[str, str]", part)["array"]]
            if isinstance(part, list):
                return [built(each) for each in cast("list[Any]", part)]
            return part

        for cache, state in zip(caches, built(states), strict=True):
            if not _alike(core, cache.state, state):
                return None
            cache.state = state
        core.eval(list(arrays.values()))
        tokens: list[int] = arrays[_TOKENS].tolist()
    except (*_ODD_STATE, Malformed, RecursionError):
        return None
    return tokens


def _trimmed(mlx: Mlx, cache: Any) -> Any:  # noqa: ANN401 - a cache and its state
    """Its state without the room that it keeps for what comes next."""
    if type(cache) is mlx.caches.KVCache and cache.keys is not None:
        return (*cache.keys_and_values(), cache.offset)
    return cache.state


def _alike(core: Any, new: Any, read: Any) -> bool:  # noqa: ANN401 - states
    """Whether a state that was read has the form of that of a new cache."""
    if isinstance(new, list | tuple):
        if not isinstance(read, list):
            return False
        one, other = cast("Sequence[Any]", new), cast("list[Any]", read)
        return len(one) == len(other) and all(map(_alike, [core] * len(one), one, other))
    if isinstance(new, str):
        return new == read
    if isinstance(new, int | float):
        return isinstance(read, int | float)
    return read is None or isinstance(read, core.array)
