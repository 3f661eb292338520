"""The rules of one grammar, and the notation of what stands in them."""

from collections.abc import Iterable

from assistant.domain.errors import UserFacingError

Range = tuple[int, int]
"""Code points from the first to the last, both included."""

MOST_REPEATS = 1999
"""llama.cpp refuses to repeat anything more often."""
ROOT = "root"
LAST_CHARACTER = 0x10FFFF

_SURROGATES = (0xD800, 0xDFFF)
_NOTHING = '""'
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


class UnsupportedError(UserFacingError):
    """A part of a schema that no grammar is made for."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"This JSON Schema cannot be kept to while an answer is written: {what}.",
            "Use types, properties, enums, arrays, bounds and plain patterns, and no remote $ref.",
            code="schema_unusable",
        )


class Rules:
    """Named rules; equal bodies share one name."""

    def __init__(self) -> None:
        self._bodies: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def add(self, body: str) -> str:
        """The name of a rule with this body."""
        name = self._names.get(body)
        if name is None:
            name = self._names[body] = self.reserve()
            self._bodies[name] = body
        return name

    def reserve(self) -> str:
        """A name whose body is set later: what it stands for may contain itself."""
        name = f"r{len(self._bodies)}"
        self._bodies[name] = ""
        return name

    def define(self, name: str, body: str) -> None:
        """Sets the body of a reserved name, or of the root."""
        self._bodies[name] = body

    def text(self) -> str:
        """The whole grammar."""
        # A rule without a body cannot be read, and libllama would print all of it then.
        lines = (f"{name} ::= {body.strip() or _NOTHING}" for name, body in self._bodies.items())
        return "\n".join(lines) + "\n"


def literal(text: str) -> str:
    """Exactly this text; nothing where it is empty."""
    return '"' + "".join(_NAMED.get(char, char) for char in text) + '"' if text else ""


def choice(bodies: Iterable[str]) -> str:
    """One of these, in brackets where there are several."""
    options = list(dict.fromkeys(bodies))
    return options[0] if len(options) == 1 else "(" + " | ".join(options) + ")"


def repeated(item: str, least: int, most: int | None) -> str:
    """An item, which is one unit of the notation, so many times.

    Args:
        item: A name, a class, a literal or something in brackets.
        least: At least 0.
        most: None is without end.

    Raises:
        UnsupportedError: More often than a grammar can count.
    """
    if least > MOST_REPEATS:
        raise UnsupportedError(f"something has to come {least} times")
    if most is None:
        return {0: f"{item}*", 1: f"{item}+"}.get(least, f"{item}{{{least},}}")
    most = min(most, MOST_REPEATS)
    if most < least:
        raise UnsupportedError("a lower bound lies above its upper bound")
    if most == 0:
        return ""
    if (least, most) == (1, 1):
        return item
    return f"{item}?" if (least, most) == (0, 1) else f"{item}{{{least},{most}}}"


def one_of(ranges: Iterable[Range]) -> str:
    """A class of characters.

    Raises:
        UnsupportedError: It is empty.
    """
    kept = without(ranges, [_SURROGATES])
    if not kept:
        raise UnsupportedError("no character is allowed in one place")
    parts = [_point(a) if a == b else f"{_point(a)}-{_point(b)}" for a, b in kept]
    return "[" + "".join(parts) + "]"


def without(ranges: Iterable[Range], taken: Iterable[Range]) -> list[Range]:
    """What is left of ranges, in order and merged, once others are taken away."""
    merged: list[Range] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    for low, high in taken:
        merged = [
            part
            for first, last in merged
            for part in ((first, min(last, low - 1)), (max(first, high + 1), last))
            if part[0] <= part[1]
        ]
    return merged


def _point(code: int) -> str:
    char = chr(code)
    if char.isascii() and char.isalnum():
        return char
    if code <= 0xFF:  # noqa: PLR2004 - what two digits hold
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"  # noqa: PLR2004 - four digits
