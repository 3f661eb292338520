"""Decimal commas: "6 * 1,20 = 7,20" as "6 * 1.20 = 7.20", where they can be nothing else."""

import re
from collections.abc import Sequence
from typing import Final

_DECIMAL: Final = r"(?<![\d.,])\d+,\d{1,2}(?!\d|,\d|\.\d)"
_ESTABLISHED: Final = re.compile(
    rf"[\w)\]]\s*[-+*/·\u00d7÷]\s*{_DECIMAL}|{_DECIMAL}\s*[-+*/·\u00d7÷€%]|{_DECIMAL}[a-z]\b|\d\s+:\s+{_DECIMAL}|{_DECIMAL}\s+:\s"
    rf"|[€£]\s?{_DECIMAL}|{_DECIMAL}\s?(?:kg|g|km|m|cm|mm|l|ml|h|min|euros?|EUR)\b"
)
"""A comma within a number of a sum, or of an amount: a list has no sign beside it."""
_POINT: Final = re.compile(r"\d\.\d")
_COMMA: Final = re.compile(r"(?<![\d.,])(\d+),(\d+)(?!\d|,\d|\.\d)")
_PAIR: Final = re.compile(r"[(\[{]\s*-?\d+,\s*-?\d+\s*[)\]}]")
_MOST: Final = 20_000


def with_points(*sources: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The texts of some sources with points for decimal commas.

    Commas are decimal where a sum or an amount of any source shows it, in every source that has
    no decimal points of its own. What is left is a list, a pair or a number with groups.

    Args:
        sources: Each the lines by one writer: the problem, the steps, a right way.
    """
    texts = ["\n".join(source)[:_MOST] for source in sources]
    pointed = [_POINT.search(text) is not None for text in texts]
    shown = any(_ESTABLISHED.search(text) for text, points in zip(texts, pointed, strict=True)
                if not points)  # fmt: skip
    return tuple(
        tuple(_converted(line) if shown and not points else line for line in source)
        for source, points in zip(sources, pointed, strict=True)
    )


def _converted(line: str) -> str:
    pairs = [found.span() for found in _PAIR.finditer(line)]

    def point(found: re.Match[str]) -> str:
        in_pair = any(start <= found.start() < end for start, end in pairs)
        return found.group() if in_pair else f"{found.group(1)}.{found.group(2)}"

    return _COMMA.sub(point, line)
