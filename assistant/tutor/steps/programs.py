"""A solution to a word problem as a chain of sums that code computes, with doubts and a vote.

A model proposes which sums to do; it is not believed in what they come to. Every result is
computed again and carried on to where the model used its own. What several proposals agree on,
those with fewer doubts counting more, is the answer.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, cast

from assistant.tutor.steps.formula import (
    Formula,
    Name,
    Number,
    Operation,
    numbers_in,
    shown,
    value_of,
)
from assistant.tutor.steps.known import CONSTANTS
from assistant.tutor.steps.reading import Mention, read_sentence
from assistant.tutor.steps.way import numbers_of

MOST_SUMS = 8
_NUMBER: Final = r"\d{1,7}(\.\d{1,4})?%?"
_SUM: Final = rf"{_NUMBER}( [-+*/] {_NUMBER}){{1,5}}"
SCHEMA: Final = json.dumps(
    {
        "type": "object",
        "properties": {
            "steps": {
                "type": "array",
                "minItems": 1,
                "maxItems": MOST_SUMS,
                "items": {
                    "type": "object",
                    "properties": {
                        "find": {"type": "string", "maxLength": 90},
                        "sum": {"type": "string", "pattern": f"^{_SUM}$"},
                        "result": {"type": "string", "pattern": rf"^-?{_NUMBER}$"},
                    },
                    "required": ["find", "sum", "result"],
                    "additionalProperties": False,
                },
            }
        },
        "required": ["steps"],
        "additionalProperties": False,
    }
)
"""What a proposal has to look like; a grammar keeps the model to it."""
_WHOLE_WORDS: Final = ("how many",)
_SHARED: Final = frozenset({"hours", "miles", "pounds", "minutes", "liters", "gallons", "meters"})


@dataclass(frozen=True, slots=True)
class WorkedStep:
    """One sum, computed."""

    find: str
    sum: str
    result: Fraction


@dataclass(frozen=True, slots=True)
class Proposal:
    """A chain of sums, computed, and what speaks against it."""

    steps: tuple[WorkedStep, ...]
    doubts: tuple[str, ...]

    @property
    def answer(self) -> Fraction:
        """What the last sum comes to."""
        return self.steps[-1].result


@dataclass(frozen=True, slots=True)
class Vote:
    """What several proposals come to together."""

    best: Proposal
    agreeing: int
    of: int
    """Proposals that could be computed."""


def proposal_of(problem: str, text: str) -> Proposal | None:
    """Computes a proposal; None where it is not what the schema asks for or has no result."""
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    rows = cast("dict[str, Any]", found).get("steps") if isinstance(found, dict) else None
    if not isinstance(rows, list) or not rows:
        return None
    steps: list[WorkedStep] = []
    formulas: list[Formula] = []
    carried: dict[Fraction, Fraction] = {}
    for row in cast("list[Any]", rows)[:MOST_SUMS]:
        if not isinstance(row, dict):
            return None
        told = {str(k): str(v) for k, v in cast("dict[Any, Any]", row).items()}
        formula = _formula(told.get("sum", ""))
        if formula is not None:
            formula = _carrying(formula, carried)
        result = None if formula is None else value_of(formula)
        if formula is None or result is None:
            return None
        steps.append(
            WorkedStep(
                told.get("find", "")[:200], _with_carried(told["sum"][:200], carried), result
            )
        )
        formulas.append(formula)
        stated = _formula(told.get("result", ""))
        value = None if stated is None else value_of(stated)
        if value is not None and value != result:
            carried[value] = result
    return Proposal(tuple(steps), tuple(_doubts(problem, steps, formulas)))


def voted(proposals: Sequence[Proposal]) -> Vote | None:
    """The answer that most proposals come to, each counting less the more doubts it has."""
    if not proposals:
        return None
    weights: dict[Fraction, float] = {}
    for one in proposals:
        weights[one.answer] = weights.get(one.answer, 0.0) + 1 / (1 + len(one.doubts))
    answer = max(weights, key=lambda value: weights[value])
    agreeing = [one for one in proposals if one.answer == answer]
    best = min(agreeing, key=lambda one: len(one.doubts))
    return Vote(best, len(agreeing), len(proposals))


def _formula(text: str) -> Formula | None:
    read = read_sentence(text)
    if len(read.chains) == 1 and not read.mentions:
        return read.chains[0].sides[0]
    if not read.chains and len(read.mentions) == 1:
        return _signed(text, read.mentions[0])
    return None


def _signed(text: str, mention: Mention) -> Number:
    number = mention.number
    negative = text.lstrip().startswith("-")
    return Number(-number.value, number.decimals, number.percent) if negative else number


def _carrying(formula: Formula, carried: Mapping[Fraction, Fraction]) -> Formula:
    """The sum with what an earlier sum really comes to, where the model used its own result."""
    if isinstance(formula, Number):
        right = carried.get(formula.value)
        return formula if right is None else Number(right)
    if isinstance(formula, Name):
        return formula
    left, right = _carrying(formula.left, carried), _carrying(formula.right, carried)
    return Operation(formula.sign, left, right)


def _with_carried(text: str, carried: Mapping[Fraction, Fraction]) -> str:
    """The same for the sum as it is shown."""

    def put(match: re.Match[str]) -> str:
        written = _formula(match[0])
        value = None if written is None else value_of(written)
        right = None if value is None else carried.get(value)
        if right is None:
            return match[0]
        said = shown(right)
        return said if said.replace(".", "").isdecimal() else f"({said})"

    return re.sub(_NUMBER, put, text) if carried else text


def _doubts(problem: str, steps: Sequence[WorkedStep], formulas: Sequence[Formula]) -> list[str]:
    read = read_sentence(problem)
    given = set(numbers_of(read))
    used = {leaf.value for formula in formulas for leaf in numbers_in(formula)}
    made = {step.result for step in steps}
    doubts = [
        f"{shown(value)} is neither in the problem nor a result."
        for value in sorted(used - given - made - CONSTANTS - {1 - one for one in given})
    ]
    left_out = sorted(
        mention.number.value
        for mention in read.mentions
        if mention.number.value not in used and not mention.spelled
    )
    doubts += [f"{shown(value)} is not used." for value in left_out]
    answer = steps[-1].result
    asked = problem.lower().rpartition(".")[2]
    counts = any(words in asked for words in _WHOLE_WORDS)
    if counts and not _SHARED.intersection(asked.split()) and answer.denominator != 1:
        doubts.append("What is counted does not come out whole.")
    if answer < 0:
        doubts.append("The answer is below zero.")
    doubts += ["A result is not used."] * (len(steps) > 1 and not _all_used(steps, formulas))
    return doubts


def _all_used(steps: Sequence[WorkedStep], formulas: Sequence[Formula]) -> bool:
    for place, step in enumerate(steps[:-1]):
        later = {leaf.value for formula in formulas[place + 1 :] for leaf in numbers_in(formula)}
        if step.result not in later:
            return False
    return True
