"""Pieces of Markdown that were cut in the middle of code, a formula, a table or a list."""

from collections.abc import Sequence

from assistant.render.blocks import CodeBlock, MathBlock, Table
from assistant.render.markdown import parse

__all__ = ["wholes"]


def wholes(pieces: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Joins what is not itself without what stands before it.

    Args:
        pieces: What follows each other in one text.

    Returns:
        Texts, and of how many pieces each was made; together they are all pieces.
    """
    made: list[tuple[str, int]] = []
    for piece in pieces:
        between = _between(made[-1][0], piece) if made else ""
        if between:
            text, count = made.pop()
            made.append((f"{text}{between}{piece}", count + 1))
        else:
            made.append((piece, 1))
    return tuple(made)


def _between(text: str, piece: str) -> str:
    """What stands between two that belong together; "" where they do not."""
    blocks = parse(text)
    last = blocks[-1] if blocks else None
    if isinstance(last, CodeBlock | MathBlock) and not last.closed:
        return "\n"
    if isinstance(last, Table) and piece.lstrip().startswith("|"):
        first = parse(piece)[0]
        return "" if isinstance(first, Table) else "\n"
    return "\n\n" if piece.startswith((" ", "\t")) else ""
