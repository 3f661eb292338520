"""A JSON Schema that an answer keeps to, applied by rejection.

A token is drawn freely and only then held against the grammar, which costs next to nothing. Where
it does not pass, the draw is repeated among what the chain left over: with few candidates after
the grammar has masked them, with many after the refused token was struck out, a few times. Both
are draws from the same distribution, that of the candidates that the grammar allows. Only where it
allows none of them is the whole vocabulary masked and put through the chain again. llama.cpp's own
examples call the drawing first ``grammar_first = false``; they mask the vocabulary at once.
"""

import ctypes
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from assistant.domain.errors import UserFacingError
from assistant.engine.gbnf.rules import UnsupportedError
from assistant.engine.llama.grammar import grammar_sampler
from assistant.engine.llama.library import Library

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_STUCK = UserFacingError(
    "The answer came to a point from which this JSON Schema leads nowhere.",
    "Loosen the schema: its patterns and its alternatives first.",
    code="schema_stuck",
)


_FEW = 2048
"""So many candidates are masked sooner than drawn from again; the time is that of the grammar."""
_STRUCK_OUT = 12
"""Draws among many candidates until they are masked: each reads all of them once."""


class Constraint:
    """The grammar of one answer, and how far it has come.

    Args:
        library: libllama.
        vocab: The vocabulary; must outlive this.
        vocab_size: Its tokens.
        json_schema: As text.

    Raises:
        UserFacingError: The schema cannot be kept to.
    """

    def __init__(self, library: Library, vocab: int, vocab_size: int, json_schema: str) -> None:
        import numpy as np

        self._functions: Any = library.functions
        self._grammar = grammar_sampler(library, vocab, json_schema)
        kind = np.dtype([("id", "<i4"), ("logit", "<f4"), ("p", "<f4")])
        self._ids = np.arange(vocab_size, dtype=np.int32)
        self._data: NDArray[np.void] = np.zeros(vocab_size, dtype=kind)
        self._candidates = self._array_of(self._data, vocab_size)
        self._one: NDArray[np.void] = np.zeros(1, dtype=kind)
        self._single = self._array_of(self._one, 1)

    def begin(self, tokens: Iterable[int]) -> None:
        """Takes what an answer that is continued has said already.

        Raises:
            UserFacingError: It does not keep to the schema; a grammar that is told of such a
                token ends the process.
        """
        for token in tokens:
            if not self._allows(token):
                raise UnsupportedError("what was said so far does not keep to it")
            self._functions.llama_sampler_accept(self._grammar, token)

    def close(self) -> None:
        """Frees the grammar."""
        self._functions.llama_sampler_free(self._grammar)

    def draw(self, chain: Any, logits: Any) -> int:  # noqa: ANN401 - native pointers
        """The next token: drawn by ``chain``, and allowed by the grammar; both are told of it.

        Raises:
            UserFacingError: The grammar allows none.
        """
        token = self.pick(chain, logits)
        self._functions.llama_sampler_accept(chain, token)
        self._functions.llama_sampler_accept(self._grammar, token)
        return token

    def pick(self, chain: Any, logits: Any) -> int:  # noqa: ANN401 - native pointers
        """As ``draw``, and nobody is told of it."""
        import numpy as np

        values = np.ctypeslib.as_array(logits, shape=(len(self._ids),))
        candidates = self._fill(values, masked=False)
        self._functions.llama_sampler_apply(chain, ctypes.byref(candidates))
        token = self._selected(candidates)
        if token is None or not self._allows(token):
            token = self._drawn_again(chain, candidates)
        if token is None:
            candidates = self._fill(values, masked=True)
            self._functions.llama_sampler_apply(chain, ctypes.byref(candidates))
            token = self._selected(candidates)
            if token is None or not self._allows(token):  # telling it would end the process
                token = self._likeliest(values)
        return token

    def _drawn_again(self, chain: Any, candidates: Any) -> int | None:  # noqa: ANN401 - native
        """A draw among those that the grammar allows of what a chain left over; None where none.

        Their logits have been through the chain: only its last link, which draws, is needed.
        """
        functions = self._functions
        last = functions.llama_sampler_chain_get(chain, functions.llama_sampler_chain_n(chain) - 1)
        masked = False
        tries = _STRUCK_OUT if candidates.size > _FEW else 0
        while not masked:
            masked = tries == 0
            if masked:
                functions.llama_sampler_apply(self._grammar, ctypes.byref(candidates))
            elif 0 <= candidates.selected < candidates.size:
                candidates.data[candidates.selected].logit = -math.inf
            tries -= 1
            candidates.sorted, candidates.selected = False, -1
            functions.llama_sampler_apply(last, ctypes.byref(candidates))
            token = self._selected(candidates)
            if token is not None and self._allows(token):
                return token
        return None

    def _selected(self, candidates: Any) -> int | None:  # noqa: ANN401 - native
        """What a chain has drawn; None where it has drawn none."""
        if not 0 <= candidates.selected < candidates.size:
            return None
        return int(candidates.data[candidates.selected].id)

    def _likeliest(self, values: "NDArray[np.float32]") -> int:
        """The likeliest token that the grammar allows.

        Raises:
            UserFacingError: There is none.
        """
        import numpy as np

        self._fill(values, masked=True)
        token = int(np.argmax(self._data["logit"]))
        if not self._allows(token):
            raise _STUCK
        return token

    def _fill(self, values: "NDArray[np.float32]", *, masked: bool) -> Any:  # noqa: ANN401 - native
        self._data["id"] = self._ids
        self._data["logit"] = values
        candidates = self._candidates
        candidates.size, candidates.selected, candidates.sorted = len(self._ids), -1, False
        if masked:
            self._functions.llama_sampler_apply(self._grammar, ctypes.byref(candidates))
        return candidates

    def _allows(self, token: int) -> bool:
        import numpy as np

        self._one["id"], self._one["logit"] = token, 1.0
        single = self._single
        single.size, single.selected, single.sorted = 1, -1, False
        self._functions.llama_sampler_apply(self._grammar, ctypes.byref(single))
        return bool(self._one["logit"][0] > -np.inf)

    def _array_of(self, data: "NDArray[np.void]", size: int) -> Any:  # noqa: ANN401 - native
        functions = self._functions
        kind: Any = functions.llama_token_data_p
        first: Any = ctypes.cast(data.ctypes.data, kind)
        return functions.llama_token_data_array(data=first, size=size, selected=-1, sorted=False)
