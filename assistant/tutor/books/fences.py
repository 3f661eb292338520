"""Fences of code in Markdown: what stands between them is neither heading nor paragraph."""

import re
from typing import Final

_FENCE: Final = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$")


def fence_after(line: str, fence: str) -> str:
    """Which fence is open behind a line.

    Args:
        line: One line, without its end.
        fence: What opened the code in which the line stands: "```"; "" outside of code.

    Returns:
        As ``fence``. Only as many marks of the same kind, and nothing behind them, close it.
    """
    found = _FENCE.match(line)
    if found is None:
        return fence
    if not fence:
        return found[1] if found[1][0] == "~" or "`" not in found[2] else ""
    return "" if found[1].startswith(fence) and not found[2].strip() else fence
