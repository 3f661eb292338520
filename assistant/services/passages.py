"""Cuts a message into pieces that each have one meaning, and vectors into bytes.

An embedding of a long text is the mean of all that it says and close to nothing in particular;
and the model reads 256 tokens at most. So a message is cut where its author cut it: between
paragraphs, else between lines, sentences or words.
"""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DIMENSIONS: Final = 384
_LONGEST: Final = 500
"""Characters; some 120 tokens of English, which is the length that the model was trained on."""
_SHORTEST: Final = 200
"""What is shorter is joined with what follows."""
_SENTENCE_END: Final = "(?<=[.!?\u2026])\\s|(?<=[\u3002\uff01\uff1f])"
"""Full stops of Chinese and Japanese end a sentence without a space."""
_PARAGRAPH_END: Final = re.compile(r"\n\s*\n")
_LESSER_ENDS: Final = tuple(re.compile(each) for each in (r"\n", _SENTENCE_END, r"\s"))
_LEVEL = 127.0


def passages_of(text: str) -> list[tuple[int, int]]:
    """Start and length of each passage, in order; none for a text without a letter or number."""
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = _end_of(text, start)
        piece = text[start:end]
        begin = start + len(piece) - len(piece.lstrip())
        if any(character.isalnum() for character in piece):
            found.append((begin, len(piece.strip())))
        start = end
    return found


def _end_of(text: str, start: int) -> int:
    """Where the passage that begins here ends: with its paragraph, else as late as it may."""
    least, most = start + _SHORTEST, start + _LONGEST
    paragraph = _PARAGRAPH_END.search(text, least, most)
    if paragraph is not None:
        return paragraph.end()
    if len(text) <= most:
        return len(text)
    for boundary in _LESSER_ENDS:
        ends = [each.end() for each in boundary.finditer(text, least, most)]
        if ends:
            return ends[-1]
    return most


def to_bytes(vector: "NDArray[np.float32]") -> bytes:
    """A vector as signed bytes: its largest part becomes 127, which keeps its direction.

    The cosine of the two directions is above 0.9998.
    """
    import numpy as np

    largest = float(np.abs(vector).max()) or 1.0
    return np.rint(vector * (_LEVEL / largest)).astype(np.int8).tobytes()
