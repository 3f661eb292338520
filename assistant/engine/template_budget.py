"""What a chat template may use: steps, processor time and bytes, and what its operations cost."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

_MOST_STEPS = 300_000
_SECONDS = 1.0
_BYTES = 64 * 1024 * 1024
_BYTES_PER_BYTE_OF_INPUT = 64
_BIGGEST_NUMBER_BITS = 4096
_POINTER_BYTES = 64
_WIDEST = 64


class TemplateRefused(Exception):  # noqa: N818 - what happened to the template
    """A template that is broken, goes beyond its bounds, or refuses the turns it is given.

    Args:
        why: In words, without anything that the user wrote.
        said_by_template: The template itself called ``raise_exception``.
    """

    def __init__(self, why: str, *, said_by_template: bool = False) -> None:
        super().__init__(why)
        self.said_by_template = said_by_template


class Budget:
    """What one compilation or one rendering may use."""

    def __init__(self, input_bytes: int = 0) -> None:
        self._steps = _MOST_STEPS
        self._bytes = _BYTES + _BYTES_PER_BYTE_OF_INPUT * input_bytes
        self._ends = time.thread_time() + _SECONDS

    def step(self) -> None:
        """Takes one loop step or one call."""
        self._steps -= 1
        if self._steps < 0 or time.thread_time() > self._ends:
            raise TemplateRefused("the chat template takes too long")

    def take(self, count: int) -> None:
        """Takes bytes that are about to be made."""
        self._bytes -= count
        if self._bytes < 0:
            raise TemplateRefused("the chat template takes too much memory")

    def counted(self, items: Iterable[Any]) -> Iterator[Any]:
        """The same items, each for one step."""
        for item in items:
            self.step()
            yield item


@dataclass(frozen=True, slots=True)
class CountedItems:
    """Items of a loop; keeps the length, so that ``loop.length`` and ``loop.last`` are cheap."""

    items: Any
    budget: Budget

    def __iter__(self) -> Iterator[Any]:
        return self.budget.counted(self.items)

    def __len__(self) -> int:
        return len(self.items)


def check_width(values: Iterable[object]) -> None:
    """Refuses an indentation that is a number or a text of more than a line's length."""
    if any(isinstance(value, int) and not -1 <= value <= _WIDEST for value in values) or any(
        isinstance(value, str) and len(value) > _WIDEST for value in values
    ):
        raise TemplateRefused("the chat template takes too much memory")


def _sized(value: object) -> int:
    """Bytes, roughly, that a copy of a value takes."""
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, list | tuple | dict | range):
        return _POINTER_BYTES * len(cast("Sequence[object]", value))
    return _POINTER_BYTES


def size_of_result(operator: str, left: Any, right: Any) -> int:  # noqa: ANN401 - any operand
    """Bytes that ``+`` or ``*`` will make; refuses numbers of thousands of digits."""
    if isinstance(left, int | float) and isinstance(right, int | float):
        if max(_bits(left), _bits(right)) > _BIGGEST_NUMBER_BITS:
            raise TemplateRefused("the chat template computes with huge numbers")
        return 0
    if operator == "*":
        times = left if isinstance(left, int) else right
        many = right if isinstance(left, int) else left
        return _sized(many) * max(0, times) if isinstance(times, int) else 0
    return _sized(left) + _sized(right)


def _bits(number: float) -> int:
    return number.bit_length() if isinstance(number, int) else 0


def size_of_text_call(text: str, name: str, args: Sequence[Any]) -> int:
    """Bytes that a method of a text will make."""
    if name in {"split", "rsplit", "splitlines"}:
        parts = text.count(args[0]) if args and isinstance(args[0], str) and args[0] else len(text)
        return len(text) + _POINTER_BYTES * parts
    if name == "join":
        items = cast("Sequence[object]", args[0]) if args else ()
        sizes = [_sized(item) for item in items] if isinstance(items, list | tuple | str) else [0]
        return sum(sizes) + len(text) * len(sizes)
    if name == "replace":
        return _size_of_replacement(text, args)
    return len(text)


def _size_of_replacement(text: str, args: Sequence[Any]) -> int:
    old, new = (str(args[0]), str(args[1])) if len(args) > 1 else ("", "")
    return len(text) + text.count(old) * len(new)


def size_of_filter(name: str, value: Any, args: Sequence[Any]) -> int:  # noqa: ANN401 - any value
    """Bytes that a filter, named as jinja2's function, will make of a value."""
    if name == "do_replace":
        return _size_of_replacement(str(value), args)
    if name == "do_list" and isinstance(value, str):
        return _POINTER_BYTES * len(value)
    if name in {"sync_do_join", "do_join"}:
        return _size_of_join(value, args)
    if name == "do_indent":
        return len(value) + _WIDEST * str(value).count("\n")
    return _sized(value)


def _size_of_join(value: Any, args: Sequence[Any]) -> int:  # noqa: ANN401 - any value
    if not isinstance(value, list | tuple | range | str | dict):
        return _POINTER_BYTES
    items = cast("Sequence[object]", value)
    between = len(str(args[0])) if args else 0
    return sum(_sized(item) for item in items) + between * len(items)
