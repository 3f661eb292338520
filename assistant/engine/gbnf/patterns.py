"""Regular expressions as grammars, inside a string of JSON.

What a grammar cannot say is refused: looking ahead, word boundaries, a begin or an end within.
A class that is negated leaves out what JSON would have to escape.
"""

from collections.abc import Iterable
from typing import Final

from assistant.engine.gbnf.expressions import (
    AnyCharacter,
    Characters,
    Choice,
    Node,
    Place,
    Repeated,
    Sequence,
    read_expression,
)
from assistant.engine.gbnf.rules import (
    LAST_CHARACTER,
    Range,
    UnsupportedError,
    choice,
    literal,
    one_of,
    repeated,
    without,
)

_ALL: Final[list[Range]] = [(0x20, LAST_CHARACTER)]
_CONTROL: Final[list[Range]] = [(0x00, 0x1F), (0x7F, 0x7F)]
_ESCAPED: Final[list[Range]] = [(0x22, 0x22), (0x5C, 0x5C)]
_IN_JSON: Final = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\f": "\\f",
}
_BEGIN, _END = Place("^"), Place("$")


def pattern(expression: str) -> str:
    """A string of JSON that matches; as in JSON Schema, anywhere unless ``^`` and ``$`` say so.

    Raises:
        UnsupportedError: The expression is broken, or cannot be said as a grammar.
    """
    tree = read_expression(expression)
    options = tree.options if isinstance(tree, Choice) else (tree,)
    quote = literal('"')
    return f"{quote} {_one_of([_anywhere(option) for option in options])} {quote}"


def _anywhere(option: Node) -> str:
    """One alternative with whatever may stand before and behind it."""
    parts = list(option.parts) if isinstance(option, Sequence) else [option]
    anything = f"{one_of(without(_ALL, [*_ESCAPED, (0x7F, 0x7F)]))}*"
    before = after = anything
    if parts[:1] == [_BEGIN]:
        before, parts = "", parts[1:]
    if parts[-1:] == [_END]:
        after, parts = "", parts[:-1]
    return _joined([before, *map(_body, parts), after])


def _body(node: Node) -> str:
    """A part of the tree; empty where it is nothing."""
    if isinstance(node, Sequence):
        body = _joined(map(_body, node.parts))
        return f"({body})" if body and len(node.parts) > 1 else body
    if isinstance(node, Choice):
        return _one_of([_body(option) for option in node.options])
    if isinstance(node, Repeated):
        return _repeated(_body(node.body), node)
    return _single(node)


def _single(node: Node) -> str:
    if isinstance(node, AnyCharacter):
        return _of(without(_ALL, [(0x7F, 0x7F)]))
    if isinstance(node, Characters):
        if node.others:
            return _of(without(_ALL, [*node.ranges, *_CONTROL, *_ESCAPED]))
        return _of(list(node.ranges))
    what = f"has “{node.sign}” within" if isinstance(node, Place) else "looks ahead"
    raise UnsupportedError(f"a pattern {what}")


def _repeated(body: str, node: Repeated) -> str:
    if not body:
        return ""
    return repeated(body if body[0] == "[" else f"({body})", node.least, node.most)


def _one_of(options: list[str]) -> str:
    filled = [option for option in options if option]
    body = choice(filled) if filled else ""
    return f"({body})?" if body and len(filled) < len(options) else body


def _joined(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)


def _of(ranges: list[Range]) -> str:
    """One character of these, as JSON writes it."""
    plain = without(ranges, [*_CONTROL, (0x22, 0x22), (0x5C, 0x5C)])
    options = [one_of(plain)] if plain else []
    options += [
        literal(written)
        for char, written in _IN_JSON.items()
        if any(low <= ord(char) <= high for low, high in ranges)
    ]
    if not options:
        raise UnsupportedError("a pattern wants a character that JSON text does not have")
    return options[0] if len(options) == 1 and plain else f"({' | '.join(options)})"
