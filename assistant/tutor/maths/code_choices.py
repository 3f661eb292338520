"""Choices that are lines of a program: there capitals, brackets and quotation marks count."""

import re
from typing import Final

from assistant.tutor.maths.names import KNOWN

_OPERATORS: Final = re.compile(
    r"===?|!=|:=|[-+*/%]=|&&|\s\|\|\s|::|;\s*$|`|\"\"\"|#include|</[a-z]+>"
)
_CALLED: Final = re.compile(
    r"(?<![\\A-Za-z_])([A-Za-z_][A-Za-z_0-9]+)[(\[](?!(?:s|es|ies|r|n)\))"  # cell(s)
)
_DOTTED: Final = re.compile(r"[A-Za-z_]\w+(?:\.[A-Za-z_]\w+)+")
_SNAKE: Final = re.compile(r"(?<![\\\w{])[A-Za-z]{2,}(?:_[A-Za-z]{2,})+(?![\w}])")
_STATEMENT: Final = re.compile(
    r"(?:return|import|from|def|class|int|float|double|char|string|var|const|bool|boolean|void"
    r"|public|private|static|del|raise|assert|lambda|elif|print)\s+\S+(?:\s\S+)?"
    r"|(?:for|while|if|with|try|except|else|elif)\b.*[:{]\s*"
)
_SPACES: Final = re.compile(r"\s*([^\w\s\"'])\s*")
_QUOTED: Final = re.compile(r"(\"[^\"]*\"|'[^']*')")


def is_code(text: str) -> bool:
    """Whether a choice is a line of a program rather than words or mathematics."""
    text = text.strip()
    if "$" in text or "\\" in text:
        return False  # LaTeX
    if _OPERATORS.search(text):
        return True
    called = [name for name in _CALLED.findall(text) if name.lower() not in KNOWN]
    if any(len(name) > 2 or "_" in name for name in called):  # noqa: PLR2004 - xy(z) is a product
        return True
    return bool(_DOTTED.fullmatch(text) or _SNAKE.search(text) or _STATEMENT.fullmatch(text))


def plain_code(text: str) -> str:
    """Code without the spaces that mean nothing; what is quoted stays as it is."""
    parts = _QUOTED.split(text.strip())
    for number in range(0, len(parts), 2):
        parts[number] = _SPACES.sub(r"\1", re.sub(r"[ \t]+", " ", parts[number]))
    return "".join(parts)
