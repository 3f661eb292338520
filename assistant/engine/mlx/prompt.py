"""From a request to the token ids that are read for it."""

from collections.abc import Sequence

from assistant.domain.errors import UserFacingError
from assistant.domain.generation import GenerationRequest, Turn
from assistant.engine.mlx.model import MlxModel
from assistant.engine.mlx.prompt_caches import common_prefix

_MOST_BYTES_A_TOKEN = 512


def prompt_of(model: MlxModel, request: GenerationRequest) -> tuple[list[int], str]:
    """Token ids of what is asked for, within the context, and the text that the answer continues.

    Raises:
        UserFacingError: It is empty or too long.
    """
    limit = model.context_length
    size = sum(len(turn.content) for turn in request.turns)
    if size > limit * _MOST_BYTES_A_TOKEN:
        raise _too_long(f"about {size // 4:,}", limit)
    prompt, raw = model.encode(request.turns)
    if request.read_only:
        prompt = _unchanging(model, request.turns, prompt)
    if len(prompt) >= limit:
        raise _too_long(f"{len(prompt):,}", limit)
    if not prompt:
        raise UserFacingError(
            "There is nothing to answer.", "Write something first.", code="prompt_empty"
        )
    return prompt, raw


def _unchanging(model: MlxModel, turns: Sequence[Turn], prompt: list[int]) -> list[int]:
    """The part of a prompt that stays whatever is typed next at the end of the last turn."""
    for more in (" a", "s", ".") if turns else ():
        last = Turn(turns[-1].role, turns[-1].content + more)
        other, _ = model.encode([*turns[:-1], last])
        prompt = prompt[: common_prefix(prompt, other)]
    return prompt


def _too_long(tokens: str, limit: int) -> UserFacingError:
    return UserFacingError(
        f"This conversation takes {tokens} tokens, and the model reads {limit:,}.",
        "Shorten it, start a new chat, or set a larger context length for the model.",
        code="prompt_too_long",
    )
