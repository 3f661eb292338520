"""Programs as rows of tokens, so that spaces, comments and quotes do not hide what is the same."""

import io
import re
import tokenize
from collections.abc import Iterator

Tokens = tuple[str, ...]

_RUN = 12
_SKIPPED = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENDMARKER})


def lines(source: str) -> list[Tokens]:
    """The lines of a source as tokens, without comments; strings keep their text, not quotes."""
    found = (tuple(_tokens(line.strip())) for line in source.splitlines())
    return [tokens for tokens in found if tokens]


def code_lines(text: str) -> Iterator[tuple[Tokens, str]]:
    """Each line of a text as tokens, and as it stands; those between backticks by themselves too.

    Args:
        text: Markdown.
    """
    for match in re.finditer(r"`([^`\n]+)`", text):
        for line in lines(match[1]):
            yield line, match[1]
    for shown in text.splitlines():
        for line in lines(shown.strip().strip("`")):
            yield line, shown


def runs(tokens: Tokens) -> frozenset[Tokens]:
    """All rows of twelve tokens that follow each other."""
    return frozenset(windows(tokens))


def windows(tokens: Tokens) -> Iterator[Tokens]:
    """The rows of twelve tokens, in order."""
    for at in range(len(tokens) - _RUN + 1):
        yield tokens[at : at + _RUN]


def _tokens(line: str) -> Iterator[str]:
    try:
        for token in tokenize.generate_tokens(io.StringIO(line).readline):
            if token.type not in _SKIPPED and token.string.strip():
                quoted = token.type == tokenize.STRING
                yield token.string.strip("\"'") if quoted else token.string
    except (tokenize.TokenError, SyntaxError):
        return  # a line of a longer statement: what could be read of it was given
