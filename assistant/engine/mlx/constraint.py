"""A JSON Schema that an answer keeps to, applied by rejection, with llguidance.

A token is drawn freely and then held against the grammar, which costs next to nothing; the whole
vocabulary is masked only when it does not pass.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from assistant.domain.errors import UserFacingError
from assistant.engine.mlx.library import Mlx
from assistant.engine.mlx.tokenizer import Tokenizer

_LONGEST_SCHEMA = 64 * 1024
_SPACES: Any = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}
"""A small model that may write any space between two values writes nothing else."""


def grammar_tokens(tokenizer: Tokenizer, vocab_size: int) -> Any:  # noqa: ANN401 - of llguidance
    """The vocabulary as llguidance wants it; takes up to a second, so once per model."""
    import llguidance

    return llguidance.LLTokenizer(
        tokenizer.files.text,
        n_vocab=max(vocab_size, len(tokenizer)),
        eos_token=sorted(tokenizer.end_tokens) or None,
    )


class Constraint:
    """The grammar of one answer, and how far it has come.

    Args:
        mlx: The library.
        tokens: Of ``grammar_tokens``.
        json_schema: As text.

    Raises:
        UserFacingError: The schema cannot be kept to (``schema_unusable``).
    """

    def __init__(self, mlx: Mlx, tokens: Any, json_schema: str) -> None:  # noqa: ANN401 - see above
        import llguidance

        self._core = mlx.core
        try:
            if len(json_schema) > _LONGEST_SCHEMA or not isinstance(json.loads(json_schema), dict):
                raise _unusable()
            grammar = llguidance.LLMatcher.grammar_from_json_schema(json_schema, overrides=_SPACES)
        except (ValueError, RecursionError) as error:
            raise _unusable() from error
        self._matcher = llguidance.LLMatcher(tokens, grammar, log_level=0)
        if self._matcher.is_error():
            raise _unusable()

    def begin(self, tokens: Sequence[int]) -> None:
        """Takes what an answer that is continued has said already.

        Raises:
            UserFacingError: It does not keep to the schema.
        """
        if self._matcher.validate_tokens(list(tokens)) < len(tokens):
            raise _unusable()
        self._matcher.consume_tokens(list(tokens))

    def draw(self, logits: Any, draw: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - arrays of MLX
        """The next token, of shape (1,): drawn by ``draw``, and allowed by the grammar.

        Args:
            logits: Of shape (1, vocabulary).
            draw: Picks from logits.
        """
        token = draw(logits)
        if not self._matcher.validate_tokens([int(token.item())]):
            token = draw(self._masked(logits))
        self._matcher.consume_token(int(token.item()))
        return token

    def _masked(self, logits: Any) -> Any:  # noqa: ANN401 - arrays of MLX
        import numpy as np

        words = np.frombuffer(self._matcher.compute_bitmask(), np.uint8)
        allowed = np.unpackbits(words, bitorder="little")[: logits.shape[-1]].astype(bool)
        mask = self._core.array(np.pad(allowed, (0, logits.shape[-1] - allowed.size)))
        return self._core.where(mask[None], logits, -self._core.inf)


def _unusable() -> UserFacingError:
    return UserFacingError(
        "This JSON Schema cannot be kept to while an answer is written.",
        "Use an object schema with types, properties, enums and arrays, and no remote $ref.",
        code="schema_unusable",
    )
