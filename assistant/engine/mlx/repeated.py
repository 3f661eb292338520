"""Against repeated phrases: the DRY penalty, with llama.cpp's figures.

Method: https://github.com/oobabooga/text-generation-webui/pull/5677. A token that would make the
last so many tokens a repetition of something said before is made less likely, the more the longer
the repetition would be.
"""

from collections.abc import Callable

_BASE, _ALLOWED, _TOKENS = 1.75, 2, 1024
_LONGEST = 64
_BREAKERS = (b"\n", b":", b'"', b"*")


class Repeated:
    """The tokens of one answer, and which of the next would repeat them.

    Args:
        multiplier: How strongly it acts.
        piece: Bytes of a token; those with a line's end, a colon, a quote or a star in it end
            every phrase.
    """

    def __init__(self, multiplier: float, piece: Callable[[int], bytes]) -> None:
        self._multiplier = multiplier
        self._piece = piece
        self._said: list[int] = []
        self._breaks: dict[int, bool] = {}

    def accept(self, token: int) -> None:
        """Tells it of a token that was said."""
        self._said = [*self._said[1 - _TOKENS :], token]

    def penalties(self) -> dict[int, float]:
        """What to take off the logits of the tokens that would repeat a phrase."""
        longest: dict[int, int] = {}
        said = self._said
        for end in range(len(said) - 1):
            if said[end] != said[-1]:
                continue
            length = self._common(end)
            following = said[end + 1]
            if length >= _ALLOWED and not self._is_break(following):
                longest[following] = max(longest.get(following, 0), length)
        return {
            token: self._multiplier * _BASE ** (length - _ALLOWED)
            for token, length in longest.items()
        }

    def _common(self, end: int) -> int:
        """Length of the phrase that ends at a place and at the end of all."""
        said = self._said
        length = 0
        while length < min(_LONGEST, end + 1):
            token = said[-1 - length]
            if said[end - length] != token or self._is_break(token):
                break
            length += 1
        return length

    def _is_break(self, token: int) -> bool:
        known = self._breaks.get(token)
        if known is None:
            piece = self._piece(token)
            known = self._breaks[token] = any(each in piece for each in _BREAKERS)
        return known
