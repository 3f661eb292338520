"""A small chart parser: rules over tokens and categories, tried from right to left.

A pattern is words and categories: ``the? {ord} of|in {month}``. ``?`` makes an element optional,
``|`` separates words or categories. An action is given the values of the categories in order and
answers with a category and a value, or None where the parts do not fit.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any, cast

from assistant.planner.dates.lexer import Token

Made = tuple[str, Hashable] | None
Action = (
    Callable[[], Made]
    | Callable[[Any], Made]
    | Callable[[Any, Any], Made]
    | Callable[[Any, Any, Any], Made]
    | Callable[[Any, Any, Any, Any], Made]
)
"""Takes the values of the categories of a pattern, in order."""

MOST_NODES = 200
"""At one place; more come only of text made to be hostile."""
MOST_TOKENS = 40
"""In one reading; the longest of a real sentence has some twenty."""
MOST_STEPS = 1500
"""For the readings that begin at one place."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to put parts together."""

    name: str
    pattern: str
    example: str
    action: Action
    cost: float = 1.0


@dataclass(frozen=True, slots=True)
class Node:
    """A stretch of tokens with its reading."""

    category: str
    start: int
    end: int
    value: Any
    cost: float


@dataclass(frozen=True, slots=True)
class _Element:
    words: frozenset[str]
    categories: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Variant:
    rule: Rule
    elements: tuple[_Element, ...]


def _element(text: str) -> _Element:
    if text.startswith("{"):
        return _Element(frozenset(), frozenset(text[1:-1].split("|")))
    return _Element(frozenset(text.split("|")), frozenset())


def _variants(rule: Rule) -> Iterable[_Variant]:
    choices: list[list[_Element | None]] = []
    for part in rule.pattern.split():
        if part.endswith("?") and len(part) > 1:
            choices.append([_element(part[:-1]), None])
        else:
            choices.append([_element(part)])
    for chosen in product(*choices):
        elements = tuple(one for one in chosen if one is not None)
        if elements:
            yield _Variant(rule, elements)


class Grammar:
    """Rules made ready: found by the word or category with which they begin."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_word: dict[str, list[_Variant]] = {}
        self._by_category: dict[str, list[_Variant]] = {}
        for rule in rules:
            for variant in _variants(rule):
                first = variant.elements[0]
                for word in first.words:
                    self._by_word.setdefault(word, []).append(variant)
                for category in first.categories:
                    self._by_category.setdefault(category, []).append(variant)

    def parse(self, tokens: tuple[Token, ...], seeds: Iterable[Node]) -> list[Node]:
        """All readings of all stretches, the seeds among them."""
        return _Chart(self._by_word, self._by_category, tokens).fill(seeds)


class _Chart:
    """The readings found so far, by the token with which they begin."""

    def __init__(
        self,
        by_word: dict[str, list[_Variant]],
        by_category: dict[str, list[_Variant]],
        tokens: tuple[Token, ...],
    ) -> None:
        self._by_word = by_word
        self._by_category = by_category
        self._tokens = tokens
        self._at: list[dict[str, list[Node]]] = [{} for _ in range(len(tokens) + 1)]
        self._best: dict[tuple[str, int, int, Hashable], float] = {}
        self._counts = [0] * (len(tokens) + 1)
        self._steps = 0

    def fill(self, seeds: Iterable[Node]) -> list[Node]:
        waiting: dict[int, list[Node]] = {}
        for seed in seeds:
            waiting.setdefault(seed.start, []).append(seed)
        for start in range(len(self._tokens) - 1, -1, -1):
            agenda = waiting.get(start, [])
            self._steps = 0
            for variant in self._by_word.get(self._tokens[start].lower, ()):
                self._extend(variant, 1, start, start + 1, (), variant.rule.cost, agenda)
            while agenda:
                self._add(agenda.pop(0), agenda)
        return [node for row in self._at for nodes in row.values() for node in nodes]

    def _add(self, node: Node, agenda: list[Node]) -> None:
        key = (node.category, node.start, node.end, node.value)
        known = self._best.get(key)
        if (known is not None and known <= node.cost) or self._counts[node.start] >= MOST_NODES:
            return
        self._best[key] = node.cost
        self._counts[node.start] += 1
        self._at[node.start].setdefault(node.category, []).append(node)
        for variant in self._by_category.get(node.category, ()):
            cost = variant.rule.cost + node.cost
            self._extend(variant, 1, node.start, node.end, (node.value,), cost, agenda)

    def _extend(  # noqa: PLR0913, PLR0917 - one step of a search: its state is its arguments
        self,
        variant: _Variant,
        done: int,
        start: int,
        place: int,
        values: tuple[Any, ...],
        cost: float,
        agenda: list[Node],
    ) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS or place - start > MOST_TOKENS:
            return
        if done == len(variant.elements):
            made = cast("Callable[..., Made]", variant.rule.action)(*values)
            if made is not None:
                agenda.append(Node(made[0], start, place, made[1], cost))
            return
        if place >= len(self._tokens):
            return
        element = variant.elements[done]
        if self._tokens[place].lower in element.words:
            self._extend(variant, done + 1, start, place + 1, values, cost, agenda)
        for category in element.categories:
            for node in tuple(self._at[place].get(category, ())):
                more = (*values, node.value)
                self._extend(variant, done + 1, start, node.end, more, cost + node.cost, agenda)
