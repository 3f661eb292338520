"""Values of expressions in plain notation, with fifty digits."""

import importlib
import re
from collections.abc import Mapping
from typing import Any

Number = Any
mp: Any = importlib.import_module("mpmath").mp
mp.dps = 50
mpf: Any = mp.mpf
_CLOSE = mpf(10) ** -30
_PART = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|(sqrt)|([A-Za-z])|([-+*/^()]))")


class UnreadableError(ValueError):
    """An expression that is written in a way that is not known here."""


def close(one: Number, other: Number) -> bool:
    """Whether two values are equal but for rounding."""
    return bool(abs(one - other) <= _CLOSE * (1 + abs(one) + abs(other)))


def value(text: str, letters: Mapping[str, Number] | None = None) -> Number:
    """The value of an expression; a number before a letter or a bracket multiplies it.

    Raises:
        UnreadableError: It cannot be read.
    """
    reader = _Reader(_parts(text), letters or {})
    found = reader.sum()
    if reader.left():
        raise UnreadableError(text)
    return found


def names(text: str) -> list[str]:
    """The letters in an expression."""
    return sorted({part for part in _parts(text) if part.isalpha() and part != "sqrt"})


def _parts(text: str) -> list[str]:
    found: list[str] = []
    at = 0
    text = text.strip()
    while at < len(text):
        match = _PART.match(text, at)
        if match is None:
            raise UnreadableError(text)
        found.append(match[0].strip())
        at = match.end()
    return found


class _Reader:
    """Reads sums of products of powers, from the left."""

    def __init__(self, parts: list[str], letters: Mapping[str, Number]) -> None:
        self._parts = parts
        self._letters = letters
        self._at = 0

    def left(self) -> str:
        """The next part; "" at the end."""
        return self._parts[self._at] if self._at < len(self._parts) else ""

    def _take(self) -> str:
        self._at += 1
        return self._parts[self._at - 1]

    def sum(self) -> Number:
        """Terms joined by plus and minus."""
        total = self._product()
        while self.left() in {"+", "-"}:
            sign = self._take()
            term = self._product()
            total = total + term if sign == "+" else total - term
        return total

    def _product(self) -> Number:
        if self.left() == "-":
            self._take()
            return -self._product()
        total = self._power()
        while self.left() and self.left() not in {"+", "-", ")"}:
            if self.left() in {"*", "/"}:
                sign = self._take()
                factor = self._signed()
                total = total * factor if sign == "*" else total / factor
            else:
                total = total * self._power()
        return total

    def _signed(self) -> Number:
        if self.left() == "-":
            self._take()
            return -self._power()
        return self._power()

    def _power(self) -> Number:
        base = self._atom()
        if self.left() == "^":
            self._take()
            return base ** self._signed()
        return base

    def _atom(self) -> Number:
        part = self._take() if self.left() else ""
        if part == "(":
            found = self.sum()
            if not self.left() or self._take() != ")":
                raise UnreadableError("a bracket is not closed")
            return found
        if part == "sqrt":
            return mp.sqrt(self._atom())
        if part.isalpha():
            if part not in self._letters:
                raise UnreadableError(f"nothing is known of {part}")
            return self._letters[part]
        if not part or not part[0].isdigit():
            raise UnreadableError(part)
        return mpf(part)
