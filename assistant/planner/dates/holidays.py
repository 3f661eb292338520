"""Holidays by name, and the days on which they fall in a year."""

from collections.abc import Iterator
from functools import cache
from assistant.planner.dates.arithmetic import Stretch
from assistant.planner.dates.chart import Node
from assistant.planner.dates.lexer import Token


def holiday_spans(key: str, year: int) -> list[Stretch]:
    return []


def holiday_seeds(tokens: tuple[Token, ...]) -> Iterator[Node]:
    return iter(())
